import type { Attachment, Bundle, BundleEntry, FhirResource } from 'fhir/r4.js'
import { isClientError, withdrawRecord } from '@epione/sdk'
import { tagOf } from './answers.ts'
import { FhirError } from './errors.ts'
import { epioneIdOf } from './patients.ts'
import { conditionalId, drawRecordId, findCreated, patientOf, prepare, publish, requireSealed } from './publish.ts'
import type { Prepared, Published, Publisher } from './publish.ts'
import { requireResource } from './schema.ts'

/** Resources of one transaction: each is sealed and registered by itself. */
const ENTRIES_MAX = 100
/** Registered at once. */
const AT_ONCE = 4

type Plan =
  | { readonly kind: 'write', readonly prepared: Prepared, readonly condition?: string }
  | { readonly kind: 'known', readonly location: string }

/**
 * A transaction as IHE MHD provides documents (ITI-65): List, DocumentReference and Observation become a record each, a Binary goes into
 * the document that refers to it. All is looked at before anything is written; where writing one fails, those that were written are
 * withdrawn again. @throws {FhirError} RESOURCE_INVALID, PATIENT_UNKNOWN, CARD_MISSING @throws {ClientError}
 */
export async function transact (publisher: Publisher, bundle: Bundle): Promise<Bundle> {
  const entries = bundle.entry ?? []
  if (bundle.type !== 'transaction') throw new FhirError('RESOURCE_INVALID', 'a Bundle of type transaction is taken here, and no other', { issue: 'not-supported', expression: ['Bundle.type'] })
  if (entries.length > ENTRIES_MAX) throw new FhirError('RESOURCE_INVALID', `a transaction has ${String(ENTRIES_MAX)} entries at most here`, { issue: 'too-long', expression: ['Bundle.entry'] })
  const plans = await makePlans(publisher, entries)
  const written = await writeAll(publisher, plans)
  return {
    resourceType: 'Bundle',
    type: 'transaction-response',
    entry: entries.map((_entry, index) => ({ response: responseOf(plans[index], written.get(index)) }))
  }
}

function responseOf (plan: Plan | undefined, published: Published | undefined): NonNullable<BundleEntry['response']> {
  if (published !== undefined) {
    const { resource: { resourceType, meta }, recordId, version } = published
    return {
      status: '201 Created',
      location: `${resourceType}/${recordId}/_history/${String(version)}`,
      etag: tagOf(version),
      ...(meta?.lastUpdated === undefined ? {} : { lastModified: meta.lastUpdated })
    }
  }
  return { status: '200 OK', ...(plan?.kind === 'known' ? { location: plan.location } : {}) }
}

/** What each entry will be called. */
interface Named { readonly entry: BundleEntry, readonly resource: FhirResource, readonly recordId: string }

async function makePlans (publisher: Publisher, entries: readonly BundleEntry[]): Promise<Plan[]> {
  const named = entries.map((entry, index): Named => ({ entry, resource: requireEntry(entry, index), recordId: drawRecordId() }))
  const names = await nameEntries(publisher, named)
  const binaries = new Map(named.flatMap(({ entry, resource }) =>
    resource.resourceType === 'Binary' && entry.fullUrl !== undefined ? [[entry.fullUrl, resource] as const] : []))
  const used = new Set<string>()
  const plans: Plan[] = []
  for (const { entry, resource, recordId } of named) {
    plans.push(await planOf(publisher, { entry, resource: rewrite(resource, names), recordId }, (url) => {
      used.add(url)
      return binaries.get(url)
    }))
  }
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
async function nameEntries ({ patients }: Publisher, named: readonly Named[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const { entry: { fullUrl }, resource, recordId } of named) {
    if (fullUrl === undefined) continue
    if (names.has(fullUrl)) throw new FhirError('RESOURCE_INVALID', `two entries have the fullUrl ${fullUrl.slice(0, 80)}`, { issue: 'duplicate' })
    if (resource.resourceType === 'Patient') names.set(fullUrl, `Patient/${await findPatient(patients, resource)}`)
    else if (resource.resourceType !== 'Binary') names.set(fullUrl, `${resource.resourceType}/${recordId}`)
  }
  return names
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
  publisher: Publisher, { entry: { request }, resource, recordId }: Named, binaryAt: (url: string) => Extract<FhirResource, { resourceType: 'Binary' }> | undefined
): Promise<Plan> {
  if (resource.resourceType === 'Patient') return { kind: 'known', location: `Patient/${await findPatient(publisher.patients, resource)}` }
  if (resource.resourceType === 'Binary') return { kind: 'known', location: '' }
  const sealed = requireSealed(resource)
  const whole = sealed.resourceType === 'DocumentReference'
    ? { ...sealed, content: sealed.content.map((content) => ({ ...content, attachment: withData(content.attachment, binaryAt) })) }
    : sealed
  const condition = request?.ifNoneExist
  if (condition === undefined) return { kind: 'write', prepared: await prepare(publisher, whole, { recordId }) }
  const patientId = await patientOf(publisher.patients, whole.subject, whole.resourceType)
  const id = conditionalId(publisher.context, patientId, whole.resourceType, condition)
  const known = await findCreated(publisher.context, id)
  if (known !== undefined) return { kind: 'known', location: `${whole.resourceType}/${id}/_history/${String(known.version)}` }
  return { kind: 'write', prepared: await prepare(publisher, whole, { recordId: id }), condition }
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

/** The same resource, in which references to entries are to what they will be. */
function rewrite (resource: FhirResource, names: ReadonlyMap<string, string>): FhirResource {
  const walk = (value: unknown, name = ''): unknown => {
    if (Array.isArray(value)) return value.map((item) => walk(item))
    if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, walk(member, key)]))
    return name === 'reference' && typeof value === 'string' ? names.get(value) ?? value : value
  }
  return walk(resource) as FhirResource
}

async function writeAll (publisher: Publisher, plans: readonly Plan[]): Promise<Map<number, Published>> {
  const written = new Map<number, Published>()
  const waiting = plans.entries()
  let failure: Error | undefined
  const workers = Array.from({ length: AT_ONCE }, async () => {
    for (const [index, plan] of waiting) {
      if (plan.kind === 'known' || failure !== undefined) continue
      try {
        written.set(index, await publish(publisher, plan.prepared))
      } catch (error) {
        failure ??= error instanceof Error ? error : new Error(String(error))
      }
    }
  })
  await Promise.all(workers)
  if (failure === undefined) return written
  await withdrawAll(publisher, [...written.values()])
  throw failure
}

/** All or nothing: what was written of a transaction that failed should never have been. */
async function withdrawAll ({ context }: Publisher, written: readonly Published[]): Promise<void> {
  for (const { recordId, version } of written) {
    try {
      await withdrawRecord(context, { recordId, version, cause: 'entered-in-error' })
    } catch (error) {
      if (!isClientError(error)) throw error
      throw new FhirError('INTERNAL', `the transaction failed, and record ${recordId} of it could not be withdrawn: run "epione record withdraw ${recordId} --cause entered-in-error"`, { cause: error })
    }
  }
}
