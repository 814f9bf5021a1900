import { Type } from 'typebox'
import { Hash, KeyHex, PatientId, Version } from '../primitives.ts'
import { bounded, strict, unbounded } from './parts.ts'

/**
 * A patient's guardians, a new issue of them replacing the one before. `signingKey` and `receivingKey` are made by each
 * guardian for this patient alone, so that nothing links the guardians of two patients. `shareHash` commits to a share,
 * `sealedHash` to its bytes as they are sealed for the guardian, `backupHash` to the encrypted entropy of the phrase: hospitals
 * keep the latter two off the ledger, and each can be told from anything else by whoever has the statement.
 */
export const GuardiansBody = strict({
  type: Type.Literal('Guardians'),
  ...bounded,
  patientId: PatientId,
  issue: Version,
  /** Statement id of the issue before; absent in issue 1. */
  previous: Type.Optional(Hash),
  threshold: Type.Integer({ minimum: 2, maximum: 16 }),
  guardians: Type.Array(strict({ signingKey: KeyHex, receivingKey: KeyHex, shareHash: Hash, sealedHash: Hash }), {
    minItems: 2,
    maxItems: 16
  }),
  backupHash: Hash
})

/** Signed by `threshold` guardians of the present issue; the backup is later handed out sealed to `receivingKey`. */
export const RecoveryRequestBody = strict({
  type: Type.Literal('RecoveryRequest'),
  ...bounded,
  patientId: PatientId,
  issue: Version,
  receivingKey: KeyHex
})

/**
 * Stops a `RecoveryRequest` or a change of the identity key, also one not yet seen. `target` is its statement id. Signed by
 * the patient's identity key; a change of the identity key can be stopped by `threshold` guardians, too.
 */
export const RecoveryStopBody = strict({ type: Type.Literal('RecoveryStop'), ...unbounded, patientId: PatientId, target: Hash })

/** By the patient's identity key or `threshold` guardians: until unfrozen, only unfreeze, revocation and recovery are accepted. */
export const FreezeBody = strict({ type: Type.Literal('Freeze'), ...unbounded, patientId: PatientId })

/** Signed by `threshold` guardians; by the patient's identity key alone only when that key alone had frozen. */
export const UnfreezeBody = strict({ type: Type.Literal('Unfreeze'), ...bounded, patientId: PatientId, freezeId: Hash })
