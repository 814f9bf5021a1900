import type { Command } from 'commander'
import { SPAN_NAMES, timeOf } from '@epione/protocol/streams'
import type { Series, Span } from '@epione/protocol/streams'
import { ClientError, findRollUp, joinSeries, readOwnStream, readPermittedStream, requirePurpose } from '@epione/sdk'
import type { PatientContext, PermittedStreamRead, PermittedStreamWanted, PractitionerContext, RollUpSummary, StreamRead } from '@epione/sdk'
import { sumUp } from '../signals/measurements.ts'
import { parseChoice, parseConsentId, parsePatientId, parseStream } from './arguments.ts'
import { keepEvidence } from './keep-evidence.ts'
import type { CommandRun } from './run.ts'
import { parseInterval } from './times.ts'
import type { Interval } from './times.ts'

/** Which part of a stream, and of a practitioner also whose, and what for. */
export interface StreamOptions { from?: string, to?: string, every?: string, patient?: string, purpose?: string, consent?: string }

/** Options of every command that reads a stream. */
export function withStreamOptions (command: Command): Command {
  return withPermitOptions(command
    .option('--from <time>', 'measured from then on')
    .option('--to <time>', 'measured until then')
    .option('--every <span>', `summed up by ${SPAN_NAMES.join(', ')}: of a roll-up where there is one, else of the samples`))
}

/** Whose, and what for: a patient reads their own. */
export function withPermitOptions (command: Command): Command {
  return command
    .option('--patient <id>', 'whose (a practitioner; a patient reads their own)')
    .option('--purpose <code>', 'a practitioner\'s purpose: TREAT and others; each read is one logged request')
    .option('--consent <id>', 'under this consent')
}

export interface ReadStream {
  readonly read: StreamRead | PermittedStreamRead
  readonly interval: Interval
  /** What was measured, or sums of it. */
  readonly series: Series[]
  /** Where sums are from: the roll-up that was read in the stream's place, or `samples`, which were summed up here. */
  readonly summed?: { readonly every: Span, readonly of: 'samples' } | { readonly every: Span, readonly of: 'roll-up', readonly source: string, readonly last: number }
}

/**
 * A stream, read and proven, with the time that was asked for: the patient's own, or a patient's under a permit. @throws {ClientError}
 * USAGE, ACCESS_DENIED
 */
export async function readStream (run: CommandRun, id: string, options: StreamOptions): Promise<ReadStream> {
  const interval = parseInterval(options)
  const stream = parseStream(id)
  const every = parseSpan(options.every)
  const context = await run.loadEither()
  const permit = context.role === 'patient' ? undefined : permitOptions(options)
  const rollUp = every === undefined ? undefined : await findRollUp(context, permit?.patientId ?? ownId(context), { stream, every })
  const progress = run.startProgress('windows read', undefined, String)
  const wanted = { stream: rollUp?.stream ?? stream, fromMs: interval.from, toMs: interval.to, onProgress: progress.report }
  const read = context.role === 'patient'
    ? await readOwnStream(context, wanted)
    : await readPermittedStream(context, { ...wanted, ...permitOptions(options), onEvidence: keepEvidence(run) })
  progress.end()
  return { read, interval, ...sumsOf(joinSeries(read.windows).flatMap((one) => withinSpans(one, interval)), every, rollUp) }
}

function sumsOf (series: Series[], every: Span | undefined, rollUp: RollUpSummary | undefined): Pick<ReadStream, 'series' | 'summed'> {
  if (every === undefined) return { series }
  if (rollUp === undefined) return { series: sumUp(series, every), summed: { every, of: 'samples' } }
  const { stream: source, last } = rollUp.summarizes
  return { series, summed: { every, of: 'roll-up', source, last } }
}

/** A window of a roll-up is of many spans: those that were asked for. */
function withinSpans (series: Series, { from = -Infinity, to = Infinity }: Interval): Series[] {
  const { statistic, periodMs, values } = series
  if (statistic === undefined || periodMs === undefined) return [series]
  const isWanted = (index: number): boolean => timeOf(series, index) + periodMs > from && timeOf(series, index) <= to
  const [first, last] = [values.findIndex((_, i) => isWanted(i)), values.findLastIndex((_, i) => isWanted(i))]
  return first < 0 ? [] : [{ ...series, startMs: timeOf(series, first), values: values.slice(first, last + 1) }]
}

const ownId = (context: PatientContext | PractitionerContext): string => context.role === 'patient' ? context.patientId : ''

/** @throws {ClientError} USAGE */
export function parseSpan (every: string | undefined): Span | undefined {
  return every === undefined ? undefined : parseChoice(every, SPAN_NAMES, '--every')
}

type Permit = Pick<PermittedStreamWanted, 'patientId' | 'purpose' | 'consentId'>

export function permitOptions ({ patient, purpose, consent }: Pick<StreamOptions, 'patient' | 'purpose' | 'consent'>): Permit {
  if (patient === undefined || purpose === undefined) throw new ClientError('USAGE', 'Say whose and what for: --patient ID --purpose TREAT.')
  return {
    patientId: parsePatientId(patient),
    purpose: requirePurpose(purpose),
    ...(consent === undefined ? {} : { consentId: parseConsentId(consent) })
  }
}
