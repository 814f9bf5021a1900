import type { Bundle, DocumentReference, FhirResource, Provenance, Reference } from 'fhir/r4.js'
import { closeLinks, factsOf, readContent } from '@epione/fhir/sealing'
import { authorReference, documentOf, instantOf, organizationReference, parseReference, staffReference, SYSTEMS } from '@epione/protocol/fhir'
import type { RecordFacts } from '@epione/protocol/fhir'
import { getRecord, isClientError, messageOf, openRecords } from '@epione/sdk'
import type { Destination, EvidenceMaterial, PractitionerContext, RecordSummary } from '@epione/sdk'
import { Left, requireLeft, SyncError } from './errors.ts'
import { parseFhir, requireBundle } from './fhir-json.ts'
import { saidPatient } from './patients.ts'
import { detachReferences, isMovedType, patientMember } from './resources.ts'
import { isShaped } from './shapes.ts'
import type { SourcePatient } from './source.ts'
import { FhirHttp } from './sources/fhir-http.ts'

export interface DeliverOptions {
  readonly context: PractitionerContext
  /** A permit: what it names is opened, and delivered. */
  readonly eventId: string
  readonly records?: ReadonlyArray<{ recordId: string, version?: number }> | undefined
  /** The reader's own FHIR server. */
  readonly to: string
  readonly token?: string | undefined
  /** `NAME:PASSWORD`, where that server takes no token. */
  readonly basic?: string | undefined
  /** The patient there, as `Patient/123`, where that server does not say it by an identifier of `urn:epione:patient`. */
  readonly patient?: string | undefined
  readonly onEvidence?: (material: EvidenceMaterial) => Promise<void>
}

export interface Delivered {
  readonly recordId: string
  readonly version: number
  /** `there`: it had been delivered before, and nothing was changed. */
  readonly outcome: 'delivered' | 'there' | 'failed'
  readonly location?: string
  readonly provenance?: string
  /** A `Reason`, or a code of the SDK's. */
  readonly reason?: string
  readonly detail?: string
}

/** Largest content (bytes) that is delivered: it travels within one resource. */
const DELIVERED_BYTES_MAX = 32 * 1024 * 1024
const RESOURCE = 'urn:uuid:00000000-0000-4000-8000-000000000001'
const PROVENANCE = 'urn:uuid:00000000-0000-4000-8000-000000000002'
const AGENT = 'http://terminology.hl7.org/CodeSystem/provenance-participant-type'

/**
 * Opens what a permit names and puts each record version into the reader's own FHIR server, with a Provenance, in one transaction each.
 * Both are created under the condition that nothing has their tag, so that what is done twice is there once, and nothing that is there is
 * written over. @throws {SyncError} for a server or a patient that is not to be had @throws {ClientError} what opening throws
 */
export async function deliver (options: DeliverOptions): Promise<Delivered[]> {
  const { context, eventId, records } = options
  const target = new Target(options)
  const outcomes = new Map<string, Delivered>()
  const { opened, failed } = await openRecords(context, {
    eventId,
    ...(records === undefined ? {} : { records }),
    to: (record) => target.destination(record, (outcome) => { outcomes.set(nameOf(record), outcome) }),
    ...(options.onEvidence === undefined ? {} : { onEvidence: options.onEvidence })
  })
  return [
    ...opened.flatMap((one) => outcomes.get(nameOf(one)) ?? []),
    ...failed.map(({ recordId, version, error }): Delivered =>
      ({ recordId, version, outcome: 'failed', reason: error.code, detail: error.message }))
  ]
}

const nameOf = ({ recordId, version }: { recordId: string, version: number }): string => `${recordId}:${String(version)}`

class Target {
  readonly #http: FhirHttp
  readonly #options: DeliverOptions
  #patient: Promise<string> | undefined

  constructor (options: DeliverOptions) {
    this.#options = options
    this.#http = new FhirHttp({ base: options.to, token: options.token, basic: options.basic })
  }

  /** Delivers what was opened once all of it is proven: its last piece comes when it is. */
  destination (record: { recordId: string, version: number }, tell: (outcome: Delivered) => void): Destination {
    return {
      write: async (pieces) => {
        const kept: Uint8Array[] = []
        let size = 0
        for await (const piece of pieces) {
          size += piece.length
          if (size <= DELIVERED_BYTES_MAX) kept.push(piece)
          else kept.length = 0
        }
        tell(await this.#deliver(record, size, Buffer.concat(kept)).catch((error: unknown): Delivered => ({ ...record, outcome: 'failed', ...whyOf(error) })))
      }
    }
  }

  async #deliver ({ recordId, version }: { recordId: string, version: number }, size: number, bytes: Uint8Array): Promise<Delivered> {
    if (size > DELIVERED_BYTES_MAX) throw new Left('RESOURCE_TOO_LARGE', `it has ${String(size)} bytes, and ${String(DELIVERED_BYTES_MAX)} at most are delivered: open it into a file`)
    const { record } = await getRecord(this.#options.context, { recordId, version })
    this.#patient ??= this.#findPatient(record.patientId)
    const patient = await this.#patient
    const { status, value } = await this.#http.ask('', { method: 'POST', body: JSON.stringify(this.#transaction(record, bytes, patient)) })
    if (status !== 200) throw new Left('SOURCE_INVALID', `the server took nothing: status ${String(status)}, ${diagnosticsOf(value)}`)
    const [resource, provenance] = requireBundle(value, 'transaction-response').entry.map((entry) => (entry as { response?: { status?: string, location?: string } }).response)
    return {
      recordId,
      version,
      outcome: resource?.status?.startsWith('201') === true ? 'delivered' : 'there',
      ...(resource?.location === undefined ? {} : { location: resource.location }),
      ...(provenance?.location === undefined ? {} : { provenance: provenance.location })
    }
  }

  /** Never by name or date of birth. @throws {SyncError} PATIENT not to be had */
  async #findPatient (patientId: string): Promise<string> {
    if (this.#options.patient !== undefined) return await this.#requirePatient(this.#options.patient, patientId)
    const { status, value } = await this.#http.ask(`Patient?identifier=${encodeURIComponent(`${SYSTEMS.patient}|${patientId}`)}&_count=2`)
    if (status !== 200) throw new Left('SOURCE_INVALID', `the server does not search patients: status ${String(status)}`)
    const found = requireBundle(value, 'searchset').entry.flatMap(({ resource, search }) => search?.mode === 'outcome' ? [] : [resource as { resourceType?: string, id?: string }])
    const [only, ...others] = found.filter(({ resourceType }) => resourceType === 'Patient')
    if (only?.id !== undefined && others.length === 0) return `Patient/${only.id}`
    throw new Left(
      only === undefined ? 'PATIENT_UNMATCHED' : 'PATIENT_AMBIGUOUS',
      `${only === undefined ? 'no patient' : 'more than one patient'} of the server has the identifier ${SYSTEMS.patient}|${patientId}: give it to the one whose it is, or say --as Patient/ID`
    )
  }

  async #requirePatient (patient: string, patientId: string): Promise<string> {
    const { status, value } = await this.#http.ask(patient)
    if (status !== 200) throw new Left('PATIENT_UNMATCHED', `the server has no ${patient}: status ${String(status)}`)
    const named = saidPatient((value as SourcePatient | undefined)?.identifier)
    if (named === undefined || named === patientId) return patient
    throw new Left('PATIENT_AMBIGUOUS', `the server says that ${patient} is patient ${named}, and the records are of ${patientId}`)
  }

  #transaction (record: RecordSummary, bytes: Uint8Array, patient: string): Bundle {
    const tag = { system: SYSTEMS.record, code: nameOf(record) }
    const ifNoneExist = `_tag=${encodeURIComponent(`${tag.system}|${tag.code}`)}`
    const resource = deliverable(record, bytes, patient)
    const tagged = <R extends FhirResource>(one: R): R => ({ ...one, meta: { ...one.meta, tag: [...one.meta?.tag ?? [], tag] } })
    return {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        { fullUrl: RESOURCE, resource: tagged(resource), request: { method: 'POST', url: resource.resourceType, ifNoneExist } },
        { fullUrl: PROVENANCE, resource: tagged(this.#provenance(record)), request: { method: 'POST', url: 'Provenance', ifNoneExist } }
      ]
    }
  }

  /** Who wrote it and who brought it here, under which permit, of which record version with which content. */
  #provenance (record: RecordSummary): Provenance {
    const { context: { person }, eventId } = this.#options
    const facts = factsOf(record)
    const role = (code: string): Provenance['agent'][number]['type'] => ({ coding: [{ system: AGENT, code }] })
    const source = (system: string, value: string): NonNullable<Provenance['entity']>[number] => ({ role: 'source', what: { identifier: { system, value } } })
    return {
      resourceType: 'Provenance',
      target: [{ reference: RESOURCE }],
      occurredDateTime: instantOf(record.issuedAt),
      recorded: instantOf((this.#options.context.now ?? Date.now)()),
      activity: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-DataOperation', code: 'CREATE' }] },
      agent: [
        { type: role('author'), who: withoutLiteral(authorReference(facts)) },
        { type: role('assembler'), who: staffReference(person), onBehalfOf: organizationReference(person.mspId) }
      ],
      entity: [
        source(SYSTEMS.record, nameOf(record)),
        source(SYSTEMS.event, eventId),
        ...record.contentHash === undefined ? [] : [source(SYSTEMS.contentHash, record.contentHash)]
      ]
    }
  }
}

/** What a record is at another server: a resource with its patient there, and with no reference into the system that it comes from. */
function deliverable (record: RecordSummary, bytes: Uint8Array, patient: string): FhirResource {
  const given = resourceIn(bytes)
  const facts = factsOf(record)
  if (given === undefined) return documentOfBytes(facts, bytes, patient)
  // Who sealed it may have meant the reader's server, or who reads there, to fetch something from elsewhere.
  const resource = closeLinks(given, record.recordId)
  const { id: _, meta: { versionId: __, lastUpdated: ___, ...meta } = {}, ...rest } = resource
  const detached = detachReferences(rest, (reference) => {
    const { type, id = '' } = parseReference(reference) ?? {}
    if (type === 'Patient' && id === record.patientId) return { reference: patient }
    return { identifier: { system: SYSTEMS.record, value: reference } }
  })
  const security = [...meta.security ?? [], ...documentOf(facts).meta?.security ?? []]
  // By these tags it is told what is there already: nothing that was sealed says them.
  const tag = meta.tag?.filter(({ system }) => system !== SYSTEMS.record) ?? []
  return { ...detached, [patientMember(rest)]: { reference: patient }, meta: { ...meta, security, tag } }
}

function resourceIn (bytes: Uint8Array): FhirResource | undefined {
  const content = readContent(bytes)
  if (content.kind === 'resource' || content.contentType === 'application/fhir+json') {
    const resource = parseFhir(new TextDecoder().decode(bytes)) as FhirResource
    // What is none by its shape is delivered as the bytes that it is.
    return isMovedType(resource.resourceType) && isShaped(resource) ? resource : undefined
  }
  return undefined
}

function documentOfBytes (facts: RecordFacts, bytes: Uint8Array, patient: string): DocumentReference {
  const { contentType } = readContent(bytes) as { contentType?: string }
  const { id: _, meta, relatesTo: __, ...document } = documentOf(facts)
  return {
    ...document,
    ...(meta?.security === undefined ? {} : { meta: { security: meta.security } }),
    subject: { reference: patient },
    author: document.author?.map(withoutLiteral) ?? [],
    content: [{ attachment: { contentType: contentType ?? 'application/octet-stream', data: Buffer.from(bytes).toString('base64') } }]
  }
}

/** A reference by what the network calls it: its literal would be somebody else at another server. */
function withoutLiteral (reference: Reference): Reference {
  const { reference: literal, ...others } = reference
  return literal === undefined ? reference : { ...others, identifier: { system: SYSTEMS.patient, value: literal.replace(/^Patient\//, '') } }
}

function diagnosticsOf (value: unknown): string {
  const { issue } = (value ?? {}) as { issue?: Array<{ diagnostics?: string }> }
  return (Array.isArray(issue) ? issue[0]?.diagnostics : undefined)?.slice(0, 300) ?? 'and says nothing of it'
}

function whyOf (error: unknown): Pick<Delivered, 'reason' | 'detail'> {
  if (error instanceof SyncError) throw error
  if (isClientError(error)) return { reason: error.code, detail: messageOf(error) }
  const { reason, message } = requireLeft(error)
  return { reason, detail: message }
}
