import type { SignedStatement, WrapOutline } from '@epione/crypto'
import type { Static, TSchema } from 'typebox'
import { GatewayCalls, toQuery } from './gateway-calls.ts'
import type { Authorize, GatewayInfo } from './gateway-info.ts'
import * as schemas from './gateway-schemas.ts'
import { LifetimeApi } from './lifetime-api.ts'
import type { Connect } from './transport.ts'

export interface AccessEventQuery { patientId?: string, mspId?: string, staffId?: string, decision?: 'permit' | 'deny', from?: number, to?: number, cursor?: string, limit?: number }
export interface SealedKfrag { mspId: string, kfragId: string, sealed: string }

/** Registering waits until a second hospital holds a copy of what may be gigabytes. */
const COPY_TIMEOUT_MS = 15 * 60 * 1000

type Parsed<S extends TSchema> = Static<S>

/** The routes of one gateway, typed. Nothing that it answers is believed here; only its form is checked. */
export class GatewayApi {
  readonly info: GatewayInfo
  /** Rotation, guardians, recovery, freeze, hand-over. */
  readonly lifetime: LifetimeApi
  readonly #calls: GatewayCalls

  constructor (info: GatewayInfo, connect: Connect) {
    this.info = info
    this.#calls = new GatewayCalls(info, connect)
    this.lifetime = new LifetimeApi(this.#calls)
  }

  getNetwork (): Promise<Parsed<typeof schemas.NetworkAnswer>> {
    return this.#calls.get('/v1/network', schemas.NetworkAnswer)
  }

  getOrganizations (): Promise<Parsed<typeof schemas.Organizations>> {
    return this.#calls.get('/v1/organizations', schemas.Organizations)
  }

  getStatement (id: string): Promise<Parsed<typeof schemas.Receipt>> {
    return this.#calls.get(`/v1/statements/${encodeURIComponent(id)}`, schemas.Receipt)
  }

  publishFirstDirectory (statement: SignedStatement, id: string, authorize: Authorize): Promise<Parsed<typeof schemas.DirectoryWritten>> {
    return this.#calls.send('/v1/patients', { statement }, schemas.DirectoryWritten, { key: id, authorize })
  }

  getDirectory (patientId: string): Promise<Parsed<typeof schemas.PatientDirectory>> {
    return this.#calls.get(`/v1/patients/${encodeURIComponent(patientId)}/directory`, schemas.PatientDirectory)
  }

  enrolPractitioner (person: { subject: string, role: string, department?: string }, authorize: Authorize): Promise<Parsed<typeof schemas.Enrolled>> {
    return this.#calls.send('/v1/practitioners', person, schemas.Enrolled, { authorize })
  }

  getSelf (authorize: Authorize): Promise<Parsed<typeof schemas.PractitionerSelf>> {
    return this.#calls.get('/v1/practitioners/me', schemas.PractitionerSelf, authorize)
  }

  bindKeys (statement: SignedStatement, id: string, authorize: Authorize): Promise<Parsed<typeof schemas.BindingWritten>> {
    return this.#calls.send('/v1/practitioners/me/keys', { statement }, schemas.BindingWritten, { key: id, authorize })
  }

  getBinding (person: { mspId: string, staffId: string }): Promise<Parsed<typeof schemas.BindingHistory>> {
    return this.#calls.get(`/v1/practitioners/${encodeURIComponent(person.mspId)}/${encodeURIComponent(person.staffId)}/keys`, schemas.BindingHistory)
  }

  listMyConsents (patientId: string, cursor: string | undefined, authorize: Authorize): Promise<Parsed<typeof schemas.ConsentPage>> {
    return this.#calls.get(`/v1/practitioners/me/consents${toQuery({ patientId, cursor })}`, schemas.ConsentPage, authorize)
  }

  /** Streams ciphertext up; the answer's CID is the gateway's word and is compared with the client's own. */
  uploadContent (ciphertext: AsyncIterable<Uint8Array>, authorize: Authorize): Promise<Parsed<typeof schemas.ContentStored>> {
    return this.#calls.call({ method: 'POST', path: '/v1/contents', upload: ciphertext, timeoutMs: COPY_TIMEOUT_MS }, schemas.ContentStored, authorize)
  }

  registerRecord (statement: SignedStatement, wrap: string, id: string, authorize: Authorize): Promise<Parsed<typeof schemas.RecordWritten>> {
    return this.#calls.send('/v1/records', { statement, wrap }, schemas.RecordWritten, { key: id, authorize, timeoutMs: COPY_TIMEOUT_MS })
  }

  listRecords (patientId: string, cursor: string | undefined, authorize: Authorize): Promise<Parsed<typeof schemas.RecordPage>> {
    return this.#calls.get(`/v1/patients/${encodeURIComponent(patientId)}/records${toQuery({ cursor })}`, schemas.RecordPage, authorize)
  }

  /** `event`: a permit of the caller's own that names it, for when the consent has ended since. */
  getRecord (recordId: string, version: number | undefined, authorize: Authorize, event?: string): Promise<Parsed<typeof schemas.RecordState>> {
    return this.#calls.get(`/v1/records/${encodeURIComponent(recordId)}${toQuery({ version, event })}`, schemas.RecordState, authorize)
  }

  getWrap (recordId: string, version: number, event: string | undefined, authorize: Authorize): Promise<Parsed<typeof schemas.Wrap>> {
    return this.#calls.get(`/v1/records/${encodeURIComponent(recordId)}/versions/${version}/wrap${toQuery({ event })}`, schemas.Wrap, (gateway) => authorize(gateway, { recordId, version }))
  }

  downloadContent (recordId: string, version: number, event: string | undefined, authorize: Authorize): Promise<AsyncIterable<Uint8Array>> {
    return this.#calls.download(`/v1/records/${encodeURIComponent(recordId)}/versions/${version}/content${toQuery({ event })}`, (gateway) => authorize(gateway, { recordId, version }))
  }

  grantConsent (statement: SignedStatement, kfrags: SealedKfrag[], id: string): Promise<Parsed<typeof schemas.ConsentWritten>> {
    return this.#calls.send('/v1/consents', { statement, kfrags }, schemas.ConsentWritten, { key: id })
  }

  getConsent (consentId: string, authorize: Authorize): Promise<Parsed<typeof schemas.ConsentState>> {
    return this.#calls.get(`/v1/consents/${encodeURIComponent(consentId)}`, schemas.ConsentState, authorize)
  }

  listConsents (patientId: string, cursor: string | undefined, authorize: Authorize): Promise<Parsed<typeof schemas.ConsentPage>> {
    return this.#calls.get(`/v1/patients/${encodeURIComponent(patientId)}/consents${toQuery({ cursor })}`, schemas.ConsentPage, authorize)
  }

  revokeConsent (statement: SignedStatement, id: string): Promise<Parsed<typeof schemas.RevocationWritten>> {
    return this.#calls.send('/v1/revocations', { statement }, schemas.RevocationWritten, { key: id })
  }

  requestAccess (statement: SignedStatement, id: string, authorize: Authorize): Promise<Parsed<typeof schemas.AccessGranted>> {
    return this.#calls.send('/v1/access-requests', { statement }, schemas.AccessGranted, { key: id, authorize })
  }

  fetchCfrags (eventId: string, authorize: Authorize): Promise<schemas.CfragsAnswer> {
    return this.#calls.call({ method: 'POST', path: `/v1/access-events/${encodeURIComponent(eventId)}/cfrags`, json: {} }, schemas.CfragsAnswer, authorize)
  }

  accuse (eventId: string, evidence: { mspId: string, recordId: string, version: number, answer: unknown, wrap: WrapOutline }, authorize: Authorize): Promise<Parsed<typeof schemas.AccusationWritten>> {
    return this.#calls.send(`/v1/access-events/${encodeURIComponent(eventId)}/accusations`, evidence, schemas.AccusationWritten, { authorize })
  }

  listAccessEvents (query: AccessEventQuery, authorize: Authorize): Promise<Parsed<typeof schemas.AccessPage>> {
    return this.#calls.get(`/v1/access-events${toQuery({ ...query })}`, schemas.AccessPage, authorize)
  }

  getAccessCase (eventId: string, authorize: Authorize): Promise<Parsed<typeof schemas.AccessCase>> {
    return this.#calls.get(`/v1/access-events/${encodeURIComponent(eventId)}`, schemas.AccessCase, authorize)
  }

  getEventAnchor (eventId: string, authorize: Authorize): Promise<Parsed<typeof schemas.EventAnchor>> {
    return this.#calls.get(`/v1/access-events/${encodeURIComponent(eventId)}/anchor`, schemas.EventAnchor, authorize)
  }

  async close (): Promise<void> {
    await this.#calls.close()
  }
}
