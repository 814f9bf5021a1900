import { Type } from 'typebox'
import type { Static } from 'typebox'
import { LOG_NOTES_MAX, NOTED_MAX, PATIENTS_PER_READING } from './limits.ts'
import { CommonName, EventId, Hash, MspId, PatientId, TimeMs } from './primitives.ts'

/** What a gateway puts into the access log by itself, in the name of its organisation: nobody signs it but that. */
const strict = { additionalProperties: false }
const between = { from: TimeMs, to: TimeMs }
/** Bounded so that sums of many stay exact numbers. */
const Count = Type.Integer({ minimum: 1, maximum: NOTED_MAX })

/**
 * Somebody read the log, or as a representative the patient's records: how often between two times, and of which patients something was
 * shown. Reading of this is not noted again.
 */
export const LogReading = Type.Object({
  kind: Type.Literal('reading'),
  as: Type.Enum(['auditor', 'staff', 'patient', 'representative', 'delegate', 'program']),
  /**
   * Staff id, the patient's own id, the statement id of a representation or a limited key, or the name of a program that the hospital's
   * admin lists.
   */
  reader: CommonName,
  ...between,
  reads: Count,
  patients: Type.Array(PatientId, { maxItems: PATIENTS_PER_READING, uniqueItems: true }),
  /** There were more patients than are listed. */
  more: Type.Optional(Type.Literal(true)),
  /** SHA-256 of a file that the reader took away with them. */
  exported: Type.Optional(Hash)
}, strict)
export type LogReading = Static<typeof LogReading>

/** Requests equal to the denied one of `eventId` that were refused unsubmitted between two times. */
export const DenialRepeats = Type.Object({ kind: Type.Literal('repeats'), eventId: EventId, ...between, count: Count }, strict)
export type DenialRepeats = Static<typeof DenialRepeats>

/** Argument of `Access:Note`; `id` is the gateway's own, and the same id again changes nothing. */
export const LogNotes = Type.Object({
  id: Hash,
  notes: Type.Array(Type.Union([LogReading, DenialRepeats]), { minItems: 1, maxItems: LOG_NOTES_MAX })
}, strict)
export type LogNotes = Static<typeof LogNotes>
export type LogNote = LogNotes['notes'][number]

/** Notes as committed; payload of `LogNoted`. */
export const LogNotesEntry = Type.Object({ ...LogNotes.properties, mspId: MspId, txId: Hash, time: TimeMs })
export type LogNotesEntry = Static<typeof LogNotesEntry>
