import { READERS } from '@epione/protocol/api'
import type { FollowedWindow, FollowEnd } from '@epione/protocol/api'
import type { Person } from '@epione/protocol'
import type { FastifyInstance } from 'fastify'
import { collectAll, requireOwnPermit } from '../access/collect-cfrags.ts'
import { tellWindows } from '../access/collect-windows.ts'
import type { NewWindowName } from '../proxy/answer-followed.ts'
import { requireFollowing } from '../proxy/answer-followed.ts'
import { isFinal } from '../proxy/final-codes.ts'
import { requireFollowedWindows } from '../proxy/verify-followed.ts'
import type { VerifiedPermit } from '../proxy/verify-permit.ts'
import { follow } from './follow.ts'
import type { Released, Told } from './follow.ts'
import { encodeEvent, withHeartbeats } from './server-events.ts'
import { WindowSources } from './window-sources.ts'

export interface FollowWanted {
  eventId: string
  person: Person
  /** The last number that the reader has; by default the head at the permit. */
  after?: number | undefined
  /** Aborts when the reader has gone. */
  gone: AbortSignal
}

/**
 * Follows a stream for its reader: server-sent events as text, until it ends. Takes a place at once, so that whoever gets none is told so.
 * @throws {GatewayError} NOT_PERMITTED, TOO_MANY_REQUESTS, and what `verifyPermit` throws
 */
export async function followStream (
  app: FastifyInstance, { eventId, person, after = 0, gone }: FollowWanted
): Promise<AsyncIterable<string>> {
  const { proxy, ports: { clock } } = app
  const { mspId } = proxy.context
  const permit = requireOwnPermit(await proxy.proveFollow(eventId, mspId), person)
  const stream = requireFollowing(permit)
  const leave = app.follows.open(`${person.mspId}/${person.staffId}`, gone)
  const { event: { expiresAt = 0 } } = permit
  const sources = new WindowSources(app, { eventId, stream })
  const told = follow<FollowedWindow>({
    mspId,
    after: Math.max(after, stream.event.head),
    expiresAt,
    clock,
    next: async (number, signal) => await sources.next(number, signal),
    release: async (windows) => await release(app, eventId, windows),
    signal: AbortSignal.any([gone, app.followsEnd])
  })
  return withHeartbeats(encodeAll(app, eventId, permit, told, leave))
}

async function * encodeAll (
  app: FastifyInstance, eventId: string, permit: VerifiedPermit, told: AsyncIterable<Told<FollowedWindow>>, leave: () => void
): AsyncGenerator<string, void, void> {
  let end: FollowEnd['end'] = 'ended'
  try {
    for await (const one of told) {
      const { kind, ...data } = one
      if (one.kind === 'end') end = one.end
      yield encodeEvent(kind, data, one.kind === 'windows' ? one.windows.at(-1)?.number : undefined)
    }
  } finally {
    leave()
    // Expiry and refusal each proxy knows by itself.
    if (end === 'ended') await tellEnd(app, eventId, permit)
  }
}

/** Has the proxies re-encrypt new windows; each decides anew whether it may. */
async function release (app: FastifyInstance, eventId: string, windows: readonly FollowedWindow[]): Promise<Released> {
  const { proxy, peers, networkId, ports: { patience: timing } } = app
  const ownMspId = proxy.context.mspId
  const permit = await proxy.proveFollow(eventId, ownMspId)
  const stream = requireFollowing(permit)
  const { consent } = permit
  const proven = requireFollowedWindows(stream, networkId, windows)
  const { label, epoch } = stream.event
  const wraps = new Map(proven.map(({ number, wrap }) => [number, wrap]))
  const asked = windows.map(({ statement, wrap }) => ({ statement, wrap }))
  const { answers, failures, sufficient } = await collectAll<NewWindowName>({ proxy, peers, timing }, permit, {
    named: proven.map(({ number, wrapHash }) => ({ number, wrapHash })),
    windows: proven.map(({ wrapHash }) => ({ label, epoch, wrapHash })),
    findWrap: async ({ number }) => await Promise.resolve(wraps.get(number) ?? ''),
    ask: async (mspId, _wraps, signal) => mspId === ownMspId
      ? await proxy.answerFollowed(eventId, ownMspId, asked)
      : await peers.of(mspId).call(READERS.reencryptFollowed, { body: { eventId, windows: asked } }, signal)
  })
  const told = failures.map((failure) => tellWindows(failure))
  const final = failures.filter(({ code }) => isFinal(code))
  const left = proxiesOf(permit).length - new Set(final.map(({ mspId }) => mspId)).size
  const [first] = final
  const isOver = !sufficient && first !== undefined && left < consent.body.threshold
  return { answers, failures: told, sufficient, ...(isOver && { refusal: { code: first.code, detail: first.detail } }) }
}

const proxiesOf = ({ consent }: VerifiedPermit): string[] => [...new Set(consent.shares.map(({ mspId }) => mspId))]

/** Lets each proxy's receipt say that the reader follows no more; one that cannot be told says that the permit expired. */
async function tellEnd ({ proxy, peers, log }: FastifyInstance, eventId: string, permit: VerifiedPermit): Promise<void> {
  const ownMspId = proxy.context.mspId
  await Promise.all(proxiesOf(permit).map(async (mspId) => {
    try {
      if (mspId === ownMspId) await proxy.endFollow(eventId, ownMspId)
      else await peers.of(mspId).call(READERS.endFollow, { body: { eventId } })
    } catch (error) {
      log.info({ err: error, mspId, eventId }, 'a proxy could not be told that its reader follows a stream no more')
    }
  }))
}
