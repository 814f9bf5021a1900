import { networkOf } from '@epione/host'

/** Wrong passwords in a row after which a name must wait at an address, and for how long (ms): doubled with each further one. */
const [FREE, WAIT_MS, WAIT_MAX_MS] = [5, 10_000, 900_000]
/** Names and addresses that are remembered; the oldest are forgotten first. */
const NAMES_MAX = 10_000

/**
 * Slows guessing of one person's password from one address. Elsewhere they sign in meanwhile: else anybody who knows a physician's name
 * could keep them out by a wrong password every quarter of an hour. Passwords are drawn, and not to be guessed from many addresses either.
 */
export class Guesses {
  readonly #wrong = new Map<string, { count: number, until: number }>()
  readonly #clock: () => number

  constructor (clock: () => number = Date.now) {
    this.#clock = clock
  }

  /** Seconds that must pass before another guess counts; 0 when one counts now. */
  waitSeconds (subject: string, address: string): number {
    return Math.max(0, Math.ceil(((this.#wrong.get(keyOf(subject, address))?.until ?? 0) - this.#clock()) / 1000))
  }

  /** Counts a guess before it is looked at, so that many at once are counted, too. */
  begin (subject: string, address: string): void {
    const key = keyOf(subject, address)
    const count = (this.#wrong.get(key)?.count ?? 0) + 1
    this.#wrong.delete(key)
    const waitMs = count < FREE ? 0 : Math.min(WAIT_MS * 2 ** (count - FREE), WAIT_MAX_MS)
    this.#wrong.set(key, { count, until: this.#clock() + waitMs })
    const [oldest] = this.#wrong.keys()
    if (this.#wrong.size > NAMES_MAX && oldest !== undefined) this.#wrong.delete(oldest)
  }

  right (subject: string, address: string): void {
    this.#wrong.delete(keyOf(subject, address))
  }
}

const keyOf = (subject: string, address: string): string => `${networkOf(address)} ${subject}`
