import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Binary } from 'fhir/r4.js'
import { FHIR_JSON, formatRecordVersion, instantOf, levelCoding, parseRecordVersion } from '@epione/protocol/fhir'
import { once } from '@epione/sdk'
import { baseOf, isKnown, sendWritten, tagOf } from '../answers.ts'
import { parseBytes } from '../bodies.ts'
import { FhirError } from '../errors.ts'
import { publishBytes } from '../publish.ts'
import { requireResource } from '../schema.ts'
import { binaryOf } from '../sealed-resources.ts'
import { publisherOf } from './given.ts'
import type { Service } from './given.ts'

type Named = FastifyRequest<{ Params: { id: string } }>

/** Bytes of documents: in their own type, or as a resource to whoever asks for FHIR. */
export function registerBinaries (app: FastifyInstance, service: Service): void {
  parseBytes(app)
  app.get('/Binary/:id', { config: { access: ['Binary', 'r'] } }, async (request: Named, reply) => await read(service, request, reply))
  app.post('/Binary', { config: { access: ['Binary', 'c'] } }, async (request, reply) => await create(service, request, reply))
}

async function read (service: Service, request: Named, reply: FastifyReply): Promise<FastifyReply> {
  const { id } = request.params
  const [, name = '', place] = /^([0-9a-f]{32}\.[1-9][0-9]{0,6})(?:\.([1-9][0-9]?))?$/.exec(id) ?? []
  const version = parseRecordVersion(name)
  if (version === undefined) throw new FhirError('NOT_FOUND', `there is no Binary "${id.slice(0, 64)}": take its address from a document's attachment`)
  const reader = await service.readerFor(request)
  const record = await reader.summary(version.recordId, version.version)
  // A Binary never changes: its id says its version.
  const tag = tagOf(1)
  if (isKnown(request.headers['if-none-match'], tag)) return await reply.code(304).header('etag', tag).send()
  const { content } = await reader.open(record)
  const found = binaryOf(content, Number(place ?? 0))
  if (found === undefined) throw new FhirError('NOT_FOUND', `record ${version.recordId} has no such document`)
  const { bytes, contentType } = found
  reply.headers({ etag: tag, 'last-modified': new Date(record.issuedAt).toUTCString(), 'content-disposition': 'attachment' })
  if (wantsFhir(request)) {
    const resource: Binary = {
      resourceType: 'Binary',
      id,
      meta: { versionId: '1', lastUpdated: instantOf(record.issuedAt), security: [levelCoding(record.level)] },
      contentType: contentType.split(';', 1)[0] ?? contentType,
      securityContext: { reference: `Patient/${record.patientId}` },
      data: Buffer.from(bytes).toString('base64')
    }
    return await reply.type(FHIR_JSON).send(JSON.stringify(resource))
  }
  return await sendBytes(request, reply, bytes, contentType)
}

/** Named above any other type, FHIR is what is wanted. */
function wantsFhir ({ headers: { accept = '*/*' }, query }: FastifyRequest): boolean {
  const format = (query as { _format?: string })._format
  const first = (format ?? accept).split(',', 1)[0]?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return [FHIR_JSON, 'application/json', 'json'].includes(first)
}

async function sendBytes (
  { headers: { range } }: FastifyRequest, reply: FastifyReply, bytes: Uint8Array, contentType: string
): Promise<FastifyReply> {
  reply.type(contentType).header('accept-ranges', 'bytes')
  const part = range === undefined ? undefined : partOf(range, bytes.length)
  if (part === undefined) return await reply.send(Buffer.from(bytes))
  if (part === 'none') {
    reply.header('content-range', `bytes */${String(bytes.length)}`)
    throw new FhirError('RANGE_INVALID', `the document has ${String(bytes.length)} bytes`)
  }
  return await reply.code(206)
    .header('content-range', `bytes ${String(part.start)}-${String(part.end)}/${String(bytes.length)}`)
    .send(Buffer.from(bytes.subarray(part.start, part.end + 1)))
}

/** One range of bytes; `undefined` for what a server may ignore (RFC 9110 §14.2), `none` for one past the end. */
function partOf (range: string, size: number): { start: number, end: number } | 'none' | undefined {
  const [, from = '', until = ''] = /^bytes=([0-9]{0,15})-([0-9]{0,15})$/.exec(range) ?? []
  if (from === '') return until === '' ? undefined : lastOf(Number(until), size)
  const [start, last] = [Number(from), until === '' ? size - 1 : Number(until)]
  if (until !== '' && last < start) return undefined
  return start >= size ? 'none' : { start, end: Math.min(last, size - 1) }
}

const lastOf = (bytes: number, size: number): { start: number, end: number } | 'none' =>
  bytes === 0 || size === 0 ? 'none' : { start: Math.max(0, size - bytes), end: size - 1 }

/** A record of bytes: of the patient whom `X-Security-Context` names, or a Binary its `securityContext`. */
async function create (service: Service, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { source, contentType, context } = sentBinary(request)
  if (context === undefined || context === '') {
    throw new FhirError('PATIENT_UNKNOWN', 'a Binary says whose it is: X-Security-Context: Patient/…, or securityContext', { issue: 'required' })
  }
  const publisher = await publisherOf(service)
  const added = await publishBytes(publisher, publisher.patients.ofReference(context), source, contentType)
  const { issuedAt } = await (await service.readerFor(request)).summary(added.recordId, added.version)
  const resource: Binary = {
    resourceType: 'Binary',
    id: formatRecordVersion(added),
    meta: { versionId: '1', lastUpdated: instantOf(issuedAt) },
    contentType: contentType.split(';', 1)[0] ?? contentType,
    securityContext: { reference: `Patient/${added.patientId}` }
  }
  reply.header('content-location', `${baseOf(request)}/Binary/${resource.id ?? ''}`)
  return await sendWritten(request, reply, resource, { created: true })
}

interface Sent { source: AsyncIterable<Uint8Array>, contentType: string, context: string | undefined }

function sentBinary ({ body, headers }: FastifyRequest): Sent {
  const [context] = [headers['x-security-context'] ?? []].flat()
  if (isStream(body)) return { source: body, contentType: headers['content-type'] ?? 'application/octet-stream', context }
  const resource = requireResource(body)
  if (resource.resourceType !== 'Binary') throw new FhirError('REQUEST_INVALID', `the resource is a ${resource.resourceType}, and the address is for Binary`, { issue: 'value' })
  const { contentType, data = '', securityContext } = resource
  return { source: once(Buffer.from(data, 'base64')), contentType, context: securityContext?.reference ?? context }
}

const isStream = (body: unknown): body is AsyncIterable<Uint8Array> => typeof body === 'object' && body !== null && Symbol.asyncIterator in body
