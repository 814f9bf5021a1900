/** Wrong passwords in a row after which a name must wait, and for how long (ms): doubled with each further one. */
const [FREE, WAIT_MS, WAIT_MAX_MS] = [5, 10_000, 900_000]
/** Names that are remembered; the oldest are forgotten first. */
const NAMES_MAX = 10_000

/** Slows guessing of one person's password, without ever locking them out for good. */
export class Guesses {
  readonly #wrong = new Map<string, { count: number, until: number }>()
  readonly #clock: () => number

  constructor (clock: () => number = Date.now) {
    this.#clock = clock
  }

  /** Seconds that must pass before another guess counts; 0 when one counts now. */
  waitSeconds (subject: string): number {
    return Math.max(0, Math.ceil(((this.#wrong.get(subject)?.until ?? 0) - this.#clock()) / 1000))
  }

  /** Counts a guess before it is looked at, so that many at once are counted, too. */
  begin (subject: string): void {
    const count = (this.#wrong.get(subject)?.count ?? 0) + 1
    this.#wrong.delete(subject)
    const waitMs = count < FREE ? 0 : Math.min(WAIT_MS * 2 ** (count - FREE), WAIT_MAX_MS)
    this.#wrong.set(subject, { count, until: this.#clock() + waitMs })
    const [oldest] = this.#wrong.keys()
    if (this.#wrong.size > NAMES_MAX && oldest !== undefined) this.#wrong.delete(oldest)
  }

  right (subject: string): void {
    this.#wrong.delete(subject)
  }
}
