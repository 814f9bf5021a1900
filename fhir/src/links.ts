import type { FhirResource } from 'fhir/r4.js'
import { FhirError } from './errors.ts'
import { isObject, mapObjects } from './map-objects.ts'
import type { Json } from './map-objects.ts'

/** FHIR's words for what is there and is not told. */
const MASKED = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }] }
/** References that stay here: of a resource, of one within the same, or of nothing that could be fetched. */
const LOCAL = /^(?:#[A-Za-z0-9.-]{0,64}|urn:(?:uuid|oid):\S{1,128}|[A-Z][A-Za-z]{1,63}\/(?=[^/]*[A-Za-z0-9])[A-Za-z0-9.-]{1,64}(?:\/_history\/[A-Za-z0-9.-]{1,64})?)$/
/** Members of which each object with a `url` is no attachment: there it is a name. */
const EXTENSIONS = ['extension', 'modifierExtension']

/** What becomes of an attachment's address; `undefined` for one that is not passed on. */
type Judge = (url: string) => string | undefined

/** The Binary of this record that an address names, as it is named here. */
function ownBinary (recordId: string): Judge {
  return (url) => {
    const [, id = ''] = /(?:^|\/)Binary\/([0-9a-f]{32}\.[1-9][0-9]{0,6}(?:\.[1-9][0-9]?)?)$/.exec(url) ?? []
    return id.startsWith(`${recordId}.`) ? `Binary/${id}` : undefined
  }
}

/**
 * A sealed resource as it may be passed on. Whoever sealed it may have meant whoever opens it to fetch something from elsewhere, with the
 * token of this service or from within the hospital: addresses of attachments are masked but those of the record's own Binaries, literal
 * references to elsewhere become identifiers, and a narrative that is more than text is left out.
 */
export function closeLinks<T extends FhirResource> (resource: T, recordId: string): T {
  const judge = ownBinary(recordId)
  return mapObjects(resource, (value, name) => closeReference(closeAttachment(withoutActiveText(value), name, judge))) as T
}

/**
 * The same resource with the addresses of its own Binaries as they are named here. @throws {FhirError} RESOURCE_INVALID for an attachment
 * that is elsewhere: what is sealed has its bytes within it
 */
export function requireOwnAttachments<T extends FhirResource> (resource: T, recordId: string): T {
  const judge = ownBinary(recordId)
  return mapObjects(resource, (value, name) => closeAttachment(value, name, (url) => judge(url) ?? refuseAddress(url))) as T
}

function refuseAddress (url: string): never {
  throw new FhirError('RESOURCE_INVALID', `an attachment is at "${url.slice(0, 80)}": a document is sealed with its bytes. Send them as attachment.data, or as a Binary in one transaction with it`, {
    issue: 'business-rule', expression: ['attachment.url']
  })
}

function closeAttachment (value: Json, name: string, judge: Judge): Json {
  const { url, ...rest } = value
  if (typeof url !== 'string' || EXTENSIONS.includes(name)) return value
  const allowed = judge(url)
  return allowed === undefined ? { ...rest, _url: MASKED } : { ...rest, url: allowed }
}

function closeReference (value: Json): Json {
  const { reference, ...rest } = value
  if (typeof reference !== 'string' || LOCAL.test(reference)) return value
  return { ...rest, identifier: rest['identifier'] ?? { system: 'urn:ietf:rfc:3986', value: reference } }
}

function withoutActiveText (value: Json): Json {
  const { text, ...rest } = value
  return isObject(text) && typeof text['div'] === 'string' && !isPlainNarrative(text['div']) ? rest : value
}

const TAG = /^<\/?(?:div|p|br|hr|b|i|em|strong|u|small|sub|sup|span|pre|code|blockquote|h[1-6]|ul|ol|li|dl|dt|dd|table|caption|thead|tbody|tfoot|tr|td|th)(?: (?:xmlns="http:\/\/www\.w3\.org\/1999\/xhtml"|class="[\w -]*"|(?:col|row)span="\d{1,3}"|lang="[A-Za-z-]{1,20}"|xml:lang="[A-Za-z-]{1,20}"))*\s?\/?>/

/** Whether XHTML is text in paragraphs, lists and tables: no image, link, style or script. */
function isPlainNarrative (div: string): boolean {
  for (let at = div.indexOf('<'); at >= 0; at = div.indexOf('<', at + 1)) {
    if (!TAG.test(div.slice(at, at + 512))) return false
  }
  return true
}
