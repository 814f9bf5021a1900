import type { FoundKeywords } from './found-keywords.ts'

/** Members of FHIR that hold words for people. */
const TEXTS = new Set(['display', 'text', 'title', 'description', 'comment', 'conclusion', 'valueString'])
/** When a resource was written down, and when somebody was born, is not when it took place. */
const NO_DAYS = new Set(['meta', 'birthDate'])
/** Deeper than any FHIR resource goes; what lies below is left out. */
const DEPTH_MAX = 64

type Members = Readonly<Record<string, unknown>>

/** Adds what finds a FHIR resource, or a bundle of them: types, codings, days and words. */
export function addFhir (found: FoundKeywords, resource: Members): void {
  visit(found, resource, DEPTH_MAX)
}

export function isFhir (value: unknown): value is Members {
  return isMembers(value) && typeof value['resourceType'] === 'string'
}

function visit (found: FoundKeywords, value: unknown, depth: number): void {
  if (depth === 0) {
    found.markTruncated()
    return
  }
  if (Array.isArray(value)) {
    for (const item of value) visit(found, item, depth - 1)
    return
  }
  if (!isMembers(value)) return
  const { resourceType, system, code, contentType, data } = value
  if (typeof resourceType === 'string') found.addField('type', resourceType)
  if (typeof system === 'string' && typeof code === 'string') found.addField('code', `${system}|${code}`)
  if (typeof contentType === 'string' && typeof data === 'string') addAttachment(found, contentType, data)
  for (const [name, member] of Object.entries(value)) addMember(found, name, member, depth)
}

function addMember (found: FoundKeywords, name: string, member: unknown, depth: number): void {
  if (name === 'meta') return
  if (typeof member !== 'string') visit(found, member, depth - 1)
  else if (name === 'div') found.addText(member.replace(/<[^<>]*>/g, ' '))
  else if (TEXTS.has(name)) found.addText(member)
  else if (!NO_DAYS.has(name)) found.addDate(member)
}

/** Words of a text that travels within the resource; of another kind they stay unread. */
function addAttachment (found: FoundKeywords, contentType: string, data: string): void {
  if (!contentType.toLowerCase().startsWith('text/')) {
    found.markTruncated()
    return
  }
  try {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))
    found.addText(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    // Not base64 or not UTF-8: it says nothing that this program could find.
    found.markTruncated()
  }
}

function isMembers (value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
