import { element, strangersText } from '../documents/stage.ts'
import { labelsFor } from './labels.ts'
import type { Labels } from './labels.ts'
import { isObject, Values } from './values.ts'
import type { Json } from './values.ts'

/** What is laid out at most: elements in all, nested so deep, characters of one text. */
const MAX_ELEMENTS = 20_000
const MAX_DEPTH = 24
const MAX_TEXT = 20_000
/** Elements that say nothing to a person. */
const LEFT_OUT = new Set(['resourceType', 'meta', 'extension'])
/** Who cannot read what these say must not show the rest as if they were not there (FHIR R4, "Modifier Elements"). */
const MODIFIERS = new Set(['modifierExtension', 'implicitRules'])

/** Shows a FHIR resource, or each of a Bundle, as text under headings. @throws for what is no resource */
export function renderFhir (stage: HTMLElement, parsed: unknown, language: string): void {
  if (!isObject(parsed) || typeof parsed['resourceType'] !== 'string') throw new TypeError('no resource')
  const labels = labelsFor(language)
  const resources = parsed['resourceType'] === 'Bundle' ? resourcesOf(parsed) : [parsed]
  const renderer = new Renderer(labels, new Values(language, labels))
  for (const resource of resources) {
    stage.append(renderer.resource(resource))
    if (renderer.isFull) break
  }
  if (renderer.isFull) stage.append(element('p', labels.words.more, 'note'))
}

function resourcesOf ({ entry }: Json): Json[] {
  return (Array.isArray(entry) ? entry : []).flatMap((one: unknown) => isObject(one) && isObject(one['resource']) && typeof one['resource']['resourceType'] === 'string' ? [one['resource']] : [])
}

/** The narrative is a stranger's HTML, and everything in it stands in the elements, too; other texts are words. */
function isLeftOut (name: string, value: unknown): boolean {
  return LEFT_OUT.has(name) || name.startsWith('_') || (name === 'text' && isObject(value) && typeof value['div'] === 'string')
}

/** Measured values (SampledData) have `data`, too, beside their origin. */
function isAttachment ({ contentType, data, origin }: Json): boolean {
  return typeof contentType === 'string' || (typeof data === 'string' && origin === undefined)
}

class Renderer {
  readonly #labels: Labels
  readonly #values: Values
  #elements = 0

  constructor (labels: Labels, values: Values) {
    this.#labels = labels
    this.#values = values
  }

  get isFull (): boolean {
    return this.#elements >= MAX_ELEMENTS
  }

  resource (resource: Json): HTMLElement {
    this.#elements += 1
    const section = element('section')
    section.append(element('h2', this.#labels.of(String(resource['resourceType']).slice(0, 64))))
    const named = [resource['code'], resource['type'], resource['name'], resource['title']].flatMap((one): unknown[] => Array.isArray(one) ? one : [one])
    const title = named.map((one) => this.#values.line(one)).find((one) => one !== undefined)
    if (title !== undefined) section.append(this.#text('p', title, 'title'))
    section.append(this.#members(resource, 0))
    return section
  }

  #members (of: Json, depth: number): HTMLElement {
    const terms = element('dl')
    for (const [name, value] of Object.entries(of)) {
      if (isLeftOut(name, value)) continue
      if (this.isFull) break
      this.#elements += 1
      const values = MODIFIERS.has(name) ? [this.#labels.words.modified] : Array.isArray(value) ? value as unknown[] : [value]
      terms.append(element('dt', this.#labels.of(name.slice(0, 64))), ...values.slice(0, MAX_ELEMENTS - this.#elements).map((one) => this.#described(one, depth)))
    }
    return terms
  }

  #described (value: unknown, depth: number): HTMLElement {
    this.#elements += 1
    const described = element('dd')
    if (isObject(value) && isAttachment(value)) described.append(this.#attachment(value))
    else {
      const line = this.#values.line(value)
      if (line !== undefined) described.append(this.#text('span', line))
      else if (isObject(value)) described.append(depth < MAX_DEPTH && !this.isFull ? this.#members(value, depth + 1) : element('p', this.#labels.words.more, 'note'))
    }
    return described
  }

  /** A note that stands in the resource is shown when it is plain text; anything else is a content of its own. */
  #attachment ({ contentType, data, title }: Json): HTMLElement {
    const said = typeof contentType === 'string' ? contentType.slice(0, 100) : ''
    const bytes = typeof data === 'string' ? decodeBase64(data) : undefined
    const note = element('div')
    if (typeof title === 'string') note.append(this.#text('p', title))
    const text = bytes !== undefined && said.split(';', 1)[0]?.trim() === 'text/plain' ? decodeUtf8(bytes) : undefined
    if (text !== undefined) note.append(this.#text('pre', text))
    else {
      const line = element('p', `${this.#labels.words.attachment}: `)
      line.append(strangersText(said), document.createTextNode(bytes === undefined ? '' : `, ${String(bytes.length)} ${this.#labels.words.bytes}`), document.createTextNode(` (${this.#labels.words.notShown})`))
      note.append(line)
    }
    return note
  }

  #text (tag: 'p' | 'span' | 'pre', text: string, className?: string): HTMLElement {
    const made = element(tag, undefined, className)
    made.append(strangersText(text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text))
    return made
  }
}

function decodeBase64 (data: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))
  } catch {
    return undefined
  }
}

function decodeUtf8 (bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
