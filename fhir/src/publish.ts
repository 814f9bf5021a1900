import { randomBytes } from 'node:crypto'
import type { DocumentReference, FhirResource, List, Observation, Reference } from 'fhir/r4.js'
import { toHex } from '@epione/crypto'
import { RELATIONS } from '@epione/protocol'
import type { MediaClass, RecordManifest } from '@epione/protocol'
import { isRecordId, parseReference, parseVersion, patientReference } from '@epione/protocol/fhir'
import { addRecord, getRecord, once, openCard } from '@epione/sdk'
import type { PractitionerContext, RecordAdded } from '@epione/sdk'
import type { Cards } from './cards.ts'
import { categoryOf } from './categories.ts'
import { isSealedType, mediaClassOf, mediaClassOfType } from './content.ts'
import type { RecordContent } from './content.ts'
import { FhirError } from './errors.ts'
import { requireOwnAttachments } from './links.ts'
import { resourceOf } from './sealed-resources.ts'
import type { PatientFinder } from './patients.ts'

export type SealedResource = DocumentReference | List | Observation

export interface Publisher { context: PractitionerContext, cards: Cards, patients: PatientFinder }

/** A resource that is ready to be sealed: everything that could be refused has been looked at. */
export interface Prepared {
  readonly patientId: string
  readonly recordId: string
  readonly card: string
  readonly category: string
  readonly mediaClass: MediaClass
  readonly relatesTo: NonNullable<RecordManifest['relatesTo']>
  readonly resource: SealedResource
  /** The version that this one follows: it is written over. */
  readonly amends?: { readonly recordId: string, readonly version?: number }
}

export interface Published {
  readonly resource: FhirResource
  readonly recordId: string
  readonly version: number
  readonly patientId: string
  readonly issuedAt: number
}

/** Records that are written in one transaction with a resource, each as its first version. */
export type Beside = ReadonlySet<string>
const NONE: Beside = new Set()

export const drawRecordId = (): string => toHex(randomBytes(16))

/** A resource of a type that is sealed. @throws {FhirError} RESOURCE_INVALID */
export function requireSealed (resource: FhirResource): SealedResource {
  if (isSealedType(resource.resourceType)) return resource as SealedResource
  throw new FhirError('RESOURCE_INVALID', `resources of type ${resource.resourceType} are not written here: DocumentReference, List and Observation are`, { issue: 'not-supported' })
}

/**
 * Makes a resource ready to be sealed for its patient. @throws {FhirError} PATIENT_UNKNOWN, CARD_MISSING, RESOURCE_INVALID @throws
 * {ClientError} CARD_INVALID
 */
export async function prepare (
  { context, cards, patients }: Publisher,
  resource: SealedResource,
  { recordId: drawn = drawRecordId(), amends, beside = NONE }: { recordId?: string, amends?: Prepared['amends'], beside?: Beside } = {}
): Promise<Prepared> {
  const recordId = amends?.recordId ?? drawn
  const patientId = await patientOf(patients, resource.subject, resource.resourceType)
  const card = await cards.read(patientId)
  const opened = openCard(context, card)
  if (opened.patientId !== patientId) throw new FhirError('CARD_MISSING', `the card in the file of patient ${patientId} is another patient's`)
  const wanted = categoryOf(resource)
  const { id: _, meta: { versionId: __, lastUpdated: ___, ...meta } = {}, ...rest } = resource
  const whole = { ...rest, ...(Object.keys(meta).length === 0 ? {} : { meta }), subject: patientReference(patientId) } as SealedResource
  const sealed = requireOwnAttachments(whole, recordId)
  return {
    patientId,
    recordId,
    card,
    category: opened.compartments.some(({ category }) => category === wanted) ? wanted : 'inbox',
    mediaClass: mediaClassOf(sealed),
    relatesTo: await relationsOf(context, sealed, beside),
    resource: sealed,
    ...(amends === undefined ? {} : { amends })
  }
}

/** Seals and registers it. @throws {ClientError} what adding a record throws */
export async function publish ({ context }: Pick<Publisher, 'context'>, prepared: Prepared): Promise<Published> {
  const { card, category, mediaClass, relatesTo, resource, recordId, amends } = prepared
  const bytes = Buffer.from(JSON.stringify(resource))
  const added = await addRecord(context, {
    source: once(bytes),
    card,
    category,
    mediaClass,
    ...(amends === undefined ? { recordId } : { amends }),
    ...(relatesTo.length === 0 ? {} : { relatesTo })
  })
  return await readBack(context, added, { kind: 'resource', resource }, bytes.length)
}

/** Seals bytes of some type as a record of a patient. */
export async function publishBytes (
  { context, cards }: Publisher, patientId: string, source: AsyncIterable<Uint8Array>, contentType: string
): Promise<RecordAdded> {
  const card = await cards.read(patientId)
  const { compartments } = openCard(context, card)
  const wanted = contentType.startsWith('image/') || contentType.startsWith('application/dicom') ? 'imaging' : 'inbox'
  const category = compartments.some((one) => one.category === wanted) ? wanted : 'inbox'
  return await addRecord(context, { source, card, category, mediaClass: mediaClassOfType(contentType) })
}

/** What was written, as it will be read: with the manifest's own time and version. */
async function readBack (
  context: PractitionerContext,
  { recordId, version, patientId }: RecordAdded,
  content: RecordContent,
  sizeBytes: number
): Promise<Published> {
  const { record } = await getRecord(context, { recordId, version })
  return { resource: resourceOf(record, { content, sizeBytes }), recordId, version, patientId, issuedAt: record.issuedAt }
}

/** Whose a resource is. @throws {FhirError} PATIENT_UNKNOWN */
export async function patientOf (patients: PatientFinder, subject: Reference | undefined, type: string): Promise<string> {
  const { reference, identifier } = subject ?? {}
  if (reference !== undefined && !reference.startsWith('urn:')) return patients.ofReference(reference)
  if (identifier?.value !== undefined) return await patients.ofIdentifier(`${identifier.system === undefined ? '' : `${identifier.system}|`}${identifier.value}`)
  throw new FhirError('PATIENT_UNKNOWN', `${type}.subject names no patient: a reference to a Patient here, or an identifier of one`, { issue: 'required', expression: [`${type}.subject`] })
}

/**
 * Of a document, which others it replaces, adds to or was made from: what the ledger shows, so that a replaced one is known as such.
 * @throws {FhirError} RESOURCE_INVALID for an entry that the bundle does not have
 */
async function relationsOf (context: PractitionerContext, resource: SealedResource, beside: Beside): Promise<Prepared['relatesTo']> {
  const stated = resource.resourceType === 'DocumentReference' ? resource.relatesTo ?? [] : []
  const relations: Prepared['relatesTo'] = []
  for (const { code, target: { reference = '' } } of stated) {
    const relation = RELATIONS.find((known) => known === code)
    const { type, id, version } = parseReference(reference) ?? {}
    if (reference.startsWith('urn:uuid:')) throw noSuchEntry(reference)
    if (relation === undefined || type !== 'DocumentReference' || id === undefined || !isRecordId(id)) continue
    relations.push({ relation, recordId: id, version: beside.has(id) ? 1 : await versionOf(context, id, version) })
  }
  return relations
}

async function versionOf (context: PractitionerContext, recordId: string, stated: string | undefined): Promise<number> {
  const version = stated === undefined ? undefined : parseVersion(stated)
  return (await getRecord(context, { recordId, ...(version === undefined ? {} : { version }) })).record.version
}

const noSuchEntry = (reference: string): FhirError => new FhirError('RESOURCE_INVALID', `relatesTo names ${reference.slice(0, 80)}, and the bundle has no such document`, {
  issue: 'not-found', expression: ['DocumentReference.relatesTo.target']
})
