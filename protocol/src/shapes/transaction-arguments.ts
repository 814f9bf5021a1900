import { Type } from 'typebox'
import type { TSchema } from 'typebox'
import {
  AccusationCase, AnchorRecord, InPersonRepresentationEnd, InPersonStop, ProxyRegistration, StaffSuspension
} from './arguments.ts'
import { PAGE_SIZE_MAX, REQUESTS_PER_BATCH, SEGMENTS_PER_BATCH } from './limits.ts'
import { LogNotes } from './log-notes.ts'
import { TRANSACTIONS as T } from './names.ts'
import type { TransactionName } from './names.ts'
import { SignedNetwork } from './network-document.ts'
import type { AdminStatementType } from './network-document.ts'
import { PolicyDocument } from './policy.ts'
import { AttributeValue, EventId, Hash, MspId, PatientId, RecordId, StaffId, TimeMs, Version } from './primitives.ts'
import { AskedIssues } from './search-state.ts'
import type { StatementType } from './statements.ts'

/**
 * What a transaction takes as one of its arguments, which all travel as text: the JSON of a signed statement of a type, or of several; JSON
 * of a shape; or plain text, in decimal digits where the shape is a number, and empty where it is left out.
 */
export type TransactionArgument = { readonly name: string, readonly description: string } & (
  { readonly statement: StatementType | AdminStatementType, readonly most?: number } | { readonly json: TSchema } |
  { readonly text: TSchema, readonly optional?: true }
)

const signed = (statement: StatementType | AdminStatementType): TransactionArgument[] =>
  [{ name: 'statement', description: `a signed ${statement}`, statement }]
const json = (name: string, description: string, shape: TSchema): TransactionArgument => ({ name, description, json: shape })
const text = (name: string, description: string, shape: TSchema): TransactionArgument => ({ name, description, text: shape })
const optional = (name: string, description: string, shape: TSchema): TransactionArgument =>
  ({ name, description, text: shape, optional: true })

const PATIENT = [text('patientId', 'a patient', PatientId)]
const EVENT = [text('eventId', 'an access event', EventId)]
const PERSON = [text('mspId', 'the organisation of a person', MspId), text('staffId', 'the person', StaffId)]
const DEPARTMENT = [text('mspId', 'the organisation of a department', MspId), text('department', 'its code', AttributeValue)]
const PAGE = [
  optional('pageSize', 'most items of the page', Type.Integer({ minimum: 1, maximum: PAGE_SIZE_MAX })),
  optional('bookmark', 'that of the page before', Type.String())
]

/** Of every transaction its arguments, in their order: the metadata that the chaincode answers is made of it. */
export const TRANSACTION_ARGUMENTS: Readonly<Record<TransactionName, readonly TransactionArgument[]>> = {
  [T.networkFound]: [json('signed', 'the first network document with what every founder signed', SignedNetwork)],
  [T.networkGet]: [],
  [T.networkGetDocument]: [text('version', 'of the network document', Version)],
  [T.networkPropose]: [
    ...signed('NetworkProposal'), json('policy', 'the policy that the document names; empty where the ledger has it', PolicyDocument)
  ],
  [T.networkApprove]: signed('NetworkApproval'),
  [T.networkListProposals]: [],
  [T.networkGetPolicy]: [text('hash', 'of a policy', Hash)],
  [T.directoryPublish]: signed('KeyDirectory'),
  [T.directoryGetPatient]: PATIENT,
  [T.directoryBind]: signed('KeyBinding'),
  [T.directoryGetBinding]: PERSON,
  [T.directorySuspend]: signed('Suspension'),
  [T.directorySuspendStaff]: [json('suspension', 'what of a member of the own staff ends, and why', StaffSuspension)],
  [T.directoryRegisterProxy]: [json('registration', 'the proxy of the own organisation', ProxyRegistration)],
  [T.directoryGetProxies]: [],
  [T.directoryFindStatement]: [text('statementId', 'a statement', Hash)],
  [T.directoryActivate]: PATIENT,
  [T.directorySucceed]: signed('Succession'),
  [T.directoryRepresent]: signed('Representation'),
  [T.directoryEndRepresentation]: signed('RepresentationEnd'),
  [T.directoryEndRepresentationInPerson]: [json('end', 'what a registrar ends of what the own hospital confirmed', InPersonRepresentationEnd)],
  [T.directoryDelegate]: signed('Delegate'),
  [T.departmentsFound]: signed('Membership'),
  [T.departmentsChange]: signed('Membership'),
  [T.departmentsGet]: [...DEPARTMENT, optional('version', 'of it, else its newest', Version)],
  [T.recoveryPublishGuardians]: signed('Guardians'),
  [T.recoveryRequest]: signed('RecoveryRequest'),
  [T.recoveryStop]: signed('RecoveryStop'),
  [T.recoveryStopInPerson]: [json('stop', 'what a registrar stops before whom the patient appeared', InPersonStop)],
  [T.recoveryFreeze]: signed('Freeze'),
  [T.recoveryUnfreeze]: signed('Unfreeze'),
  [T.recoveryGetPatient]: PATIENT,
  [T.recordsRegister]: signed('RecordManifest'),
  [T.recordsRegisterSegments]: [{
    name: 'statements', description: 'signed manifests of segments, of many devices', statement: 'RecordManifest', most: SEGMENTS_PER_BATCH
  }],
  [T.recordsRewrap]: signed('Rewrap'),
  [T.recordsErase]: signed('Erasure'),
  [T.recordsWithdraw]: signed('Withdrawal'),
  [T.recordsConfirmDestruction]: signed('Destruction'),
  [T.recordsGetOrder]: [text('orderId', 'an erasure or withdrawal', Hash)],
  [T.recordsGet]: [text('recordId', 'a record', RecordId), optional('version', 'of it, else its newest', Version)],
  [T.recordsListByPatient]: [...PATIENT, ...PAGE],
  [T.devicesAdd]: signed('Device'),
  [T.devicesEnd]: signed('DeviceEnd'),
  [T.devicesGet]: [...PATIENT, text('deviceId', 'a device', Hash)],
  [T.devicesListByPatient]: [...PATIENT, ...PAGE],
  [T.searchPublishKeys]: signed('SearchKeys'),
  [T.searchFindKeys]: [...PATIENT, json('issues', 'which issues of search keys, by default the newest of a compartment', AskedIssues)],
  [T.searchListKeys]: [...PATIENT, ...PAGE],
  [T.searchListHeads]: [...PATIENT, text('label', 'a compartment', Hash), ...PAGE],
  [T.consentsGrant]: signed('Consent'),
  [T.consentsRevoke]: signed('Revocation'),
  [T.consentsForbid]: signed('Prohibition'),
  [T.consentsGetStanding]: PATIENT,
  [T.consentsConfirmCustody]: signed('CustodyConfirmation'),
  [T.consentsConfirmDestruction]: signed('Destruction'),
  [T.consentsGet]: [text('consentId', 'a consent', Hash)],
  [T.consentsListByPatient]: [...PATIENT, ...PAGE],
  [T.consentsListByGrantee]: [...PERSON, optional('patientId', 'only of this patient', PatientId), ...PAGE],
  [T.consentsListByDepartment]: [...DEPARTMENT, optional('patientId', 'only of this patient', PatientId), ...PAGE],
  [T.accessRequest]: signed('AccessRequest'),
  [T.accessRequestAll]: [{
    name: 'statements', description: 'signed requests, of another patient each', statement: 'AccessRequest', most: REQUESTS_PER_BATCH
  }],
  [T.accessBeat]: [],
  [T.accessNote]: [json('notes', 'what the own gateway noted of its log', LogNotes)],
  [T.accessGetNotes]: [text('mspId', 'an organisation', MspId), text('id', 'of its notes', Hash)],
  [T.accessGet]: EVENT,
  [T.accessListByPatient]: [
    ...PATIENT, optional('fromMs', 'first time', TimeMs), optional('toMs', 'last time', TimeMs), ...PAGE
  ],
  [T.accessRecordRelease]: signed('ReleaseReceipt'),
  [T.accessAccuse]: [json('claimed', 'a proxy\'s signed answer, with outlines of what it is for', AccusationCase)],
  [T.accessListReleases]: EVENT,
  [T.accessListAccusations]: EVENT,
  [T.emergenciesPublishKeys]: signed('OrganizationKeys'),
  [T.emergenciesGetKeys]: [text('mspId', 'an organisation', MspId)],
  [T.emergenciesClose]: signed('EmergencyClose'),
  [T.emergenciesReview]: signed('Review'),
  [T.emergenciesGet]: EVENT,
  [T.anchorsRecord]: [json('record', 'a batch that is final', AnchorRecord)],
  [T.anchorsGet]: [text('batch', 'number of a batch', AnchorRecord.properties.batch)],
  [T.anchorsHead]: [],
  [T.anchorsList]: PAGE
}
