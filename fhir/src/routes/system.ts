import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { FhirResource, Patient } from 'fhir/r4.js'
import { auditEventOf, consentOf, isPatientId, isStatementId, parseRecordVersion, parseReference, searchsetOf } from '@epione/protocol/fhir'
import { listAccessEvents, listGrantedConsents, readGrantedConsent } from '@epione/sdk'
import { baseOf, isStrict, sendBundle, sendResource } from '../answers.ts'
import { mayFind, missingScope, requireScope } from '../callers.ts'
import { SEALED_TYPES } from '../content.ts'
import { FhirError } from '../errors.ts'
import { pseudonymous } from '../patients.ts'
import { provenanceOfRecord } from '../provenances.ts'
import { requireResource } from '../schema.ts'
import { describeQuery, matches, readSearch } from '../search-query.ts'
import type { SearchQuery } from '../search-query.ts'
import { publisherOf } from './given.ts'
import type { Service } from './given.ts'
import { parametersOf, positionOf, searchPage, whoseRecords } from './records.ts'

type Named = FastifyRequest<{ Params: { id: string } }>
/** Access events that are looked at for one search, the newest first. */
const EVENTS_MAX = 1_000

/** What is no record: patients, consents, the log, who signed what; and whole transactions. */
export function registerSystem (app: FastifyInstance, service: Service): void {
  app.post('/', { config: { access: 'any' } }, async (request, reply) => {
    const bundle = requireResource(request.body)
    if (bundle.resourceType !== 'Bundle') throw new FhirError('REQUEST_INVALID', 'a Bundle of type transaction is taken at this address', { issue: 'value' })
    for (const { resource } of bundle.entry ?? []) if (resource !== undefined && resource.resourceType !== 'Patient') requireScope(request, resource.resourceType, 'c')
    return await sendBundle(reply, await service.transactions.transact(await publisherOf(service), bundle, request.caller.id))
  })
  const types: ReadonlyArray<readonly [string, Read, List]> = [
    ['Patient', readPatient, listPatients],
    ['Consent', readConsent, listConsents],
    ['AuditEvent', readAuditEvent, listAuditEvents],
    ['Provenance', readProvenance, listProvenances]
  ]
  for (const [type, read, list] of types) {
    app.get(`/${type}/:id`, { config: { access: [type, 'r'] } }, async (request: Named, reply) => await sendResource(request, reply, await read(service, request)))
    app.get(`/${type}`, { config: { access: [type, 's'] } }, async (request, reply) => await sendBundle(reply, await search(service, request, type, list)))
    app.post(`/${type}/_search`, { config: { access: [type, 's'] } }, async (request, reply) => await sendBundle(reply, await search(service, request, type, list)))
  }
  app.get('/Patient/:id/$everything', { config: { access: ['Patient', 'r'] } }, async (request: Named, reply) => await sendBundle(reply, await everything(service, request)))
}

type Read = (service: Service, request: Named) => Promise<FhirResource>
type List = (service: Service, request: FastifyRequest, query: SearchQuery) => Promise<readonly FhirResource[]>

/** A page of a list that needs no opening, the newest first. */
async function search (service: Service, request: FastifyRequest, type: string, list: List): Promise<FhirResource> {
  const parameters = parametersOf(request)
  const purpose = service.purposeOf(request)
  const cursors = service.cursors.of(request.caller.id)
  const position = positionOf(cursors, parameters, { path: type, ...purpose })
  const text = position?.query ?? parameters.toString()
  const query = readSearch(type, new URLSearchParams(text), isStrict(request))
  const found = (await list(service, request, query)).filter((resource) => matches(query, resource)).sort(byUpdate)
  const after = position?.after
  const following = after === undefined ? found : found.filter((resource) => placeOf(resource) < placeAt(after))
  const page = following.slice(0, query.count)
  const last = following.length > page.length ? page.at(-1) : undefined
  const base = baseOf(request)
  const answer = { base, resources: page, self: `${base}/${type}?${describeQuery(query)}` }
  if (last === undefined) return searchsetOf(answer)
  const { consentId } = purpose
  const decided = { purpose: purpose.purpose, ...(consentId === undefined ? {} : { consentId }), events: [] }
  const cursor = cursors.seal({ path: type, query: text, ...decided, after: [timeOf(last), last.id ?? '', 0, -1] })
  return searchsetOf({ ...answer, next: `${base}/${type}?_cursor=${cursor}` })
}

const timeOf = ({ meta }: FhirResource): number => meta?.lastUpdated === undefined ? 0 : Date.parse(meta.lastUpdated)
const placeAt = ([timeMs, id]: readonly [number, string, ...number[]]): string => `${String(timeMs).padStart(14, '0')} ${id}`
const placeOf = (resource: FhirResource): string => placeAt([timeOf(resource), resource.id ?? '', 0])
const byUpdate = (a: FhirResource, b: FhirResource): number => placeOf(a) < placeOf(b) ? 1 : -1

async function readPatient ({ patients, context }: Service, { params: { id } }: Named): Promise<Patient> {
  if (!isPatientId(id)) throw new FhirError('NOT_FOUND', `there is no Patient "${id.slice(0, 64)}": the id of one is the patient id`)
  const known = await patients.find(id)
  // Whoever is not the hospital's own is a patient where the ledger has their keys.
  if (known === undefined) await (await context()).gateways.own.getDirectory(id)
  return known ?? pseudonymous(id)
}

async function listPatients ({ patients }: Service): Promise<readonly FhirResource[]> {
  return await patients.all()
}

async function readConsent ({ context }: Service, { params: { id } }: Named): Promise<FhirResource> {
  if (!isStatementId(id)) throw new FhirError('NOT_FOUND', `there is no Consent "${id.slice(0, 64)}"`)
  return consentOf(await readGrantedConsent(await context(), id))
}

async function listConsents (service: Service, _request: FastifyRequest, query: SearchQuery): Promise<readonly FhirResource[]> {
  const patientId = await whoseRecords(service, query.patient, 'Consent')
  return (await listGrantedConsents(await service.context(), patientId)).map(consentOf)
}

async function readAuditEvent ({ context }: Service, { params: { id } }: Named): Promise<FhirResource> {
  if (!isStatementId(id)) throw new FhirError('NOT_FOUND', `there is no AuditEvent "${id.slice(0, 64)}"`)
  const { gateways: { own }, token } = await context()
  const { reference, type } = await own.getStatement(id)
  if (type !== 'AccessRequest' || reference === undefined) throw new FhirError('NOT_FOUND', `there is no AuditEvent ${id}`)
  const { event } = await own.getAccessCase(reference, token.authorize)
  return auditEventOf(event)
}

async function listAuditEvents (service: Service, _request: FastifyRequest, query: SearchQuery): Promise<readonly FhirResource[]> {
  const patientId = await whoseRecords(service, query.patient, 'AuditEvent')
  const { items } = await listAccessEvents(await service.context(), { patientId, limit: EVENTS_MAX })
  return items.map(auditEventOf)
}

async function readProvenance (service: Service, request: Named): Promise<FhirResource> {
  const named = parseRecordVersion(request.params.id)
  if (named === undefined) throw new FhirError('NOT_FOUND', `there is no Provenance "${request.params.id.slice(0, 64)}"`)
  const reader = await service.readerFor(request)
  return await provenanceOfRecord(reader.context, await reader.summary(named.recordId, named.version))
}

/** By `target`, which names a record, or of all of a patient's. */
async function listProvenances (service: Service, request: FastifyRequest, query: SearchQuery): Promise<readonly FhirResource[]> {
  const reader = await service.readerFor(request)
  const target = parseReference(query.used.find(({ name }) => name === 'target')?.value ?? '')
  const records = target === undefined
    ? await reader.list(await whoseRecords(service, query.patient, 'Provenance'))
    : await reader.versionsOf(target.id)
  return await Promise.all(records.map(async (record) => await provenanceOfRecord(reader.context, record)))
}

async function everything (service: Service, request: Named): Promise<FhirResource> {
  const patient = await readPatient(service, request)
  const parameters = parametersOf(request)
  const types = SEALED_TYPES.filter((type) => mayFind(request.caller, type))
  if (types.length === 0) throw missingScope('system/DocumentReference.rs')
  const page = await searchPage(service, request, { path: `Patient/${patient.id ?? ''}/$everything`, type: 'everything', types, parameters, patientId: patient.id ?? '' })
  if (page.resourceType !== 'Bundle' || parameters.has('_cursor')) return page
  const base = baseOf(request)
  return { ...page, entry: [{ fullUrl: `${base}/Patient/${patient.id ?? ''}`, resource: patient, search: { mode: 'match' } }, ...page.entry ?? []] }
}
