import type { RecordManifest } from '@epione/protocol'
import type { VerifiedRecord } from '@epione/protocol/verify'
import type { PatientContext, PractitionerContext } from '../context/context.ts'
import { ClientError } from '../errors.ts'
import { categoryOfLabel } from '../keys/directory.ts'
import { readManifests } from '../records/record-read.ts'

type Reader = PatientContext | PractitionerContext

/** A proven segment: a version of a record whose author is a device. */
export type VerifiedSegment = VerifiedRecord & Required<Pick<VerifiedRecord, 'segment'>>

/** Numbers, `first` to `last`, that no segment has: the device lost them, or sent what came after before them. */
export interface NumberGap { readonly first: number, readonly last: number }

/** A stream of a patient as the ledger has it: grade `on-ledger`. What is only stored yet shows when it is read. */
export interface StreamSummary {
  readonly stream: string
  readonly patientId: string
  readonly deviceId: string
  readonly category?: string
  readonly label: string
  readonly level: string
  readonly grade: 'on-ledger'
  readonly segments: number
  readonly windows: number
  readonly first: number
  readonly last: number
  readonly gaps: readonly NumberGap[]
  /** Segments that were erased or withdrawn. */
  readonly endedSegments: number
  /** When the ledger took the first and the newest segment, ms. */
  readonly since: number
  readonly newest: number
  /** Of a roll-up, as its author says: the stream that it sums up, by which spans of UTC, up to which segment. */
  readonly summarizes?: NonNullable<RecordManifest['summarizes']>
}

/** All streams of a patient, each segment proven up to its device and patient; the one written to last comes first. */
export async function listStreams (context: Reader, patientId: string): Promise<StreamSummary[]> {
  return [...(await readSegments(context, patientId)).values()].map((segments) => summarize(context, segments))
    .sort((a, b) => b.newest - a.newest)
}

/** Segments of each stream of a patient, in order. @throws {ClientError} MANIFEST_INVALID */
export async function readSegments (context: Reader, patientId: string): Promise<Map<string, VerifiedSegment[]>> {
  const { manifests } = await readManifests(context, patientId)
  const segments = manifests.filter(isSegment).sort((a, b) => a.body.version - b.body.version)
  const streams = Map.groupBy(segments, ({ body }) => body.recordId)
  for (const [stream, chain] of streams) requireChain(stream, chain)
  return streams
}

/** The segments of one stream, in order, from the first on; none before it has any. @throws {ClientError} MANIFEST_INVALID */
export async function readStreamSegments (context: Reader, patientId: string, stream: string): Promise<VerifiedSegment[]> {
  return (await readSegments(context, patientId)).get(stream) ?? []
}

/** Whether a record version is a segment of a stream. */
export function isSegment (record: VerifiedRecord): record is VerifiedSegment {
  return record.segment !== undefined
}

/** Nobody leaves a segment out, or shows them in another order. @throws {ClientError} MANIFEST_INVALID */
function requireChain (stream: string, segments: readonly VerifiedSegment[]): void {
  segments.forEach(({ body }, i) => {
    const before = segments[i - 1]
    const follows = body.version === i + 1 && body.previous === before?.id && (before?.segment.last ?? 0) < (body.segment?.first ?? 0)
    if (!follows) {
      throw new ClientError('MANIFEST_INVALID', `The segments shown of stream ${stream} do not follow each other: version ${i + 1} is missing or another.`, {
        party: { kind: 'gateway' }, stream, version: i + 1
      })
    }
  })
}

/** Numbers that are missing between segments. */
export function gapsBetween (segments: ReadonlyArray<Pick<VerifiedSegment, 'segment'>>): NumberGap[] {
  return segments.flatMap(({ segment: { first } }, i) => {
    const before = segments[i - 1]?.segment.last ?? 0
    return first === before + 1 ? [] : [{ first: before + 1, last: first - 1 }]
  })
}

function summarize (context: Reader, segments: readonly VerifiedSegment[]): StreamSummary {
  const [first, newest] = [segments[0], segments.at(-1)]
  if (first === undefined || newest?.body.author.kind !== 'device') throw new TypeError('a stream has segments of a device')
  const category = context.role === 'patient' ? categoryOfLabel(context.keys, newest.label) : undefined
  const summarizes = claimOf(segments)
  return {
    stream: newest.body.recordId,
    patientId: newest.owner,
    deviceId: newest.body.author.deviceId,
    ...(category === undefined ? {} : { category }),
    label: newest.label,
    level: newest.compartment.level,
    grade: 'on-ledger',
    segments: segments.length,
    windows: segments.reduce((sum, { segment }) => sum + segment.last - segment.first + 1, 0),
    first: first.segment.first,
    last: newest.segment.last,
    gaps: gapsBetween(segments),
    endedSegments: segments.filter(({ end }) => end !== undefined).length,
    since: first.takenAt,
    newest: newest.takenAt,
    ...(summarizes === undefined ? {} : { summarizes })
  }
}

/** What a roll-up's newest segment says that it sums up; undefined of other streams. */
export function claimOf (segments: readonly VerifiedSegment[]): RecordManifest['summarizes'] {
  return segments.findLast(({ body }) => body.summarizes !== undefined)?.body.summarizes
}
