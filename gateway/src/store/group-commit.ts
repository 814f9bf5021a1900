import { setImmediate } from 'node:timers/promises'
import type { Kysely, Transaction } from 'kysely'
import type { Tables } from './tables.ts'

/** Makes a write, and returns what to tell its caller once it is on disk. */
type Write = (trx: Transaction<Tables>) => Promise<() => void>
interface Waiting { write: Write, reject: (error: unknown) => void }

/**
 * Small writes that each must be on disk before its caller goes on, made together: all that were asked for while the disk was at
 * work share the next transaction, and so one wait for it.
 */
export class GroupCommit {
  readonly #db: Kysely<Tables>
  #waiting: Waiting[] = []
  #before: Promise<void> = Promise.resolve()

  constructor (db: Kysely<Tables>) {
    this.#db = db
  }

  /** Resolves with what `write` gives once it is on disk; rejects with the failure of this write alone. It may be made twice. */
  async run<T> (write: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
    const written = new Promise<T>((resolve, reject) => {
      this.#waiting.push({
        write: async (trx) => {
          const result = await write(trx)
          return () => { resolve(result) }
        },
        reject
      })
    })
    // The first of a group waits for the one before, and for what else this turn of the event loop asks for.
    if (this.#waiting.length === 1) {
      await Promise.all([this.#before, setImmediate()])
      const group = this.#waiting
      this.#waiting = []
      this.#before = this.#write(group)
    }
    return await written
  }

  /**
   * A group of which one write fails is undone, and each is made by itself: at once, as one may wait for what another process has locked.
   */
  async #write (group: readonly Waiting[]): Promise<void> {
    try {
      const tell = await this.#db.transaction().execute(async (trx) => {
        const tellers: (() => void)[] = []
        for (const { write } of group) tellers.push(await write(trx))
        return tellers
      })
      for (const written of tell) written()
    } catch (error) {
      const [only] = group
      if (group.length === 1) only?.reject(error)
      else await Promise.all(group.map(async (one) => { await this.#write([one]) }))
    }
  }
}
