import { Type } from 'typebox'
import type { Static } from 'typebox'
import {
  BindingHistory, DeviceState, EventId, HANDOVERS_MAX, Hash, Hex, KeyHex, MspId, PatientDirectory, RecordId, RecordState, Signed,
  StoredStatement, Version, WrapOutline, WRAPS_PER_ANSWER
} from '@epione/protocol'
import { PassedAnswer, WindowEvidence } from '@epione/protocol/api'

const strict = { additionalProperties: false }

/** What was served as a content, in hex: its header with its place in the tree of all that was served. */
export const ServedContent = Type.Object({
  servedBy: MspId,
  header: Type.String({ pattern: '^([0-9a-f]{2}){0,123}$' }),
  treeSize: Type.Integer({ minimum: 1 }),
  proof: Type.Array(Hash, { maxItems: 64 }),
  root: Hash,
  sizeBytes: Type.Integer({ minimum: 0 })
}, strict)
export type ServedContent = Static<typeof ServedContent>

/** Of a window: how it stands under its segment's root; or, of one in no segment yet, what its device signed. */
export const ShownEvidence = Type.Union([
  WindowEvidence,
  Type.Object({ statement: Signed }, strict)
])
export type ShownEvidence = Static<typeof ShownEvidence>

/** What only the reader has: kept when an opening fails, because the permit that brought it lives for a minute. */
export const EvidenceMaterial = Type.Object({
  eventId: EventId,
  recordId: RecordId,
  /** Absent of a window that was followed: it is in no segment yet. */
  version: Type.Optional(Version),
  window: Type.Optional(ShownEvidence),
  wrap: Hex(170),
  /** Of the other wraps that the answers are for. */
  others: Type.Array(WrapOutline, { maxItems: WRAPS_PER_ANSWER }),
  /** Signed by the proxies, right or false. */
  answers: Type.Array(Type.Object({ mspId: MspId, answer: PassedAnswer }, strict), { maxItems: 64 }),
  content: Type.Optional(ServedContent)
}, strict)
export type EvidenceMaterial = Static<typeof EvidenceMaterial>

/** A dispute that anybody checks offline: the reader's material with every statement on which it is judged. */
export const EvidenceFile = Type.Object({
  type: Type.Literal('epione/evidence'),
  networkId: Hash,
  material: EvidenceMaterial,
  directory: PatientDirectory,
  /** Of the patient ids through whose hands the record came, from the manifest's on. */
  predecessors: Type.Array(PatientDirectory, { maxItems: HANDOVERS_MAX }),
  consent: StoredStatement,
  /** Absent of a window that was followed. */
  record: Type.Optional(RecordState),
  /** The device that wrote the segment or window. */
  device: Type.Optional(DeviceState),
  /** The author's keys, where the author is a practitioner. */
  binding: Type.Optional(BindingHistory),
  /** The proxies' signing keys as two organisations showed them to the reader. */
  proxies: Type.Array(Type.Object({ mspId: MspId, signingKey: KeyHex }, strict), { maxItems: 256 }),
  /** The key seed of this one wrap, with its proof: where every answer is right and they open together. */
  opening: Type.Optional(Type.String({ pattern: '^([0-9a-f]{2}){99,2147}$' })),
  /** The point that reader and patient share in this grant, with its proof: only where they do not, by wrong kfrags. */
  disclosure: Type.Optional(Hex(131))
}, strict)
export type EvidenceFile = Static<typeof EvidenceFile>
