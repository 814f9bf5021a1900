import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Cid, SignedNetwork, EventId, Hash, Hex, KeyHex, Level, MediaClass, MspId, PatientId, PurposeCode, RecordId, SignedStatement, StaffId, TimeMs, Version } from '@epione/protocol'

/** What a gateway answers, as far as this client reads it. Further members are ignored: they are never trusted. */
const Committed = { txId: Hash, blockNumber: Type.Integer({ minimum: 0 }) }
const next = { next: Type.Optional(Type.String({ maxLength: 4096 })) }

export const StoredStatement = Type.Object({ id: Hash, statement: SignedStatement, txId: Type.String(), time: TimeMs, submittedBy: Type.String() })

export const Problem = Type.Object({
  code: Type.String({ maxLength: 64 }),
  title: Type.Optional(Type.String()),
  detail: Type.Optional(Type.String())
})

export const NetworkAnswer = Type.Object(SignedNetwork.properties)

export const Organization = Type.Object({
  mspId: MspId,
  id: Type.String(),
  name: Type.String(),
  gatewayUrl: Type.Optional(Type.String()),
  encryptionKey: Type.Optional(KeyHex),
  signingKey: Type.Optional(KeyHex),
  /** Keys that this organisation's proxy signed with before a rotation. */
  formerSigningKeys: Type.Optional(Type.Array(KeyHex, { maxItems: 64 }))
})
export const Organizations = Type.Object({ items: Type.Array(Organization, { maxItems: 256 }) })

export const Receipt = Type.Object({ id: Hash, type: Type.String(), txId: Hash, time: TimeMs, submittedBy: Type.String(), reference: Type.Optional(Type.String()) })

export const DirectoryWritten = Type.Object({ patientId: PatientId, version: Version, statementId: Hash, ...Committed })
/** Who stopped a recovery or a change of key. */
export const Stop = Type.Union([
  Type.Object({ statement: StoredStatement }),
  Type.Object({ inPerson: Type.Object({ mspId: MspId, staffId: StaffId, txId: Type.String(), time: TimeMs }) })
])
export const PatientDirectory = Type.Object({
  patientId: PatientId,
  versions: Type.Array(StoredStatement, { minItems: 1 }),
  pending: Type.Optional(Type.Object({ directory: StoredStatement, activeFrom: TimeMs, stop: Type.Optional(Stop) })),
  succession: Type.Optional(StoredStatement),
  predecessors: Type.Optional(Type.Array(StoredStatement, { maxItems: 256 }))
})

export const Enrolled = Type.Object({ mspId: MspId, staffId: StaffId, role: Type.String(), department: Type.Optional(Type.String()), certificateNotAfter: Type.Optional(Type.Unknown()) })
export const PractitionerSelf = Type.Object({ subject: Type.String(), mspId: MspId, staffId: StaffId, role: Type.Optional(Type.String()), department: Type.Optional(Type.String()) })
export const BindingWritten = Type.Object({ mspId: MspId, staffId: StaffId, version: Version, statementId: Hash, ...Committed })
export const BindingHistory = Type.Object({ mspId: MspId, staffId: StaffId, versions: Type.Array(StoredStatement, { minItems: 1 }) })

export const ContentStored = Type.Object({ cid: Cid, contentHash: Hash, sizeBytes: Type.Integer({ minimum: 0 }) })
export const RecordWritten = Type.Object({ recordId: RecordId, version: Version, manifestId: Hash, copies: Type.Array(MspId), ...Committed })
export const RecordState = Type.Object({ recordId: RecordId, version: Version, manifest: StoredStatement, rewrap: Type.Optional(StoredStatement) })
export type RecordState = Static<typeof RecordState>
export const RecordPage = Type.Object({ items: Type.Array(RecordState), ...next })
export const Wrap = Type.Object({ wrap: Hex(170) })

const ConsentStatus = Type.String({ maxLength: 32 })
export const ConsentState = Type.Object({
  consent: StoredStatement,
  revocation: Type.Optional(StoredStatement),
  custody: Type.Array(StoredStatement),
  destructions: Type.Array(StoredStatement),
  status: Type.Optional(ConsentStatus)
})
export type ConsentState = Static<typeof ConsentState>
export const ConsentPage = Type.Object({ items: Type.Array(ConsentState), ...next })
export const ConsentWritten = Type.Object({ consentId: Hash, status: ConsentStatus, custody: Type.Array(MspId), ...Committed })
export const RevocationWritten = Type.Object({ consentId: Hash, statementId: Hash, ...Committed })

export const Reason = Type.Object({ rule: Type.String(), facts: Type.Optional(Type.Array(Type.String())) })
export const AccessEvent = Type.Object({
  eventId: EventId,
  txId: Hash,
  time: TimeMs,
  patientId: PatientId,
  actor: Type.Object({ mspId: MspId, staffId: StaffId, role: Type.Optional(Type.String()), department: Type.Optional(Type.String()) }),
  action: Type.Literal('read'),
  purpose: PurposeCode,
  records: Type.Array(Type.Object({
    recordId: RecordId,
    version: Version,
    label: Hash,
    epoch: Version,
    level: Level,
    mediaClass: MediaClass,
    sizeClass: Type.Integer(),
    wrapHash: Hash,
    origin: Type.String()
  })),
  consentId: Type.Optional(Hash),
  requestId: Hash,
  receivingKey: KeyHex,
  decision: Type.Union([Type.Literal('permit'), Type.Literal('deny')]),
  reasons: Type.Array(Reason),
  policyVersion: Type.String(),
  expiresAt: Type.Optional(TimeMs),
  blockNumber: Type.Optional(Type.Integer({ minimum: 0 }))
})
export type AccessEvent = Static<typeof AccessEvent>
export const AccessGranted = Type.Object({ event: AccessEvent, ...Committed })
export const AccessDenied = Type.Object({ eventId: EventId, reasons: Type.Array(Reason), ...Committed })
export const AccessCase = Type.Object({ event: AccessEvent, request: SignedStatement, releases: Type.Array(StoredStatement) })
export const AccessPage = Type.Object({ items: Type.Array(AccessEvent), ...next })

/** The inside of an answer is judged by crypto, not here: a malformed one is evidence against a proxy, not a broken page. */
export const SignedAnswer = Type.Object({
  body: Type.Object({ eventId: Type.String(), wrapHash: Type.String(), consentId: Type.String(), kfragId: Type.String(), receivingKey: Type.String(), cfrag: Type.String({ maxLength: 4096 }) }),
  signature: Type.String({ maxLength: 256 })
})
export const CfragsAnswer = Type.Object({
  answers: Type.Array(Type.Object({ mspId: MspId, recordId: RecordId, version: Version, answer: SignedAnswer }), { maxItems: 4096 }),
  wraps: Type.Array(Type.Object({ recordId: RecordId, version: Version, wrap: Hex(170) }), { maxItems: 64 }),
  failures: Type.Array(Type.Object({ mspId: MspId, code: Type.String(), detail: Type.Optional(Type.String()) }))
})
export type CfragsAnswer = Static<typeof CfragsAnswer>
export type SignedAnswer = Static<typeof SignedAnswer>
export const AccusationWritten = Type.Object({ mspId: MspId, failure: Type.String(), ...Committed })

/** Material of a proof: hashes and the event's own envelope. The verifier of `@epione/anchor` judges it, whole. */
export const EventAnchor = Type.Object({
  envelope: Type.String(),
  transaction: Type.Object({ index: Type.Integer(), code: Type.Integer(), txPath: Type.Array(Hash) }),
  block: Type.Object({ number: Type.Integer(), previousHash: Type.String(), dataHash: Hash, commitHash: Hash, txRoot: Hash, txCount: Type.Integer(), batchPath: Type.Array(Hash) }),
  batch: Type.Optional(Type.Object({ number: Type.Integer(), firstBlock: Type.Integer(), lastBlock: Type.Integer(), root: Hash })),
  witnesses: Type.Optional(Type.Array(Hex(20))),
  signatures: Type.Optional(Type.Array(Type.Object({ witness: Hex(20), signature: Hex(64) }))),
  chain: Type.Optional(Type.Object({
    name: Type.String(),
    chainId: Type.Integer(),
    contract: Hex(20),
    transactionHash: Type.Optional(Hash),
    blockNumber: Type.Optional(Type.Integer()),
    blockHash: Type.Optional(Hash)
  })),
  state: Type.String()
})
export type EventAnchor = Static<typeof EventAnchor>
