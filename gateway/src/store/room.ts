import { isStorageFailing, isStorageFull } from '@epione/host'
import { GatewayError } from '../errors.ts'

/** How long (ms) a look at the disk lets others in; nobody is refused by an old one. */
const LOOK_EVERY_MS = 1_000
/** How long (ms) a write that could not be kept counts against readiness: quotas and databases have limits of their own. */
const REMEMBER_MS = 60_000

export const STORAGE_FULL_DETAIL =
  'this hospital has no room left to store: nothing was taken, nothing that was promised is lost; try another hospital, or later'

export const STORAGE_UNAVAILABLE_DETAIL =
  'this hospital can store nothing now: nothing was taken, nothing that was promised is lost; try another hospital, or later'

/** Whether an error says that nothing can be kept here, for want of room or whatever else ails disk or database. */
export function isStorageFailure (error: unknown): boolean {
  return isStorageFull(error) || isStorageFailing(error)
}

/**
 * Room on the disk of the data folder. A part stays for revocations, freezes and stops, and for the destructions and blocks that follow
 * from them: whatever else would write into it is refused.
 */
export class Room {
  readonly #freeBytes: () => Promise<number>
  readonly #reservedBytes: number
  #left = 0
  #lookedAt = -Infinity
  #looking: Promise<void> | undefined
  #failedAt = -Infinity

  constructor (freeBytes: () => Promise<number>, reservedBytes: number) {
    this.#freeBytes = freeBytes
    this.#reservedBytes = reservedBytes
  }

  /** Bytes that may be taken now; below 0 when the reserve is begun. */
  async left (): Promise<number> {
    await this.#look()
    return this.#left
  }

  /** @throws {GatewayError} STORAGE_FULL when so many bytes more would begin the reserve */
  async require (bytes: number): Promise<void> {
    if (performance.now() - this.#lookedAt > LOOK_EVERY_MS) await this.#look()
    if (bytes <= this.#left) return
    await this.#look()
    if (bytes > this.#left) throw new GatewayError('STORAGE_FULL', STORAGE_FULL_DETAIL)
  }

  /** Counts bytes that are about to be written. @throws {GatewayError} STORAGE_FULL */
  async take (bytes: number): Promise<void> {
    await this.require(bytes)
    this.#left -= bytes
  }

  /** Remembers a failure that says that nothing can be kept. */
  note (error: unknown): void {
    if (isStorageFailure(error)) this.#failedAt = performance.now()
  }

  /** True while the reserve is whole and no write has found it otherwise lately. */
  async isEnough (): Promise<boolean> {
    return performance.now() - this.#failedAt > REMEMBER_MS && await this.left() >= 0
  }

  async #look (): Promise<void> {
    this.#looking ??= this.#freeBytes().then((bytes) => {
      this.#left = bytes - this.#reservedBytes
      this.#lookedAt = performance.now()
    }).finally(() => { this.#looking = undefined })
    await this.#looking
  }
}
