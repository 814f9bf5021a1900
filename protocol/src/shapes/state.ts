import { ANSWER_FAULTS } from '@epione/crypto'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import { DECISION_RULES } from './codes.ts'
import { AccusationCase, AnchorRecord, ProxyRegistration } from './arguments.ts'
import { COMPARTMENTS_PER_SEARCH, FORMER_KEYS_MAX, RECORDS_PER_REQUEST, SUSPENSIONS_MAX } from './limits.ts'
import { MEMBERS_MAX, NetworkDocument, SignedAdminStatement } from './network-document.ts'
import {
  AttributeValue, CommonName, EventId, Hash, KeyHex, Level, MediaClass, MspId, PatientId, RecordId, StaffId, TimeMs,
  Version
} from './primitives.ts'
import { ChainStep, EventCompartment, SearchKeyIssue } from './search-state.ts'
import { EventSegment, EventStream, EventStreamHead } from './event-streams.ts'
import { SignedStatement, STATEMENT_SCHEMAS } from './statements.ts'
import { Emergency } from './statements/access.ts'
import { Action, AnyPurpose } from './statements/parts.ts'
import { SuspensionCause, SuspensionTarget } from './statements/people.ts'

/** What the ledger keeps and answers. Whoever reads it takes no notice of further members; whoever writes sends none. */

/** A signed statement as it came and was stored; nothing of it may change. */
export const Signed = Type.Unsafe<SignedStatement>(SignedStatement)

/**
 * A statement as committed: the bytes received, its id, the transaction that carried it with its timestamp, and the organisation whose
 * identity created it.
 */
export const StoredStatement = Type.Object({ id: Hash, statement: Signed, txId: Hash, time: TimeMs, submittedBy: MspId })
export type StoredStatement = Static<typeof StoredStatement>

/** The same of an admins' statement. */
export const StoredAdminStatement = Type.Object({ ...StoredStatement.properties, statement: SignedAdminStatement })
export type StoredAdminStatement = Static<typeof StoredAdminStatement>

export const Member = Type.Object({
  mspId: MspId,
  id: Type.String(),
  name: Type.String(),
  kind: Type.Union([Type.Literal('core'), Type.Literal('regional')])
})
export type Member = Static<typeof Member>

const { version, networkId, name, testing, settings, inForceFrom, policyHash, features } = NetworkDocument.properties
/** What contracts judge by of one version; `documentHash` is that of the whole document's canonical bytes. */
const terms = { version, documentHash: Hash, inForceFrom, settings, policyHash, features }
/**
 * What contracts judge by of the `Network` document, under the one key that every transaction reads: of the version in force, and under
 * `next` of the one that is approved and comes into force later. So what counts at a time needs no further read.
 */
export const NetworkState = Type.Object({
  networkId, name, testing, members: Type.Array(Member), ...terms, next: Type.Optional(Type.Object(terms))
})
export type NetworkState = Static<typeof NetworkState>

/** What a member proposes as the next version, and the approvals that name it. */
export const PendingProposal = Type.Object({
  documentHash: Hash,
  proposal: StoredAdminStatement,
  approvals: Type.Array(StoredAdminStatement, { maxItems: MEMBERS_MAX })
})
export type PendingProposal = Static<typeof PendingProposal>

/** What of a person ended, for good, at `time` (ms), and who said so: the person's statement, or a registrar of their hospital. */
export const SuspensionEntry = Type.Object({
  mspId: MspId,
  staffId: StaffId,
  target: SuspensionTarget,
  cause: SuspensionCause,
  txId: Hash,
  time: TimeMs,
  by: Type.Union([
    Type.Object({ statement: StoredStatement }),
    Type.Object({ registrar: CommonName })
  ])
})
export type SuspensionEntry = Static<typeof SuspensionEntry>

/** All key bindings of a member of staff, oldest first; the last one counts, unless a suspension ended it. */
export const BindingHistory = Type.Object({
  mspId: MspId,
  staffId: StaffId,
  versions: Type.Array(StoredStatement, { minItems: 1 }),
  /** Oldest first. */
  suspensions: Type.Optional(Type.Array(SuspensionEntry, { maxItems: SUSPENSIONS_MAX }))
})
export type BindingHistory = Static<typeof BindingHistory>

/** The newest event, by its time, to which a proxy is proven to have answered falsely; the evidence lies under the event. */
export const Conviction = Type.Object({
  eventId: EventId, eventTime: TimeMs, failure: Type.Enum([...ANSWER_FAULTS]), txId: Hash, time: TimeMs
})
export type Conviction = Static<typeof Conviction>

/**
 * A department at one version: its signed `Membership`, the member who signed it, and since which version it has its receiving key.
 * `registrar`: who of the hospital put it in place, where no present member did.
 */
export const DepartmentState = Type.Object({
  membership: StoredStatement,
  signer: StaffId,
  keyVersion: Version,
  registrar: Type.Optional(CommonName)
})
export type DepartmentState = Static<typeof DepartmentState>

/** An organisation's proxy keys and gateway, registered by its admin. */
export const ProxyState = Type.Object({
  mspId: MspId,
  /** Key to which kfrags are sealed. */
  encryptionKey: KeyHex,
  /** Key that signs answers, custody, receipts and destructions. */
  signingKey: KeyHex,
  /** Signing keys registered before, newest first, each with when (ms) another took its place: until then it spoke for the proxy. */
  formerSigningKeys: Type.Array(Type.Object({ key: KeyHex, until: TimeMs }), { maxItems: FORMER_KEYS_MAX }),
  gatewayUrl: ProxyRegistration.properties.gatewayUrl,
  txId: Hash,
  time: TimeMs,
  /** Stands until a `Network` document clears it: `standingConviction`. */
  conviction: Type.Optional(Conviction)
})
export type ProxyState = Static<typeof ProxyState>

/**
 * `level` is that of the compartment in the patient's directory when the version was registered or rewrapped. The newest
 * `rewrap`, where there is one, says who owns the version now, its compartment and its wrap; the manifest all else.
 */
export const RecordState = Type.Object({
  recordId: RecordId,
  version: Version,
  level: Level,
  manifest: StoredStatement,
  rewrap: Type.Optional(StoredStatement),
  /** The `Erasure` or `Withdrawal` that ended the version: what is left of it is this tombstone. */
  end: Type.Optional(StoredStatement)
})
export type RecordState = Static<typeof RecordState>

/** A record version that was registered or rewrapped, and what that added to chains of index entries, in their order. */
export const RecordChange = Type.Object({ ...RecordState.properties, links: Type.Optional(Type.Array(ChainStep, { maxItems: 2 })) })
export type RecordChange = Static<typeof RecordChange>

/** A record version that an order ended, with the wrap that was in force; of a segment its root stands for all its wraps. */
export const EndedVersion = Type.Object({ recordId: RecordId, version: Version, wrapHash: Hash, segment: Type.Optional(EventSegment) })
export type EndedVersion = Static<typeof EndedVersion>

/**
 * An `Erasure` or `Withdrawal`, the versions that it ended, and the `Destruction` of each hospital that has said so far that it keeps
 * nothing of them, by mspId.
 */
export const RecordOrder = Type.Object({
  order: StoredStatement,
  /** None where it names compartments: what stood in them each hospital finds in its own blocks. */
  versions: Type.Array(EndedVersion, { maxItems: RECORDS_PER_REQUEST }),
  destructions: Type.Array(StoredStatement)
})
export type RecordOrder = Static<typeof RecordOrder>

export const ConsentStatus = Type.Union([
  Type.Literal('pending'), Type.Literal('active'), Type.Literal('suspended'), Type.Literal('not-started'),
  Type.Literal('expired'), Type.Literal('void'), Type.Literal('revoked')
])
export type ConsentStatus = Static<typeof ConsentStatus>

/** A consent with its custody: one statement of each organisation that holds its kfrags, ordered by mspId. */
export const ConsentState = Type.Object({
  consent: StoredStatement,
  revocation: Type.Optional(StoredStatement),
  custody: Type.Array(StoredStatement),
  destructions: Type.Array(StoredStatement)
})
export type ConsentState = Static<typeof ConsentState>

/** Where a statement id was accepted; `reference` of an AccessRequest is the event id. */
export const StatementReceipt = Type.Object({
  id: Hash,
  type: Type.String(),
  txId: Hash,
  time: TimeMs,
  submittedBy: MspId,
  reference: Type.Optional(Type.String())
})
export type StatementReceipt = Static<typeof StatementReceipt>

/** A rule of the decision with fact codes, for example an attribute's value or a label. */
export const Reason = Type.Object({ rule: Type.Enum(Object.values(DECISION_RULES)), facts: Type.Optional(Type.Array(Type.String())) })
export type Reason = Static<typeof Reason>

export const EventRecord = Type.Object({
  recordId: RecordId,
  version: Version,
  label: Hash,
  epoch: Version,
  level: Level,
  mediaClass: MediaClass,
  sizeClass: STATEMENT_SCHEMAS.RecordManifest.properties.sizeClass,
  /** Exactly one of these: the wrap in force, or of a segment its windows. */
  wrapHash: Type.Optional(Hash),
  segment: Type.Optional(EventSegment),
  /** Organisation that registered the record: the origin of the data. */
  origin: MspId
})
export type EventRecord = Static<typeof EventRecord>

/** One per authenticated request that reached the decision, permitted or denied. */
export const AccessEvent = Type.Object({
  eventId: EventId,
  txId: Hash,
  /** Transaction timestamp in ms; order is by block. */
  time: TimeMs,
  patientId: PatientId,
  /** Who, with role and department as certified when deciding. */
  actor: Type.Object({ mspId: MspId, staffId: StaffId, role: Type.Optional(Type.String()), department: Type.Optional(Type.String()) }),
  action: Action,
  purpose: AnyPurpose,
  /** Of break-glass; of the permit that opened a box also until when it is open and from when on its review is overdue (ms). */
  emergency: Type.Optional(Type.Object({
    ...Emergency.properties,
    /** Of the second practitioner, as certified when they bound their keys. */
    secondRole: Type.Optional(AttributeValue),
    openUntil: Type.Optional(TimeMs),
    reviewBy: Type.Optional(TimeMs)
  })),
  /** Those that were asked for and are the patient's; none of a search. */
  records: Type.Array(EventRecord),
  /** Of a permit to read segments: the newest segment of each stream, by the streams' ids. */
  streams: Type.Optional(Type.Array(EventStreamHead, { maxItems: RECORDS_PER_REQUEST })),
  /** Of a search: those that were asked for, are the patient's and have a search key. */
  compartments: Type.Optional(Type.Array(EventCompartment, { maxItems: COMPARTMENTS_PER_SEARCH })),
  /** Of a stream to follow, where it is the patient's. */
  stream: Type.Optional(EventStream),
  consentId: Type.Optional(Hash),
  /** Statement id of the AccessRequest. */
  requestId: Hash,
  receivingKey: KeyHex,
  decision: Type.Union([Type.Literal('permit'), Type.Literal('deny')]),
  reasons: Type.Array(Reason),
  policyVersion: Type.String(),
  /** Version of the function that decided, `DECIDER`. */
  decider: Version,
  /** Only of a permit: last moment in ms at which a proxy may answer it; of one to follow at most an hour later. */
  expiresAt: Type.Optional(TimeMs)
})
export type AccessEvent = Static<typeof AccessEvent>

/** An event with the signed request that caused it. */
export const AccessCase = Type.Object({ event: AccessEvent, request: Signed })
export type AccessCase = Static<typeof AccessCase>

/** Issues of search keys, with the `SearchKeys` statements that published them, each once. What was asked and is not there is left out. */
export const SearchKeysFound = Type.Object({ items: Type.Array(SearchKeyIssue), statements: Type.Array(StoredStatement) })
export type SearchKeysFound = Static<typeof SearchKeysFound>

/** The same of the newest issues of all of a patient's compartments and epochs, page by page. */
export const SearchKeysPage = Type.Object({ ...SearchKeysFound.properties, bookmark: Type.String() })
export type SearchKeysPage = Static<typeof SearchKeysPage>

/** A box that a permit opened, with what closed it before its time and what another hospital's officer found. */
export const EmergencyCase = Type.Object({
  opening: AccessEvent, close: Type.Optional(StoredStatement), review: Type.Optional(StoredStatement)
})
export type EmergencyCase = Static<typeof EmergencyCase>

/** A proxy that signed a false answer. The evidence is checked in chaincode before it is stored. */
export const Accusation = Type.Object({
  ...AccusationCase.properties,
  failure: Type.Enum([...ANSWER_FAULTS]),
  txId: Hash,
  time: TimeMs,
  submittedBy: MspId
})
export type Accusation = Static<typeof Accusation>

/** A final batch as an organisation's anchor service saw it; each organisation records for itself, nothing overwrites. */
export const AnchorEntry = Type.Object({ ...AnchorRecord.properties, mspId: MspId, txId: Hash, time: TimeMs })
export type AnchorEntry = Static<typeof AnchorEntry>

/** A page of a query; an empty bookmark means there is no more. */
export interface Page<T> { items: T[], bookmark: string }
