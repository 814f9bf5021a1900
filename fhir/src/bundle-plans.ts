import type { Attachment, BundleEntry, FhirResource } from 'fhir/r4.js'
import { findCreated } from './conditional.ts'
import type { Created } from './conditional.ts'
import { FhirError } from './errors.ts'
import { renameReferences } from './map-objects.ts'
import { epioneIdOf } from './patients.ts'
import { drawRecordId, patientOf, prepare, requireSealed } from './publish.ts'
import type { Beside, Prepared, Publisher } from './publish.ts'
import { requireResource } from './schema.ts'

/** What becomes of an entry of a transaction: it is written, or it is something that there is. */
export type Plan =
  | { readonly kind: 'write', readonly prepared: Prepared }
  | { readonly kind: 'known', readonly location: string }

interface Entry { readonly entry: BundleEntry, readonly resource: FhirResource }

/** What an entry will be called; with the version that there is, where its condition finds that it was made before. */
interface Named extends Entry { readonly recordId: string, readonly version?: number }

/**
 * Looks at all of a transaction before anything is written. `begun` has the ids under which its records were begun to be written before,
 * by entry. @throws {FhirError} RESOURCE_INVALID, PATIENT_UNKNOWN, CARD_MISSING @throws {ClientError}
 */
export async function makePlans (
  publisher: Publisher, entries: readonly BundleEntry[], begun: ReadonlyArray<string | null> = []
): Promise<Plan[]> {
  const wanted = entries.map((entry, index): Entry => ({ entry, resource: requireEntry(entry, index) }))
  const names = await namePatients(publisher, wanted)
  const named: Named[] = []
  for (const [index, one] of wanted.entries()) named.push({ ...one, ...await idFor(publisher, one, names, begun[index]) })
  nameRecords(named, names)
  const beside = new Set(named.flatMap(({ recordId, version }) => version === undefined ? [recordId] : []))
  const binaries = new Map(named.flatMap(({ entry, resource }) =>
    resource.resourceType === 'Binary' && entry.fullUrl !== undefined ? [[entry.fullUrl, resource] as const] : []))
  const used = new Set<string>()
  const plans: Plan[] = []
  for (const one of named) {
    plans.push(await planOf(publisher, { ...one, resource: renameReferences(one.resource, names) }, beside, (url) => {
      used.add(url)
      return binaries.get(url)
    }))
  }
  requireOnePatient(plans)
  const unused = [...binaries.keys()].find((url) => !used.has(url))
  if (unused !== undefined) throw new FhirError('RESOURCE_INVALID', `no document of the bundle refers to the Binary ${unused}: put its address into an attachment's url`, { issue: 'business-rule' })
  return named.map(({ resource }, index) => resource.resourceType === 'Binary' ? binaryPlan(named, plans, index) : plans[index] as Plan)
}

/* A Binary is where the document is that has it: its address says which. */
function binaryPlan (named: readonly Named[], plans: readonly Plan[], index: number): Plan {
  const url = named[index]?.entry.fullUrl
  const owner = named.findIndex(({ resource }) => resource.resourceType === 'DocumentReference' && resource.content.some(({ attachment }) => attachment.url === url))
  const plan = plans[owner]
  const document = named[owner]?.resource
  const place = document?.resourceType === 'DocumentReference' ? document.content.findIndex(({ attachment }) => attachment.url === url) : 0
  return plan?.kind === 'write'
    ? { kind: 'known', location: `Binary/${plan.prepared.recordId}.1${place === 0 ? '' : `.${String(place)}`}` }
    : { kind: 'known', location: plan?.location ?? '' }
}

function requireEntry ({ resource, request }: BundleEntry, index: number): FhirResource {
  const at = `Bundle.entry[${String(index)}].`
  const valid = requireResource(resource, `${at}resource.`)
  if (request?.method === 'POST' && request.url === valid.resourceType) return valid
  throw new FhirError('RESOURCE_INVALID', `${at}request: each entry is created, as {"method": "POST", "url": "${valid.resourceType}"}`, { issue: 'not-supported', expression: [`${at}request`] })
}

/** What `fullUrl`s of the bundle mean once it is written: the bundle's own Patients are patients who are known here. */
async function namePatients ({ patients }: Publisher, entries: readonly Entry[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  const seen = new Set<string>()
  for (const { entry: { fullUrl }, resource } of entries) {
    if (fullUrl === undefined) continue
    if (seen.has(fullUrl)) throw new FhirError('RESOURCE_INVALID', `two entries have the fullUrl ${fullUrl.slice(0, 80)}`, { issue: 'duplicate' })
    seen.add(fullUrl)
    if (resource.resourceType === 'Patient') names.set(fullUrl, `Patient/${await findPatient(patients, resource)}`)
  }
  return names
}

/** Adds those of records, by the ids that they have or will have. */
function nameRecords (named: readonly Named[], names: Map<string, string>): void {
  const ids = new Set<string>()
  for (const { entry: { fullUrl }, resource, recordId } of named) {
    if (ids.has(recordId)) throw new FhirError('RESOURCE_INVALID', 'two entries have one and the same ifNoneExist', { issue: 'duplicate' })
    ids.add(recordId)
    if (fullUrl !== undefined && !['Patient', 'Binary'].includes(resource.resourceType)) names.set(fullUrl, `${resource.resourceType}/${recordId}`)
  }
}

async function idFor (
  { context, patients }: Publisher, { entry: { request }, resource }: Entry, names: ReadonlyMap<string, string>,
  begun: string | null | undefined
): Promise<Created> {
  const condition = request?.ifNoneExist
  if (typeof begun === 'string') return { recordId: begun }
  if (condition === undefined || ['Patient', 'Binary'].includes(resource.resourceType)) return { recordId: drawRecordId() }
  const { subject, resourceType: type } = renameReferences(requireSealed(resource), names)
  return await findCreated(context, { patientId: await patientOf(patients, subject, type), type, condition })
}

async function findPatient (patients: Publisher['patients'], { identifier = [] }: Extract<FhirResource, { resourceType: 'Patient' }>): Promise<string> {
  const own = epioneIdOf(identifier)
  if (own !== undefined) return own
  for (const { system, value } of identifier) {
    if (value === undefined) continue
    const found = await patients.ofIdentifier(`${system === undefined ? '' : `${system}|`}${value}`).catch((error: unknown) => {
      if (error instanceof FhirError && error.issue === 'not-found') return undefined
      throw error
    })
    if (found !== undefined) return found
  }
  throw new FhirError('PATIENT_UNKNOWN', 'the bundle\'s Patient has no identifier of a patient of --patients, nor one of the system urn:epione:patient', { issue: 'not-found' })
}

async function planOf (
  publisher: Publisher, { resource, recordId, version }: Named, beside: Beside,
  binaryAt: (url: string) => Extract<FhirResource, { resourceType: 'Binary' }> | undefined
): Promise<Plan> {
  if (resource.resourceType === 'Patient') return { kind: 'known', location: `Patient/${await findPatient(publisher.patients, resource)}` }
  if (resource.resourceType === 'Binary') return { kind: 'known', location: '' }
  const sealed = requireSealed(resource)
  const whole = sealed.resourceType === 'DocumentReference'
    ? { ...sealed, content: sealed.content.map((content) => ({ ...content, attachment: withData(content.attachment, binaryAt) })) }
    : sealed
  if (version !== undefined) return { kind: 'known', location: `${whole.resourceType}/${recordId}/_history/${String(version)}` }
  return { kind: 'write', prepared: await prepare(publisher, whole, { recordId, beside }) }
}

/** Documents that relate to each other are one patient's. @throws {FhirError} RESOURCE_INVALID */
function requireOnePatient (plans: readonly Plan[]): void {
  const written = plans.flatMap((plan) => plan.kind === 'write' ? [plan.prepared] : [])
  const owners = new Map(written.map(({ recordId, patientId }) => [recordId, patientId]))
  const isForeign = ({ patientId, relatesTo }: Prepared): boolean =>
    relatesTo.some(({ recordId }) => (owners.get(recordId) ?? patientId) !== patientId)
  if (written.some(isForeign)) throw new FhirError('RESOURCE_INVALID', 'a document of one patient relates to one of another', { issue: 'business-rule', expression: ['DocumentReference.relatesTo'] })
}

function withData (attachment: Attachment, binaryAt: (url: string) => Extract<FhirResource, { resourceType: 'Binary' }> | undefined): Attachment {
  const { url, ...described } = attachment
  const binary = url === undefined ? undefined : binaryAt(url)
  if (binary === undefined) {
    if (url?.startsWith('urn:uuid:') === true) throw new FhirError('RESOURCE_INVALID', `the bundle has no Binary ${url}`, { issue: 'not-found', expression: ['DocumentReference.content.attachment.url'] })
    return attachment
  }
  return { ...described, contentType: attachment.contentType ?? binary.contentType, data: (binary.data ?? '').replaceAll(/\s/g, '') }
}
