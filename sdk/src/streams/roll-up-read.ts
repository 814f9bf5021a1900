import { ActingKeys } from '@epione/crypto'
import { SPANS } from '@epione/protocol/streams'
import type { Span } from '@epione/protocol/streams'
import { SpanSums } from '@epione/signals'
import type { PatientContext, PractitionerContext } from '../context/context.ts'
import { ClientError } from '../errors.ts'
import { readOwnDirectory } from '../keys/patient.ts'
import type { ReadWindow, StreamRead } from './assemble-stream.ts'
import { readDevices } from './devices.ts'
import { readPermittedStream } from './permitted-stream.ts'
import type { PermittedStreamWanted } from './permitted-stream.ts'
import { isOwnRollUp } from './roll-up-device.ts'
import { RolledValues } from './rolled-values.ts'
import type { SpanChanges } from './rolled-values.ts'
import { listStreams, readStreamSegments } from './stream-list.ts'
import type { StreamSummary } from './stream-list.ts'
import { readOwnStream } from './stream-read.ts'

type Reader = PatientContext | PractitionerContext

/** A roll-up as the ledger has it. */
export type RollUpSummary = StreamSummary & Required<Pick<StreamSummary, 'summarizes'>>

const isRollUp = (summary: StreamSummary): summary is RollUpSummary => summary.summarizes !== undefined

/**
 * The roll-up of a stream by these spans that reaches furthest, and no further than the stream, or the stream itself where it is one;
 * undefined where this reader is shown none. What a roll-up says is its author's claim: a patient is given those alone that their own
 * programs wrote.
 */
export async function findRollUp (
  context: Reader, patientId: string, { stream, every }: { stream: string, every: Span }
): Promise<RollUpSummary | undefined> {
  const streams = await listStreams(context, patientId)
  const all = streams.filter(isRollUp)
  const named = all.find((one) => one.stream === stream && one.summarizes.every === every)
  if (named !== undefined && (await trustedOf(context, [named])).length > 0) return named
  // Nobody sums up segments that are not there; where the stream is not shown to this reader, nobody can tell.
  const most = streams.find((one) => one.stream === stream)?.segments ?? Infinity
  const claims = all.filter(({ summarizes, endedSegments, segments }) =>
    summarizes.stream === stream && summarizes.every === every && endedSegments < segments && summarizes.last <= most)
  return [...await trustedOf(context, claims)].sort((a, b) => b.summarizes.last - a.summarizes.last || b.newest - a.newest)[0]
}

async function trustedOf (context: Reader, claims: readonly RollUpSummary[]): Promise<readonly RollUpSummary[]> {
  if (claims.length === 0 || context.role !== 'patient' || context.keys instanceof ActingKeys) return claims
  const devices = await readDevices(context, await readOwnDirectory(context))
  return claims.filter((claim) => isOwnRollUp(context, claim.summarizes.stream, claim, devices))
}

export interface RollUpToCheck extends Pick<PermittedStreamWanted, 'fromMs' | 'toMs' | 'consentId' | 'onProgress'> {
  /** The stream of samples. */
  readonly stream: string
  readonly every: Span
  /** Whose, and what for: a practitioner under consents to both. */
  readonly patientId?: string
  readonly purpose?: PermittedStreamWanted['purpose']
}

export interface RollUpChecked {
  readonly patientId: string
  readonly stream: string
  readonly source: string
  readonly every: Span
  readonly deviceId: string
  /** The newest segment of the source that the roll-up says it sums up. */
  readonly last: number
  /** Spans that say what the samples do. */
  readonly checked: number
  /** Spans whose samples may be erased: nobody can tell any more. */
  readonly unchecked: number
  readonly warnings: readonly string[]
}

/** Spans that an error names at most. */
const NAMED_MAX = 20

/**
 * Sums a stream up anew and compares: whoever may read both sees whether a roll-up says what the samples do.
 * @throws {ClientError} ROLL_UP_DIFFERS, naming its author and the spans; NOT_FOUND where there is no roll-up, and what reading both throws
 */
export async function checkRollUp (context: Reader, wanted: RollUpToCheck): Promise<RollUpChecked> {
  const { stream, every } = wanted
  const patientId = context.role === 'patient' ? context.patientId : wanted.patientId ?? ''
  const rollUp = await findRollUp(context, patientId, wanted)
  if (rollUp === undefined) throw new ClientError('NOT_FOUND', `No roll-up of stream ${stream} by ${every} is shown to you.`, { stream, every })
  if (rollUp.stream === stream) throw new ClientError('USAGE', `Stream ${stream} is the roll-up: name the stream of samples.`, { stream })
  const { summarizes: { last } } = rollUp
  const samples = await read(context, wanted, stream)
  const said = await read(context, wanted, rollUp.stream)
  const erasedTo = await lastErased(context, patientId, stream)
  const spanOf = (timeMs: number): number => Math.floor(timeMs / SPANS[every])
  const values = new RolledValues(every)
  for (const { series } of said.windows) values.take(series)
  const sums = sumUpTo(samples.windows, every, last)
  const { fromMs = -Infinity, toMs = Infinity } = wanted
  const spans = values.spans().filter((span) => span * SPANS[every] >= fromMs && (span + 1) * SPANS[every] <= toMs)
  const unchecked = spans.filter((span) => span <= spanOf(erasedTo)).length
  const [from = 0, to = -1] = [spans[unchecked], spans.slice(unchecked).at(-1)]
  const { fresh, differing } = values.compare(sums, from, to)
  const beyond = values.beyond(sums.seriesOf(from, from), from, to)
  if (fresh.length + differing.length + beyond.length > 0) throw differs(rollUp, { fresh, differing, beyond })
  const { deviceId } = rollUp
  const warnings = [...samples.warnings, ...said.warnings]
  return { patientId, stream: rollUp.stream, source: stream, every, deviceId, last, checked: spans.length - unchecked, unchecked, warnings }
}

function differs (
  { stream, deviceId, summarizes: { stream: source, every } }: RollUpSummary,
  { fresh, differing, beyond }: SpanChanges & { beyond: readonly string[] }
): ClientError {
  const strange = beyond.length === 0 ? '' : `, and it has ${beyond.join(', ')}, which the stream has not`
  const counts = `${differing.length} spans say something else, ${fresh.length} are missing${strange}`
  const begin = (spans: readonly number[]): string[] => spans.slice(0, NAMED_MAX).map((span) => new Date(span * SPANS[every]).toISOString())
  return new ClientError('ROLL_UP_DIFFERS', `Roll-up ${stream} does not say what the samples of stream ${source} do: ${counts}.`, {
    party: { kind: 'author', deviceId }, stream, source, every, differing: begin(differing), missing: begin(fresh)
  })
}

async function read (context: Reader, wanted: RollUpToCheck, stream: string): Promise<StreamRead> {
  const { fromMs, toMs, onProgress, patientId, purpose, consentId } = wanted
  const part = { stream, fromMs, toMs, ...(onProgress !== undefined && { onProgress }) }
  if (context.role === 'patient') return readOwnStream(context, part)
  if (patientId === undefined || purpose === undefined) throw new ClientError('USAGE', 'Say whose roll-up it is, and what for.')
  return readPermittedStream(context, { ...part, patientId, purpose, ...(consentId !== undefined && { consentId }) })
}

/** When the ledger took the newest segment that was erased, ms. */
async function lastErased (context: Reader, patientId: string, stream: string): Promise<number> {
  const segments = await readStreamSegments(context, patientId, stream)
  return Math.max(-Infinity, ...segments.filter(({ end }) => end !== undefined).map(({ takenAt }) => takenAt))
}

function sumUpTo (windows: readonly ReadWindow[], every: Span, last: number): SpanSums {
  const sums = new SpanSums(every)
  for (const { version, times, series } of windows) {
    if (version !== undefined && version <= last && times !== 'unknown') sums.add(series)
  }
  return sums
}
