import { readTextIfExists, replaceFile } from '../../host/src/index.ts'
import { parseJson } from './json.ts'
import { report } from './logger.ts'
import type { StatePaths } from '../description/paths.ts'

/**
 * Which steps of `up` that change a ledger are known to be done, so that a second `up` need not ask for each. A step is
 * noted after it happened: one that is not noted may still have happened, so every step also looks before it acts.
 */
export class Progress {
  readonly #file: string
  readonly #done: Set<string>
  #writing: Promise<void> = Promise.resolve()

  private constructor (file: string, done: Set<string>) {
    this.#file = file
    this.#done = done
  }

  static async load (paths: StatePaths): Promise<Progress> {
    const text = await readTextIfExists(paths.progress)
    const value = parseJson(text ?? '[]')
    // Each step looks before it acts: a torn list costs time, nothing else.
    if (!Array.isArray(value)) report(`${paths.progress} is damaged: every step is looked at again`)
    return new Progress(paths.progress, new Set(Array.isArray(value) ? value.filter((step) => typeof step === 'string') : []))
  }

  has (step: string): boolean {
    return this.#done.has(step)
  }

  /** Does the step unless it is noted as done, then notes it. */
  async once (step: string, work: () => Promise<void>): Promise<void> {
    if (this.#done.has(step)) return
    await work()
    this.#done.add(step)
    const text = JSON.stringify([...this.#done].sort()) + '\n'
    this.#writing = this.#writing.then(async () => await replaceFile(this.#file, text))
    await this.#writing
  }
}
