import { WRAPS_PER_ANSWER } from '@epione/protocol'
import { isOneAnswer } from '../access/window-keys.ts'
import type { WindowKeys } from '../access/window-keys.ts'
import type { PractitionerContext } from '../context/context.ts'
import type { VerifiedSegment } from './stream-list.ts'
import { fetchSegment } from './stream-read.ts'
import type { ProvenWindow } from './stream-windows.ts'

/** A segment proven whole and in order, with the content key of each of its windows. */
export interface KeyedSegment {
  readonly segment: VerifiedSegment
  readonly windows: ReadonlyArray<{ readonly window: ProvenWindow, readonly contentKey: Uint8Array }>
}

/** Answers that are worked on at once: while some are judged and opened here, proxies make the next. */
const AT_ONCE = 2

/**
 * Windows of segments that a permit names, in order. Segments that follow each other share an answer of each proxy, and what comes next
 * is fetched and asked for while these are opened. @throws {ClientError} WINDOWS_INVALID, and what `WindowKeys` throws
 */
export async function * openSegments (
  context: PractitionerContext, eventId: string, segments: readonly VerifiedSegment[], keys: WindowKeys
): AsyncGenerator<KeyedSegment, void, void> {
  const open = async (group: VerifiedSegment[]): Promise<KeyedSegment[]> => await openGroup(context, eventId, group, keys)
  for await (const opened of workAhead(groupForAnswers(segments), AT_ONCE, open)) yield * opened
}

/** What `work` makes of each item, in order, while the next are worked on: `atOnce` in all. What was taken is kept no longer. */
export async function * workAhead<T, R> (
  items: readonly T[], atOnce: number, work: (item: T) => Promise<R>
): AsyncGenerator<R, void, void> {
  const begun: Array<Promise<R>> = []
  let count = 0
  while (count < items.length || begun.length > 0) {
    for (const item of items.slice(count, count + atOnce - begun.length)) {
      const result = work(item)
      // Told in its turn.
      result.catch(() => undefined)
      begun.push(result)
      count += 1
    }
    const first = begun.shift()
    if (first !== undefined) yield await first
  }
}

/** Segments in a row that one answer of each proxy can be for. */
export function groupForAnswers (segments: readonly VerifiedSegment[]): VerifiedSegment[][] {
  const groups: VerifiedSegment[][] = []
  let room = 0
  for (const segment of segments) {
    const size = segment.segment.last - segment.segment.first + 1
    const group = groups.at(-1)
    if (group?.[0] !== undefined && size <= room && isOneAnswer(group[0], segment)) {
      group.push(segment)
      room -= size
    } else {
      groups.push([segment])
      room = WRAPS_PER_ANSWER - size
    }
  }
  return groups
}

async function openGroup (
  context: PractitionerContext, eventId: string, group: readonly VerifiedSegment[], keys: WindowKeys
): Promise<KeyedSegment[]> {
  const fetched = await Promise.all(group.map(async (record) => ({ record, windows: await fetchSegment(context, record, eventId) })))
  const opened = await keys.openTogether(fetched)
  return fetched.map(({ record, windows }, index) => ({
    segment: record,
    windows: windows.map((window, place) => {
      const contentKey = opened[index]?.[place]
      if (contentKey === undefined) throw new TypeError('each window has a key')
      return { window, contentKey }
    })
  }))
}
