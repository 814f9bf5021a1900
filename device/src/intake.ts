import { checkSeries, endOf, SERIES_PER_WINDOW, Series, StreamError } from '@epione/protocol/streams'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { ClientError, cutWindows, isClientError, joinSeries } from '@epione/sdk'
import type { ClockMark, DeviceClock } from '@epione/sdk'
import type { DeviceKind } from './device-home.ts'

/** Most values that wait for their window to end. */
const BUFFERED_MAX = 200_000

/** A value as it is measured: of one of the device's kinds, now, or at a time that whoever measured tells. */
const Sample = Type.Object({
  code: Type.String(),
  /** Needed where two kinds have the same code. */
  system: Type.Optional(Type.String()),
  value: Type.Union([Type.Number(), Type.Null()]),
  /** ms since 1970, or ISO 8601 with a zone. */
  time: Type.Optional(Type.Union([Type.Number({ minimum: 0 }), Type.String()]))
}, { additionalProperties: false })

/** Where windows go: `by` tells whose clock their times are of; `mark` is the device's when the window began. */
export type Seal = (series: readonly Series[], by: 'device' | 'source', mark: ClockMark) => Promise<void>

interface Buffered { readonly kind: DeviceKind, readonly times: number[], readonly values: Array<number | null> }
/** Series that are shorter than a window and wait for what goes on from them; `openedAt` is by the clock of `now`. */
interface OpenSeries { readonly startMs: number, readonly openedAt: number, readonly parts: Series[], count: number }
/** A sample; `mark`: the device's clock as it was when it came. */
interface Measured { readonly kind: DeviceKind, readonly timeMs: number, readonly value: number | null, readonly mark: ClockMark }
interface OpenWindow { readonly startMs: number, readonly mark: ClockMark, count: number, readonly series: Map<DeviceKind, Buffered> }

/**
 * Takes measurements, a JSON value each: a sample or a short series with its times, which wait for their window to end, or a series of a
 * window and more, which is cut into windows and sealed at once.
 */
export class Intake {
  readonly #kinds: readonly DeviceKind[]
  readonly #windowMs: number
  readonly #seal: Seal
  readonly #clock: Pick<DeviceClock, 'now' | 'mark'>
  readonly #open: Record<'device' | 'source', OpenWindow | undefined> = { device: undefined, source: undefined }
  #series: OpenSeries | undefined
  /** Ends when all that was called before is done: measurements of several inputs come one after the other. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor ({ kinds, windowMs }: { readonly kinds: readonly DeviceKind[], readonly windowMs: number }, seal: Seal, clock: Pick<DeviceClock, 'now' | 'mark'>) {
    this.#kinds = kinds
    this.#windowMs = windowMs
    this.#seal = seal
    this.#clock = clock
  }

  /** When the first of the open windows ends, by the device's clock; undefined while none is open that time ends. */
  get endsAt (): number | undefined {
    const starts = [this.#open.device?.startMs, this.#series?.openedAt].filter((start) => start !== undefined)
    return starts.length === 0 ? undefined : Math.min(...starts) + this.#windowMs
  }

  /**
   * @throws {StreamError} SERIES_INVALID for what is no measurement of this device; {ClientError} DISK_FULL: all of it was taken, and waits
   * in memory
   */
  async take (measured: unknown): Promise<void> {
    if (Value.Check(Sample, measured)) {
      const kind = this.#kindOf(measured)
      const [timeMs, by] = measured.time === undefined ? [this.#clock.now(), 'device' as const] : [timeOf(measured.time), 'source' as const]
      const mark = this.#clock.mark()
      await this.#inTurn(async () => { await this.#add(by, { kind, timeMs, value: measured.value, mark }) })
      return
    }
    if (!Value.Check(Series, measured)) throw new StreamError('SERIES_INVALID', 'neither a sample {code, value, time?} nor a series')
    const series = checkSeries(measured)
    this.#kindOf(series.kind)
    await this.#inTurn(async () => { await this.#addSeries(series) })
  }

  async #inTurn (work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work)
    this.#turn = turn.catch(() => undefined)
    await turn
  }

  /** Seals what is open when its time has come, or the clock was set since; all of it with `force`. @throws {ClientError} DISK_FULL */
  async close ({ force = false } = {}): Promise<void> {
    await this.#inTurn(async () => {
      const { isSet } = this.#clock.mark()
      // A clock that was set far back would else have all wait until it is there again.
      const isOver = (since: number): boolean => force || Math.abs(this.#clock.now() - since) >= this.#windowMs
      const ends = (['device', 'source'] as const).map((by) => async () => {
        const open = this.#open[by]
        if (open === undefined) return
        if (force || (by === 'device' && (open.mark.isSet !== isSet || isOver(open.startMs)))) await this.#end(by, open)
      })
      await allOf([...ends, async () => { if (this.#series !== undefined && isOver(this.#series.openedAt)) await this.#endSeries() }])
    })
  }

  /** Whether a sample is of the next window. Times by a clock before it was set are corrected together, with none of since. */
  #endsBefore (by: 'device' | 'source', open: OpenWindow, { kind, timeMs, mark }: Omit<Measured, 'value'>): boolean {
    const isOutside = timeMs < open.startMs || timeMs >= open.startMs + this.#windowMs
    const isNewKind = !open.series.has(kind) && open.series.size >= SERIES_PER_WINDOW
    const isOtherClock = by === 'device' && open.mark.isSet !== mark.isSet
    return isOutside || isNewKind || isOtherClock || open.count >= BUFFERED_MAX || isBackward(open.series.get(kind), timeMs)
  }

  async #add (by: 'device' | 'source', { kind, timeMs, value, mark }: Measured): Promise<void> {
    const before = this.#open[by]
    const isEnd = before !== undefined && this.#endsBefore(by, before, { kind, timeMs, mark })
    // Where the disk is full the ended window waits in memory, and what came after it is taken all the same.
    const ended = isEnd ? this.#end(by, before) : Promise.resolve()
    const open: OpenWindow = this.#open[by] ?? { startMs: timeMs, mark, count: 0, series: new Map<DeviceKind, Buffered>() }
    this.#open[by] = open
    const buffered: Buffered = open.series.get(kind) ?? { kind, times: [], values: [] }
    open.series.set(kind, buffered)
    buffered.times.push(timeMs)
    buffered.values.push(value)
    open.count += 1
    await ended
  }

  async #end (by: 'device' | 'source', open: OpenWindow): Promise<void> {
    // First: what is measured while this is written belongs to the next window.
    this.#open[by] = undefined
    await this.#seal([...open.series.values()].map(seriesOf), by, open.mark)
  }

  async #addSeries (series: Series): Promise<void> {
    if (endOf(series) - series.startMs >= this.#windowMs) {
      const windows = cutWindows([series], this.#windowMs)
      await allOf([async () => { await this.#endSeries() }, ...windows.map((window) => async () => { await this.#seal(window, 'source', this.#clock.mark()) })])
      return
    }
    const before = this.#series
    const isEnd = before !== undefined && (series.startMs < before.startMs || endOf(series) > before.startMs + this.#windowMs ||
      before.count + series.values.length > BUFFERED_MAX)
    const ended = isEnd ? this.#endSeries() : Promise.resolve()
    const open: OpenSeries = this.#series ?? { startMs: series.startMs, openedAt: this.#clock.now(), parts: [], count: 0 }
    this.#series = open
    open.parts.push(series)
    open.count += series.values.length
    await ended
  }

  /** Those that go on from one another are one series in their window. */
  async #endSeries (): Promise<void> {
    const open = this.#series
    if (open === undefined) return
    this.#series = undefined
    const windows = cutWindows(joinSeries([{ series: open.parts }]), this.#windowMs)
    await allOf(windows.map((window) => async () => { await this.#seal(window, 'source', this.#clock.mark()) }))
  }

  #kindOf ({ system, code }: { readonly system?: string | undefined, readonly code: string }): DeviceKind {
    const kinds = this.#kinds.filter((kind) => kind.code === code && (system === undefined || kind.system === system))
    const [kind] = kinds
    if (kind === undefined || kinds.length > 1) {
      throw new StreamError('SERIES_INVALID', kind === undefined ? `this device does not measure ${code}` : `${code} is of several systems: say which`)
    }
    return kind
  }
}

/** Does all, one after the other, whether or not the disk is full. @throws {ClientError} DISK_FULL at last, if it was */
async function allOf (works: ReadonlyArray<() => Promise<void>>): Promise<void> {
  let full: ClientError | undefined
  for (const work of works) {
    await work().catch((error: unknown) => {
      if (!isClientError(error, 'DISK_FULL')) throw error
      full = error
    })
  }
  if (full !== undefined) throw full
}

const isBackward = (buffered: Buffered | undefined, timeMs: number): boolean => timeMs < (buffered?.times.at(-1) ?? 0)

function timeOf (time: number | string): number {
  const timeMs = typeof time === 'number' ? time : Date.parse(time)
  if (!Number.isFinite(timeMs) || timeMs < 0) throw new StreamError('SERIES_INVALID', 'time is neither ms since 1970 nor ISO 8601')
  if (typeof time === 'string' && !/(?:Z|[+-]\d\d:\d\d)$/.test(time)) throw new StreamError('SERIES_INVALID', 'time has no zone')
  return timeMs
}

function seriesOf ({ kind: { unit, ...kind }, times, values }: Buffered): Series {
  const [startMs] = times
  if (startMs === undefined) throw new TypeError('a buffered series has values')
  return { kind, unit, startMs, offsetsMs: times.map((time) => time - startMs), values }
}

/**
 * Reads lines of JSON, each a measurement; empty lines are none. Those taken while the disk was full wait in memory: `onFull` is told of
 * each. @throws {ClientError} USAGE naming the line
 */
export async function takeLines (
  intake: Intake, lines: AsyncIterable<string> | Iterable<string>, onFull: (error: ClientError) => void
): Promise<number> {
  let [number, taken] = [0, 0]
  for await (const line of lines) {
    number += 1
    if (line.trim() === '') continue
    try {
      await intake.take(JSON.parse(line)).catch((error: unknown) => {
        if (!isClientError(error, 'DISK_FULL')) throw error
        onFull(error)
      })
      taken += 1
    } catch (cause) {
      if (!(cause instanceof SyntaxError) && !(cause instanceof StreamError)) throw cause
      throw new ClientError('USAGE', `Line ${number}: ${cause.message}.`, { line: number }, { cause })
    }
  }
  return taken
}
