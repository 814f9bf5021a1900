import { Type } from 'typebox'
import { RECORDS_PER_REQUEST, WINDOWS_PER_SEGMENT } from '../limits.ts'
import { Cid, Count, Epoch, Hash, MediaClass, MspId, PatientId, RecordId, StaffId, StreamId, Version } from '../primitives.ts'
import { SPAN_NAMES } from '../spans.ts'
import { hasStreamForm, isStreamOf } from '../stream-id.ts'
import { IndexEntry, RecordVersion, bounded, hasAny, hasOne, rule, strict } from './parts.ts'

/**
 * Windows of one stream, every number from `first` to `last`, with the root of a tree (docs/protocol.md §5) over their statement ids by
 * number, 32 bytes each. After numbers that its device lost another segment begins.
 */
export const Segment = rule(strict({ stream: StreamId, first: Count, last: Count, root: Hash }), isRange,
  `the first number is not above the last, and at most ${String(WINDOWS_PER_SEGMENT)} lie between`)

function isRange ({ first, last }: Readonly<Record<string, unknown>>): boolean {
  return typeof first === 'number' && typeof last === 'number' && first <= last && last - first < WINDOWS_PER_SEGMENT
}

/**
 * Another record of the same patient that this one replaces, adds to or was made from: what its author says, in FHIR's words. A version
 * follows the version before by `previous`, never by this.
 */
export const RELATIONS = ['replaces', 'appends', 'transforms'] as const
const Relation = strict({ relation: Type.Enum([...RELATIONS]), ...RecordVersion.properties })
const RELATIONS_MAX = 8

/** A segment has no content of its own, its windows have, and what it says of itself is that it is one. */
const CONTENT = ['contentHash', 'cid', 'wrapHash']
const NOT_OF_SEGMENTS = [...CONTENT, 'index', 'relatesTo']

export const RecordManifestBody = rule(strict({
  type: Type.Literal('RecordManifest'),
  ...bounded,
  recordId: RecordId,
  version: Version,
  /** Statement id of the manifest of the version before; absent in version 1. */
  previous: Type.Optional(Hash),
  patientId: PatientId,
  author: Type.Union([
    strict({ kind: Type.Literal('practitioner'), mspId: MspId, staffId: StaffId }),
    strict({ kind: Type.Literal('patient') }),
    /** Statement id of its `Device`. */
    strict({ kind: Type.Literal('device'), deviceId: Hash })
  ]),
  label: Hash,
  epoch: Epoch,
  contentHash: Type.Optional(Hash),
  /** Exponent of the smallest power of two that is not below the ciphertext's size in bytes. */
  sizeClass: Type.Integer({ minimum: 0, maximum: 63 }),
  cid: Type.Optional(Cid),
  wrapHash: Type.Optional(Hash),
  mediaClass: MediaClass,
  relatesTo: Type.Optional(Type.Array(Relation, { minItems: 1, maxItems: RELATIONS_MAX })),
  index: Type.Optional(IndexEntry),
  /** In place of content: the record is the stream, each version the next segment of it. */
  segment: Type.Optional(Segment),
  /** What a roll-up says that it sums up: another stream, up to a segment (by its version), by spans of UTC. */
  summarizes: Type.Optional(strict({ stream: StreamId, every: Type.Enum(SPAN_NAMES), last: Version }))
}), (body) =>
  isOfDevice(body['author']) === ('segment' in body) && ('segment' in body ? isSegment(body) : isContent(body)) &&
  (!('summarizes' in body) || isRollUp(body)),
'a device\'s version is a segment of a stream of its own that has the record\'s id, a signal without content, index or relations; any other has contentHash, cid and wrapHash, and no id in the form of a stream\'s; what sums up another stream is a signal')

function isSegment (body: Readonly<Record<string, unknown>>): boolean {
  const { recordId, segment, mediaClass, author } = body
  const isOfStream = typeof segment === 'object' && segment !== null && 'stream' in segment && segment.stream === recordId
  return isOfStream && isOwnStream(recordId, author) && mediaClass === 'signal' && !hasAny(body, ...NOT_OF_SEGMENTS)
}

/** Nobody takes a stream's id before its device does. */
function isOwnStream (stream: unknown, author: unknown): boolean {
  const deviceId = typeof author === 'object' && author !== null && 'deviceId' in author ? author.deviceId : undefined
  return typeof stream === 'string' && typeof deviceId === 'string' && isStreamOf(stream, deviceId)
}

function isContent (body: Readonly<Record<string, unknown>>): boolean {
  const { recordId } = body
  return CONTENT.every((name) => name in body) && typeof recordId === 'string' && !hasStreamForm(recordId)
}

function isRollUp ({ recordId, mediaClass, summarizes }: Readonly<Record<string, unknown>>): boolean {
  const isOfItself = typeof summarizes === 'object' && summarizes !== null && 'stream' in summarizes && summarizes.stream === recordId
  return mediaClass === 'signal' && !isOfItself
}

function isOfDevice (author: unknown): boolean {
  return typeof author === 'object' && author !== null && 'kind' in author && author.kind === 'device'
}

/**
 * A new wrap for the same content: rotation, sorting and hand-over leave the bulk alone (PROTOCOL §3). `patientId` is the present owner's.
 */
export const RewrapBody = rule(strict({
  type: Type.Literal('Rewrap'),
  ...bounded,
  patientId: PatientId,
  recordId: RecordId,
  version: Version,
  /** Hash of the wrap that this one replaces. */
  previousWrapHash: Type.Optional(Hash),
  label: Hash,
  epoch: Epoch,
  wrapHash: Type.Optional(Hash),
  /** The index entry anew, for the label and issue that the version now stands under. */
  index: Type.Optional(IndexEntry),
  /** New wraps of all windows of a segment: a root over their hashes by number, and the one that it replaces, absent the first time. */
  segment: Type.Optional(strict({ root: Hash, previousRoot: Type.Optional(Hash) }))
}), (body) => 'segment' in body ? !hasAny(body, 'previousWrapHash', 'wrapHash', 'index') : 'previousWrapHash' in body && 'wrapHash' in body,
'names the wrap with the one before it, or a segment\'s')

const MANY = { minItems: 1, maxItems: RECORDS_PER_REQUEST }

/**
 * By the patient: every hospital deletes wraps, index entries and ciphertext, for a whole compartment also search keys and its kfrags, and
 * says so by `Destruction`.
 */
export const ErasureBody = rule(strict({
  type: Type.Literal('Erasure'),
  ...bounded,
  patientId: PatientId,
  /** Without a version: all of the record. */
  records: Type.Optional(Type.Array(strict({ recordId: RecordId, version: Type.Optional(Version) }), MANY)),
  /** In place of records: all that stands in a compartment under this epoch or an earlier one. */
  compartments: Type.Optional(Type.Array(strict({ label: Hash, epoch: Epoch }), MANY))
}), (body) => hasOne(body, 'records', 'compartments'), 'names records or compartments')

export const WITHDRAWAL_CAUSES = ['entered-in-error', 'wrong-patient'] as const

/** By its author: a version that should never have been written; deleted like an erased one. */
export const WithdrawalBody = strict({
  type: Type.Literal('Withdrawal'),
  ...bounded,
  patientId: PatientId,
  recordId: RecordId,
  version: Version,
  /** Statement id of its manifest. */
  manifestId: Hash,
  cause: Type.Enum([...WITHDRAWAL_CAUSES])
})
