import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const FILE = '.cache/test-seconds.json'
/** Of the files over 20 s, in a whole run on two cores: for a clone where nothing ran yet. */
const USUAL = join(import.meta.dirname, 'usual-seconds.json')
/** Between the short files and those whose usual time is known. */
const UNKNOWN_SECONDS = 20

/** How long each test file took when it last ran here. */
export class Durations {
  readonly #seconds: Map<string, number>

  constructor (seconds: Iterable<[string, number]> = []) {
    this.#seconds = new Map(seconds)
  }

  /** Without what is missing or damaged: the order of files is all that rests on it. */
  static async load (file = FILE): Promise<Durations> {
    return new Durations([...await readSeconds(USUAL), ...await readSeconds(file)])
  }

  readonly note = (file: string, seconds: number): void => { this.#seconds.set(file, seconds) }

  of (file: string): number {
    return this.#seconds.get(file) ?? UNKNOWN_SECONDS
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

async function readSeconds (file: string): Promise<Array<[string, number]>> {
  try {
    const known: unknown = JSON.parse(await readFile(file, 'utf8'))
    return Object.entries(known ?? {}).filter((entry): entry is [string, number] => typeof entry[1] === 'number')
  } catch {
    return []
  }
}
