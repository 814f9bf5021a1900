import type { SignedAnswer } from '@epione/protocol'
import type { FollowedWrap } from '@epione/protocol/api'
import { GatewayError } from '../errors.ts'
import type { GatewayErrorCode } from '../errors.ts'
import { answerJobs } from './answer-event.ts'
import type { AnswerContext } from './answer-event.ts'
import type { FollowReceipts } from './follow-receipts.ts'
import type { FollowedStream } from './verify-followed.ts'
import { requireFollowedWindows } from './verify-followed.ts'
import type { VerifiedPermit } from './verify-permit.ts'

/** What a new window of a followed stream is called. */
export interface NewWindowName { number: number }
export interface AnsweredFollowed { answers: SignedAnswer[], refused: Array<NewWindowName & { code: GatewayErrorCode, detail: string }> }

/** @throws {GatewayError} NOT_PERMITTED for a permit of another kind */
export function requireFollowing (permit: VerifiedPermit): FollowedStream {
  if (permit.stream !== undefined) return permit.stream
  throw new GatewayError('NOT_PERMITTED', 'the access event does not permit to follow a stream')
}

/**
 * Whether this proxy may release windows of a followed stream now: its own peer shows fresh blocks, and what was permitted up to an hour
 * ago would be permitted anew. @throws {GatewayError} PEER_BEHIND, EVENT_DENIED
 */
export async function requireReleasable ({ freshness }: Pick<AnswerContext, 'freshness'>, permit: VerifiedPermit): Promise<FollowedStream> {
  const stream = requireFollowing(permit)
  freshness.requireRecent()
  await permit.requireNow()
  return stream
}

/**
 * The answer of this proxy to new windows of a followed stream, re-encrypted together, noted by their numbers before it leaves.
 * @throws {GatewayError} as `requireReleasable`; WRAP_UNKNOWN for what the permit does not follow; OVERLOADED; why none is answered
 */
export async function answerFollowed (
  context: AnswerContext & { followReceipts: Pick<FollowReceipts, 'record'> },
  permit: VerifiedPermit,
  asked: readonly FollowedWrap[]
): Promise<AnsweredFollowed> {
  const stream = await requireReleasable(context, permit)
  const { eventId, expiresAt = 0 } = permit.event
  const windows = requireFollowedWindows(stream, context.networkId, asked)
  const { label, epoch } = stream.event
  const jobs = windows.map(({ number, wrapHash, wrap, place }) => ({ name: { number }, label, epoch, wrapHash, wrap, place }))
  return await answerJobs<NewWindowName>(context, permit, jobs, {
    note: async (released) => {
      // The queue of the pool may have outlasted what the own peer showed.
      context.freshness.requireRecent()
      const numbers = windows.flatMap(({ number, wrapHash }) => released.includes(wrapHash) ? number : [])
      await context.followReceipts.record({ eventId, expiresAt }, { first: Math.min(...numbers), last: Math.max(...numbers) })
    }
  })
}
