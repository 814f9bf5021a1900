import { correctTimes, spanOf } from '@epione/protocol/streams'
import { followEvent, requestFollow } from '../access/follow-stream.ts'
import type { Followed, FollowedContent, FollowWanted } from '../access/follow-stream.ts'
import type { PractitionerContext } from '../context/context.ts'
import type { FollowedPart } from './follow-own.ts'
import { decodeContent } from './stream-windows.ts'

export interface PermittedFollow extends FollowWanted {
  /** Ends following. */
  readonly signal: AbortSignal
}

/**
 * A practitioner follows a patient's stream under one logged permit, an hour at most: each window once and in order, as proxies release it,
 * until they no longer do, which the last part says. @throws {ClientError} ACCESS_DENIED, what `followEvent` throws
 */
export async function * followPermittedStream (
  context: PractitionerContext, { signal, ...wanted }: PermittedFollow
): AsyncGenerator<FollowedPart, void, void> {
  const { eventId } = await requestFollow(context, wanted)
  yield { type: 'begin', eventId }
  for await (const followed of untilAborted(followEvent(context, eventId), signal)) {
    if (followed.kind === 'window') yield * partsOf(followed)
    else if (followed.kind === 'withheld') yield { type: 'waiting', code: followed.code }
    else yield { type: 'end', end: followed.end, code: followed.code, detail: followed.detail }
  }
}

function partsOf ({ number, id, grade, missing, content, body }: FollowedContent): FollowedPart[] {
  const { previous } = body
  const opened = { number, id, grade, content: decodeContent(body, content), ...(previous !== undefined && { previous }) }
  const windows = correctTimes([opened]).map(({ content: { series }, times }): FollowedPart =>
    ({ type: 'window', window: { number, grade, ...spanOf(series), times, series } }))
  return missing === undefined ? windows : [{ type: 'gap', gap: missing }, ...windows]
}

/** The same until `signal` says stop, also while nothing comes. */
async function * untilAborted (parts: AsyncGenerator<Followed, void, void>, signal: AbortSignal): AsyncGenerator<Followed, void, void> {
  const aborted = Promise.withResolvers<undefined>()
  const abort = (): void => { aborted.resolve(undefined) }
  signal.addEventListener('abort', abort, { once: true })
  if (signal.aborted) abort()
  try {
    for (;;) {
      const coming = parts.next()
      const next = await Promise.race([coming, aborted.promise])
      if (next === undefined) {
        // The connection ends with the context's; what it says of that concerns nobody any more.
        coming.catch(() => undefined)
        return
      }
      if (next.done === true) return
      yield next.value
    }
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
