import canonicalizeJson from 'canonicalize'
import { utf8 } from './bytes.ts'
import { CryptoError } from './errors.ts'
import { sha256Hex } from './hash.ts'

/** Largest canonical text, in UTF-8 bytes. */
export const MAX_CANONICAL_BYTES = 65_536

/** Deeper nesting has no use in a statement, and costs every verifier stack. */
const MAX_DEPTH = 32

/**
 * RFC 8785 text of plain JSON data. Throws `STATEMENT_MALFORMED` for what JSON or the protocol does not know:
 * undefined, non-integers, integers beyond 2^53-1, lone surrogates, class instances, nesting over 32.
 */
export function canonicalize (value: unknown): string {
  // Where each object has its members in order already, the platform's own text is the canonical one, at a fraction of the time.
  const text = requirePlain(value, 0) ? JSON.stringify(value) : canonicalizeJson(value)
  if (text === undefined) throw new CryptoError('STATEMENT_MALFORMED', 'not JSON')
  return text
}

/**
 * Parses text of at most 64 KiB that must be its own canonical form. Throws `STATEMENT_TOO_LARGE`,
 * `STATEMENT_MALFORMED`, or `STATEMENT_NOT_CANONICAL` for any other spelling (order, spaces, escapes, duplicate members).
 */
export function parseCanonical (text: string): unknown {
  requireSize(text)
  const value = parseJson(text)
  if (canonicalize(value) !== text) {
    throw new CryptoError('STATEMENT_NOT_CANONICAL', 'text is not the canonical form of what it says')
  }
  return value
}

/** SHA-256 (hex) of the bytes of a canonical text; throws `STATEMENT_TOO_LARGE`. */
export function canonicalHash (text: string): string {
  requireSize(text)
  if (!text.isWellFormed()) throw new TypeError('text has a lone surrogate')
  return sha256Hex(text)
}

/** The bytes of a canonical text; throws `STATEMENT_TOO_LARGE`. */
export function canonicalBytes (text: string): Uint8Array {
  requireSize(text)
  return utf8(text)
}

function requireSize (text: string): void {
  // A UTF-16 unit is one to three bytes: what is short is not encoded for its length, and a huge text is refused before it is.
  if (3 * text.length <= MAX_CANONICAL_BYTES) return
  if (text.length > MAX_CANONICAL_BYTES || new TextEncoder().encode(text).length > MAX_CANONICAL_BYTES) {
    throw new CryptoError('STATEMENT_TOO_LARGE', `over ${MAX_CANONICAL_BYTES} bytes`)
  }
}

function parseJson (text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new CryptoError('STATEMENT_MALFORMED', 'not JSON', { cause: error })
  }
}

/** True when all members stand in the order of RFC 8785, that of their names' UTF-16 units. */
function requirePlain (value: unknown, depth: number): boolean {
  if (depth > MAX_DEPTH) refuse(`nested deeper than ${MAX_DEPTH}`)
  if (value === null || typeof value === 'boolean') return true
  if (typeof value === 'string') {
    requireWellFormed(value)
    return true
  }
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) refuse('a number is not an integer of at most 2^53-1')
    return true
  }
  if (Array.isArray(value)) {
    let isSorted = true
    // `forEach` would skip a hole, which is not JSON.
    for (const element of value as unknown[]) if (!requirePlain(element, depth + 1)) isSorted = false
    return isSorted
  }
  if (typeof value !== 'object' || !isPlainObject(value)) refuse(`a value of type ${typeof value} is not JSON data`)
  return requirePlainMembers(value as Record<string, unknown>, depth + 1)
}

function requirePlainMembers (value: Readonly<Record<string, unknown>>, depth: number): boolean {
  let [isSorted, before] = [true, '']
  for (const name of Object.keys(value)) {
    requireWellFormed(name)
    if (!requirePlain(value[name], depth) || name < before) isSorted = false
    before = name
  }
  return isSorted
}

function requireWellFormed (text: string): void {
  if (!text.isWellFormed()) refuse('a string has a lone surrogate')
}

function isPlainObject (value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  // Data of another realm (a worker's or a test's) has another Object.prototype, whose own prototype is null too.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function refuse (message: string): never {
  throw new CryptoError('STATEMENT_MALFORMED', message)
}
