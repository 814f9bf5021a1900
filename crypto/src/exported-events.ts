import { toHex, utf8 } from './bytes.ts'
import { DOMAINS } from './domains.ts'
import { createSha256 } from './hash.ts'

/**
 * The hash over what a file says of events, in its order: SHA-256(tag || length || ":" || text || LF || ...), texts as UTF-8, lengths of
 * bytes in decimal, so that no two lists are alike. Takes any number in constant memory.
 */
export class ExportedEvents {
  readonly #hash = createSha256()
  #count = 0

  constructor () {
    this.#hash.update(utf8(DOMAINS.exportedEvents))
  }

  get count (): number {
    return this.#count
  }

  add (text: string): void {
    const bytes = utf8(text)
    this.#hash.update(utf8(`${String(bytes.length)}:`))
    this.#hash.update(bytes)
    this.#hash.update(utf8('\n'))
    this.#count += 1
  }

  /** 64 hex digits; to be asked once. */
  digest (): string {
    return toHex(new Uint8Array(this.#hash.digest()))
  }
}
