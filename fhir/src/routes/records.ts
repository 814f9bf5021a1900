import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify'
import type { FhirResource } from 'fhir/r4.js'
import { RECORDS_PER_REQUEST } from '@epione/protocol'
import { historyOf, isRecordId, parseVersion } from '@epione/protocol/fhir'
import { isClientError } from '@epione/sdk'
import type { RecordSummary } from '@epione/sdk'
import { baseOf, isStrict, matchedVersion, sendBundle, sendResource, sendWritten, tagOf } from '../answers.ts'
import type { Interaction } from '../callers.ts'
import { findCreated } from '../conditional.ts'
import { SEALED_TYPES } from '../content.ts'
import type { SealedType } from '../content.ts'
import type { CallerCursors, Position } from '../cursors.ts'
import { FhirError } from '../errors.ts'
import { parseMeasurement } from '../measurements.ts'
import { patientOf, prepare, publish, requireSealed } from '../publish.ts'
import type { SealedResource } from '../publish.ts'
import { inPieces, nameOf } from '../record-reader.ts'
import type { Purpose, RecordReader } from '../record-reader.ts'
import { searchRecords } from '../record-search.ts'
import { requireResource } from '../schema.ts'
import { resourcesOf } from '../sealed-resources.ts'
import { readSearch } from '../search-query.ts'
import { publisherOf } from './given.ts'
import type { Service } from './given.ts'

type Named = FastifyRequest<{ Params: { id: string, version?: string } }>

/** Types of which a record is one resource: written, read in any version, searched. */
export function registerRecords (app: FastifyInstance, service: Service): void {
  for (const type of SEALED_TYPES) {
    const access = (interaction: Interaction): RouteShorthandOptions => ({ config: { access: [type, interaction] } })
    app.get(`/${type}/:id`, access('r'), async (request: Named, reply) => await sendResource(request, reply, await readOne(service, request, type)))
    app.get(`/${type}/:id/_history/:version`, access('r'), async (request: Named, reply) => await sendResource(request, reply, await readOne(service, request, type)))
    app.get(`/${type}/:id/_history`, access('r'), async (request: Named, reply) => await sendHistory(service, request, reply, type))
    app.get(`/${type}`, access('s'), async (request, reply) => await sendBundle(reply, await search(service, request, type)))
    app.post(`/${type}/_search`, access('s'), async (request, reply) => await sendBundle(reply, await search(service, request, type)))
    app.post(`/${type}`, access('c'), async (request, reply) => await create(service, request, reply, type))
    app.put(`/${type}/:id`, access('u'), async (request: Named, reply) => await update(service, request, reply, type))
  }
}

/** A record as the resource that it is; of another type, it is not there. @throws {FhirError} NOT_FOUND @throws {ClientError} */
async function readOne (service: Service, request: Named, type: SealedType): Promise<FhirResource> {
  const { id, version } = request.params
  const measurement = measurementIn(request, type)
  if (measurement !== undefined) return await readMeasurement(service, request, measurement)
  const reader = await service.readerFor(request)
  const record = await reader.summary(requireId(id, type), version === undefined ? undefined : requireVersion(version))
  return await openAs(reader, record, type)
}

type Measurement = NonNullable<ReturnType<typeof parseMeasurement>>

/** Which Observation of a device's stream an address names, if it names one. */
const measurementIn = ({ params: { id } }: Named, type: SealedType): Measurement | undefined => type === 'Observation' ? parseMeasurement(id) : undefined

/** One Observation of a device's stream; it has one version. @throws as `readOne` */
async function readMeasurement (service: Service, request: Named, { recordId, version, index }: Measurement): Promise<FhirResource> {
  const { id, version: asked = '1' } = request.params
  const reader = await service.readerFor(request)
  const record = await reader.segment(recordId, version)
  const observation = asked === '1' ? resourcesOf(record, await reader.open(record))[index] : undefined
  if (observation !== undefined) return observation
  throw new FhirError('NOT_FOUND', `there is no Observation ${id}, version ${asked.slice(0, 64)}`)
}

async function openAs (reader: RecordReader, record: RecordSummary, type: SealedType): Promise<FhirResource> {
  const [resource] = resourcesOf(record, await reader.open(record))
  if (resource?.resourceType === type) return resource
  throw new FhirError('NOT_FOUND', `record ${nameOf(record)} is a ${resource?.resourceType ?? 'stream'}, no ${type}`)
}

async function sendHistory (service: Service, request: Named, reply: FastifyReply, type: SealedType): Promise<FastifyReply> {
  if (measurementIn(request, type) !== undefined) {
    const self = `${baseOf(request)}/${type}/${request.params.id}/_history`
    return await sendBundle(reply, historyOf(baseOf(request), self, [await readOne(service, request, type)]))
  }
  const id = requireId(request.params.id, type)
  const reader = await service.readerFor(request)
  const versions = await reader.versionsOf(id)
  const resources: FhirResource[] = []
  for (const piece of inPieces(versions, RECORDS_PER_REQUEST)) {
    const { opened, left: [first] } = await reader.openAll(piece)
    if (first !== undefined) throw first.error
    resources.push(...piece.flatMap((record) => {
      const one = opened.get(nameOf(record))
      return one === undefined ? [] : resourcesOf(record, one)
    }).filter(({ resourceType }) => resourceType === type))
  }
  if (resources.length === 0) throw new FhirError('NOT_FOUND', `there is no ${type} ${id}`)
  const base = baseOf(request)
  return await sendBundle(reply, historyOf(base, `${base}/${type}/${id}/_history`, resources))
}

function requireId (id: string, type: string): string {
  if (isRecordId(id)) return id
  throw new FhirError('NOT_FOUND', `there is no ${type} "${id.slice(0, 64)}": the id of one is that of a record`)
}

function requireVersion (text: string): number {
  const version = parseVersion(text)
  if (version !== undefined) return version
  throw new FhirError('NOT_FOUND', `there is no version "${text.slice(0, 64)}": versions are 1, 2, 3 and so on`)
}

/** Parameters of a search, by GET or POST. */
export function parametersOf ({ url, body }: FastifyRequest): URLSearchParams {
  const parameters = new URLSearchParams(url.split('?')[1] ?? '')
  if (body instanceof URLSearchParams) for (const [name, value] of body) parameters.append(name, value)
  return parameters
}

async function search (service: Service, request: FastifyRequest, type: SealedType): Promise<FhirResource> {
  return await searchPage(service, request, { path: type, type, types: [type], parameters: parametersOf(request) })
}

export interface SearchWanted { path: string, type: string, types: readonly string[], parameters: URLSearchParams, patientId?: string }

/** A page of a search: the first, or the one that a cursor names. */
export async function searchPage (
  service: Service, request: FastifyRequest, { path, type, types, parameters, patientId }: SearchWanted
): Promise<FhirResource> {
  const reader = await service.readerFor(request)
  const cursors = service.cursors.of(request.caller.id)
  const position = positionOf(cursors, parameters, { path, ...reader.purpose })
  const text = position?.query ?? parameters.toString()
  const query = readSearch(type, new URLSearchParams(text), isStrict(request))
  return await searchRecords({
    reader,
    cursors,
    index: { context: reader.context, purpose: reader.purpose, cache: service.searchCache },
    base: baseOf(request),
    path,
    patientId: patientId ?? await whoseRecords(service, query.patient, type),
    query,
    text,
    after: position?.after,
    types
  })
}

/** Where a search goes on, if it does: for the purpose for which its page before was permitted. @throws {FhirError} CURSOR_INVALID */
export function positionOf (
  cursors: CallerCursors, parameters: URLSearchParams, { path, purpose, consentId }: Purpose & { path: string }
): Position | undefined {
  const cursor = parameters.get('_cursor')
  if (cursor === null) return undefined
  const position = cursors.open(cursor)
  if (position.path === path && position.purpose === purpose && position.consentId === consentId) return position
  throw new FhirError('CURSOR_INVALID', 'this page is of another search, or for another purpose than the page before: begin the search again')
}

export async function whoseRecords ({ patients }: Service, whose: ReturnType<typeof readSearch>['patient'], type: string): Promise<string> {
  if (whose === undefined) {
    throw new FhirError('REQUEST_INVALID', `say whose: ${type}?patient=Patient/… or patient.identifier=system|value. Nobody's records are searched at large`, { issue: 'required', expression: ['http.patient'] })
  }
  return 'reference' in whose ? patients.ofReference(whose.reference) : await patients.ofIdentifier(whose.identifier)
}

async function create (service: Service, request: FastifyRequest, reply: FastifyReply, type: SealedType): Promise<FastifyReply> {
  const resource = requireOfType(request.body, type)
  const publisher = await publisherOf(service)
  const condition = request.headers['if-none-exist']
  if (condition === undefined) {
    const { resource: written } = await publish(publisher, await prepare(publisher, resource))
    return await sendWritten(request, reply, written, { created: true })
  }
  const patientId = await patientOf(publisher.patients, resource.subject, type)
  const { recordId, version } = await findCreated(publisher.context, { patientId, type, condition: [condition].flat()[0] ?? '' })
  if (version !== undefined) {
    const base = baseOf(request)
    return await reply.code(200).headers({ etag: tagOf(version), location: `${base}/${type}/${recordId}/_history/${String(version)}` }).send()
  }
  const { resource: written } = await publish(publisher, await prepare(publisher, resource, { recordId }))
  return await sendWritten(request, reply, written, { created: true })
}

async function update (service: Service, request: Named, reply: FastifyReply, type: SealedType): Promise<FastifyReply> {
  if (measurementIn(request, type) !== undefined) {
    throw new FhirError('METHOD_NOT_SUPPORTED', 'what a device measured is read, and not written over', { issue: 'not-supported' })
  }
  const id = requireId(request.params.id, type)
  const resource = requireOfType(request.body, type)
  if (resource.id !== id) throw new FhirError('REQUEST_INVALID', `the resource's id is ${resource.id ?? 'missing'}, the address names ${id}: an update has the id in both`, { issue: 'value' })
  const publisher = await publisherOf(service)
  const version = matchedVersion(request)
  const amends = { recordId: id, ...(version === undefined ? {} : { version }) }
  try {
    const { resource: written } = await publish(publisher, await prepare(publisher, resource, { amends }))
    return await sendWritten(request, reply, written, { created: false })
  } catch (error) {
    if (version === undefined || !isClientError(error, 'RECORD_CONFLICT')) throw error
    throw new FhirError('PRECONDITION_FAILED', `If-Match names version ${String(version)}, which is not the newest any more: read it, and write anew`, { cause: error })
  }
}

function requireOfType (body: unknown, type: SealedType): SealedResource {
  const resource = requireSealed(requireResource(body))
  if (resource.resourceType === type) return resource
  throw new FhirError('REQUEST_INVALID', `the resource is a ${resource.resourceType}, and the address is for ${type}`, { issue: 'value' })
}
