import { Type } from 'typebox'
import type { Static } from 'typebox'
import { DELEGATES_KEPT_MAX, PROHIBITIONS_MAX, REPRESENTATIONS_EVER_MAX } from './limits.ts'
import { CommonName, Hash, MspId, PatientId, TimeMs } from './primitives.ts'
import { StoredStatement } from './state.ts'

/** Who stopped a recovery or a change of key: the statement, or the registrar before whom the patient appeared. */
export const Stop = Type.Union([
  Type.Object({ statement: StoredStatement }),
  Type.Object({ inPerson: Type.Object({ mspId: MspId, staffId: CommonName, txId: Hash, time: TimeMs }) })
])
export type Stop = Static<typeof Stop>

/** Who acts or acted for a patient, with the end where there is one before `notAfter`. */
export const RepresentationState = Type.Object({ representation: StoredStatement, end: Type.Optional(Stop) })
export type RepresentationState = Static<typeof RepresentationState>

/** An end under what it ends: result of `Directory:EndRepresentation` and `…InPerson`, payload of `RepresentationEnded`. */
export const RepresentationEndEntry = Type.Object({ patientId: PatientId, representationId: Hash, end: Stop })
export type RepresentationEndEntry = Static<typeof RepresentationEndEntry>

/** A patient's limited key, with the statement that ended it before `notAfter`. */
export const DelegateState = Type.Object({ delegate: StoredStatement, end: Type.Optional(StoredStatement) })
export type DelegateState = Static<typeof DelegateState>

/**
 * All versions of a patient's directory, oldest first: the chain from patientId to the present keys. A version with a new
 * identity key carries transaction and time of its activation: since then it counts.
 */
export const PatientDirectory = Type.Object({
  patientId: PatientId,
  versions: Type.Array(StoredStatement, { minItems: 1 }),
  /** A version with a new identity key that waits for `activeFrom` (ms); it is none of `versions` until it is activated. */
  pending: Type.Optional(Type.Object({ directory: StoredStatement, activeFrom: TimeMs, stop: Type.Optional(Stop) })),
  /** The hand-over that ended this patient id. */
  succession: Type.Optional(StoredStatement),
  /** The hand-overs to this patient id, for whoever checks records that came with them. */
  predecessors: Type.Optional(Type.Array(StoredStatement, { maxItems: 256 })),
  /** Everybody who ever acted for the patient, oldest first: what they signed in their time stays valid. */
  representations: Type.Optional(Type.Array(RepresentationState, { maxItems: REPRESENTATIONS_EVER_MAX })),
  /** Limited keys, oldest first: those that may count, and those that ever signed something. */
  delegates: Type.Optional(Type.Array(DelegateState, { maxItems: DELEGATES_KEPT_MAX }))
})
export type PatientDirectory = Static<typeof PatientDirectory>

/** A stop under what it stops: result of `Recovery:Stop` and `Recovery:StopInPerson`, payload of `RecoveryStopped`. */
export const StopEntry = Type.Object({ patientId: PatientId, target: Hash, stop: Stop })
export type StopEntry = Static<typeof StopEntry>

/** A recovery request and when (ms) the backup may be handed out. */
export const RecoveryState = Type.Object({ request: StoredStatement, availableFrom: TimeMs, stop: Type.Optional(Stop) })
export type RecoveryState = Static<typeof RecoveryState>

/**
 * What protects a patient's keys: guardians of the newest issue, the freeze in force and recoveries; result of `Recovery:GetPatient`.
 */
export const PatientSafety = Type.Object({
  patientId: PatientId,
  guardians: Type.Optional(StoredStatement),
  freeze: Type.Optional(StoredStatement),
  /**
   * Those that guardians of the newest issue and of the one before asked for, oldest first: every one that waits, and those stopped of
   * late.
   */
  recoveries: Type.Array(RecoveryState)
})
export type PatientSafety = Static<typeof PatientSafety>

/** What stands in the way of every request for a patient: result of `Consents:GetStanding`. */
export const StandingState = Type.Object({
  patientId: PatientId,
  /** Statement id of the freeze in force. */
  freeze: Type.Optional(Hash),
  succeededBy: Type.Optional(PatientId),
  /** Those in force that forbid something, oldest first. */
  prohibitions: Type.Array(StoredStatement, { maxItems: PROHIBITIONS_MAX })
})
export type StandingState = Static<typeof StandingState>
