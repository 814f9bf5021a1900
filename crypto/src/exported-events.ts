import { toHex, utf8 } from './bytes.ts'
import { DOMAINS } from './domains.ts'
import { createSha256 } from './hash.ts'

/**
 * The hash over a list of event ids in its order: SHA-256(tag || id || LF || id || LF …), ids as UTF-8. No id has a line feed in it, so
 * that no two lists are alike. Takes any number in constant memory.
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

  add (eventId: string): void {
    this.#hash.update(utf8(`${eventId}\n`))
    this.#count += 1
  }

  /** 64 hex digits; to be asked once. */
  digest (): string {
    return toHex(new Uint8Array(this.#hash.digest()))
  }
}
