import { mkdir, readFile, writeFile } from 'node:fs/promises'
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

  static async load (): Promise<Durations> {
    const text = await readFile(FILE, 'utf8').catch(() => '{}')
    return new Durations(Object.entries(JSON.parse(text) as Record<string, number>))
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

  async save (): Promise<void> {
    await mkdir(dirname(FILE), { recursive: true })
    await writeFile(FILE, `${JSON.stringify(Object.fromEntries(this.#seconds), null, 2)}\n`)
  }
}
