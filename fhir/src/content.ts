import type { Attachment, FhirResource, Observation } from 'fhir/r4.js'
import type { MediaClass } from '@epione/protocol'
import { contentTypeOf, readableText } from '@epione/sdk'
import { isTooComplex } from './json-limits.ts'
import { findFault } from './schema.ts'

/** What is in a record: a resource of FHIR, sealed here or by another program, bytes of some type, or what a device measured. */
export type Content =
  | { readonly kind: 'resource', readonly resource: FhirResource }
  | { readonly kind: 'measurements', readonly observations: readonly Observation[] }
  | { readonly kind: 'bytes', readonly bytes: Uint8Array, readonly contentType: string }

/** The same of what is no segment of a stream. */
export type RecordContent = Exclude<Content, { kind: 'measurements' }>

/** Types of which a record is one resource (decision 0611). */
export const SEALED_TYPES = ['DocumentReference', 'List', 'Observation'] as const
export type SealedType = (typeof SEALED_TYPES)[number]
export const isSealedType = (type: string): type is SealedType => SEALED_TYPES.some((known) => known === type)

/** Larger text is no resource that was sealed here. */
const RESOURCE_BYTES_MAX = 48 * 1024 * 1024

/** Looks at what was opened: who sealed it may have meant anything. */
export function readContent (bytes: Uint8Array): RecordContent {
  const text = bytes.length <= RESOURCE_BYTES_MAX ? readableText(bytes) : undefined
  const resource = text === undefined ? undefined : readResource(text)
  if (resource !== undefined && isSealedType(resource.resourceType) && findFault(resource) === undefined) return { kind: 'resource', resource }
  return { kind: 'bytes', bytes, contentType: contentTypeOf(bytes, text, resource !== undefined) }
}

function readResource (text: string): FhirResource | undefined {
  // Whoever sealed it may have meant to exhaust the stack or the memory of whoever checks it.
  if (!text.trimStart().startsWith('{') || isTooComplex(text)) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'resourceType' in value && typeof value.resourceType === 'string' ? value as FhirResource : undefined
  } catch {
    // Not JSON: bytes of some other type.
    return undefined
  }
}

/** All that the ledger learns of what is in a document. */
export function mediaClassOfType (contentType: string): MediaClass {
  const type = contentType.toLowerCase()
  if (type.startsWith('image/') || type.startsWith('application/dicom')) return 'image'
  if (type.startsWith('audio/') || type.startsWith('video/')) return 'signal'
  return /json|xml|csv|hl7/.test(type) ? 'structured' : 'document'
}

/** The same of a resource: that of a document is its first attachment's. */
export function mediaClassOf (resource: FhirResource): MediaClass {
  return resource.resourceType === 'DocumentReference' ? mediaClassOfType(resource.content[0]?.attachment.contentType ?? '') : 'structured'
}

/** Bytes of an attachment that travel within its resource; `undefined` where there are none. */
export function dataOf ({ data }: Attachment): Uint8Array | undefined {
  return data === undefined ? undefined : Buffer.from(data, 'base64')
}
