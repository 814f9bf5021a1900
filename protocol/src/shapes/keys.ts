import { createEventTime } from './event-time.ts'

/**
 * Ledger key layout: object types and attributes of Fabric composite keys. Attributes that are compared as
 * numbers are zero-padded. `index` entries hold a single byte, because an empty value counts as a delete.
 */
export interface LedgerKey { objectType: string, attributes: string[] }

const key = (objectType: string, ...attributes: string[]): LedgerKey => ({ objectType, attributes })
const padded = (n: number): string => String(n).padStart(7, '0')
const paddedBatch = (n: number): string => String(n).padStart(16, '0')

export const LEDGER_KEYS = {
  /** What of the `Network` document in force contracts judge by: the one key of it that requests read. */
  network: () => key('network-head'),
  networkDocument: (version: number) => key('network', padded(version)),
  /** One a member: a further one takes the place of one that lapsed. */
  networkProposal: (version: number, mspId: string) => key('network-proposal', padded(version), mspId),
  /** One a member, whichever proposal it is for. */
  networkApproval: (version: number, mspId: string) => key('network-approval', padded(version), mspId),
  policy: (hash: string) => key('policy', hash),
  statement: (id: string) => key('statement', id),
  directory: (patientId: string, version: number) => key('directory', patientId, padded(version)),
  directories: (patientId: string) => key('directory', patientId),
  /** Current version of a directory: the one key that writers of records and requests read. */
  directoryHead: (patientId: string) => key('directory-head', patientId),
  /** Freeze, succession and prohibitions, in a key that most patients never have: a request reads it, a rotation does not touch it. */
  standing: (patientId: string) => key('standing', patientId),
  /** A directory version with a new identity key that waits. */
  pendingDirectory: (patientId: string) => key('directory-pending', patientId),
  succession: (patientId: string) => key('succession', patientId),
  predecessor: (successor: string, patientId: string) => key('predecessor', successor, patientId),
  predecessors: (successor: string) => key('predecessor', successor),
  /** All who may or might act for the patient, in one value: their number is bounded. */
  representations: (patientId: string) => key('representation', patientId),
  /** Under the patient too, so that nobody else ends one that is not yet there. What a representative does reads it. */
  representationEnd: (patientId: string, representationId: string) => key('representation-end', patientId, representationId),
  /** Written with each act of a representative: an end that was endorsed before it and ordered later is invalid. */
  representationAct: (patientId: string, representationId: string) => key('representation-act', patientId, representationId),
  /** All limited keys of a patient that may count or have signed something, in one value: their number is bounded. */
  delegates: (patientId: string) => key('delegate', patientId),
  /** As those of representations: under the patient, and read by what the limited key signs. */
  delegateEnd: (patientId: string, delegateId: string) => key('delegate-end', patientId, delegateId),
  delegateAct: (patientId: string, delegateId: string) => key('delegate-act', patientId, delegateId),
  guardians: (patientId: string, issue: number) => key('guardians', patientId, padded(issue)),
  /** Newest issue: what a new one follows, and whose keys count. */
  guardiansHead: (patientId: string) => key('guardians-head', patientId),
  freeze: (patientId: string, statementId: string) => key('freeze', patientId, statementId),
  /** All requests of one issue of guardians, in one value: their number is bounded. */
  recoveries: (patientId: string, issue: number) => key('recovery', patientId, padded(issue)),
  /** One for each kind of who may stop; under the patient too, so that nobody else can stop what is not yet there. */
  stop: (patientId: string, target: string, by: 'identity' | 'guardians' | 'registrar') => key('stop', patientId, target, by),
  binding: (mspId: string, staffId: string, version: number) => key('binding', mspId, staffId, padded(version)),
  bindings: (mspId: string, staffId: string) => key('binding', mspId, staffId),
  bindingHead: (mspId: string, staffId: string) => key('binding-head', mspId, staffId),
  /** All suspensions of a person, in one value: their number is bounded. */
  suspensions: (mspId: string, staffId: string) => key('suspensions', mspId, staffId),
  /** A `Membership` with who signed it. */
  membership: (mspId: string, department: string, version: number) => key('membership', mspId, department, padded(version)),
  /** Present members and key of a department: the one key that requests under its consents read. */
  departmentHead: (mspId: string, department: string) => key('department-head', mspId, department),
  /** Every receiving key that a department had: none comes back, and none is another's. */
  departmentKey: (receivingKey: string) => key('department-key', receivingKey),
  proxy: (mspId: string) => key('proxy', mspId),
  proxies: () => key('proxy'),
  /** Newest emergency key of an organisation. */
  organizationKeys: (mspId: string) => key('organization-keys', mspId),
  /** Times of the boxes that an organisation opened within a day, in one value: their number is bounded. */
  emergencyOpenings: (mspId: string) => key('emergency-openings', mspId),
  /** By the event that opened the box. */
  emergencyClose: (eventId: string) => key('emergency-close', eventId),
  emergencyReview: (eventId: string) => key('emergency-review', eventId),
  record: (recordId: string, version: number) => key('record', recordId, padded(version)),
  /** Every rewrap there was; the newest stands in the record. */
  rewrap: (recordId: string, version: number, statementId: string) => key('rewrap', recordId, padded(version), statementId),
  /** Newest version of a record: what a new version must follow. */
  recordHead: (recordId: string) => key('record-head', recordId),
  /** An `Erasure` or `Withdrawal` with the versions that it ended. */
  recordOrder: (orderId: string) => key('record-order', orderId),
  /** One for each hospital: what it says of the order's wraps. */
  orderDestruction: (orderId: string, mspId: string) => key('order-destruction', orderId, mspId),
  orderDestructions: (orderId: string) => key('order-destruction', orderId),
  patientRecord: (patientId: string, recordId: string, version: number) => key('patient-record', patientId, recordId, padded(version)),
  patientRecords: (patientId: string) => key('patient-record', patientId),
  /** A device and its end, whichever came first: in one value, so that a segment reads one key for both. */
  device: (patientId: string, deviceId: string) => key('device', patientId, deviceId),
  devices: (patientId: string) => key('device', patientId),
  /** Which devices of a patient live, in one value: their number is bounded. */
  deviceHead: (patientId: string) => key('device-head', patientId),
  /** Written with each segment of a device: an end by its own key that was endorsed before and ordered later is invalid. */
  deviceAct: (patientId: string, deviceId: string) => key('device-act', patientId, deviceId),
  /** Every key that a device had: none comes back, and none is another's. */
  deviceKey: (deviceKey: string) => key('device-key', deviceKey),
  /** A `SearchKeys` statement. */
  searchKeys: (patientId: string, statementId: string) => key('search-keys', patientId, statementId),
  /** Newest issue of a compartment's search key, by epoch. */
  searchKeyHead: (patientId: string, label: string, epoch: number) => key('search-key-head', patientId, label, padded(epoch)),
  searchKeyHeads: (patientId: string) => key('search-key-head', patientId),
  /** Which statement published an issue. */
  searchKeyIssue: (patientId: string, label: string, epoch: number, issue: number) =>
    key('search-key-issue', patientId, label, padded(epoch), padded(issue)),
  /** Head of a writer's chain of index entries: the one key beside those of every registration that one with an entry reads and writes. */
  chainHead: (patientId: string, label: string, writer: string) => key('chain-head', patientId, label, writer),
  chainHeads: (patientId: string, label: string) => key('chain-head', patientId, label),
  consent: (consentId: string) => key('consent', consentId),
  patientConsent: (patientId: string, consentId: string) => key('patient-consent', patientId, consentId),
  patientConsents: (patientId: string) => key('patient-consent', patientId),
  granteeConsent: (
    mspId: string,
    staffId: string,
    patientId: string,
    consentId: string
  ) => key('grantee-consent', mspId, staffId, patientId, consentId),
  granteeConsents: (
    mspId: string,
    staffId: string,
    patientId?: string
  ) => patientId === undefined ? key('grantee-consent', mspId, staffId) : key('grantee-consent', mspId, staffId, patientId),
  /** Apart from those to people: a department may be named as a person is. */
  departmentConsent: (
    mspId: string,
    department: string,
    patientId: string,
    consentId: string
  ) => key('department-consent', mspId, department, patientId, consentId),
  departmentConsents: (
    mspId: string,
    department: string,
    patientId?: string
  ) => patientId === undefined ? key('department-consent', mspId, department) : key('department-consent', mspId, department, patientId),
  /** Under the patient too, so that nobody else can end a consent that is not yet there. */
  consentEnd: (patientId: string, consentId: string) => key('consent-end', patientId, consentId),
  prohibition: (patientId: string, statementId: string) => key('prohibition', patientId, statementId),
  custody: (consentId: string, mspId: string) => key('custody', consentId, mspId),
  destruction: (consentId: string, mspId: string) => key('destruction', consentId, mspId),
  event: (patientId: string, timeMs: number, txId: string) => key('event', patientId, ...createEventTime(timeMs), txId),
  patientEvents: (patientId: string) => key('event', patientId),
  /** What an organisation's gateway noted in the log under an id of its own. */
  logNotes: (mspId: string, id: string) => key('log-notes', mspId, id),
  release: (eventId: string, mspId: string, statementId: string) => key('release', eventId, mspId, statementId),
  /** Of one organisation, or of all. */
  releases: (eventId: string, mspId?: string) => mspId === undefined ? key('release', eventId) : key('release', eventId, mspId),
  /** The receipt itself, once, however many events it names. */
  releaseReceipt: (statementId: string) => key('release-receipt', statementId),
  /** One for each proxy, whatever it signed: else its own hospital could fill the list until nobody can read it. */
  accusation: (eventId: string, mspId: string) => key('accusation', eventId, mspId),
  accusations: (eventId: string) => key('accusation', eventId),
  anchor: (batch: number, mspId: string) => key('anchor', paddedBatch(batch), mspId),
  anchorsOf: (batch: number) => key('anchor', paddedBatch(batch)),
  anchors: () => key('anchor'),
  /** Newest batch that an organisation recorded: a key of its own for each, so that organisations never collide. */
  anchorHead: (mspId: string) => key('anchor-head', mspId),
  anchorHeads: () => key('anchor-head')
} as const
