import { FoundKeywords } from './found-keywords.ts'
import type { IndexTerms } from './found-keywords.ts'
import { addDicom, isDicom } from './dicom-keywords.ts'
import { addFhir, isFhir } from './fhir-keywords.ts'

/** How much of a record is looked through, so that one of any size is sealed in constant memory. */
const LOOKED_AT_BYTES = 8 * 1024 * 1024

/** Looks for keywords in a record while it is sealed: FHIR (one resource, or one a line), DICOM, or plain text in UTF-8. */
export class ContentKeywords {
  readonly #pieces: Uint8Array[] = []
  #bytes = 0
  #isWhole = true

  /** Passes the content on and keeps its beginning. */
  async * through (source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
    for await (const piece of source) {
      const kept = piece.slice(0, LOOKED_AT_BYTES - this.#bytes)
      if (kept.length > 0) this.#pieces.push(kept)
      this.#bytes += kept.length
      if (kept.length < piece.length) this.#isWhole = false
      yield piece
    }
  }

  /** What finds the record, once all of it went through; what somebody named comes first. */
  async terms (named: Iterable<string> = []): Promise<IndexTerms> {
    const found = new FoundKeywords()
    found.addNamed(named)
    if (!this.#isWhole) found.markTruncated()
    const bytes = await new Blob(this.#pieces as BlobPart[]).bytes()
    this.#pieces.length = 0
    if (isDicom(bytes)) await addDicom(found, bytes)
    else addReadable(found, bytes)
    bytes.fill(0)
    return found.terms()
  }
}

function addReadable (found: FoundKeywords, bytes: Uint8Array): void {
  const text = decode(bytes)
  const resources = text === undefined ? undefined : readFhir(found, text)
  if (text === undefined) found.markTruncated()
  else if (resources === undefined) found.addText(text)
  else for (const resource of resources) addFhir(found, resource)
}

/** The text, without a last character that was cut; `undefined` for what is no text. */
function decode (bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}

function readFhir (found: FoundKeywords, text: string): Array<Readonly<Record<string, unknown>>> | undefined {
  if (!text.trimStart().startsWith('{')) return undefined
  const whole = parse(text)
  if (whole !== undefined) return isFhir(whole) ? [whole] : undefined
  const values: unknown[] = []
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const value = parse(line)
    values.push(value)
    // A line that is no JSON is the last one that is read: millions of them would take minutes.
    if (value === undefined) break
  }
  const resources = values.filter(isFhir)
  if (resources.length === 0) return undefined
  if (values.at(-1) === undefined) found.markTruncated()
  return resources
}

function parse (text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
