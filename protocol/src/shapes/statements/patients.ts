import { Type } from 'typebox'
import { AttributeValue, Epoch, Hash, KeyHex, Level, MspId, PatientId, TimeMs, Version } from '../primitives.ts'
import { RecordVersion, bounded, hasAny, rule, strict, unbounded } from './parts.ts'

/** What a patient may let a limited key do; nothing of it opens or grants. */
export const DELEGATE_POWERS = ['read-log', 'revoke', 'freeze'] as const
export type DelegatePower = (typeof DELEGATE_POWERS)[number]

export const KeyDirectoryBody = strict({
  type: Type.Literal('KeyDirectory'),
  ...bounded,
  patientId: PatientId,
  version: Version,
  /** Statement id of the version before; absent in version 1. */
  previous: Type.Optional(Hash),
  identityKey: KeyHex,
  kfragSigningKey: KeyHex,
  compartments: Type.Array(strict({ label: Hash, level: Level, epoch: Epoch, key: KeyHex }), { minItems: 1, maxItems: 128 }),
  /** Organisation that keeps a provisional patient's phrase (PROTOCOL §1). */
  custodian: Type.Optional(MspId)
})

/** Hand-over from a patient id to another phrase's: signed by the identity keys of both. */
export const SuccessionBody = strict({ type: Type.Literal('Succession'), ...bounded, patientId: PatientId, successor: PatientId })

/**
 * Somebody acts for the patient; signed by the patient's identity key (of an infant the custodian has it) and by `representativeKey`,
 * confirmed by the registrar who submits it. What acting needs is sealed to `receivingKey` and never on the ledger.
 */
export const RepresentationBody = strict({
  type: Type.Literal('Representation'),
  ...bounded,
  patientId: PatientId,
  /** Of this representation alone: it signs what is done for the patient. */
  representativeKey: KeyHex,
  receivingKey: KeyHex,
  /** HL7 v3 PersonalRelationshipRoleType or ResponsibleParty, lowercase: `prn` (parent), `guard`, `poa`… */
  relation: AttributeValue,
  notAfter: TimeMs
})

/** By the patient, also of one that has not arrived yet, or by the representative: nothing is accepted of its key any more. */
export const RepresentationEndBody = strict({
  type: Type.Literal('RepresentationEnd'), ...unbounded, patientId: PatientId, representationId: Hash
})

/**
 * A key that the patient gives to a page or device that must not hold the phrase: it sees the log, revokes or freezes, until a date;
 * nothing that opens or grants. `ends` names an earlier statement whose key counts no more; what ends one and names none, that key may
 * sign, too.
 */
export const DelegateBody = rule(strict({
  type: Type.Literal('Delegate'),
  ...bounded,
  patientId: PatientId,
  delegate: Type.Optional(strict({
    key: KeyHex,
    powers: Type.Array(Type.Enum([...DELEGATE_POWERS]), { minItems: 1, maxItems: DELEGATE_POWERS.length, uniqueItems: true }),
    notAfter: TimeMs
  })),
  ends: Type.Optional(Hash)
}), (body) => hasAny(body, 'delegate', 'ends'), 'names a delegate, or one that ends, or both')

/** A patient's sign-in to one gateway; never on the ledger. */
export const SessionBody = strict({
  type: Type.Literal('Session'),
  ...unbounded,
  patientId: PatientId,
  audience: Type.String({ minLength: 1, maxLength: 256 }),
  notAfter: TimeMs,
  /** The one record version whose bytes the audience may ask other gateways for, showing them the session. */
  record: Type.Optional(RecordVersion),
  /** Whose key signs in the patient's stead: the statement that introduced it. */
  as: Type.Optional(Type.Union([
    strict({ kind: Type.Literal('device'), deviceId: Hash }),
    strict({ kind: Type.Literal('delegate'), delegateId: Hash })
  ]))
})

/** Signed list label -> category that a patient gives to a hospital; never on the ledger. */
export const WriteCardBody = strict({
  type: Type.Literal('WriteCard'),
  ...unbounded,
  patientId: PatientId,
  identityKey: KeyHex,
  directoryVersion: Version,
  compartments: Type.Array(strict({
    category: AttributeValue,
    label: Hash,
    level: Level,
    epoch: Epoch,
    key: KeyHex,
    /** Public key and issue that index entries of this compartment are made for, as in the newest `SearchKeys`. */
    searchKey: Type.Optional(strict({ issue: Version, key: KeyHex }))
  }), { minItems: 1, maxItems: 128 })
})
