import { endOf, SPANS } from '@epione/protocol/streams'
import type { Series, Span } from '@epione/protocol/streams'
import { findRollUp, followOwnStream, joinSeries, listStoredStreams, listStreams, readOwnStream, summarizeSeries } from '@epione/sdk'
import type { PatientContext, RollUpSummary, SeriesSummary } from '@epione/sdk'
import type { Desk } from '../desk.ts'
import type { Hearing } from '../hearing.ts'
import { joinLines, linesOfRollUp, linesOfSamples } from '../streams/lines.ts'
import type { Line } from '../streams/lines.ts'

/** A stream of a device of the person's. Times (ms) are those of the ledger; none where no segment is on it yet. */
export interface StreamListed { stream: string, category?: string, windows: number, since?: number, newest?: number }

/** All own streams of devices; roll-ups are shown in the place of what they sum up. */
export async function listOwnStreams (desk: Desk): Promise<StreamListed[]> {
  const context = await desk.patient()
  const listed = await listStreams(context, context.patientId)
  const stored = await listStoredStreams(context, listed)
  return [
    ...listed.filter(({ summarizes }) => summarizes === undefined)
      .map(({ stream, category, windows, since, newest }) =>
        ({ stream, windows, since, newest, ...(category === undefined ? {} : { category }) })),
    ...stored.map(({ stream, category, windows }) => ({ stream, windows, ...(category === undefined ? {} : { category }) }))
  ]
}

/** What is drawn of a range: samples, or the sums of a roll-up by spans. */
export interface Chart {
  fromMs: number
  toMs: number
  lines: Line[]
  summaries: SeriesSummary[]
  /** Set where it is drawn of a roll-up: by which spans, and up to when; what was measured after that day is left out. */
  rolled?: { every: Span, untilMs: number }
  /** Windows that the device lost or that were erased. */
  missing: number
  warnings: readonly string[]
}

/** Ranges (ms) from which on a roll-up by that span is drawn, the widest first: some thousand points at most. */
const ZOOMED_OUT: ReadonlyArray<{ beyondMs: number, every: Span }> = [
  { beyondMs: 120 * SPANS.day, every: 'day' }, { beyondMs: 3 * SPANS.day, every: 'hour' }, { beyondMs: 2 * SPANS.hour, every: 'minute' }
]

/** A range of an own stream, each window proven and opened here; zoomed out it is drawn of a roll-up of one's own, if there is one. */
export async function readRange (desk: Desk, { stream, fromMs, toMs }: { stream: string, fromMs: number, toMs: number }): Promise<Chart> {
  const context = await desk.patient()
  const rollUp = await findFor(context, stream, toMs - fromMs)
  const { windows, gaps, ended, warnings } = await readOwnStream(context, { stream: rollUp?.stream ?? stream, fromMs, toMs })
  const series = joinSeries(windows)
  const missing = [...gaps, ...ended].reduce((sum, { first, last }) => sum + last - first + 1, 0)
  const shown = { fromMs, toMs, missing, warnings }
  if (rollUp === undefined) return { ...shown, lines: linesOfSamples(series), summaries: summarizeSeries(series) }
  const { every } = rollUp.summarizes
  const untilMs = Math.max(fromMs, ...series.map(endOf))
  const fresh = await readFresh(context, { stream, fromMs: untilMs, toMs })
  return {
    ...shown,
    lines: joinLines(linesOfRollUp(series), linesOfSamples(fresh)),
    summaries: summarizeSeries([...series, ...fresh]),
    rolled: { every, untilMs }
  }
}

/** What a roll-up does not say yet, of a day at most: its newest spans are written when they are over. */
async function readFresh (
  context: PatientContext, { stream, fromMs, toMs }: { stream: string, fromMs: number, toMs: number }
): Promise<Series[]> {
  if (fromMs >= toMs || toMs - fromMs > SPANS.day) return []
  const { windows } = await readOwnStream(context, { stream, fromMs, toMs })
  return joinSeries(windows)
}

async function findFor (context: PatientContext, stream: string, widthMs: number): Promise<RollUpSummary | undefined> {
  for (const { beyondMs, every } of ZOOMED_OUT) {
    if (widthMs <= beyondMs) continue
    const found = await findRollUp(context, context.patientId, { stream, every })
    if (found !== undefined) return found
  }
  return undefined
}

/** What is told of a stream that is followed. */
export type StreamTold =
  | { kind: 'lines', endMs: number, lines: Line[] }
  | { kind: 'gap', count: number }
  | { kind: 'waiting' }
  | { kind: 'begun' }

/** Follows an own stream: each window as two hospitals have it, proven and opened here. */
export async function follow (desk: Desk, { stream }: { stream: string }, { tell, signal }: Hearing<StreamTold>): Promise<void> {
  for await (const part of followOwnStream(await desk.patient(), { stream, signal })) {
    if (part.type === 'window') tell({ kind: 'lines', endMs: part.window.endMs, lines: linesOfSamples(part.window.series) })
    else if (part.type === 'gap') tell({ kind: 'gap', count: part.gap.last - part.gap.first + 1 })
    else if (part.type === 'waiting') tell({ kind: 'waiting' })
    else if (part.type === 'begin') tell({ kind: 'begun' })
  }
}
