interface Options {
  /** Pieces of work at once; of one origin half of them. */ concurrent: number
  /** How much may wait. */ waiting: number
  waitingOfOrigin: number
}

type Waiting = (mayBegin: boolean) => void

/**
 * Lets only so much work go on at once, and gives each origin its turn: however much of one waits, the next place goes to
 * another one that has waited since its last turn. When all waits that may, the longest line gives way to a shorter one.
 */
export class FairTurns {
  readonly #options: Options
  readonly #ofOriginMax: number
  readonly #running = new Map<string, number>()
  /** A line for each origin that waits, in the order of their turns. */
  readonly #lines = new Map<string, Waiting[]>()
  #runningCount = 0
  #waitingCount = 0

  constructor (options: Options) {
    this.#options = options
    this.#ofOriginMax = Math.max(1, Math.ceil(options.concurrent / 2))
  }

  /** Resolves when work of this origin may begin: true, to be ended by `end`; false when too much waits already. */
  async take (origin: string): Promise<boolean> {
    if (this.#mayRun(origin)) {
      this.#begin(origin)
      return true
    }
    if (!this.#mayWait(origin)) return false
    return await new Promise<boolean>((resolve) => {
      this.#lines.set(origin, [...this.#lines.get(origin) ?? [], resolve])
      this.#waitingCount += 1
    })
  }

  end (origin: string): void {
    const left = this.#runningOf(origin) - 1
    if (left > 0) this.#running.set(origin, left)
    else this.#running.delete(origin)
    this.#runningCount -= 1
    for (const [next, line] of this.#lines) {
      if (!this.#mayRun(next)) continue
      const first = this.#remove(next, line, 0)
      this.#begin(next)
      first?.(true)
      return
    }
  }

  #mayRun (origin: string): boolean {
    return this.#runningCount < this.#options.concurrent && this.#runningOf(origin) < this.#ofOriginMax
  }

  #mayWait (origin: string): boolean {
    const own = this.#lines.get(origin)?.length ?? 0
    if (own >= this.#options.waitingOfOrigin) return false
    if (this.#waitingCount < this.#options.waiting) return true
    const [longest, line] = [...this.#lines].reduce((one, other) => other[1].length > one[1].length ? other : one)
    if (line.length <= own + 1) return false
    this.#remove(longest, line, -1)?.(false)
    return true
  }

  /** Takes the first (0) or last (-1) out of a line; after its turn an origin is the last of all. */
  #remove (origin: string, line: readonly Waiting[], at: 0 | -1): Waiting | undefined {
    const left = at === 0 ? line.slice(1) : line.slice(0, -1)
    if (at === 0 || left.length === 0) this.#lines.delete(origin)
    if (left.length > 0) this.#lines.set(origin, left)
    this.#waitingCount -= 1
    return line.at(at)
  }

  #begin (origin: string): void {
    this.#running.set(origin, this.#runningOf(origin) + 1)
    this.#runningCount += 1
  }

  #runningOf (origin: string): number {
    return this.#running.get(origin) ?? 0
  }
}
