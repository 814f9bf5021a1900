import type { AccusationFailure, DecisionRule } from './codes.ts'
import type { WrapOutline } from '@epione/crypto'
import type { Purpose } from '../policy/roles.ts'
import type { Level, MediaClass } from './primitives.ts'
import type { SignedAnswer } from './answers.ts'
import type { AnchorRecord } from './arguments.ts'
import type { NetworkDocument } from './network-document.ts'
import type { Person, SignedStatement } from './statements.ts'

/** A statement as committed: the bytes received, its id, and the transaction that carried it. */
export interface StoredStatement {
  id: string
  statement: SignedStatement
  txId: string
  /** Transaction timestamp in ms. */
  time: number
  /** Organisation whose identity created the transaction. */
  submittedBy: string
}

export interface Member { mspId: string, id: string, name: string, kind: 'core' | 'regional' }

/** What contracts judge by of the `Network` document in force, under the one key that every transaction reads. */
export interface NetworkState extends Pick<NetworkDocument, 'version' | 'networkId' | 'name' | 'testing' | 'settings'> {
  /** Hash of the whole document's canonical bytes. */
  documentHash: string
  members: Member[]
}

/**
 * All versions of a patient's directory, oldest first: the chain from patientId to the present keys. A version with a new
 * identity key carries transaction and time of its activation: since then it counts.
 */
export interface PatientDirectory {
  patientId: string
  versions: StoredStatement[]
  /** A version with a new identity key that waits for `activeFrom` (ms); it is none of `versions` until it is activated. */
  pending?: { directory: StoredStatement, activeFrom: number, stop?: Stop }
  /** The hand-over that ended this patient id. */
  succession?: StoredStatement
  /** The hand-overs to this patient id, for whoever checks records that came with them. */
  predecessors?: StoredStatement[]
}

/** Who stopped a recovery or a change of key: the statement, or the registrar before whom the patient appeared. */
export type Stop = { statement: StoredStatement } | { inPerson: { mspId: string, staffId: string, txId: string, time: number } }

/** A stop under what it stops: result of `Recovery:Stop` and `Recovery:StopInPerson`, payload of `RecoveryStopped`. */
export interface StopEntry { patientId: string, target: string, stop: Stop }

/** A recovery request and when (ms) the backup may be handed out. */
export interface RecoveryState { request: StoredStatement, availableFrom: number, stop?: Stop }

/** What protects a patient's keys: guardians, freeze, recoveries and representatives; result of `Recovery:GetPatient`. */
export interface PatientSafety {
  patientId: string
  /** Newest issue. */
  guardians?: StoredStatement
  /** The freeze in force. */
  freeze?: StoredStatement
  /** Those that guardians of the newest issue and of the one before asked for, oldest first: every one that waits, and those stopped of late. */
  recoveries: RecoveryState[]
  /** Those that were in force when the newest was confirmed, oldest first. */
  representations: StoredStatement[]
}
/** All key bindings of a member of staff, oldest first; the last one counts. */
export interface BindingHistory { mspId: string, staffId: string, versions: StoredStatement[] }

/** An organisation's proxy keys and gateway, registered by its admin. */
export interface ProxyState {
  mspId: string
  /** Key to which kfrags are sealed. */
  encryptionKey: string
  /** Key that signs answers, custody, receipts and destructions. */
  signingKey: string
  /** Signing keys registered before, newest first: an answer signed with one still counts against the proxy. */
  formerSigningKeys: string[]
  gatewayUrl: string
  txId: string
  time: number
}

/**
 * `level` is that of the compartment in the patient's directory when the version was registered or rewrapped. The newest
 * `rewrap`, where there is one, says who owns the version now, its compartment and its wrap; the manifest all else.
 */
export interface RecordState { recordId: string, version: number, level: Level, manifest: StoredStatement, rewrap?: StoredStatement }
/** What a wrap was registered for: a wrap has one name, for ever. */
export interface WrapName { recordId: string, version: number }
export type ConsentStatus = 'pending' | 'active' | 'suspended' | 'not-started' | 'expired' | 'void' | 'revoked'

export interface ConsentState {
  consent: StoredStatement
  revocation?: StoredStatement
  /** One per organisation that holds its kfrags, ordered by mspId. */
  custody: StoredStatement[]
  destructions: StoredStatement[]
}

/** Where a statement id was accepted. */
export interface StatementReceipt { id: string, type: string, txId: string, time: number, submittedBy: string, /** For an AccessRequest the event id. */ reference?: string }

export interface Reason { rule: DecisionRule, /** Fact codes, for example an attribute's value or a label. */ facts?: string[] }

export interface EventRecord {
  recordId: string
  version: number
  label: string
  epoch: number
  level: Level
  mediaClass: MediaClass
  sizeClass: number
  wrapHash: string
  /** Organisation that registered the record: the origin of the data. */
  origin: string
}

/** One per authenticated request that reached the decision, permitted or denied. */
export interface AccessEvent {
  eventId: string
  txId: string
  /** Transaction timestamp in ms; order is by block. */
  time: number
  patientId: string
  /** Who, with role and department as certified when deciding. */
  actor: Person & { role?: string, department?: string }
  action: 'read'
  purpose: Purpose
  records: EventRecord[]
  consentId?: string
  /** Statement id of the AccessRequest. */
  requestId: string
  receivingKey: string
  decision: 'permit' | 'deny'
  reasons: Reason[]
  policyVersion: string
  /** Only of a permit: last moment in ms at which a proxy may answer it. */
  expiresAt?: number
}

/** An event with the signed request that caused it and the receipts of proxies that answered it. */
export interface AccessCase { event: AccessEvent, request: SignedStatement, releases: StoredStatement[] }

/** A proxy that signed a false answer. The evidence is checked in chaincode before it is stored. */
export interface Accusation { eventId: string, mspId: string, recordId: string, version: number, answer: SignedAnswer, wrap: WrapOutline, failure: AccusationFailure, txId: string, time: number, submittedBy: string }

/** A final batch as an organisation's anchor service saw it; each organisation records for itself, nothing overwrites. */
export interface AnchorEntry extends AnchorRecord { mspId: string, txId: string, time: number }

/** A page of a query; an empty bookmark means there is no more. */
export interface Page<T> { items: T[], bookmark: string }
