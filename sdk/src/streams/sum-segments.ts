import { correctTimes, isKindOf, spanOf, timeOf } from '@epione/protocol/streams'
import type { KindCode, Series, Span, WindowContent } from '@epione/protocol/streams'
import { SignalError, SpanSums } from '@epione/signals'
import { ClientError } from '../errors.ts'
import type { OpenedWindow } from './assemble-stream.ts'

/** How far (ms) a device's clock may be ahead of the ledger's, as both are set by gateways. */
export const AHEAD_MS = 120_000

/** A segment by its version and when (ms) the ledger took it. */
interface TakenSegment { readonly version: number, readonly takenAt: number }
interface Held extends TakenSegment { readonly windows: readonly OpenedWindow[] }

/** When (ms) its samples begin and end, and when those end that were measured before the ledger took it; how many windows were not. */
interface Reach { readonly startMs: number, readonly endMs: number, readonly inTimeMs: number, readonly ahead: number }

/**
 * Samples of a stream's segments, summed up as they are opened: what is kept is a sum a span, and windows whose times a later one may still
 * tell, whose segments wait for it.
 */
export class SegmentSums {
  readonly sums: SpanSums
  /** Of each boot windows with a known clock, without their samples. */
  readonly #anchors: OpenedWindow[] = []
  #held: Held[] = []
  #kinds: readonly KindCode[] | undefined
  #last = 0
  #undeclared = 0
  /** By the version of a segment. */
  readonly #reach = new Map<number, Reach>()

  constructor (span: Span) {
    this.sums = new SpanSums(span)
  }

  /** What the stream's device measures, as its first window says. */
  get kinds (): readonly KindCode[] {
    return this.#kinds ?? []
  }

  /** Windows with series of other kinds than that: these are left out. */
  get undeclared (): number {
    return this.#undeclared
  }

  /** Windows of segments above a version that say that they were measured after the ledger took them. */
  aheadAfter (version: number): number {
    return [...this.#reach].reduce((sum, [of, { ahead }]) => of > version ? sum + ahead : sum, 0)
  }

  /**
   * Up to when (ms) the device has measured, so that spans before are over; -Infinity where nobody can tell. A sample that is later than
   * the ledger took it says nothing of that, unless all of its segment are, and of each later one: then the device's clock is ahead.
   */
  get reachedMs (): number {
    let [reached, isInTime] = [-Infinity, false]
    for (const [, { endMs, inTimeMs }] of [...this.#reach].sort(([a], [b]) => b - a)) {
      isInTime ||= inTimeMs > -Infinity
      reached = Math.max(reached, isInTime ? inTimeMs : endMs)
    }
    return reached
  }

  /** When samples begin that stand in segments above a version, ms; Infinity where there are none. */
  beginAfter (version: number): number {
    return Math.min(...[...this.#reach].flatMap(([of, { startMs }]) => of > version ? [startMs] : []))
  }

  /** When a segment's samples end, ms; undefined where none has a known time. */
  endOf (version: number): number | undefined {
    return this.#reach.get(version)?.endMs
  }

  /** @throws {ClientError} MEASUREMENTS_INVALID for what cannot be summed up */
  take (segment: TakenSegment, windows: readonly OpenedWindow[]): void {
    this.#kinds ??= windows[0]?.content.kinds
    for (const window of windows.filter(isTimed)) this.#anchors.push(anchorOf(window))
    if (windows.every(isTimed)) this.#addAll(segment, windows.map(({ content }) => content))
    else this.#held.push({ ...segment, windows })
  }

  /**
   * Adds what waited and is followed by segments with known times; `last`: the newest segment that is in the sums. Of windows whose times
   * nobody will tell any more nothing is: `untimed` has their segments, one a window.
   */
  settle (): { last: number, untimed: number[] } {
    const untimed: number[] = []
    const known = new Set(this.#anchors.map(({ content: { clock: { bootId } } }) => bootId))
    const isTold = ({ windows }: Held): boolean => windows.every((window) => isTimed(window) || known.has(window.content.clock.bootId))
    const last = Math.max(this.#last, ...this.#held.filter(isTold).map(({ version }) => version))
    for (const { windows, ...segment } of this.#held.filter((held) => held.version <= last)) {
      const own = new Set(windows)
      const others = this.#anchors.filter(({ id }) => !windows.some((window) => window.id === id))
      const timed = correctTimes([...others, ...windows]).filter(({ window }) => own.has(window))
      for (const { times } of timed) if (times === 'unknown') untimed.push(segment.version)
      this.#addAll(segment, timed.filter(({ times }) => times !== 'unknown').map(({ content }) => content))
    }
    this.#held = this.#held.filter(({ version }) => version > last)
    return { last, untimed }
  }

  #addAll (segment: TakenSegment, contents: readonly WindowContent[]): void {
    this.#last = Math.max(this.#last, segment.version)
    for (const { series } of contents) this.#add(segment, series)
  }

  #add ({ version, takenAt }: TakenSegment, series: readonly Series[]): void {
    const own = series.filter(({ kind }) => isKindOf(this.kinds, kind))
    if (own.length < series.length) this.#undeclared += 1
    if (own.length === 0) return
    const [{ startMs }, endMs] = [spanOf(own), lastOf(own)]
    const isAhead = endMs > takenAt + AHEAD_MS
    const before = this.#reach.get(version) ?? { startMs, endMs, inTimeMs: -Infinity, ahead: 0 }
    this.#reach.set(version, {
      startMs: Math.min(before.startMs, startMs),
      endMs: Math.max(before.endMs, endMs),
      inTimeMs: isAhead ? before.inTimeMs : Math.max(before.inTimeMs, endMs),
      ahead: before.ahead + Number(isAhead)
    })
    try {
      this.sums.add(own)
    } catch (cause) {
      if (!(cause instanceof SignalError)) throw cause
      throw new ClientError('MEASUREMENTS_INVALID', `The stream cannot be summed up: ${cause.message}.`, { reason: cause.code }, { cause })
    }
  }
}

const lastOf = (series: readonly Series[]): number => Math.max(...series.map((one) => timeOf(one, one.values.length - 1)))

const isTimed = ({ content: { clock } }: OpenedWindow): boolean => clock.by === 'source' || clock.offsetMs !== undefined

function anchorOf (window: OpenedWindow): OpenedWindow {
  const [first] = window.content.series
  const { startMs } = spanOf(window.content.series)
  const series = first === undefined ? [] : [{ kind: first.kind, unit: first.unit, startMs, periodMs: 1, values: [null] }]
  return { ...window, content: { ...window.content, series } }
}
