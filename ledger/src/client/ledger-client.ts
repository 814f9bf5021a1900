import { segmentBatchOf, TRANSACTIONS as T } from '@epione/protocol'
import { readResult } from './read-result.ts'
import { retryConflicts } from './retry.ts'
import type {
  AccessBatch, AccessCase, AccessEvent, Accusation, AccusationCase, AnchorEntry, AnchorRecord, AskedIssues, Beat, BindingHistory,
  ChainHeadEntry, ConsentState, DepartmentState, DeviceEndEntry, DeviceState, EmergencyCase,
  InPersonRepresentationEnd, InPersonStop, LogNotes, LogNotesEntry,
  NetworkState, NetworkVersion, Page, PatientDirectory, PatientSafety, PendingProposal, PolicyDocument, ProxyRegistration,
  ProxyState, RecordChange, RecordOrder, RecordState, RecoveryState, RepresentationEndEntry, SignedNetwork, SignedStatement,
  SegmentBatch, StaffSuspension, StandingState, SearchKeysFound, SearchKeysPage,
  StatementReceipt, StopEntry, StoredStatement, SuspensionEntry, TransactionName, TransactionResult
} from '@epione/protocol'
import type { LedgerPort } from './port.ts'

/** What a committed transaction returned, and where it is. */
export interface Submitted<T> { value: T, txId: string, blockNumber: bigint }
/** Which page: `pageSize` is at most, and by default, 100; `bookmark` comes from the page before. */
export interface PageRequest { pageSize?: number, bookmark?: string }
/** Which events: times in ms, both ends included. */
export interface EventRequest extends PageRequest { fromMs?: number, toMs?: number }
export interface GranteeRequest extends PageRequest { patientId?: string }

/**
 * The ledger's transactions, typed. Every method throws a `LedgerError` whose code says why the ledger refused, and
 * whatever the port throws when it could not be reached, and `LedgerResultInvalid` when a peer answers something else than the
 * transaction returns. Read conflicts are retried here, with a new transaction.
 */
export class LedgerClient {
  readonly #port: LedgerPort

  constructor (port: LedgerPort) {
    this.#port = port
  }

  found (network: SignedNetwork): Promise<Submitted<SignedNetwork>> {
    return this.#submit(T.networkFound, network)
  }

  getNetwork (): Promise<NetworkState> {
    return this.#evaluate(T.networkGet)
  }

  /** A version of the network document with what was signed of it: for `readNetworkVersions`. */
  getNetworkDocument (version: number): Promise<NetworkVersion> {
    return this.#evaluate(T.networkGetDocument, String(version))
  }

  /**
   * A further version of the document, which counts once more than half of the members approved it, with the policy that it names unless
   * the ledger has that.
   */
  proposeNetwork (statement: SignedStatement, policy?: PolicyDocument): Promise<Submitted<StoredStatement>> {
    return this.#submit(T.networkPropose, statement, policy === undefined ? '' : JSON.stringify(policy))
  }

  getPolicy (hash: string): Promise<PolicyDocument> {
    return this.#evaluate(T.networkGetPolicy, hash)
  }

  listNetworkProposals (): Promise<PendingProposal[]> {
    return this.#evaluate(T.networkListProposals)
  }

  approveNetwork (statement: SignedStatement): Promise<Submitted<StoredStatement>> {
    return this.#submit(T.networkApprove, statement)
  }

  /** The next issue of a patient's search keys. */
  publishSearchKeys (statement: SignedStatement): Promise<Submitted<StoredStatement>> {
    return this.#submit(T.searchPublishKeys, statement)
  }

  /** Issues of a patient's search keys with the statements that published them, the newest of a compartment where no issue is said. */
  findSearchKeys (patientId: string, issues: AskedIssues): Promise<SearchKeysFound> {
    return this.#evaluate(T.searchFindKeys, patientId, JSON.stringify(issues))
  }

  /** The newest issue of each of a patient's compartments and epochs. */
  listSearchKeys (patientId: string, page: PageRequest = {}): Promise<SearchKeysPage> {
    return this.#evaluate(T.searchListKeys, patientId, ...pageArguments(page))
  }

  /** Heads of the chains of a patient's compartment, by writer. */
  listChainHeads (patientId: string, label: string, page: PageRequest = {}): Promise<Page<ChainHeadEntry>> {
    return this.#evaluate(T.searchListHeads, patientId, label, ...pageArguments(page))
  }

  /** A version with a new identity key waits until it is activated (`getDirectory` shows it as pending); any other counts at once. */
  publishDirectory (statement: SignedStatement): Promise<Submitted<StoredStatement>> {
    return this.#submit(T.directoryPublish, statement)
  }

  getDirectory (patientId: string): Promise<PatientDirectory> {
    return this.#evaluate(T.directoryGetPatient, patientId)
  }

  bindKeys (statement: SignedStatement): Promise<Submitted<StoredStatement>> {
    return this.#submit(T.directoryBind, statement)
  }

  getBinding (mspId: string, staffId: string): Promise<BindingHistory> {
    return this.#evaluate(T.directoryGetBinding, mspId, staffId)
  }

  /** By the person's own statement. Returns the suspension that counts: the first one of that target. */
  suspend (statement: SignedStatement): Promise<Submitted<SuspensionEntry>> {
    return this.#submit(T.directorySuspend, statement)
  }

  /** By a registrar of the person's hospital; likewise. */
  suspendStaff (suspension: StaffSuspension): Promise<Submitted<SuspensionEntry>> {
    return this.#submit(T.directorySuspendStaff, suspension)
  }

  /** A department that the hospital's registrar puts in place: a `Membership` signed by one of its members. */
  foundDepartment (statement: SignedStatement): Promise<Submitted<DepartmentState>> {
    return this.#submit(T.departmentsFound, statement)
  }

  /** The same, changed by a present member in person. */
  changeDepartment (statement: SignedStatement): Promise<Submitted<DepartmentState>> {
    return this.#submit(T.departmentsChange, statement)
  }

  /** One version of a department, by default its newest. */
  getDepartment (mspId: string, department: string, version?: number): Promise<DepartmentState> {
    return this.#evaluate(T.departmentsGet, mspId, department, optional(version))
  }

  registerProxy (registration: ProxyRegistration): Promise<Submitted<ProxyState>> {
    return this.#submit(T.directoryRegisterProxy, registration)
  }

  getProxies (): Promise<ProxyState[]> {
    return this.#evaluate(T.directoryGetProxies)
  }

  async findStatement (statementId: string): Promise<StatementReceipt | undefined> {
    return await this.#evaluate(T.directoryFindStatement, statementId) ?? undefined
  }

  /** Puts a waiting version in force, once its wait is over. */
  activateDirectory (patientId: string): Promise<Submitted<StoredStatement>> {
    return this.#submit(T.directoryActivate, patientId)
  }

  succeedPatient (statement: SignedStatement): Promise<Submitted<StoredStatement>> {
    return this.#submit(T.directorySucceed, statement)
  }

  representPatient (statement: SignedStatement): Promise<Submitted<StoredStatement>> {
    return this.#submit(T.directoryRepresent, statement)
  }

  endRepresentation (statement: SignedStatement): Promise<Submitted<RepresentationEndEntry>> {
    return this.#submit(T.directoryEndRepresentation, statement)
  }

  /** For registrars of the hospital that confirmed it. */
  endRepresentationInPerson (end: InPersonRepresentationEnd): Promise<Submitted<RepresentationEndEntry>> {
    return this.#submit(T.directoryEndRepresentationInPerson, end)
  }

  /** Names a patient's limited key, ends one, or both. Returns what counts: of a second end the first. */
  changeDelegates (statement: SignedStatement): Promise<Submitted<StoredStatement>> {
    return this.#submit(T.directoryDelegate, statement)
  }

  publishGuardians (statement: SignedStatement): Promise<Submitted<StoredStatement>> {
    return this.#submit(T.recoveryPublishGuardians, statement)
  }

  requestRecovery (statement: SignedStatement): Promise<Submitted<RecoveryState>> {
    return this.#submit(T.recoveryRequest, statement)
  }

  /** Returns the stop that counts: the first one of that request or change. */
  stopRecovery (statement: SignedStatement): Promise<Submitted<StopEntry>> {
    return this.#submit(T.recoveryStop, statement)
  }

  stopRecoveryInPerson (stop: InPersonStop): Promise<Submitted<StopEntry>> {
    return this.#submit(T.recoveryStopInPerson, stop)
  }

  /** Returns the freeze that is in force afterwards. */
  freezePatient (statement: SignedStatement): Promise<Submitted<StoredStatement>> {
    return this.#submit(T.recoveryFreeze, statement)
  }

  unfreezePatient (statement: SignedStatement): Promise<Submitted<StoredStatement>> {
    return this.#submit(T.recoveryUnfreeze, statement)
  }

  getSafety (patientId: string): Promise<PatientSafety> {
    return this.#evaluate(T.recoveryGetPatient, patientId)
  }

  registerRecord (statement: SignedStatement): Promise<Submitted<RecordChange>> {
    return this.#submit(T.recordsRegister, statement)
  }

  /**
   * Signed manifests of segments, of many devices, each decided alone; the items say what became of each, in its order. A read conflict is
   * the caller's, who halves the batch. @throws {ReadConflict}
   */
  async registerSegments (statements: readonly SignedStatement[]): Promise<Submitted<SegmentBatch>> {
    const { value, ...committed } = await this.#submitOnce(T.recordsRegisterSegments, statements)
    return { value: segmentBatchOf(value, statements, committed.txId), ...committed }
  }

  /** A device that a patient introduces. */
  addDevice (statement: SignedStatement): Promise<Submitted<DeviceState>> {
    return this.#submit(T.devicesAdd, statement)
  }

  /** Returns the end that counts: the first one of that device. */
  endDevice (statement: SignedStatement): Promise<Submitted<DeviceEndEntry>> {
    return this.#submit(T.devicesEnd, statement)
  }

  getDevice (patientId: string, deviceId: string): Promise<DeviceState> {
    return this.#evaluate(T.devicesGet, patientId, deviceId)
  }

  /** A patient's devices, those that ended too. */
  listDevices (patientId: string, page: PageRequest = {}): Promise<Page<DeviceState>> {
    return this.#evaluate(T.devicesListByPatient, patientId, ...pageArguments(page))
  }

  rewrapRecord (statement: SignedStatement): Promise<Submitted<RecordChange>> {
    return this.#submit(T.recordsRewrap, statement)
  }

  eraseRecords (statement: SignedStatement): Promise<Submitted<RecordOrder>> {
    return this.#submit(T.recordsErase, statement)
  }

  withdrawRecord (statement: SignedStatement): Promise<Submitted<RecordOrder>> {
    return this.#submit(T.recordsWithdraw, statement)
  }

  /** A hospital's `Destruction` of what an order ended. Returns the one that counts: its first. */
  confirmErased (statement: SignedStatement): Promise<Submitted<StoredStatement>> {
    return this.#submit(T.recordsConfirmDestruction, statement)
  }

  /** An `Erasure` or `Withdrawal` with what it ended and what hospitals destroyed. */
  getOrder (orderId: string): Promise<RecordOrder> {
    return this.#evaluate(T.recordsGetOrder, orderId)
  }

  /** One version of a record, by default its newest. */
  getRecord (recordId: string, version?: number): Promise<RecordState> {
    return this.#evaluate(T.recordsGet, recordId, optional(version))
  }

  listRecords (patientId: string, page: PageRequest = {}): Promise<Page<RecordState>> {
    return this.#evaluate(T.recordsListByPatient, patientId, ...pageArguments(page))
  }

  grantConsent (statement: SignedStatement): Promise<Submitted<ConsentState>> {
    return this.#submit(T.consentsGrant, statement)
  }

  /** Returns the revocation that counts: the first one of that consent. */
  revokeConsent (statement: SignedStatement): Promise<Submitted<StoredStatement>> {
    return this.#submit(T.consentsRevoke, statement)
  }

  /** A prohibition by the patient, or the end of one. */
  forbidAccess (statement: SignedStatement): Promise<Submitted<StoredStatement>> {
    return this.#submit(T.consentsForbid, statement)
  }

  /** What stands in the way of every request for a patient. */
  getStanding (patientId: string): Promise<StandingState> {
    return this.#evaluate(T.consentsGetStanding, patientId)
  }

  confirmCustody (statement: SignedStatement): Promise<Submitted<StoredStatement>> {
    return this.#submit(T.consentsConfirmCustody, statement)
  }

  confirmDestruction (statement: SignedStatement): Promise<Submitted<StoredStatement>> {
    return this.#submit(T.consentsConfirmDestruction, statement)
  }

  getConsent (consentId: string): Promise<ConsentState> {
    return this.#evaluate(T.consentsGet, consentId)
  }

  listConsentsByPatient (patientId: string, page: PageRequest = {}): Promise<Page<ConsentState>> {
    return this.#evaluate(T.consentsListByPatient, patientId, ...pageArguments(page))
  }

  listConsentsByGrantee (mspId: string, staffId: string, { patientId = '', ...page }: GranteeRequest = {}): Promise<Page<ConsentState>> {
    return this.#evaluate(T.consentsListByGrantee, mspId, staffId, patientId, ...pageArguments(page))
  }

  listConsentsByDepartment (
    mspId: string,
    department: string,
    { patientId = '', ...page }: GranteeRequest = {}
  ): Promise<Page<ConsentState>> {
    return this.#evaluate(T.consentsListByDepartment, mspId, department, patientId, ...pageArguments(page))
  }

  /** Permitted or denied, the request is logged: only `value.decision` tells. */
  requestAccess (statement: SignedStatement): Promise<Submitted<AccessEvent>> {
    return this.#submit(T.accessRequest, statement)
  }

  /** Requests of one person for several patients, each decided alone; the items say what became of each, in its order. */
  requestAccessOfAll (statements: readonly SignedStatement[]): Promise<Submitted<AccessBatch>> {
    return this.#submit(T.accessRequestAll, statements)
  }

  /** A sign of life in the own organisation's name: a block that shows a peer to be up to date. */
  beat (): Promise<Submitted<Beat>> {
    return this.#submit(T.accessBeat)
  }

  /** What the own gateway noted of the log; the same id again changes nothing. */
  noteLog (notes: LogNotes): Promise<Submitted<LogNotesEntry>> {
    return this.#submit(T.accessNote, notes)
  }

  getNotes (mspId: string, id: string): Promise<LogNotesEntry> {
    return this.#evaluate(T.accessGetNotes, mspId, id)
  }

  getAccess (eventId: string): Promise<AccessCase> {
    return this.#evaluate(T.accessGet, eventId)
  }

  listAccessByPatient (patientId: string, request: EventRequest = {}): Promise<Page<AccessEvent>> {
    return this.#evaluate(T.accessListByPatient, patientId, ...eventArguments(request))
  }

  recordRelease (statement: SignedStatement): Promise<Submitted<StoredStatement>> {
    return this.#submit(T.accessRecordRelease, statement)
  }

  /** Returns the conviction that counts: the first one of that proxy for that event and wrap. */
  accuse (accusation: AccusationCase): Promise<Submitted<Accusation>> {
    return this.#submit(T.accessAccuse, accusation)
  }

  /** Receipts of the proxies that answered, of each no more than a page. */
  listReleases (eventId: string): Promise<StoredStatement[]> {
    return this.#evaluate(T.accessListReleases, eventId)
  }

  listAccusations (eventId: string): Promise<Accusation[]> {
    return this.#evaluate(T.accessListAccusations, eventId)
  }

  /** The next emergency key of an organisation, signed by its admin. */
  publishEmergencyKeys (statement: SignedStatement): Promise<Submitted<StoredStatement>> {
    return this.#submit(T.emergenciesPublishKeys, statement)
  }

  /** The newest emergency key of an organisation. */
  getEmergencyKeys (mspId: string): Promise<StoredStatement> {
    return this.#evaluate(T.emergenciesGetKeys, mspId)
  }

  /** Returns the closing that counts: the first one of that box. */
  closeEmergency (statement: SignedStatement): Promise<Submitted<StoredStatement>> {
    return this.#submit(T.emergenciesClose, statement)
  }

  reviewEmergency (statement: SignedStatement): Promise<Submitted<StoredStatement>> {
    return this.#submit(T.emergenciesReview, statement)
  }

  /** A box, by the event that opened it, with its closing and review. */
  getEmergency (eventId: string): Promise<EmergencyCase> {
    return this.#evaluate(T.emergenciesGet, eventId)
  }

  /** Says for the own organisation that a batch is final; saying the same again changes nothing. */
  recordAnchor (record: AnchorRecord): Promise<Submitted<AnchorEntry>> {
    return this.#submit(T.anchorsRecord, record)
  }

  /** What organisations say of a batch, by mspId; they should agree. */
  getAnchor (batch: number): Promise<AnchorEntry[]> {
    return this.#evaluate(T.anchorsGet, String(batch))
  }

  /** Each organisation's newest batch, by mspId. */
  getAnchorHeads (): Promise<AnchorEntry[]> {
    return this.#evaluate(T.anchorsHead)
  }

  listAnchors (page: PageRequest = {}): Promise<Page<AnchorEntry>> {
    return this.#evaluate(T.anchorsList, ...pageArguments(page))
  }

  #submit<N extends TransactionName> (
    transaction: N,
    ...args: [] | [argument: object | string, ...more: string[]]
  ): Promise<Submitted<TransactionResult<N>>> {
    return retryConflicts(() => this.#submitOnce(transaction, ...args))
  }

  async #submitOnce<N extends TransactionName> (
    transaction: N,
    ...[argument, ...more]: [] | [argument: object | string, ...more: string[]]
  ): Promise<Submitted<TransactionResult<N>>> {
    const first = typeof argument === 'object' ? JSON.stringify(argument) : argument
    const args = first === undefined ? [] : [first, ...more]
    const { result, txId, blockNumber } = await this.#port.submit(transaction, args)
    return { value: readResult(transaction, result, txId), txId, blockNumber }
  }

  async #evaluate<N extends TransactionName> (transaction: N, ...args: string[]): Promise<TransactionResult<N>> {
    return readResult(transaction, await this.#port.evaluate(transaction, args))
  }
}

const optional = (value: number | undefined): string => value === undefined ? '' : String(value)
const pageArguments = ({ pageSize, bookmark = '' }: PageRequest): [string, string] => [optional(pageSize), bookmark]
const eventArguments = ({ fromMs, toMs, ...page }: EventRequest): string[] => [optional(fromMs), optional(toMs), ...pageArguments(page)]
