import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Value } from 'typebox/value'
import { FhirError } from './errors.ts'

const LIFE_MS = 15 * 60 * 1_000
const [NONCE_BYTES, TAG_BYTES] = [12, 16]

/** Where a search goes on, and the decision that its page before rests on. */
const Position = Type.Object({
  /** Address and query of the search. */
  path: Type.String(),
  query: Type.String(),
  /** For what, and by which consent, its page before was permitted: another page is read for the same. */
  purpose: Type.String(),
  consentId: Type.Optional(Type.String()),
  /** Events that permitted the page before. */
  events: Type.Array(Type.String()),
  /**
   * The last that was looked at: time (ms), id, version, and of its resources the first that was not; -1 for a record that was looked at
   * as a whole.
   */
  after: Type.Tuple([Type.Number(), Type.String(), Type.Number(), Type.Number()]),
  until: Type.Number()
}, { additionalProperties: false })
export type Position = Static<typeof Position>

export interface CallerCursors {
  seal: (position: Omit<Position, 'until'>) => string
  /** @throws {FhirError} CURSOR_INVALID */
  open: (cursor: string) => Position
}

/**
 * Opaque cursors: what a page goes on with, sealed (AES-256-GCM) under a key that this process drew and nobody else has. One that was
 * changed, is of another process or too old is refused; none says anything to who holds it.
 */
export class Cursors {
  readonly #key = randomBytes(32)

  /** Those of one caller: another one's are none. */
  of (caller: string): CallerCursors {
    return { seal: (position) => this.#seal(position, caller), open: (cursor) => this.#open(cursor, caller) }
  }

  #seal (position: Omit<Position, 'until'>, caller: string): string {
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(caller))
    const text = JSON.stringify({ ...position, until: Date.now() + LIFE_MS })
    return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]).toString('base64url')
  }

  #open (cursor: string, caller: string): Position {
    const position = this.#decrypt(cursor, caller)
    if (position !== undefined && position.until >= Date.now()) return position
    throw new FhirError('CURSOR_INVALID', 'this page is not one that this service named, or it named it too long ago: begin the search again')
  }

  #decrypt (cursor: string, caller: string): Position | undefined {
    const bytes = Buffer.from(cursor, 'base64url')
    // One text for each cursor: what decodes alike was not given out.
    if (bytes.length <= NONCE_BYTES + TAG_BYTES || bytes.toString('base64url') !== cursor) return undefined
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, NONCE_BYTES))
    decipher.setAAD(Buffer.from(caller)).setAuthTag(bytes.subarray(-TAG_BYTES))
    try {
      const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()])
      const value: unknown = JSON.parse(text.toString())
      return Value.Check(Position, value) ? value : undefined
    } catch {
      // Changed, or of another process.
      return undefined
    }
  }
}
