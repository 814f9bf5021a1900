export { TRANSACTIONS, LEDGER_EVENTS, isQuery } from './shapes/names.ts'
export type { TransactionName, LedgerEventName } from './shapes/names.ts'
export { OFFICES, OFFICE_UNIT, STAFF_UNIT, TRANSACTION_CALLERS } from './shapes/callers.ts'
export type { CallerKind, Office } from './shapes/callers.ts'
export { LEDGER_ERROR_CODES, DECISION_RULES } from './shapes/codes.ts'
export type { LedgerErrorCode, AccusationFailure, DecisionRule } from './shapes/codes.ts'
export {
  TIMESTAMP_TOLERANCE_MS, ORDER_TOLERANCE_MS, AMENDMENT_NOTICE_MS, AMENDMENT_HORIZON_MS, HANDOVERS_MAX, PERMIT_LIFE_MS,
  STATEMENT_LIFE_MS, CONSENT_PENDING_MS,
  SESSION_LIFE_MS, RECORDS_PER_REQUEST, DESTRUCTION_DUE_MS, ERASED_COMPARTMENTS_MAX, ERASURE_READS_MAX,
  REQUESTS_PER_BATCH, RECORDS_PER_BATCH, LOG_NOTES_MAX,
  NOTED_MAX, PATIENTS_PER_READING, COMPARTMENTS_PER_SEARCH, PAGE_SIZE_MAX,
  VERSIONS_MAX, DIRECTORY_BYTES_MAX, FORMER_KEY_KEPT_MS, FORMER_KEYS_MAX,
  RECOVERY_DELAY_SECONDS, SHARE_MINIMUM, DELEGATE_LIFE_MS, DELEGATES_KEPT_MAX, DELEGATES_MAX, PROHIBITIONS_MAX,
  REPRESENTATIONS_EVER_MAX, REPRESENTATIONS_MAX, PROHIBITION_BYTES_MAX,
  DEVICES_MAX, FOLLOW_MS, SEGMENTS_BYTES_MAX, SEGMENTS_PER_BATCH, WINDOWS_PER_RECEIPT, WINDOWS_PER_SEGMENT, WRAPS_PER_ANSWER,
  SUSPENSIONS_MAX, REVIEW_DUE_MS, DEPARTMENT_MEMBERS_MAX, FORMER_ENVELOPES_MAX
} from './shapes/limits.ts'
export { AccessBatch, accessEventsIn, carriesAccessEvents } from './shapes/access-batch.ts'
export { DenialRepeats, LogNotes, LogNotesEntry, LogReading } from './shapes/log-notes.ts'
export type { LogNote } from './shapes/log-notes.ts'
export { isOutside, originsOutside } from './shapes/outside.ts'
export { EXPORT_FORMATS, LogExport, LogQuery } from './shapes/log-export.ts'
export type { ExportFormat } from './shapes/log-export.ts'
export { PolicyDocument } from './shapes/policy.ts'
export type { PolicyCondition, PolicyOrganization, PolicyRole, PolicyRule, RuleEffect } from './shapes/policy.ts'
export { POLICY_1, AUTHOR_ROLE, REVIEW_ROLE } from './policy/policy-1.ts'
export { checkPolicy } from './policy/check-policy.ts'
export { policyHash } from './policy/policy-hash.ts'
export { policyName } from './policy/compiled-policy.ts'
export { judgePolicy, policyFailures } from './policy/policy-judgement.ts'
export type { PolicyJudgement } from './policy/policy-judgement.ts'
export { isRole, rolesUpward, roleIs } from './policy/roles.ts'
export { ANY_OTHER, departmentsNamed, NO_DEPARTMENT, policyDiff } from './policy/policy-diff.ts'
export type { PolicyDiff, PolicyScope } from './policy/policy-diff.ts'
export { explain } from './policy/explain.ts'
export { Explanation, ReaderChange, RecordReader } from './shapes/explanation.ts'
export type { ExplainedRule, RuleFact } from './shapes/explanation.ts'
export { CATEGORIES, CATEGORY_NAMES, isCategory } from './shapes/categories.ts'
export type { Category } from './shapes/categories.ts'
export {
  Hex, Hash, KeyHex, Nonce, RecordId, PatientId, MspId, StaffId, TimeMs, Version, Epoch, Level, PURPOSES, PurposeCode, EMERGENCY_PURPOSE,
  MediaClass, Cid, Count, StreamId, EventId, AttributeValue, CertificateSerial
} from './shapes/primitives.ts'
export type { Purpose } from './shapes/primitives.ts'
export { hasStreamForm, isStreamOf, streamIdOf, STREAMS_PER_DEVICE } from './shapes/stream-id.ts'
export { STATEMENT_SCHEMAS, SignedStatement, Person } from './shapes/statements.ts'
export { DELEGATE_POWERS } from './shapes/statements/patients.ts'
export type { DelegatePower } from './shapes/statements/patients.ts'
export { SUSPENSION_CAUSES } from './shapes/statements/people.ts'
export { EMERGENCY_REASONS, REVIEW_FINDINGS } from './shapes/statements/access.ts'
export { RELATIONS, WITHDRAWAL_CAUSES } from './shapes/statements/records.ts'
export { FOLLOW_ENDS } from './shapes/statements/proxies.ts'
export type {
  StatementType, StatementBody, KeyDirectory, RecordManifest, Consent, Revocation, KeyBinding, AccessRequest,
  CustodyConfirmation, ReleaseReceipt, Destruction, Rewrap, Guardians, RecoveryRequest, RecoveryStop, Freeze, Unfreeze,
  Succession, Representation, RepresentationEnd, Session, WriteCard, SearchKeys, Prohibition, Membership, Suspension, Erasure, Withdrawal,
  Device, DeviceEnd, Window, WindowReceipt, EmergencyClose, Review, Delegate
} from './shapes/statements.ts'
export {
  ProxyRegistration, AccusationCase, WrapOutline, InPersonStop, InPersonRepresentationEnd, StaffSuspension,
  AnchorRecord
} from './shapes/arguments.ts'
export { AnswerBody, SignedAnswer } from './shapes/answers.ts'
export {
  ADMIN_STATEMENT_SCHEMAS, AdminKey, FoundingBody, NetworkApprovalBody, NetworkDescription, NetworkDocument,
  AmendedNetwork, NetworkProposalBody, NetworkVersion, SignedAdminStatement, SignedNetwork
} from './shapes/network-document.ts'
export type { AdminStatementType, OrganizationKeys } from './shapes/network-document.ts'
export {
  adminOf, checkAmendment, checkFounding, checkSoftware, compareDocuments, createNetworkDocument, describeDifferences, documentIn,
  hashOfDocument, haveSameMembers, isMajority, networkAt, networkStateOf, termsOf
} from './shapes/network.ts'
export type { DocumentDifference } from './shapes/network.ts'
export { missingSwitches, SWITCHES } from './shapes/switches.ts'
export type { Switch } from './shapes/switches.ts'
export { SchemaMismatch, checkSchema, checkStatementBody } from './shapes/check.ts'
export {
  Signed, StoredAdminStatement, StoredStatement, Member, NetworkState, PendingProposal, BindingHistory, SuspensionEntry,
  DepartmentState, Conviction, ProxyState, RecordState,
  EndedVersion, RecordOrder, ConsentStatus, ConsentState, StatementReceipt, Reason, EventRecord, AccessEvent, AccessCase,
  Accusation, AnchorEntry, EmergencyCase
} from './shapes/state.ts'
export { RecordChange, SearchKeysFound, SearchKeysPage } from './shapes/state.ts'
export type { Page } from './shapes/state.ts'
export {
  PatientDirectory, Stop, StopEntry, RecoveryState, RepresentationState, RepresentationEndEntry, DelegateState, PatientSafety, StandingState
} from './shapes/patient-state.ts'
export { AskedIssues, ChainHeadEntry, ChainLink, ChainsRoot, ChainStep, EventCompartment, SearchKeyIssue } from './shapes/search-state.ts'
export { RegisteredSegments, segmentBatchOf, SegmentStatements } from './shapes/segment-batch.ts'
export type { SegmentBatch } from './shapes/segment-batch.ts'
export { Beat, DeviceEndEntry, DeviceState } from './shapes/stream-state.ts'
export { EventSegment, EventStream, EventStreamHead } from './shapes/event-streams.ts'
export type { RequestedStream } from './policy/followed-stream.ts'
export { newerConviction, standingConviction } from './shapes/convictions.ts'
export { TRANSACTION_RESULTS } from './shapes/results.ts'
export { TRANSACTION_ARGUMENTS } from './shapes/transaction-arguments.ts'
export type { TransactionArgument } from './shapes/transaction-arguments.ts'
export type { TransactionResult } from './shapes/results.ts'
export { LEDGER_KEYS } from './shapes/keys.ts'
export type { LedgerKey } from './shapes/keys.ts'
export { createEventTime, createEventId, parseEventId, dayOf } from './shapes/event-time.ts'
export { certifiedOf, decide, DECIDER } from './policy/decision.ts'
export type { DecidedRequest, Decision, DecisionInput, PatientFacts } from './policy/decision.ts'
export { readersOf } from './policy/readers.ts'
export { readersDiff } from './policy/readers-diff.ts'
export type { KnownPerson, ReadersCase } from './policy/readers.ts'
export { consentFacts, consentStatus, isConsentOver } from './policy/consent-status.ts'
export type { ConsentFacts, ConsentOver } from './policy/consent-status.ts'
export { asksForTime, checkTerms, datingVersion } from './policy/consent-terms.ts'
export type { DecidedRecord, RequestedRecord, TermsRecord } from './policy/consent-terms.ts'
export { boxEnd, boxFacts } from './policy/emergency.ts'
export type { BoxFacts, OpeningCounts } from './policy/emergency.ts'
export { granteeKey, isGrantee, nameGrantee, ORGANIZATION_GRANTEE } from './policy/grantee.ts'
export { checkProhibitions, isInForce, prohibitionFacts } from './policy/prohibitions.ts'
export type { ProhibitionFacts } from './policy/prohibitions.ts'
export { comingWindows } from './policy/followed-stream.ts'
export { coversWindows, mayBeOfWindow, mayBeRequested, permittedSegments, permittedWraps, releasable, targetsOf } from './policy/targets.ts'
export type { PermittedSegment, PermittedWrap, Target } from './policy/targets.ts'
export { hasContent, isOfWrap, isWrapped } from './policy/content.ts'
export type { ContentManifest, WrappedRecord, WrapRewrap } from './policy/content.ts'
export { effectiveRecord, wrapNameOf, wrapsOf } from './policy/effective-record.ts'
export { recordPlace, searchKeyPlace, windowPlace } from './policy/wrap-places.ts'
export type { EffectiveRecord } from './policy/effective-record.ts'
export { erasedBy } from './policy/erased-compartments.ts'
export type { ErasedCompartment } from './policy/erased-compartments.ts'
export { causeOf, endOf } from './policy/record-end.ts'
export type { EndCause, EndedRecord } from './policy/record-end.ts'
export { departmentFacts } from './policy/department-facts.ts'
export type { DepartmentFacts } from './policy/department-facts.ts'
export { sizeClassOf } from './policy/size-class.ts'
export { LedgerError, parseLedgerError } from './ledger-error.ts'
