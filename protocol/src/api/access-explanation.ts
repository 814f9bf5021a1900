import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Explanation, RecordReader } from '../shapes/explanation.ts'
import { EventId, Hash, PatientId, RecordId, TimeMs, Version } from '../shapes/primitives.ts'
import { AccessEvent } from '../shapes/state.ts'
import { Committed, PageOf } from './common.ts'

/** A fact of the event's time that the ledger keeps no history of, and whose word the explanation takes for it. */
const Assumed = Type.Object({
  fact: Type.Enum(['freeze', 'prohibitions', 'compartment', 'emergencies']),
  /** `now`: as the ledger shows it today; `event`: as the recorded decision has it; `manifest`: as the record began. */
  from: Type.Enum(['now', 'event', 'manifest']),
  detail: Type.String()
})
export type Assumed = Static<typeof Assumed>

const { decision, reasons, policyVersion } = AccessEvent.properties

/** Why an access event was decided as it was: the decision taken again on what the ledger held when it was taken. */
export const AccessExplanation = Type.Object({
  eventId: EventId,
  patientId: PatientId,
  /** Of the block that carries the event. */
  blockNumber: Committed.blockNumber,
  /** As the event on the ledger has it. */
  recorded: Type.Object({ decision, reasons, policyVersion }),
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
