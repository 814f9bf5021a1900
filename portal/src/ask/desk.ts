import { proxy, wrap } from 'comlink'
import type { Remote } from 'comlink'
import type { API, Answer } from '../worker/main.ts'
import type { Problem } from '../worker/problem.ts'
import type { Progress, Said } from '../worker/proposal.ts'
import type { Done, Input, Output, QuestionName, RoomName, Told } from '../worker/rooms.ts'
import { guarded } from './leaving.ts'
import workerUrl from '../worker/main.ts?worker&url'

/** What the worker answers when something went wrong. */
export class AskError extends Error {
  override readonly name = 'AskError'
  readonly problem: Problem

  constructor (problem: Problem) {
    super(problem.message)
    this.problem = problem
  }
}

/** Something that waits for the person's yes, and gives a `T` when it is carried out. */
export interface Proposed<T> { id: string, says: Said, gives?: T }

interface ScriptRules { createScriptURL: (url: string) => string }

/** The one script address that this page makes: its own worker's. */
const trusted = (globalThis as { trustedTypes?: { createPolicy: (name: string, rules: ScriptRules) => ScriptRules } }).trustedTypes?.createPolicy('epione-worker', {
  createScriptURL: (url) => {
    if (url !== workerUrl) throw new TypeError(`${url} is not the worker of this page`)
    return url
  }
})

let worker: Remote<typeof API> | undefined
let running: Worker | undefined
const listeners = new Set<() => void>()
/** Other tabs of these pages: each has a worker with keys of its own. */
const tabs = new BroadcastChannel('epione-lock')
tabs.addEventListener('message', end)

function reach (): Remote<typeof API> {
  if (worker !== undefined) return worker
  running = new Worker(trusted?.createScriptURL(workerUrl) ?? workerUrl, { type: 'module', name: 'epione' })
  worker = wrap<typeof API>(running)
  void worker.whenLocked(proxy(end))
  return worker
}

/** What waits for an answer of the worker. */
const waiting = new Set<(error: AskError) => void>()

function end (): void {
  running?.terminate()
  worker = running = undefined
  // Nothing that it was asked is ever answered.
  for (const fail of waiting) fail(new AskError({ code: 'LOCKED', message: 'This was locked meanwhile.', details: {} }))
  for (const tell of listeners) tell()
}

/** Keys and all that was derived of them are gone with their worker, here and in every other tab. */
export function lock (): void {
  end()
  tabs.postMessage('lock')
}

/** Called whenever keys were locked, by whom or what ever. Returns what ends it. */
export function onLocked (tell: () => void): () => void {
  listeners.add(tell)
  return () => { listeners.delete(tell) }
}

/** The person does something. */
export function stay (): void {
  void worker?.stay()
}

/** What the worker answers, as long as it is there. @throws {AskError} */
async function answerOf<T> (answering: Promise<Answer<T>>): Promise<T> {
  const gone = Promise.withResolvers<never>()
  waiting.add(gone.reject)
  try {
    const answer = await Promise.race([answering, gone.promise])
    if ('value' in answer) return answer.value
    throw new AskError(answer.problem)
  } finally {
    waiting.delete(gone.reject)
  }
}

let [asking, askedAt] = [0, 0]

/** @throws {AskError} */
export async function ask<R extends RoomName, Q extends QuestionName<R>> (room: R, question: Q, input: Input<R, Q>): Promise<Output<R, Q>> {
  asking += 1
  try {
    return await answerOf(reach().ask(room, question, input)) as Output<R, Q>
  } finally {
    asking -= 1
    askedAt = Date.now()
  }
}

/** Whether nothing has been asked for so long (ms): what a page needs is there. */
export function isQuiet (ms: number): boolean {
  return asking === 0 && Date.now() - askedAt > ms
}

/** @throws {AskError} */
export async function propose<R extends RoomName, Q extends QuestionName<R>> (
  room: R, action: Q, input: Input<R, Q>
): Promise<Proposed<Done<R, Q>>> {
  return await answerOf(reach().propose(room, action, input))
}

/** @throws {AskError} */
export async function carryOut<T> ({ id }: Proposed<T>, tell: (progress: Progress) => void = () => undefined): Promise<T> {
  return await guarded(async () => await answerOf(reach().carryOut(id, proxy(tell))) as T)
}

/** The person said no. */
export function decline ({ id }: Proposed<unknown>): void {
  void worker?.decline(id)
}

let heard = 0

/** Has the worker tell what happens until `signal` stops it or it ends by itself. @throws {AskError} when it fails */
export async function hear<R extends RoomName, Q extends QuestionName<R>> (
  room: R, question: Q, input: Input<R, Q>, { tell, signal }: { tell: (event: Told<R, Q>) => void, signal: AbortSignal }
): Promise<Output<R, Q> | undefined> {
  const id = String(heard += 1)
  const desk = reach()
  const stop = (): void => { void desk.stopHearing(id) }
  signal.addEventListener('abort', stop, { once: true })
  try {
    const hearing = desk.hear(id, room, question, input, proxy((event: never) => { if (!signal.aborted) tell(event) }))
    return await answerOf(hearing) as Output<R, Q>
  } catch (error) {
    if (signal.aborted) return undefined
    throw error
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
