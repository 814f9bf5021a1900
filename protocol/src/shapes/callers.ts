import type { TransactionName } from './names.ts'
import { TRANSACTIONS as T } from './names.ts'

/**
 * Who may create a transaction, of an organisation that is a member. `gateway`, `registrar` and `auditor` are offices: a role
 * that the CA certifies together with the unit {@link OFFICE_UNIT}. `admin` has the node OU `admin`. `person` is any member
 * of staff: the contract then asks that it be the one whom the transaction names.
 */
export type CallerKind = Office | 'admin' | 'person'

/** Roles that a hospital's admin gives, never the gateway that enrols staff. */
export const OFFICES = ['gateway', 'registrar', 'auditor'] as const
export type Office = (typeof OFFICES)[number]

/** Organisational unit of offices in a certificate: the CA's registrar of staff is of another unit and cannot give it. */
export const OFFICE_UNIT = 'office'
/** Unit of everybody whom a gateway enrols. */
export const STAFF_UNIT = 'staff'

const GATEWAY = ['gateway'] as const
/** What the network is: whoever runs on it or looks after it. */
const NETWORK = ['gateway', 'auditor', 'admin'] as const
/** Admins' statements prove themselves; a gateway brings them for an admin who has no peer's client. */
const ADMINS = ['gateway', 'admin'] as const
/** What any hospital may bring to the ledger for a patient: the statement's own signatures say whether it counts. */
const DESK = ['gateway', 'registrar'] as const
/** The log; an auditor's scope is checked by event. */
const LOG = ['gateway', 'auditor'] as const

/** Every transaction and who may create it; one without a row here is refused. `Network:Found` is the one before there are members. */
export const TRANSACTION_CALLERS: Readonly<Record<TransactionName, readonly CallerKind[]>> = {
  [T.networkFound]: ['admin'],
  [T.networkGet]: NETWORK,
  [T.networkGetDocument]: NETWORK,
  [T.networkPropose]: ADMINS,
  [T.networkApprove]: ADMINS,
  [T.networkListProposals]: NETWORK,
  [T.networkGetPolicy]: NETWORK,
  [T.directoryPublish]: DESK,
  [T.directoryActivate]: DESK,
  [T.directorySucceed]: DESK,
  [T.directoryRepresent]: ['registrar'],
  [T.directoryEndRepresentation]: DESK,
  [T.directoryEndRepresentationInPerson]: ['registrar'],
  [T.directoryDelegate]: DESK,
  [T.directoryGetPatient]: GATEWAY,
  [T.directoryBind]: ['person'],
  [T.directoryGetBinding]: LOG,
  [T.directorySuspend]: DESK,
  [T.directorySuspendStaff]: ['registrar'],
  [T.directoryRegisterProxy]: ['admin'],
  [T.directoryGetProxies]: NETWORK,
  [T.directoryFindStatement]: GATEWAY,
  [T.departmentsFound]: ['registrar'],
  [T.departmentsChange]: ['person'],
  [T.departmentsGet]: LOG,
  [T.recoveryPublishGuardians]: DESK,
  [T.recoveryRequest]: DESK,
  [T.recoveryStop]: DESK,
  [T.recoveryStopInPerson]: ['registrar'],
  [T.recoveryFreeze]: DESK,
  [T.recoveryUnfreeze]: DESK,
  [T.recoveryGetPatient]: GATEWAY,
  [T.recordsRegister]: ['gateway', 'person'],
  [T.recordsRegisterSegments]: GATEWAY,
  [T.recordsRewrap]: GATEWAY,
  [T.recordsErase]: GATEWAY,
  [T.recordsWithdraw]: ['gateway', 'person'],
  [T.recordsConfirmDestruction]: GATEWAY,
  [T.recordsGetOrder]: GATEWAY,
  [T.recordsGet]: GATEWAY,
  [T.recordsListByPatient]: GATEWAY,
  [T.devicesAdd]: GATEWAY,
  [T.devicesEnd]: GATEWAY,
  [T.devicesGet]: GATEWAY,
  [T.devicesListByPatient]: GATEWAY,
  [T.searchPublishKeys]: GATEWAY,
  [T.searchFindKeys]: GATEWAY,
  [T.searchListKeys]: GATEWAY,
  [T.searchListHeads]: GATEWAY,
  [T.consentsGrant]: GATEWAY,
  [T.consentsRevoke]: GATEWAY,
  [T.consentsForbid]: GATEWAY,
  [T.consentsGetStanding]: GATEWAY,
  [T.consentsConfirmCustody]: GATEWAY,
  [T.consentsConfirmDestruction]: GATEWAY,
  [T.consentsGet]: GATEWAY,
  [T.consentsListByPatient]: GATEWAY,
  [T.consentsListByGrantee]: GATEWAY,
  [T.consentsListByDepartment]: GATEWAY,
  [T.accessRequest]: ['person'],
  [T.accessRequestAll]: ['person'],
  [T.accessBeat]: GATEWAY,
  [T.accessNote]: GATEWAY,
  [T.accessGetNotes]: LOG,
  [T.accessGet]: ['gateway', 'auditor', 'person'],
  [T.accessListByPatient]: LOG,
  [T.accessRecordRelease]: GATEWAY,
  [T.accessAccuse]: ['gateway', 'person'],
  [T.accessListReleases]: ['gateway', 'auditor', 'person'],
  [T.accessListAccusations]: ['gateway', 'auditor', 'person'],
  [T.emergenciesPublishKeys]: ADMINS,
  [T.emergenciesGetKeys]: NETWORK,
  [T.emergenciesClose]: ['person'],
  [T.emergenciesReview]: ['person'],
  [T.emergenciesGet]: LOG,
  [T.anchorsRecord]: GATEWAY,
  [T.anchorsGet]: LOG,
  [T.anchorsHead]: LOG,
  [T.anchorsList]: LOG
}
