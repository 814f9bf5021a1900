import { DatabaseSync } from 'node:sqlite'
import type { SQLInputValue } from 'node:sqlite'
import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isStorageFailing, PreparedStatements, PRIVATE_FOLDER_MODE, PRIVATE_MODE, takeLock } from '@epione/host'
import { SqliteDialect } from 'kysely'
import type { SqliteDatabase } from 'kysely'

/**
 * Opens the SQLite store of `directory` for this process alone. WAL with synchronous FULL survives the loss of
 * power; the lock beside it refuses a second process and is freed by the kernel even after kill -9.
 */
export function openSqlite (directory: string): { dialect: SqliteDialect, release: () => void } {
  mkdirSync(directory, { recursive: true, mode: PRIVATE_FOLDER_MODE })
  const path = join(directory, 'store.lock')
  const lock = takeLock(path)
  if (lock === undefined) throw new Error(`another process holds the store (${path}): stop it first`)
  try {
    return { dialect: new SqliteDialect({ database: adapt(openWhole(join(directory, 'store.sqlite'))) }), release: lock.release }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** A new database, or one that was closed, or cut off by kill -9 or a loss of power. @throws {Error} for what is none any more */
function openWhole (path: string): DatabaseSync {
  // SQLite takes an empty file for a new database: the kfrags of the one that was there would be missed by nobody.
  if (existsSync(path) && statSync(path).size === 0) {
    throw new Error(`the store (${path}) is empty: restore it from a backup, or remove it if this gateway never ran, and start again`)
  }
  try {
    // SQLite gives its journals the mode of the database.
    closeSync(openSync(path, 'a', PRIVATE_MODE))
    const database = new DatabaseSync(path)
    database.exec(
      'pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on; pragma busy_timeout=5000; pragma secure_delete=on'
    )
    return database
  } catch (cause) {
    if (!isStorageFailing(cause)) throw cause
    throw new Error(`the store (${path}) cannot be opened: make it writable, or where it is damaged restore it from a backup`, { cause })
  }
}

/** Opens the SQLite store of `directory` to read, whoever else has it open. @throws {Error} where there is none */
export function openSqliteToRead (directory: string): SqliteDialect {
  const path = join(directory, 'store.sqlite')
  if (!existsSync(path)) throw new Error(`there is no store (${path}): is DATA_DIR that of a gateway that ran?`)
  const database = new DatabaseSync(path, { readOnly: true })
  database.exec('pragma busy_timeout=5000')
  return new SqliteDialect({ database: adapt(database) })
}

/** The face of better-sqlite3 that Kysely's dialect expects, over the platform's own SQLite. */
function adapt (database: DatabaseSync): SqliteDatabase {
  const statements = new PreparedStatements(database)
  return {
    close: () => { database.close() },
    prepare: (sql) => {
      const statement = statements.of(sql)
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...parameters as SQLInputValue[]),
        // A full disk ends the transaction by itself: undoing it again would fail, and hide why.
        run: (parameters) => isUndone(database, sql) ? { changes: 0, lastInsertRowid: 0 } : statement.run(...parameters as SQLInputValue[]),
        // Reading on while others use the same statement would begin it anew.
        iterate: (parameters) => database.prepare(sql).iterate(...parameters as SQLInputValue[])
      }
    }
  }
}

function isUndone (database: DatabaseSync, sql: string): boolean {
  return sql === 'rollback' && !database.isTransaction
}
