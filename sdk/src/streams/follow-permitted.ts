import { correctTimes, spanOf } from '@epione/protocol/streams'
import { followEvent, requestFollow } from '../access/follow-stream.ts'
import type { Followed, FollowedContent, FollowOptions, FollowWanted } from '../access/follow-stream.ts'
import { FOLLOW_MS } from '@epione/protocol'
import { currentTime } from '../context/context.ts'
import type { PractitionerContext } from '../context/context.ts'
import { isClientError } from '../errors.ts'
import type { FollowedPart } from './follow-own.ts'
import { decodeContent } from './stream-windows.ts'

export interface PermittedFollow extends FollowWanted, Pick<FollowOptions, 'onEvidence'> {
  /** Ends following. */
  readonly signal: AbortSignal
}

/** Ends of a permit after which another one goes on where it stopped. */
const GOES_ON = 'EPOCH_ENDED'
/** Permits in a row under which nothing came: a gateway that says so for ever would fill the patient's log with requests. */
const BARREN_MAX = 3

/**
 * A practitioner follows a patient's stream under one logged permit, an hour at most: each window once and in order, as proxies release it,
 * until they no longer do, which the last part says. When the patient changes the key in the middle another permit is asked for, which
 * begins anew and goes on after the last window. @throws {ClientError} ACCESS_DENIED, what `followEvent` throws
 */
export async function * followPermittedStream (
  context: PractitionerContext, { signal, onEvidence, ...wanted }: PermittedFollow
): AsyncGenerator<FollowedPart, void, void> {
  const until = currentTime(context) + wanted.lastsMs
  const more = onEvidence === undefined ? {} : { onEvidence }
  let { eventId } = await requestFollow(context, wanted)
  let [last, barren] = [0, 0]
  for (;;) {
    const before = last
    yield { type: 'begin', eventId }
    let end: FollowedPart | undefined
    for await (const followed of untilAborted(followEvent(context, eventId, { ...more, ...(last > 0 && { after: last }) }), signal)) {
      if (followed.kind === 'window') {
        last = followed.number
        yield * partsOf(followed)
      } else if (followed.kind === 'withheld') yield { type: 'waiting', code: followed.code }
      else end = { type: 'end', end: followed.end, code: followed.code, detail: followed.detail }
    }
    barren = last === before ? barren + 1 : 0
    const next = goesOn(end, barren) ? await askAgain(context, wanted, until) : undefined
    if (next === undefined) {
      if (end !== undefined) yield end
      return
    }
    eventId = next
  }
}

function goesOn (end: FollowedPart | undefined, barren: number): boolean {
  return end?.type === 'end' && end.code === GOES_ON && barren < BARREN_MAX
}

/** Another permit `until` then; undefined where too little time is left or the patient's consent does not cover the new key. */
async function askAgain (context: PractitionerContext, wanted: FollowWanted, until: number): Promise<string | undefined> {
  const lastsMs = until - currentTime(context)
  if (lastsMs < FOLLOW_MS.minimum) return undefined
  try {
    return (await requestFollow(context, { ...wanted, lastsMs })).eventId
  } catch (error) {
    if (isClientError(error, 'ACCESS_DENIED')) return undefined
    throw error
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
