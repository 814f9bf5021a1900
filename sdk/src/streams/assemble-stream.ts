import { correctTimes, kindsHashOf, spanOf } from '@epione/protocol/streams'
import type { Series, TimeGrade, WindowContent } from '@epione/protocol/streams'
import type { VerifiedDevice } from '@epione/protocol/verify'
import type { Grade } from '@epione/protocol/api'
import { requireInOrder } from './in-order.ts'
import { gapsBetween } from './stream-list.ts'
import type { StreamHead } from './stored-windows.ts'
import type { NumberGap, VerifiedSegment } from './stream-list.ts'

/** A window that was proven and opened. */
export interface OpenedWindow {
  readonly number: number
  readonly id: string
  /** `stored`: at two hospitals; `on-ledger`: its segment is registered. */
  readonly grade: Grade
  /** Of its segment. */
  readonly version?: number
  readonly previous?: string
  readonly content: WindowContent
}

/** One window of a stream as it is read. */
export interface ReadWindow {
  readonly number: number
  readonly grade: Grade
  /** Of its segment, once it has one. */
  readonly version?: number
  readonly startMs: number
  readonly endMs: number
  /** How far its times are to be trusted. */
  readonly times: TimeGrade
  readonly series: readonly Series[]
}

/** Segments that are no more, with the numbers of their windows. */
export interface EndedSegment extends NumberGap { readonly version: number, readonly cause: string }

/** A stream, or a part of it, proven whole and in order. */
export interface StreamRead {
  readonly stream: string
  readonly patientId: string
  readonly deviceId: string
  readonly windows: readonly ReadWindow[]
  /** How many windows have which grade. */
  readonly grades: Readonly<Record<Grade, number>>
  /** Numbers that the device lost, or has not sent. */
  readonly gaps: readonly NumberGap[]
  readonly ended: readonly EndedSegment[]
  readonly warnings: readonly string[]
}

/** What was read of a stream. */
export interface StreamParts {
  readonly stream: string
  readonly patientId: string
  readonly device: VerifiedDevice
  /** All segments from the first that was wanted on, in order. */
  readonly segments: readonly VerifiedSegment[]
  /** How far the ledger is, as other organisations say; none where they tell the patient alone. */
  readonly heads?: readonly StreamHead[]
  /** In order of their numbers; those of no segment after all others. */
  readonly windows: readonly OpenedWindow[]
  readonly fromMs?: number | undefined
  readonly toMs?: number | undefined
}

/**
 * Puts windows in order: each names the one before, gaps have names, times are as good as the device's clock. @throws {ClientError}
 * SEALED_WRONGLY for a device whose windows do not follow each other
 */
export function assembleStream (parts: StreamParts): StreamRead {
  const { stream, patientId, device, segments, windows, fromMs = -Infinity, toMs = Infinity } = parts
  requireOrder(stream, device, windows)
  const timed = correctTimes(windows)
  const read = timed.map(({ window: { number, grade, version }, content, times }): ReadWindow =>
    ({ number, grade, ...(version !== undefined && { version }), ...spanOf(content.series), times, series: content.series }))
  const wanted = read.filter(({ startMs, endMs }) => endMs >= fromMs && startMs <= toMs)
  return {
    stream,
    patientId,
    deviceId: device.id,
    windows: wanted,
    grades: { 'on-ledger': countOf(wanted, 'on-ledger'), stored: countOf(wanted, 'stored') },
    gaps: [...gapsWithin(segments), ...gapsAfter(segments.at(-1)?.segment.last, windows.filter(({ grade }) => grade === 'stored'))],
    ended: segments.flatMap(({ body: { version }, segment: { first, last }, end }) =>
      end === undefined ? [] : [{ version, first, last, cause: end.cause }]),
    warnings: [...warningsOf(device, timed), ...hiddenOf(parts), ...aheadOf(segments, timed)]
  }
}

/** A part of a stream begins where it begins: what came before is no gap. */
function gapsWithin (segments: readonly VerifiedSegment[]): NumberGap[] {
  const gaps = gapsBetween(segments)
  return segments[0]?.body.version === 1 ? gaps : gaps.filter(({ last }) => last >= (segments[0]?.segment.first ?? 0))
}

function gapsAfter (head: number | undefined, windows: readonly OpenedWindow[]): NumberGap[] {
  let before = head ?? 0
  return windows.flatMap(({ number }) => {
    const gap = number === before + 1 ? [] : [{ first: before + 1, last: number - 1 }]
    before = number
    return gap
  })
}

function requireOrder (stream: string, device: VerifiedDevice, windows: readonly OpenedWindow[]): void {
  windows.forEach(({ number, previous }, i) => {
    const before = windows[i - 1]
    if (before !== undefined) requireInOrder(device, before, { stream, number, ...(previous !== undefined && { previous }) })
  })
}

const countOf = (windows: readonly ReadWindow[], grade: Grade): number => windows.filter((window) => window.grade === grade).length

function warningsOf (device: VerifiedDevice, windows: ReturnType<typeof correctTimes<OpenedWindow>>): string[] {
  const undeclared = windows.filter(({ content: { kinds, salt } }) => kindsHashOf(kinds, salt) !== device.body.kindsHash).length
  const untimed = windows.filter(({ times }) => times === 'unknown').length
  return [
    ...(undeclared === 0 ? [] : [`${undeclared} windows are of kinds of measurement that the device was not introduced with.`]),
    ...(untimed === 0 ? [] : [`The times of ${untimed} windows are by a clock that was never set: they tell how long, not when.`])
  ]
}

/** What was sent and is not shown: segments that another organisation knows of, windows that a later one names. */
function hiddenOf ({ segments, heads = [], windows }: StreamParts): string[] {
  const listed = segments.at(-1)?.body.version ?? 0
  const further = heads.filter(({ version }) => version > listed)
    .map(({ mspId, version, last }) => `${mspId} knows segment ${version}, up to window ${last}, and only ${listed} were listed: what came since is left out, or the gateway is behind.`)
  const isFromStart = segments[0] === undefined || segments[0].body.version === 1
  const hasEnded = (from: number, to: number): boolean =>
    segments.some(({ segment: { first, last }, end }) => end !== undefined && first < to && last > from)
  const unshown = windows.filter(({ number, previous }, i) => {
    const before = windows[i - 1]
    if (previous === undefined || (before === undefined && !isFromStart)) return false
    return previous !== before?.id && !hasEnded(before?.number ?? 0, number)
  })
  const [first] = unshown
  return first === undefined ? further : [...further, `${unshown.length} windows, the first is ${first.number}, follow one that was sent and is not shown: hospitals lost or left it out.`]
}

/** How much later than the ledger's a device's clock may be, ms. */
const AHEAD_MS = 5 * 60_000

/** What was registered before it was measured was not measured then. */
function aheadOf (segments: readonly VerifiedSegment[], windows: ReturnType<typeof correctTimes<OpenedWindow>>): string[] {
  const taken = new Map(segments.map(({ body: { version }, takenAt }) => [version, takenAt]))
  const ahead = windows.filter(({ window: { version }, content: { series } }) => {
    const takenAt = version === undefined ? undefined : taken.get(version)
    return takenAt !== undefined && spanOf(series).startMs > takenAt + AHEAD_MS
  }).length
  return ahead === 0 ? [] : [`The times of ${ahead} windows are later than the ledger took them: the clock was wrong, or whoever told the device the time.`]
}
