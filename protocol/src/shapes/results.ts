import { Type } from 'typebox'
import type { Static, TArray, TObject, TSchema, TString } from 'typebox'
import { AccessBatch } from './access-batch.ts'
import { PAGE_SIZE_MAX } from './limits.ts'
import { LogNotesEntry } from './log-notes.ts'
import { TRANSACTIONS as T } from './names.ts'
import type { TransactionName } from './names.ts'
import { MEMBERS_MAX, NetworkVersion, SignedNetwork } from './network-document.ts'
import { PatientDirectory, PatientSafety, RecoveryState, RepresentationEndEntry, StandingState, StopEntry } from './patient-state.ts'
import { PolicyDocument } from './policy.ts'
import { ChainHeadEntry } from './search-state.ts'
import { RegisteredSegments } from './segment-batch.ts'
import { Beat, DeviceEndEntry, DeviceState } from './stream-state.ts'
import {
  AccessCase, AccessEvent, Accusation, AnchorEntry, BindingHistory, ConsentState, DepartmentState, EmergencyCase, NetworkState,
  PendingProposal, ProxyState, RecordChange, RecordOrder, RecordState, SearchKeysFound, SearchKeysPage, StatementReceipt,
  StoredAdminStatement, StoredStatement, SuspensionEntry
} from './state.ts'

/** A page of a query; an empty bookmark means there is no more. */
function PageOf<S extends TSchema> (item: S): TObject<{ items: TArray<S>, bookmark: TString }> {
  return Type.Object({ items: Type.Array(item, { maxItems: PAGE_SIZE_MAX }), bookmark: Type.String() })
}

/** What each transaction returns as JSON. */
export const TRANSACTION_RESULTS = {
  [T.networkFound]: SignedNetwork,
  [T.networkGet]: NetworkState,
  [T.networkGetDocument]: NetworkVersion,
  [T.networkPropose]: StoredAdminStatement,
  [T.networkApprove]: StoredAdminStatement,
  [T.networkGetPolicy]: PolicyDocument,
  [T.networkListProposals]: Type.Array(PendingProposal, { maxItems: MEMBERS_MAX }),
  [T.directoryPublish]: StoredStatement,
  [T.directoryGetPatient]: PatientDirectory,
  [T.directoryBind]: StoredStatement,
  [T.directoryGetBinding]: BindingHistory,
  [T.directorySuspend]: SuspensionEntry,
  [T.directorySuspendStaff]: SuspensionEntry,
  [T.directoryRegisterProxy]: ProxyState,
  [T.directoryGetProxies]: Type.Array(ProxyState),
  [T.directoryFindStatement]: Type.Union([StatementReceipt, Type.Null()]),
  [T.directoryActivate]: StoredStatement,
  [T.directorySucceed]: StoredStatement,
  [T.directoryRepresent]: StoredStatement,
  [T.directoryEndRepresentation]: RepresentationEndEntry,
  [T.directoryEndRepresentationInPerson]: RepresentationEndEntry,
  [T.directoryDelegate]: StoredStatement,
  [T.departmentsFound]: DepartmentState,
  [T.departmentsChange]: DepartmentState,
  [T.departmentsGet]: DepartmentState,
  [T.recoveryPublishGuardians]: StoredStatement,
  [T.recoveryRequest]: RecoveryState,
  [T.recoveryStop]: StopEntry,
  [T.recoveryStopInPerson]: StopEntry,
  [T.recoveryFreeze]: StoredStatement,
  [T.recoveryUnfreeze]: StoredStatement,
  [T.recoveryGetPatient]: PatientSafety,
  [T.recordsRegister]: RecordChange,
  [T.recordsRegisterSegments]: RegisteredSegments,
  [T.recordsRewrap]: RecordChange,
  [T.recordsErase]: RecordOrder,
  [T.recordsWithdraw]: RecordOrder,
  [T.recordsConfirmDestruction]: StoredStatement,
  [T.recordsGetOrder]: RecordOrder,
  [T.recordsGet]: RecordState,
  [T.recordsListByPatient]: PageOf(RecordState),
  [T.devicesAdd]: DeviceState,
  [T.devicesEnd]: DeviceEndEntry,
  [T.devicesGet]: DeviceState,
  [T.devicesListByPatient]: PageOf(DeviceState),
  [T.searchPublishKeys]: StoredStatement,
  [T.searchFindKeys]: SearchKeysFound,
  [T.searchListKeys]: SearchKeysPage,
  [T.searchListHeads]: PageOf(ChainHeadEntry),
  [T.consentsGrant]: ConsentState,
  [T.consentsRevoke]: StoredStatement,
  [T.consentsForbid]: StoredStatement,
  [T.consentsGetStanding]: StandingState,
  [T.consentsConfirmCustody]: StoredStatement,
  [T.consentsConfirmDestruction]: StoredStatement,
  [T.consentsGet]: ConsentState,
  [T.consentsListByPatient]: PageOf(ConsentState),
  [T.consentsListByGrantee]: PageOf(ConsentState),
  [T.consentsListByDepartment]: PageOf(ConsentState),
  [T.accessRequest]: AccessEvent,
  [T.accessRequestAll]: AccessBatch,
  [T.accessBeat]: Beat,
  [T.accessNote]: LogNotesEntry,
  [T.accessGetNotes]: LogNotesEntry,
  [T.accessGet]: AccessCase,
  [T.accessListByPatient]: PageOf(AccessEvent),
  [T.accessRecordRelease]: StoredStatement,
  [T.accessAccuse]: Accusation,
  [T.accessListReleases]: Type.Array(StoredStatement),
  [T.accessListAccusations]: Type.Array(Accusation),
  [T.emergenciesPublishKeys]: StoredAdminStatement,
  [T.emergenciesGetKeys]: StoredAdminStatement,
  [T.emergenciesClose]: StoredStatement,
  [T.emergenciesReview]: StoredStatement,
  [T.emergenciesGet]: EmergencyCase,
  [T.anchorsRecord]: AnchorEntry,
  [T.anchorsGet]: Type.Array(AnchorEntry),
  [T.anchorsHead]: Type.Array(AnchorEntry),
  [T.anchorsList]: PageOf(AnchorEntry)
} as const satisfies Record<TransactionName, TSchema>

export type TransactionResult<N extends TransactionName> = Static<(typeof TRANSACTION_RESULTS)[N]>
