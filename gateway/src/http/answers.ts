import { Cid, EventId, Hash, KeyHex, Level, MediaClass, MspId, PatientId, PurposeCode, RecordId, SignedAnswer, SignedStatement, StaffId, TimeMs, Version } from '@epione/protocol'
import { Type } from 'typebox'

/** A signed statement as it came and was stored; nothing of it may change. */
const Signed = Type.Unsafe<SignedStatement>(SignedStatement)

/** Where a write is on the ledger. */
export const Committed = { txId: Hash, blockNumber: Type.Integer({ minimum: 0 }) }

export const StoredStatement = Type.Object({ id: Hash, statement: Signed, txId: Hash, time: TimeMs, submittedBy: MspId })
export const StatementReceipt = Type.Object({ id: Hash, type: Type.String(), txId: Hash, time: TimeMs, submittedBy: MspId, reference: Type.Optional(Type.String()) })
/** Who stopped a recovery or a change of key: a statement, or the registrar before whom the patient appeared. */
export const Stop = Type.Object({
  statement: Type.Optional(StoredStatement),
  inPerson: Type.Optional(Type.Object({ mspId: MspId, staffId: StaffId, txId: Hash, time: TimeMs }))
})
export const PatientDirectory = Type.Object({
  patientId: PatientId,
  versions: Type.Array(StoredStatement),
  pending: Type.Optional(Type.Object({ directory: StoredStatement, activeFrom: TimeMs, stop: Type.Optional(Stop) })),
  succession: Type.Optional(StoredStatement),
  predecessors: Type.Optional(Type.Array(StoredStatement))
})
export const RecoveryState = Type.Object({ request: StoredStatement, availableFrom: TimeMs, stop: Type.Optional(Stop) })
export const PatientSafety = Type.Object({
  patientId: PatientId,
  guardians: Type.Optional(StoredStatement),
  freeze: Type.Optional(StoredStatement),
  recoveries: Type.Array(RecoveryState),
  representations: Type.Array(StoredStatement)
})
export const BindingHistory = Type.Object({ mspId: MspId, staffId: StaffId, versions: Type.Array(StoredStatement) })
export const RecordState = Type.Object({ recordId: RecordId, version: Version, level: Level, manifest: StoredStatement, rewrap: Type.Optional(StoredStatement) })

export const ConsentStatus = Type.Union([
  Type.Literal('pending'), Type.Literal('active'), Type.Literal('suspended'), Type.Literal('not-started'),
  Type.Literal('expired'), Type.Literal('void'), Type.Literal('revoked')
])
/** A consent as the ledger has it, and its status by this gateway's clock. */
export const ConsentState = Type.Object({
  consent: StoredStatement,
  revocation: Type.Optional(StoredStatement),
  custody: Type.Array(StoredStatement),
  destructions: Type.Array(StoredStatement),
  status: ConsentStatus
})

export const Reason = Type.Object({ rule: Type.String(), facts: Type.Optional(Type.Array(Type.String())) })

const EventRecord = Type.Object({
  recordId: RecordId,
  version: Version,
  label: Hash,
  epoch: Version,
  level: Level,
  mediaClass: MediaClass,
  sizeClass: Type.Integer(),
  wrapHash: Hash,
  origin: MspId
})

const accessEvent = {
  eventId: EventId,
  txId: Hash,
  time: TimeMs,
  patientId: PatientId,
  actor: Type.Object({ mspId: MspId, staffId: StaffId, role: Type.Optional(Type.String()), department: Type.Optional(Type.String()) }),
  action: Type.Literal('read'),
  purpose: PurposeCode,
  records: Type.Array(EventRecord),
  consentId: Type.Optional(Hash),
  requestId: Hash,
  receivingKey: KeyHex,
  decision: Type.Union([Type.Literal('permit'), Type.Literal('deny')]),
  reasons: Type.Array(Reason),
  policyVersion: Type.String(),
  expiresAt: Type.Optional(TimeMs)
}
export const AccessEvent = Type.Object(accessEvent)
/** An event of the read model, with the block that carries it. */
export const LoggedAccessEvent = Type.Object({ ...accessEvent, blockNumber: Committed.blockNumber })

export const Accusation = Type.Object({
  eventId: EventId,
  mspId: MspId,
  recordId: RecordId,
  version: Version,
  answer: SignedAnswer,
  wrap: Type.Object({ capsule: Type.String(), ciphertextHash: Hash }),
  failure: Type.String(),
  txId: Hash,
  time: TimeMs,
  submittedBy: MspId
})

export const AccessCase = Type.Object({
  event: AccessEvent,
  request: Signed,
  releases: Type.Array(StoredStatement),
  accusations: Type.Array(Accusation),
  blockNumber: Committed.blockNumber
})

export const StoredContent = Type.Object({ cid: Cid, contentHash: Hash, sizeBytes: Type.Integer({ minimum: 0 }) })
