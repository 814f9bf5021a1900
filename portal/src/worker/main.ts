import { expose } from 'comlink'
import { randomBytes, toHex } from '@epione/crypto'
import { Desk } from './desk.ts'
import type { Hearing } from './hearing.ts'
import { PortalError, problemOf } from './problem.ts'
import type { Problem } from './problem.ts'
import type { Progress, Proposal, Said } from './proposal.ts'
import { ROOMS } from './rooms.ts'
import type { RoomName } from './rooms.ts'

/** Time in ms within which a yes counts. */
const PROPOSAL_MS = 10 * 60 * 1000

export type Answer<T> = { value: T } | { problem: Problem }

let onLock: (() => void) | undefined
const lock = (): void => {
  onLock?.()
  self.close()
}
const desk = new Desk(lock)
const hearings = new Map<string, AbortController>()
const proposals = new Map<string, { proposal: Proposal<unknown>, until: number }>()

async function answer <T> (work: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await work() }
  } catch (error) {
    return { problem: problemOf(error) }
  }
}

type Question = (desk: Desk, input: unknown, hearing?: Hearing<never>) => Promise<unknown>

async function call (room: RoomName, name: string, input: unknown, hearing?: Hearing<never>): Promise<unknown> {
  const functions = await ROOMS[room]() as unknown as Record<string, Question>
  const question = Object.hasOwn(functions, name) ? functions[name] : undefined
  if (question === undefined) throw new TypeError(`the worker knows no ${room}.${name}`)
  return await question(desk, input, hearing)
}

function isProposal (value: unknown): value is Proposal<unknown> {
  return typeof value === 'object' && value !== null && 'says' in value && 'carry' in value && typeof value.carry === 'function'
}

/** All that the page can do: ask, have something proposed, and say yes to it. Nothing of it gives a key. */
export const API = {
  ask: (room: RoomName, name: string, input: unknown): Promise<Answer<unknown>> => answer(() => call(room, name, input)),

  /** What would be signed or opened, in words, and the number under which a yes carries it out. */
  propose: (room: RoomName, name: string, input: unknown): Promise<Answer<{ id: string, says: Said }>> => answer(async () => {
    const proposal = await call(room, name, input)
    if (!isProposal(proposal)) throw new TypeError(`${room}.${name} proposes nothing`)
    const id = toHex(randomBytes(16))
    // What nobody answered goes, and with it what it holds, as a phrase that was opened for it.
    for (const [former, { until }] of proposals) if (Date.now() > until) proposals.delete(former)
    proposals.set(id, { proposal, until: Date.now() + PROPOSAL_MS })
    return { id, says: proposal.says }
  }),

  /** A no: nothing of it is kept. */
  decline: (id: string): void => { proposals.delete(id) },

  /** Once for each proposal. */
  carryOut: (id: string, tell: (progress: Progress) => void): Promise<Answer<unknown>> => answer(async () => {
    const waiting = proposals.get(id)
    proposals.delete(id)
    desk.requireSomebody()
    if (waiting === undefined || Date.now() > waiting.until) {
      throw new PortalError('PROPOSAL_GONE', 'This waited too long, or was answered already: look at it once more.')
    }
    return await desk.during(() => waiting.proposal.carry(tell))
  }),

  /** What goes on telling until it is over, or until the page stops it under the number that it gave. */
  hear: (
    id: string, room: RoomName, name: string, input: unknown, tell: (event: never) => void
  ): Promise<Answer<unknown>> => answer(async () => {
    const gone = new AbortController()
    hearings.set(id, gone)
    try {
      return await call(room, name, input, { tell, signal: gone.signal })
    } finally {
      hearings.delete(id)
    }
  }),
  stopHearing: (id: string): void => { hearings.get(id)?.abort() },

  stay: (): void => { desk.stay() },
  whenLocked: (tell: () => void): void => { onLock = tell }
}

expose(API)
