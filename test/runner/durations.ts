import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

const FILE = '.cache/test-seconds.json'
/** A new file counts as long: one that turns out so had better not start last. */
const UNKNOWN_SECONDS = 60

/** How long each test file took when it last ran here. */
export class Durations {
  readonly #seconds: Map<string, number>

  constructor (seconds: Iterable<[string, number]> = []) {
    this.#seconds = new Map(seconds)
  }

  /** Without what is missing or damaged: the order of files is all that rests on it. */
  static async load (file = FILE): Promise<Durations> {
    try {
      const known: unknown = JSON.parse(await readFile(file, 'utf8'))
      const seconds = Object.entries(known ?? {}).filter((entry): entry is [string, number] => typeof entry[1] === 'number')
      return new Durations(seconds)
    } catch {
      return new Durations()
    }
  }

  readonly note = (file: string, seconds: number): void => { this.#seconds.set(file, seconds) }

  of (file: string): number {
    return this.#seconds.get(file) ?? UNKNOWN_SECONDS
  }

  sum (files: readonly string[]): number {
    return files.reduce((sum, file) => sum + this.of(file), 0)
  }

  /** The longest first, so that no long one is left when all others are through. */
  longestFirst (files: readonly string[]): string[] {
    return [...files].sort((a, b) => this.of(b) - this.of(a))
  }

  /** In one step: another run may read it, and this one may be ended. */
  async save (file = FILE): Promise<void> {
    const fresh = `${file}.${String(process.pid)}`
    await mkdir(dirname(file), { recursive: true })
    await writeFile(fresh, `${JSON.stringify(Object.fromEntries(this.#seconds), null, 2)}\n`)
    await rename(fresh, file)
  }
}
