import type { DatabaseSync, StatementSync } from 'node:sqlite'

/** Most statements kept of one database. */
const KEPT_MAX = 256

/** A database's statements, each prepared once and used again, the least recently used forgotten first. */
export class PreparedStatements {
  readonly #database: DatabaseSync
  readonly #kept = new Map<string, StatementSync>()

  constructor (database: DatabaseSync) {
    this.#database = database
  }

  /** The statement of this text. Only for what is read to its end at once: it is one and the same for all who ask. */
  of (sql: string): StatementSync {
    const statement = this.#kept.get(sql) ?? this.#database.prepare(sql)
    this.#kept.delete(sql)
    this.#kept.set(sql, statement)
    if (this.#kept.size > KEPT_MAX) this.#kept.delete(this.#kept.keys().next().value ?? '')
    return statement
  }
}
