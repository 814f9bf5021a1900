import type { Content } from './content.ts'

/** All that is kept together, in bytes of plaintext; what was not asked for longest goes first. */
const BYTES_MAX = 256 * 1024 * 1024

interface Kept { content: Content, sizeBytes: number, eventId: string, until: number, timer: NodeJS.Timeout }

/** A record version as one permit opened it. */
export interface OpenedRecord { readonly content: Content, readonly sizeBytes: number, readonly eventId: string }

/**
 * Opened contents in memory, each for as long as the permit that opened it lives and for the purpose that it was given for: a minute, so
 * that one who lists documents and reads them asks once. Nothing of it is on a disk.
 */
export class OpenedRecords {
  readonly #kept = new Map<string, Kept>()
  readonly #bytesMax: number
  #bytes = 0

  constructor (bytesMax = BYTES_MAX) {
    this.#bytesMax = bytesMax
  }

  find (name: string, now: number): OpenedRecord | undefined {
    const kept = this.#kept.get(name)
    if (kept === undefined || kept.until <= now) return undefined
    this.#kept.delete(name)
    this.#kept.set(name, kept)
    return kept
  }

  keep (name: string, { content, sizeBytes, eventId }: OpenedRecord, until: number, now: number): void {
    if (until <= now || sizeBytes > this.#bytesMax) return
    this.#drop(name)
    const timer = setTimeout(() => { this.#drop(name) }, until - now)
    timer.unref()
    this.#kept.set(name, { content, sizeBytes, eventId, until, timer })
    this.#bytes += sizeBytes
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#bytesMax) break
      this.#drop(oldest)
    }
  }

  clear (): void {
    for (const name of [...this.#kept.keys()]) this.#drop(name)
  }

  #drop (name: string): void {
    const kept = this.#kept.get(name)
    if (kept === undefined) return
    clearTimeout(kept.timer)
    this.#kept.delete(name)
    this.#bytes -= kept.sizeBytes
  }
}
