import { SERIES_PER_WINDOW, SPANS, STATISTICS } from '@epione/protocol/streams'
import type { Series, Span } from '@epione/protocol/streams'
import type { VerifiedDevice, VerifiedDirectory } from '@epione/protocol/verify'
import type { Confirmation } from '../context/confirm.ts'
import { currentTime } from '../context/context.ts'
import type { PatientContext } from '../context/context.ts'
import { ClientError } from '../errors.ts'
import { categoryOfLabel } from '../keys/directory.ts'
import { ownCompartment } from '../keys/own-keys.ts'
import { readOwnDirectory } from '../keys/patient.ts'
import type { EndedSegment } from './assemble-stream.ts'
import { readDevices } from './devices.ts'
import { RolledValues } from './rolled-values.ts'
import { addRollUpDevice, findOwnRollUp, isRollUp, mayWrite, rollUpStreamOf } from './roll-up-device.ts'
import type { OwnRollUp } from './roll-up-device.ts'
import { RollUpWriter } from './roll-up-writer.ts'
import { claimOf, gapsBetween, readSegments } from './stream-list.ts'
import type { NumberGap, VerifiedSegment } from './stream-list.ts'
import { deviceOf, fetchSegment, openOfSegment, readDevice } from './stream-read.ts'
import { AHEAD_MS, SegmentSums } from './sum-segments.ts'

export interface RollUpWanted {
  /** The stream of samples. */
  readonly stream: string
  readonly every: Span
  /** Where the roll-up stands; by default where it does already, or beside the stream. */
  readonly category?: string | undefined
  /** Called with how many windows of samples were opened. */
  readonly onProgress?: (windows: number) => void
}

export interface RollUpDone extends Partial<Confirmation> {
  readonly patientId: string
  /** The roll-up's own stream, once its device is on the ledger. */
  readonly stream?: string
  readonly source: string
  readonly every: Span
  readonly category?: string
  readonly deviceId?: string
  /** Spans that were written, and how many of them say anew what was said before, because measurements came late. */
  readonly spans: number
  readonly corrected: number
  /** The newest segment of the source that is summed up; absent while none is. */
  readonly last?: number
  /** From then on (ms) a span is open: it is written when something later was measured, or the device ended. */
  readonly openFromMs?: number
  /** Numbers that the source's device lost, and segments that are no more: of these nothing could be summed up. */
  readonly gaps: readonly NumberGap[]
  readonly ended: readonly EndedSegment[]
  /** Windows whose times nobody knows, which are left out. */
  readonly untimed: number
  /** Windows whose times are later than the ledger took their segment: by these no span is over. */
  readonly ahead: number
  readonly warnings?: string[]
}

/** Segments that are summed up and written in one step. */
const SEGMENTS_PER_STEP = 512
/** Spans of one window at most: of four kinds of measurement that is half of what a window holds. */
const SPANS_PER_WINDOW = 1_440

/**
 * Sums up an own stream by spans of UTC: minimum, maximum, mean and count of each kind, as a stream of its own that goes on where an
 * earlier run stopped. Only what is on the ledger is summed up, and only spans that are over; what comes late corrects a span.
 * @throws {ClientError} NOT_FOUND, USAGE, NOT_FOR_REPRESENTATIVES, RECORD_CONFLICT, WINDOWS_INVALID, SEALED_WRONGLY, MEASUREMENTS_INVALID
 */
export async function rollUpStream (context: PatientContext, wanted: RollUpWanted): Promise<RollUpDone> {
  const { stream, category } = wanted
  const directory = await readOwnDirectory(context)
  const [streams, devices] = [await readSegments(context, context.patientId), await readDevices(context, directory)]
  const segments = streams.get(stream) ?? []
  if (isRollUp(context, segments, devices)) {
    throw new ClientError('USAGE', `Stream ${stream} is a roll-up itself: sum up the stream of samples.`, { stream })
  }
  const rollUp = findOwnRollUp(context, wanted, category, { streams, devices })
  const source = await readDevice(context, directory, deviceOf(stream, segments, []))
  return new RollUp(context, directory, wanted, { rollUp, segments, source }).run()
}

interface Grounds { readonly rollUp: OwnRollUp, readonly segments: readonly VerifiedSegment[], readonly source: VerifiedDevice }

/** Segments summed up, `last` the newest of them; of spans from `from` on all samples are in it. */
interface Summed { readonly summed: SegmentSums, readonly last: number, readonly from: number, readonly untimed: number }
/** Which spans to write. */
interface Changes { readonly spans: readonly number[], readonly corrected: number, readonly openFrom: number }

class RollUp {
  readonly #context: PatientContext
  readonly #directory: VerifiedDirectory
  readonly #wanted: RollUpWanted
  readonly #grounds: Grounds
  readonly #live: readonly VerifiedSegment[]
  /** Up to this span there were samples that are erased: what was said of them stays. */
  readonly #erasedTo: number
  readonly #written: Series[][] = []
  #rolled: { from: number, values: RolledValues } | undefined
  #writer: RollUpWriter | undefined
  #deviceId: string | undefined
  /** The newest segment that is summed up. */
  #last: number
  #opened = 0

  constructor (context: PatientContext, directory: VerifiedDirectory, wanted: RollUpWanted, grounds: Grounds) {
    this.#context = context
    this.#directory = directory
    this.#wanted = wanted
    this.#grounds = grounds
    const { segments, rollUp } = grounds
    this.#live = segments.filter(({ end }) => end === undefined)
    this.#erasedTo = Math.max(-1, ...segments.filter(({ end }) => end !== undefined).map(({ takenAt }) => this.#spanOf(takenAt)))
    this.#last = claimOf(rollUp.segments)?.last ?? 0
    this.#deviceId = rollUp.device?.id
  }

  async run (): Promise<RollUpDone> {
    const done = { spans: 0, corrected: 0, untimed: 0, ahead: 0, undeclared: 0 }
    let [openFrom, most]: [number | undefined, number] = [undefined, SEGMENTS_PER_STEP]
    for (;;) {
      const fresh = this.#live.filter(({ body: { version } }) => version > this.#last)
      const part = fresh.slice(0, most)
      const summed = part.length === 0 ? undefined : await this.#sum(part)
      const isEnd = part.length === fresh.length
      if (summed === undefined) {
        // Only a later segment may tell the times of these.
        if (isEnd) break
        most += SEGMENTS_PER_STEP
        continue
      }
      const { changes, of } = await this.#judge(part, summed, isEnd)
      if (changes.spans.length > 0) await this.#write(of, changes)
      openFrom = changes.openFrom
      done.spans += changes.spans.length
      done.corrected += changes.corrected
      done.untimed += summed.untimed
      done.ahead += summed.summed.aheadAfter(this.#last)
      done.undeclared += summed.summed.undeclared
      this.#last = summed.last
      most = SEGMENTS_PER_STEP
    }
    return this.#describe(done, openFrom)
  }

  #describe (
    { undeclared, ...done }: Pick<RollUpDone, 'spans' | 'corrected' | 'untimed' | 'ahead'> & { undeclared: number }, openFrom: number | undefined
  ): RollUpDone {
    const { stream: source, every } = this.#wanted
    const { segments, rollUp: { label } } = this.#grounds
    const category = categoryOfLabel(this.#context.keys, label)
    const { warnings = [], ...confirmation } = this.#writer?.confirmation ?? {}
    const leftOut = `${undeclared} windows have kinds of measurement that the stream did not begin with: these are left out.`
    const early = `${done.ahead} windows say that they were measured after the ledger took them: the device's clock was wrong, and their spans wait for what follows.`
    const all = [...warnings, ...(undeclared === 0 ? [] : [leftOut]), ...(done.ahead === 0 ? [] : [early])]
    return {
      patientId: this.#context.patientId,
      ...(this.#deviceId !== undefined && { deviceId: this.#deviceId, stream: rollUpStreamOf(this.#deviceId, every) }),
      source,
      every,
      ...(category !== undefined && { category }),
      ...done,
      ...(this.#last > 0 && { last: this.#last }),
      ...(openFrom !== undefined && Number.isFinite(openFrom) && { openFromMs: openFrom * SPANS[every] }),
      gaps: gapsBetween(segments),
      ended: segments.flatMap(({ body: { version }, segment: { first, last }, end }) =>
        end === undefined ? [] : [{ version, first, last, cause: end.cause }]),
      ...confirmation,
      ...(all.length > 0 && { warnings: all })
    }
  }

  /** Whether a segment that the ledger took then may have something of spans from `from` on. */
  #mayReach (takenAt: number, from: number): boolean {
    return this.#spanOf(takenAt + AHEAD_MS) >= from
  }

  #spanOf (timeMs: number): number {
    return Math.floor(timeMs / SPANS[this.#wanted.every])
  }

  /**
   * Sums up these segments with all that may have samples of the same spans, or of the span that was open before; `isWhole`: with all that
   * there are. Undefined where only later segments may tell when these were measured.
   */
  async #sum (part: readonly VerifiedSegment[], isWhole = false): Promise<Summed | undefined> {
    const summed = new SegmentSums(this.#wanted.every)
    for (const segment of part) await this.#take(summed, segment)
    const { last, untimed } = summed.settle()
    if (last <= this.#last) return undefined
    const before = this.#live.filter(({ body: { version } }) => version <= this.#last)
    const opened = [...part]
    let from = this.#spanOf(summed.beginAfter(this.#last))
    // What was measured last before stood in a span that may still have been open.
    for (let end: number | undefined; end === undefined && before.length > 0;) {
      const segment = before.pop()
      if (segment === undefined) break
      opened.push(segment)
      await this.#take(summed, segment)
      summed.settle()
      end = summed.endOf(segment.body.version)
      if (end !== undefined) from = Math.min(from, this.#spanOf(end))
    }
    // A segment is told by its time on the ledger, which says nothing of a device whose clock is ahead of that.
    const isAhead = opened.some(({ takenAt, body: { version } }) => (summed.endOf(version) ?? 0) > takenAt + AHEAD_MS)
    if (isWhole || isAhead) from = -Infinity
    for (const segment of before.filter(({ takenAt }) => this.#mayReach(takenAt, from))) await this.#take(summed, segment)
    summed.settle()
    return { summed, last, from, untimed: untimed.length }
  }

  async #take (summed: SegmentSums, segment: VerifiedSegment): Promise<void> {
    const opened = []
    for (const window of await fetchSegment(this.#context, segment)) opened.push(await openOfSegment(this.#context, segment, window))
    summed.take({ version: segment.body.version, takenAt: segment.takenAt }, opened)
    this.#opened += opened.length
    this.#wanted.onProgress?.(this.#opened)
  }

  /** Where a span that was written says something else now, all samples are summed up: a clock may have been ahead of the ledger's. */
  async #judge (part: readonly VerifiedSegment[], summed: Summed, isEnd: boolean): Promise<{ of: Summed, changes: Changes }> {
    const changes = await this.#compare(summed, isEnd)
    if (changes.corrected === 0) return { of: summed, changes }
    const whole = await this.#sum(part, true) ?? summed
    return { of: whole, changes: await this.#compare(whole, isEnd) }
  }

  async #compare ({ summed: { sums, reachedMs }, from }: Summed, isEnd: boolean): Promise<Changes> {
    const now = currentTime(this.#context)
    const isOver = isEnd && !mayWrite(this.#grounds.source, now)
    const [first = Infinity] = sums.spans()
    const begin = Math.max(from, first)
    // Of a device that measures no more all spans are over, whatever its clock said.
    const openFrom = isOver ? this.#spanOf(sums.newestMs) + 1 : this.#spanOf(reachedMs)
    const rolled = await this.#rolledFrom(Number.isFinite(from) ? begin : from)
    const { fresh, differing } = rolled.compare(sums, begin, openFrom - 1)
    const corrected = differing.filter((span) => span > this.#erasedTo)
    return { spans: [...fresh, ...corrected].sort((a, b) => a - b), corrected: corrected.length, openFrom }
  }

  /** What the roll-up says of spans from `from` on: nothing of a span is registered before it was over. */
  async #rolledFrom (from: number): Promise<RolledValues> {
    if (this.#rolled !== undefined && this.#rolled.from <= from) return this.#rolled.values
    const values = new RolledValues(this.#wanted.every)
    for (const segment of this.#grounds.rollUp.segments.filter(({ takenAt, end }) => end === undefined && this.#mayReach(takenAt, from))) {
      for (const window of await fetchSegment(this.#context, segment)) {
        values.take((await openOfSegment(this.#context, segment, window)).content.series)
      }
    }
    for (const series of this.#written) values.take(series)
    this.#rolled = { from, values }
    return values
  }

  async #write ({ summed, last, from }: Summed, { spans }: Changes): Promise<void> {
    const { rollUp } = this.#grounds
    const compartment = ownCompartment(this.#context, this.#directory, categoryOfLabel(this.#context.keys, rollUp.label) ?? '')
    const { stream, every } = this.#wanted
    this.#writer ??= await RollUpWriter.open(this.#context, rollUp, { stream, every }, await this.#device(summed))
    const rolled = await this.#rolledFrom(spans[0] ?? from)
    const windows = windowsOf(summed, spans, (span) => span <= this.#erasedTo && rolled.has(span) ? rolled : undefined)
    await this.#writer.write(windows, last, compartment, summed.kinds)
    for (const series of windows) {
      rolled.take(series)
      this.#written.push(series)
    }
  }

  async #device ({ kinds }: SegmentSums): Promise<VerifiedDevice> {
    const { rollUp } = this.#grounds
    const device = rollUp.device ?? await readDevice(this.#context, this.#directory, await addRollUpDevice(this.#context, rollUp, kinds))
    this.#deviceId = device.id
    return device
  }
}

/** Windows of these spans and what lies between, each kind that has values there; `kept`: where what was said before stays. */
function windowsOf ({ sums }: SegmentSums, spans: readonly number[], kept: (span: number) => RolledValues | undefined): Series[][] {
  return [...Map.groupBy(spans, (span) => Math.floor(span / SPANS_PER_WINDOW)).values()].flatMap((chunk) => {
    const [from, to] = [chunk[0] ?? 0, chunk.at(-1) ?? 0]
    const series = sums.seriesOf(from, to).map((one) => ({
      ...one,
      values: one.values.map((value, index) => {
        const said = kept(from + index)
        return said === undefined ? value : said.valueOf(one, from + index) ?? null
      })
    }))
    const full = inGroupsOf(STATISTICS.length, series).filter((of) => of.some(hasCounted)).flat()
    return inGroupsOf(SERIES_PER_WINDOW, full)
  })
}

const hasCounted = ({ statistic, values }: Series): boolean => statistic === 'count' && values.some((value) => value !== 0)

function inGroupsOf<T> (size: number, all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size))
}
