import type { Part, SignedStatement } from '@epione/crypto'
import type { AccusationCase, BindingHistory, DeviceState, LogQuery, PatientDirectory, PolicyDocument, StatementReceipt } from '@epione/protocol'
import { ACCESS, CONSENTS, NETWORK, PATIENTS, PRACTITIONERS, RECORDS, SIGN_IN, STATE, STREAMS } from '@epione/protocol/api'
import type { AccessQuestion, AnswerOf, CollectedAnswers, HEALTH, RequestOf } from '@epione/protocol/api'
import type { PersonId } from '@epione/protocol/verify'
import { AuditApi } from './audit-api.ts'
import { DepartmentsApi } from './departments-api.ts'
import { EmergencyApi } from './emergency-api.ts'
import { GatewayCalls } from './gateway-calls.ts'
import type { Authorize, GatewayInfo } from './gateway-info.ts'
import { LifetimeApi } from './lifetime-api.ts'
import { ReadersApi } from './readers-api.ts'
import { SearchApi } from './search-api.ts'
import type { SignTransactions } from './sign-transactions.ts'
import { StreamsApi } from './streams-api.ts'
import type { Connect } from './transport.ts'
import { UploadCalls } from './upload-calls.ts'

export interface AccessEventQuery extends LogQuery { cursor?: string | undefined, limit?: number }
/** Whose readings, or of which patient's events. */
export type LogReadingQuery = Pick<AccessEventQuery, 'patientId' | 'mspId' | 'staffId' | 'from' | 'to' | 'cursor' | 'limit'>
export interface SealedKfrag { mspId: string, kfragId: string, sealed: string }

/** Registering waits until a second hospital holds a copy of what may be gigabytes. */
const COPY_TIMEOUT_MS = 15 * 60 * 1000

/** The routes of one gateway, typed. Nothing that it answers is believed here; only its form is checked. */
export class GatewayApi {
  readonly info: GatewayInfo
  /** Rotation, guardians, recovery, freeze, hand-over. */
  readonly lifetime: LifetimeApi
  readonly departments: DepartmentsApi
  /** Break-glass. */
  readonly emergencies: EmergencyApi
  readonly search: SearchApi
  readonly readers: ReadersApi
  readonly streams: StreamsApi
  /** What auditors and patients ask beside the access log itself. */
  readonly audit: AuditApi
  readonly uploads: UploadCalls
  readonly #calls: GatewayCalls

  constructor (info: GatewayInfo, connect: Connect) {
    this.info = info
    this.#calls = new GatewayCalls(info, connect)
    this.lifetime = new LifetimeApi(this.#calls)
    this.departments = new DepartmentsApi(this.#calls)
    this.emergencies = new EmergencyApi(this.#calls)
    this.search = new SearchApi(this.#calls)
    this.readers = new ReadersApi(this.#calls)
    this.streams = new StreamsApi(this.#calls)
    this.audit = new AuditApi(this.#calls)
    this.uploads = new UploadCalls(this.#calls)
  }

  /** Has transactions under this person's certificate signed by their device. */
  signWith (signer: SignTransactions): void {
    this.#calls.signWith(signer)
  }

  /** The gateway's time, ms, to a second; undefined when its answers do not tell. */
  readTime (): Promise<number | undefined> {
    return this.#calls.readTime()
  }

  /** Whether it can do its work; `timeoutMs` for all of the answer. */
  readReadiness (timeoutMs: number): Promise<AnswerOf<typeof HEALTH.ready>> {
    return this.#calls.readReadiness(timeoutMs)
  }

  /** How the hospital's part of the network is. */
  getHospitalState (authorize: Authorize): Promise<AnswerOf<typeof STATE.read>> {
    return this.#calls.ask(STATE.read, {}, { authorize })
  }

  /** Where the hospital's staff sign in. */
  describeSignIn (): Promise<AnswerOf<typeof SIGN_IN.describe>> {
    return this.#calls.ask(SIGN_IN.describe, {})
  }

  getNetwork (): Promise<AnswerOf<typeof NETWORK.get>> {
    return this.#calls.ask(NETWORK.get, {})
  }

  getNetworkVersion (version: number): Promise<AnswerOf<typeof NETWORK.getVersion>> {
    return this.#calls.ask(NETWORK.getVersion, { params: { version } })
  }

  listNetworkProposals (): Promise<AnswerOf<typeof NETWORK.listProposals>> {
    return this.#calls.ask(NETWORK.listProposals, {})
  }

  getPolicy (policyHash: string): Promise<AnswerOf<typeof NETWORK.getPolicy>> {
    return this.#calls.ask(NETWORK.getPolicy, { params: { policyHash } })
  }

  proposeNetwork (statement: SignedStatement, policy?: PolicyDocument): Promise<AnswerOf<typeof NETWORK.propose>> {
    return this.#calls.ask(NETWORK.propose, { body: { statement, ...(policy !== undefined && { policy }) } })
  }

  approveNetwork (statement: SignedStatement): Promise<AnswerOf<typeof NETWORK.approve>> {
    return this.#calls.ask(NETWORK.approve, { body: { statement } })
  }

  getOrganizations (): Promise<AnswerOf<typeof NETWORK.listOrganizations>> {
    return this.#calls.ask(NETWORK.listOrganizations, {})
  }

  getStatement (statementId: string): Promise<StatementReceipt> {
    return this.#calls.ask(NETWORK.findStatement, { params: { statementId } })
  }

  publishFirstDirectory (statement: SignedStatement, id: string, authorize: Authorize): Promise<AnswerOf<typeof PATIENTS.register>> {
    return this.#calls.ask(PATIENTS.register, { body: { statement } }, { key: id, authorize })
  }

  getDirectory (patientId: string): Promise<PatientDirectory> {
    return this.#calls.ask(PATIENTS.getDirectory, { params: { patientId } })
  }

  enrolPractitioner (
    person: { subject: string, role: string, department?: string, keys?: 'gateway' | 'device' },
    authorize: Authorize
  ): Promise<AnswerOf<typeof PRACTITIONERS.enrol>> {
    return this.#calls.ask(PRACTITIONERS.enrol, { body: person }, { authorize })
  }

  getSelf (authorize: Authorize): Promise<AnswerOf<typeof PRACTITIONERS.getSelf>> {
    return this.#calls.ask(PRACTITIONERS.getSelf, {}, { authorize })
  }

  getCertificate (authorize: Authorize): Promise<AnswerOf<typeof PRACTITIONERS.getCertificate>> {
    return this.#calls.ask(PRACTITIONERS.getCertificate, {}, { authorize })
  }

  /** `request`: a PKCS #10 request, PEM. */
  certifyDevice (request: string, authorize: Authorize): Promise<AnswerOf<typeof PRACTITIONERS.certify>> {
    return this.#calls.ask(PRACTITIONERS.certify, { body: { request } }, { authorize })
  }

  bindKeys (statement: SignedStatement, id: string, authorize: Authorize): Promise<AnswerOf<typeof PRACTITIONERS.bindKeys>> {
    return this.#calls.ask(PRACTITIONERS.bindKeys, { body: { statement } }, { key: id, authorize })
  }

  suspendSelf (person: PersonId, statement: SignedStatement): Promise<AnswerOf<typeof PRACTITIONERS.suspend>> {
    return this.#calls.ask(PRACTITIONERS.suspend, { params: person, body: { statement } })
  }

  suspendStaff (
    person: PersonId,
    said: Pick<AnswerOf<typeof PRACTITIONERS.suspendStaff>, 'target' | 'cause'>,
    authorize: Authorize
  ): Promise<AnswerOf<typeof PRACTITIONERS.suspendStaff>> {
    return this.#calls.ask(PRACTITIONERS.suspendStaff, { params: person, body: said }, { authorize })
  }

  getBinding ({ mspId, staffId }: { mspId: string, staffId: string }): Promise<BindingHistory> {
    return this.#calls.ask(PRACTITIONERS.getBinding, { params: { mspId, staffId } })
  }

  getDevice (patientId: string, deviceId: string): Promise<DeviceState> {
    return this.#calls.ask(STREAMS.getDevice, { params: { patientId, deviceId } })
  }

  listMyConsents (
    patientId: string | undefined, cursor: string | undefined, authorize: Authorize
  ): Promise<AnswerOf<typeof CONSENTS.listForSelf>> {
    return this.#calls.ask(CONSENTS.listForSelf, { query: { patientId, cursor } }, { authorize })
  }

  /** Streams ciphertext up; the answer's CID is the gateway's word and is compared with the client's own. */
  uploadContent (ciphertext: AsyncIterable<Uint8Array>, authorize: Authorize): Promise<AnswerOf<typeof RECORDS.storeContent>> {
    return this.#calls.upload(RECORDS.storeContent, {}, ciphertext, { authorize, timeoutMs: COPY_TIMEOUT_MS })
  }

  /** `sealed`: wrap and, where the manifest names one, index entry. */
  registerRecord (
    statement: SignedStatement, sealed: { wrap: string, entry?: string }, id: string, authorize: Authorize
  ): Promise<AnswerOf<typeof RECORDS.register>> {
    return this.#calls.ask(RECORDS.register, { body: { statement, ...sealed } }, { key: id, authorize, timeoutMs: COPY_TIMEOUT_MS })
  }

  listRecords (patientId: string, cursor: string | undefined, authorize: Authorize): Promise<AnswerOf<typeof RECORDS.listOfPatient>> {
    return this.#calls.ask(RECORDS.listOfPatient, { params: { patientId }, query: { cursor } }, { authorize })
  }

  /** `event`: a permit of the caller's own that names it, for when the consent has ended since. */
  getRecord (recordId: string, version: number | undefined, authorize: Authorize, event?: string): Promise<AnswerOf<typeof RECORDS.get>> {
    return this.#calls.ask(RECORDS.get, { params: { recordId }, query: { version, event } }, { authorize })
  }

  getWrap (recordId: string, version: number, event: string | undefined, authorize: Authorize): Promise<AnswerOf<typeof RECORDS.getWrap>> {
    return this.#calls.ask(RECORDS.getWrap, {
      params: { recordId, version },
      query: { event }
    }, { authorize: (gateway) => authorize(gateway, { recordId, version }) })
  }

  /** The ciphertext, or a part of it. */
  downloadContent (
    recordId: string, version: number, event: string | undefined, authorize: Authorize, part?: Part
  ): Promise<AsyncIterable<Uint8Array>> {
    return this.#calls.download(RECORDS.getContent, {
      params: { recordId, version },
      query: { event }
    }, (gateway) => authorize(gateway, { recordId, version }), part)
  }

  /** What proves parts of the ciphertext. */
  downloadOutline (recordId: string, version: number, event: string | undefined, authorize: Authorize): Promise<AsyncIterable<Uint8Array>> {
    return this.#calls.download(RECORDS.getContentOutline, {
      params: { recordId, version },
      query: { event }
    }, (gateway) => authorize(gateway, { recordId, version }))
  }

  grantConsent (statement: SignedStatement, kfrags: SealedKfrag[], id: string): Promise<AnswerOf<typeof CONSENTS.grant>> {
    return this.#calls.ask(CONSENTS.grant, { body: { statement, kfrags } }, { key: id })
  }

  getConsent (consentId: string, authorize: Authorize): Promise<AnswerOf<typeof CONSENTS.get>> {
    return this.#calls.ask(CONSENTS.get, { params: { consentId } }, { authorize })
  }

  listConsents (patientId: string, cursor: string | undefined, authorize: Authorize): Promise<AnswerOf<typeof CONSENTS.listOfPatient>> {
    return this.#calls.ask(CONSENTS.listOfPatient, { params: { patientId }, query: { cursor } }, { authorize })
  }

  revokeConsent (statement: SignedStatement, id: string): Promise<AnswerOf<typeof CONSENTS.revoke>> {
    return this.#calls.ask(CONSENTS.revoke, { body: { statement } }, { key: id })
  }

  forbidAccess (patientId: string, statement: SignedStatement, id: string): Promise<AnswerOf<typeof CONSENTS.forbid>> {
    return this.#calls.ask(CONSENTS.forbid, { params: { patientId }, body: { statement } }, { key: id })
  }

  listProhibitions (patientId: string, authorize: Authorize): Promise<AnswerOf<typeof CONSENTS.listProhibitions>> {
    return this.#calls.ask(CONSENTS.listProhibitions, { params: { patientId } }, { authorize })
  }

  requestAccess (statement: SignedStatement, id: string, authorize: Authorize): Promise<AnswerOf<typeof ACCESS.request>> {
    return this.#calls.ask(ACCESS.request, { body: { statement } }, { key: id, authorize })
  }

  requestAccessOfAll (statements: SignedStatement[], id: string, authorize: Authorize): Promise<AnswerOf<typeof ACCESS.requestAll>> {
    return this.#calls.ask(ACCESS.requestAll, { body: { statements } }, { key: id, authorize })
  }

  fetchCfrags (eventId: string, authorize: Authorize): Promise<CollectedAnswers> {
    return this.#calls.ask(ACCESS.collectCfrags, { params: { eventId } }, { authorize })
  }

  accuse (eventId: string, evidence: Omit<AccusationCase, 'eventId'>, authorize: Authorize): Promise<AnswerOf<typeof ACCESS.accuse>> {
    return this.#calls.ask(ACCESS.accuse, { params: { eventId }, body: evidence }, { authorize })
  }

  listAccessEvents (query: AccessEventQuery, authorize: Authorize): Promise<AnswerOf<typeof ACCESS.list>> {
    return this.#calls.ask(ACCESS.list, { query }, { authorize })
  }

  listLogReadings (query: LogReadingQuery, authorize: Authorize): Promise<AnswerOf<typeof ACCESS.listReadings>> {
    return this.#calls.ask(ACCESS.listReadings, { query }, { authorize })
  }

  attestExport (body: RequestOf<typeof ACCESS.attestExport>['Body'], authorize: Authorize): Promise<AnswerOf<typeof ACCESS.attestExport>> {
    return this.#calls.ask(ACCESS.attestExport, { body }, { authorize })
  }

  getAccessCase (eventId: string, authorize: Authorize): Promise<AnswerOf<typeof ACCESS.get>> {
    return this.#calls.ask(ACCESS.get, { params: { eventId } }, { authorize })
  }

  explainAccess (eventId: string, authorize: Authorize): Promise<AnswerOf<typeof ACCESS.explain>> {
    return this.#calls.ask(ACCESS.explain, { params: { eventId } }, { authorize })
  }

  explainRequest (question: AccessQuestion, authorize: Authorize): Promise<AnswerOf<typeof ACCESS.explainRequest>> {
    return this.#calls.ask(ACCESS.explainRequest, { body: question }, { authorize })
  }

  previewPolicy (policy: PolicyDocument, cursor: string | undefined, authorize: Authorize): Promise<AnswerOf<typeof ACCESS.previewPolicy>> {
    return this.#calls.ask(ACCESS.previewPolicy, { body: { policy }, query: { cursor } }, { authorize })
  }

  listReaders (
    recordId: string,
    query: { version?: number, block?: number, cursor?: string | undefined },
    authorize: Authorize
  ): Promise<AnswerOf<typeof ACCESS.listReaders>> {
    return this.#calls.ask(ACCESS.listReaders, { params: { recordId }, query }, { authorize })
  }

  getEventAnchor (eventId: string, authorize: Authorize): Promise<AnswerOf<typeof ACCESS.getAnchor>> {
    return this.#calls.ask(ACCESS.getAnchor, { params: { eventId } }, { authorize })
  }

  async close (): Promise<void> {
    await this.#calls.close()
  }
}
