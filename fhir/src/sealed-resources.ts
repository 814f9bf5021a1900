import type { Attachment, DocumentReference, FhirResource, Meta } from 'fhir/r4.js'
import type { RecordManifest } from '@epione/protocol'
import type { Level } from '@epione/protocol'
import { documentOf, formatRecordVersion, levelCoding, metaOf, patientReference, relationsOf, SYSTEMS } from '@epione/protocol/fhir'
import type { RecordFacts } from '@epione/protocol/fhir'
import type { RecordSummary } from '@epione/sdk'
import { sha1 } from './answers.ts'
import { dataOf } from './content.ts'
import type { Content, RecordContent } from './content.ts'
import { closeLinks } from './links.ts'
import type { OpenedRecord } from './opened-records.ts'

/** What a proven manifest says, as the mapping of FHIR wants it. */
export function factsOf (record: RecordSummary): RecordFacts {
  const { recordId, version, patientId, issuedAt, mediaClass, relatesTo, state, replacedBy } = record
  return {
    recordId,
    version,
    patientId,
    issuedAt,
    mediaClass,
    author: authorOf(record.author),
    level: record.level as Level,
    ...(relatesTo === undefined ? {} : { relatesTo }),
    isFormer: state === 'former' || replacedBy !== undefined
  }
}

function authorOf (author: string): RecordManifest['author'] {
  const [mspId = '', staffId = ''] = author.split('/')
  if (staffId === '') return { kind: 'patient' }
  return mspId === 'device' ? { kind: 'device', deviceId: staffId } : { kind: 'practitioner', mspId, staffId }
}

/** The resources that a record version is: one, but for a segment of a stream. */
export function resourcesOf (record: RecordSummary, opened: Pick<OpenedRecord, 'content' | 'sizeBytes'>): readonly FhirResource[] {
  return opened.content.kind === 'measurements' ? opened.content.observations : [resourceOf(record, { ...opened, content: opened.content })]
}

/** The resource that a record version is: what was sealed, with ids, version and patient by which the network knows it. */
export function resourceOf (
  record: RecordSummary, { content, sizeBytes }: { content: RecordContent, sizeBytes: number }
): FhirResource {
  const facts = factsOf(record)
  if (content.kind === 'bytes') {
    return documentOf(facts, { contentType: content.contentType, size: sizeBytes, hash: sha1(content.bytes) })
  }
  const resource = closeLinks(content.resource, facts.recordId)
  const known = { id: facts.recordId, meta: mergeMeta(resource.meta, facts) }
  if (resource.resourceType === 'DocumentReference') return asDocument({ ...resource, ...known }, facts)
  if (resource.resourceType === 'Observation' || resource.resourceType === 'List') {
    return { ...resource, ...known, subject: patientReference(facts.patientId) }
  }
  return { ...resource, ...known }
}

function mergeMeta (meta: Meta | undefined, facts: RecordFacts): Meta {
  const { security = [], ...own } = metaOf(facts)
  return { ...meta, ...own, security: [...meta?.security?.filter(({ system }) => system !== SYSTEMS.confidentiality) ?? [], ...security] }
}

/** A document without its bytes: they are a Binary each. */
function asDocument (document: DocumentReference, facts: RecordFacts): DocumentReference {
  const isLevel = (system: string | undefined): boolean => system === SYSTEMS.confidentiality
  const labels = document.securityLabel?.filter(({ coding = [] }) => !coding.some(({ system }) => isLevel(system))) ?? []
  return {
    ...document,
    status: document.status === 'current' && facts.isFormer === true ? 'superseded' : document.status,
    subject: patientReference(facts.patientId),
    ...relationsOf(facts.relatesTo),
    securityLabel: [...labels, { coding: [levelCoding(facts.level)] }],
    content: document.content.map((content, index) => ({ ...content, attachment: asReference(content.attachment, facts, index) }))
  }
}

function asReference (attachment: Attachment, facts: RecordFacts, index: number): Attachment {
  const bytes = dataOf(attachment)
  if (bytes === undefined) return attachment
  const { data: _, ...described } = attachment
  return { ...described, size: bytes.length, hash: sha1(bytes), url: `Binary/${formatRecordVersion(facts)}${index === 0 ? '' : `.${String(index)}`}` }
}

/** Bytes of a Binary: of a record that is bytes, or of an attachment of a document; `undefined` where there is none such. */
export function binaryOf (content: Content, index: number): { bytes: Uint8Array, contentType: string } | undefined {
  if (content.kind === 'measurements') return undefined
  if (content.kind === 'bytes') return index === 0 ? content : undefined
  const { resource } = content
  const attachment = resource.resourceType === 'DocumentReference' ? resource.content[index]?.attachment : undefined
  const bytes = attachment === undefined ? undefined : dataOf(attachment)
  return bytes === undefined ? undefined : { bytes, contentType: mediaTypeOf(attachment?.contentType) }
}

/** A type that a header can say: its author may have meant to write another header. */
function mediaTypeOf (stated = ''): string {
  return /^[\w!#$&^.+-]{1,64}\/[\w!#$&^.+-]{1,64}(?:;[\x20-\x7e]{0,128})?$/.test(stated) ? stated : 'application/octet-stream'
}
