import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Certificate, Explanation, ReaderChange, RecordReader } from '../shapes/explanation.ts'
import { COMPARTMENTS_PER_SEARCH, RECORDS_PER_REQUEST } from '../shapes/limits.ts'
import { AttributeValue, EventId, Hash, PatientId, PURPOSES, RecordId, TimeMs, Version } from '../shapes/primitives.ts'
import { AccessEvent } from '../shapes/state.ts'
import { Compartment, Person } from '../shapes/statements/parts.ts'
import { Committed, PageOf, strict } from './common.ts'

/** A fact of the event's time that the ledger keeps no history of, and whose word the explanation takes for it. */
const Assumed = Type.Object({
  fact: Type.Enum(['freeze', 'prohibitions', 'compartment', 'emergencies']),
  /** `now`: as the ledger shows it today; `event`: as the recorded decision has it; `manifest`: as the record began. */
  from: Type.Enum(['now', 'event', 'manifest']),
  detail: Type.String()
})
export type Assumed = Static<typeof Assumed>

const { decision, reasons, policyVersion, decider } = AccessEvent.properties

/** Why an access event was decided as it was: the decision taken again on what the ledger held when it was taken. */
export const AccessExplanation = Type.Object({
  eventId: EventId,
  patientId: PatientId,
  /** Of the block that carries the event. */
  blockNumber: Committed.blockNumber,
  /** As the event on the ledger has it. */
  recorded: Type.Object({ decision, reasons, policyVersion, decider }),
  explanation: Explanation,
  /** Whether the decision taken again is the recorded one, reason for reason. */
  agrees: Type.Boolean(),
  /** Hash of the policy that was in force. */
  policyHash: Hash,
  /** The consent that the request names, if it names one. */
  consentId: Type.Optional(Hash),
  assumed: Type.Array(Assumed)
})
export type AccessExplanation = Static<typeof AccessExplanation>

/** A request that nobody made: to read records or to search compartments, and nothing else. */
export const AccessQuestion = Type.Object({
  patientId: PatientId,
  requester: Person,
  /** An emergency is no question: it states what happened. */
  purpose: Type.Enum([...PURPOSES]),
  /** Without it, the one that would do best of those that the requester can name. */
  consentId: Type.Optional(Hash),
  /** Without a version, the newest. */
  records: Type.Optional(Type.Array(Type.Object({ recordId: RecordId, version: Type.Optional(Version) }, strict), {
    minItems: 1, maxItems: RECORDS_PER_REQUEST
  })),
  compartments: Type.Optional(Type.Array(Compartment, { minItems: 1, maxItems: COMPARTMENTS_PER_SEARCH })),
  /** What the requester's certificate is to say; without it, what it says as far as that is known. */
  certificate: Type.Optional(Type.Object({ role: Type.Optional(AttributeValue), department: Type.Optional(AttributeValue) }, strict))
}, strict)
export type AccessQuestion = Static<typeof AccessQuestion>

/** What would be decided of a request that nobody made, if it came now, and why. */
export const RequestExplanation = Type.Object({
  patientId: PatientId,
  /** The newest of which anything is known here. */
  blockNumber: Committed.blockNumber,
  explanation: Explanation,
  policyHash: Hash,
  /** False of somebody to whom no key is bound, or whose keys ended: they can ask for nothing, whatever rules say. */
  able: Type.Boolean(),
  /** Whose word the certificate is: the question's, the caller's own, that of their last request; or nobody's, and it certifies nothing. */
  certifiedBy: Type.Enum(['question', 'caller', 'last-request', 'nobody']),
  certificate: Certificate,
  /** The consent that the request would name. */
  consentId: Type.Optional(Hash),
  /** How many consents were tried, and whether the requester has more than are. */
  tried: Type.Integer({ minimum: 0 }),
  more: Type.Boolean()
})
export type RequestExplanation = Static<typeof RequestExplanation>

/** Who can read a record version, of the people to whom the patient consented, on what the ledger held with a block. */
export const RecordReaders = Type.Object({
  patientId: PatientId,
  recordId: RecordId,
  version: Version,
  /** The last block that counts. */
  blockNumber: Committed.blockNumber,
  /** By which periods and the policy in force are judged. */
  time: TimeMs,
  policyVersion: Type.String(),
  policyHash: Hash,
  ...PageOf(RecordReader).properties,
  assumed: Type.Array(Assumed)
})
export type RecordReaders = Static<typeof RecordReaders>

/** What a proposed policy would change for people and records that there are: one page of all record versions and the consents to them. */
export const PolicyPreview = Type.Object({
  blockNumber: Committed.blockNumber,
  time: TimeMs,
  before: Hash,
  after: Hash,
  /** How many consents were judged for this page, each for one record version. */
  judged: Type.Integer({ minimum: 0 }),
  ...PageOf(Type.Object({ patientId: PatientId, recordId: RecordId, version: Version, ...ReaderChange.properties })).properties
})
export type PolicyPreview = Static<typeof PolicyPreview>
