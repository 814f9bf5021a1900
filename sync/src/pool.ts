/** Work at once, a few at a time; two works of one name never are. The first that fails ends it all, once those under way have ended. */
export class Pool {
  readonly #few: number
  readonly #running = new Map<string, Promise<void>>()
  #failure: { error: unknown } | undefined

  constructor (few: number) {
    this.#few = few
  }

  /** Waits for room, and begins it. @throws what an earlier one failed with */
  async run (name: string, work: () => Promise<void>): Promise<void> {
    while (this.#running.size >= this.#few || this.#running.has(name)) {
      await (this.#running.get(name) ?? Promise.race(this.#running.values()))
    }
    this.#throwFailure()
    this.#running.set(name, work().catch((error: unknown) => { this.#failure ??= { error } }).finally(() => { this.#running.delete(name) }))
  }

  /** Waits for all. @throws */
  async drain (): Promise<void> {
    await Promise.all(this.#running.values())
    this.#throwFailure()
  }

  #throwFailure (): void {
    if (this.#failure !== undefined) throw this.#failure.error
  }
}
