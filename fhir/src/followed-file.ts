import { stat } from 'node:fs/promises'
import { readTextIfExists } from '@epione/host'

/** What a file says, read again when it changes. */
export class FollowedFile<T> {
  readonly #path: string
  readonly #parse: (text: string) => T
  #read: { changedMs: number, value: T } | undefined

  constructor (path: string, parse: (text: string) => T) {
    this.#path = path
    this.#parse = parse
  }

  /** @throws what `parse` throws @throws {Error} where there is no such file */
  async read (): Promise<T> {
    const { mtimeMs } = await stat(this.#path)
    if (this.#read?.changedMs !== mtimeMs) this.#read = { changedMs: mtimeMs, value: this.#parse(await readTextIfExists(this.#path) ?? '') }
    return this.#read.value
  }
}
