import { isFhir } from '../search/fhir-keywords.ts'

/** Larger text is looked at no further than that it is text. */
const RESOURCE_BYTES_MAX = 48 * 1024 * 1024

const MAGIC: ReadonlyArray<readonly [type: string, offset: number, letters: string]> = [
  ['application/dicom', 128, 'DICM'],
  ['application/pdf', 0, '%PDF-'],
  ['image/png', 0, '\x89PNG\r\n'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/gif', 0, 'GIF8'],
  ['image/webp', 8, 'WEBP'],
  ['image/tiff', 0, 'II*\0'],
  ['image/tiff', 0, 'MM\0*'],
  ['application/zip', 0, 'PK\x03\x04']
]

/** The text of bytes that are UTF-8 as a whole; `undefined` for anything else. */
export function readableText (bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}

/** What opened bytes are, by how they begin: a record says nothing else of its type. Whoever sealed them may have meant anything. */
export function contentTypeOf (bytes: Uint8Array, text = readableText(bytes), isResource = isFhirText(text)): string {
  if (isResource) return 'application/fhir+json'
  const found = MAGIC.find(([, offset, letters]) => String.fromCharCode(...bytes.subarray(offset, offset + letters.length)) === letters)
  if (found !== undefined) return found[0]
  return text === undefined ? 'application/octet-stream' : 'text/plain; charset=utf-8'
}

function isFhirText (text: string | undefined): boolean {
  if (text === undefined || text.length > RESOURCE_BYTES_MAX || !text.trimStart().startsWith('{')) return false
  try {
    return isFhir(JSON.parse(text))
  } catch {
    return false
  }
}
