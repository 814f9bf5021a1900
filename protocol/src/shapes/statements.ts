import { Type } from 'typebox'
import type { Static, TProperties, TObject } from 'typebox'
import { RECORDS_PER_REQUEST } from './limits.ts'
import { AttributeValue, Cid, Epoch, EventId, Hash, Hex, KeyHex, Level, MediaClass, MspId, Nonce, PatientId, PurposeCode, RecordId, StaffId, TimeMs, Version } from './primitives.ts'

/** Statement bodies of PROTOCOL §4. Unknown members are refused; `id` = SHA-256 of the canonical bytes. */
const strict = <P extends TProperties>(properties: P): TObject<P> => Type.Object(properties, { additionalProperties: false })

/** `issuedAt` and `submitBefore` bound when a statement may be submitted. */
const bounded = { nonce: Nonce, issuedAt: TimeMs, submitBefore: TimeMs }
/** Statements that end something have no upper bound. */
const unbounded = { nonce: Nonce, issuedAt: TimeMs }

export const Person = strict({ mspId: MspId, staffId: StaffId })

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

export const RecordManifestBody = strict({
  type: Type.Literal('RecordManifest'),
  ...bounded,
  recordId: RecordId,
  version: Version,
  /** Statement id of the manifest of the version before; absent in version 1. */
  previous: Type.Optional(Hash),
  patientId: PatientId,
  author: Type.Union([
    strict({ kind: Type.Literal('practitioner'), mspId: MspId, staffId: StaffId }),
    strict({ kind: Type.Literal('patient') })
  ]),
  label: Hash,
  epoch: Epoch,
  contentHash: Hash,
  /** Exponent of the smallest power of two that is not below the ciphertext's size in bytes. */
  sizeClass: Type.Integer({ minimum: 0, maximum: 63 }),
  cid: Cid,
  wrapHash: Hash,
  mediaClass: MediaClass
})

export const ConsentBody = strict({
  type: Type.Literal('Consent'),
  ...bounded,
  patientId: PatientId,
  /** Version of the patient's directory whose delegating and kfrag-signing keys made the kfrags: the newest one when it is granted. */
  directoryVersion: Version,
  grantee: strict({ kind: Type.Literal('practitioner'), mspId: MspId, staffId: StaffId, receivingKey: KeyHex }),
  compartments: Type.Array(strict({
    label: Hash,
    epoch: Epoch,
    /** X of the kfrags with the proof that their maker knows x: 33 and 65 bytes (docs/protocol.md §3). */
    precursor: strict({ point: KeyHex, proof: Hex(65) }),
    /** One kfrag per proxy organisation: its id and commitment U1. */
    shares: Type.Array(strict({ mspId: MspId, kfragId: Hash, commitment: KeyHex }), { minItems: 1, maxItems: 64 })
  }), { minItems: 1, maxItems: 64 }),
  actions: Type.Array(Type.Literal('read'), { minItems: 1, maxItems: 1 }),
  purposes: Type.Array(PurposeCode, { minItems: 1, maxItems: 6, uniqueItems: true }),
  notBefore: TimeMs,
  notAfter: TimeMs,
  /** All must hold over the requester's certified attributes; a role also matches by inheritance. */
  conditions: Type.Array(strict({
    attribute: Type.Union([Type.Literal('role'), Type.Literal('department')]),
    anyOf: Type.Array(AttributeValue, { minItems: 1, maxItems: 16 })
  }), { maxItems: 8 }),
  threshold: Type.Integer({ minimum: 1, maximum: 64 }),
  emergency: Type.Boolean()
})

export const RevocationBody = strict({ type: Type.Literal('Revocation'), ...unbounded, patientId: PatientId, consentId: Hash })

/** Signed by the request-signing key and the receiving key, from version 2 also by the former request-signing key. */
export const KeyBindingBody = strict({
  type: Type.Literal('KeyBinding'),
  ...bounded,
  mspId: MspId,
  staffId: StaffId,
  version: Version,
  receivingKey: KeyHex,
  requestKey: KeyHex
})

export const AccessRequestBody = strict({
  type: Type.Literal('AccessRequest'),
  ...bounded,
  requester: Person,
  patientId: PatientId,
  consentId: Type.Optional(Hash),
  records: Type.Array(strict({ recordId: RecordId, version: Version }), { minItems: 1, maxItems: RECORDS_PER_REQUEST }),
  action: Type.Literal('read'),
  purpose: PurposeCode,
  /** Coded reason with a salted commitment of its text; the text itself never reaches the ledger. */
  reason: Type.Optional(strict({ code: AttributeValue, commitment: Hash })),
  receivingKey: KeyHex
})

export const CustodyConfirmationBody = strict({
  type: Type.Literal('CustodyConfirmation'),
  ...bounded,
  mspId: MspId,
  consentId: Hash,
  kfragIds: Type.Array(Hash, { minItems: 1, maxItems: 64 })
})

export const ReleaseReceiptBody = strict({
  type: Type.Literal('ReleaseReceipt'),
  ...bounded,
  mspId: MspId,
  releases: Type.Array(strict({ eventId: EventId, wrapHashes: Type.Array(Hash, { minItems: 1, maxItems: RECORDS_PER_REQUEST }) }), { minItems: 1, maxItems: 100 })
})

export const DestructionBody = strict({
  type: Type.Literal('Destruction'),
  ...bounded,
  mspId: MspId,
  consentId: Hash,
  kfragIds: Type.Array(Hash, { minItems: 1, maxItems: 64 }),
  cause: Type.Union([Type.Literal('revoked'), Type.Literal('expired'), Type.Literal('void')])
})

/** A new wrap for the same content: rotation, sorting and hand-over leave the bulk alone (PROTOCOL §3). `patientId` is the present owner's. */
export const RewrapBody = strict({
  type: Type.Literal('Rewrap'),
  ...bounded,
  patientId: PatientId,
  recordId: RecordId,
  version: Version,
  /** Hash of the wrap that this one replaces. */
  previousWrapHash: Hash,
  label: Hash,
  epoch: Epoch,
  wrapHash: Hash
})

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
  guardians: Type.Array(strict({ signingKey: KeyHex, receivingKey: KeyHex, shareHash: Hash, sealedHash: Hash }), { minItems: 2, maxItems: 16 }),
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

/** Hand-over from a patient id to another phrase's: signed by the identity keys of both. */
export const SuccessionBody = strict({ type: Type.Literal('Succession'), ...bounded, patientId: PatientId, successor: PatientId })

/** Somebody acts for the patient; signed by `representativeKey`, confirmed by the registrar who submits it. */
export const RepresentationBody = strict({
  type: Type.Literal('Representation'),
  ...bounded,
  patientId: PatientId,
  representativeKey: KeyHex,
  /** HL7 v3 PersonalRelationshipRoleType or ResponsibleParty, lowercase: `prn` (parent), `guard`, `poa`… */
  relation: AttributeValue,
  notAfter: TimeMs
})

/** A patient's sign-in to one gateway; never on the ledger. */
export const SessionBody = strict({
  type: Type.Literal('Session'),
  ...unbounded,
  patientId: PatientId,
  audience: Type.String({ minLength: 1, maxLength: 256 }),
  notAfter: TimeMs,
  /** The one record version whose bytes the audience may ask other gateways for, showing them the session. */
  record: Type.Optional(strict({ recordId: RecordId, version: Version }))
})

/** Signed list label -> category that a patient gives to a hospital; never on the ledger. */
export const WriteCardBody = strict({
  type: Type.Literal('WriteCard'),
  ...unbounded,
  patientId: PatientId,
  identityKey: KeyHex,
  directoryVersion: Version,
  compartments: Type.Array(strict({ category: AttributeValue, label: Hash, level: Level, epoch: Epoch, key: KeyHex }), { minItems: 1, maxItems: 128 })
})

export const STATEMENT_SCHEMAS = {
  KeyDirectory: KeyDirectoryBody,
  RecordManifest: RecordManifestBody,
  Consent: ConsentBody,
  Revocation: RevocationBody,
  KeyBinding: KeyBindingBody,
  AccessRequest: AccessRequestBody,
  CustodyConfirmation: CustodyConfirmationBody,
  ReleaseReceipt: ReleaseReceiptBody,
  Destruction: DestructionBody,
  Rewrap: RewrapBody,
  Guardians: GuardiansBody,
  RecoveryRequest: RecoveryRequestBody,
  RecoveryStop: RecoveryStopBody,
  Freeze: FreezeBody,
  Unfreeze: UnfreezeBody,
  Succession: SuccessionBody,
  Representation: RepresentationBody,
  Session: SessionBody,
  WriteCard: WriteCardBody
} as const

export type StatementType = keyof typeof STATEMENT_SCHEMAS
export type StatementBody<T extends StatementType> = Static<(typeof STATEMENT_SCHEMAS)[T]>
export type KeyDirectory = StatementBody<'KeyDirectory'>
export type RecordManifest = StatementBody<'RecordManifest'>
export type Consent = StatementBody<'Consent'>
export type Revocation = StatementBody<'Revocation'>
export type KeyBinding = StatementBody<'KeyBinding'>
export type AccessRequest = StatementBody<'AccessRequest'>
export type CustodyConfirmation = StatementBody<'CustodyConfirmation'>
export type ReleaseReceipt = StatementBody<'ReleaseReceipt'>
export type Destruction = StatementBody<'Destruction'>
export type Rewrap = StatementBody<'Rewrap'>
export type Guardians = StatementBody<'Guardians'>
export type RecoveryRequest = StatementBody<'RecoveryRequest'>
export type RecoveryStop = StatementBody<'RecoveryStop'>
export type Freeze = StatementBody<'Freeze'>
export type Unfreeze = StatementBody<'Unfreeze'>
export type Succession = StatementBody<'Succession'>
export type Representation = StatementBody<'Representation'>
export type Session = StatementBody<'Session'>
export type WriteCard = StatementBody<'WriteCard'>
export type Person = Static<typeof Person>

/** A statement as it travels: the canonical text exactly as signed, and one or more 64-byte r||s signatures. */
export const SignedStatement = strict({
  body: Type.String({ minLength: 2, maxLength: 65_536 }),
  signatures: Type.Array(strict({ key: KeyHex, signature: Hex(64) }), { minItems: 1, maxItems: 16 })
})
export interface SignedStatement {
  readonly body: string
  readonly signatures: readonly { readonly key: string, readonly signature: string }[]
}
