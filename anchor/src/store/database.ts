import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { StatementSync } from 'node:sqlite'
import { PreparedStatements, PRIVATE_FOLDER_MODE, PRIVATE_MODE, takeLock } from '@epione/host'
import { AnchorError } from '../errors.ts'

const TABLES = `
create table if not exists blocks (number integer primary key, header_hash blob not null, leaf blob not null, counts integer not null, seen_at integer not null) strict;
create table if not exists votes (number integer not null, first_block integer not null, last_block integer not null, root text not null, witness text not null, signature text not null, primary key (number, last_block, root, witness)) strict;
create table if not exists transactions (hash text primary key, nonce integer not null, batch integer not null, raw text not null, max_fee text not null, max_priority_fee text not null, created_at integer not null, cost text) strict;
create index if not exists transactions_by_nonce on transactions (nonce);
create table if not exists facts (name text primary key, value text not null) strict;
`

/** The service's own database in `directory`, for this process alone: WAL with synchronous FULL survives kill -9 and the loss of power. */
export interface Database { sql: { prepare: (sql: string) => StatementSync, exec: (sql: string) => void }, close: () => void }

/** Opens it. Throws `STORE_IN_USE` when another process holds it. */
export function openDatabase (directory: string): Database {
  mkdirSync(directory, { recursive: true, mode: PRIVATE_FOLDER_MODE })
  const lock = takeLock(join(directory, 'anchor.lock'))
  if (lock === undefined) throw new AnchorError('STORE_IN_USE', `Another anchor service works in ${directory}: stop it first.`)
  // SQLite gives its journals the mode of the database.
  closeSync(openSync(join(directory, 'anchor.sqlite'), 'a', PRIVATE_MODE))
  const sql = new DatabaseSync(join(directory, 'anchor.sqlite'))
  sql.exec(`pragma journal_mode=wal; pragma synchronous=full; pragma busy_timeout=5000; ${TABLES}`)
  const statements = new PreparedStatements(sql)
  return {
    sql: { prepare: (text) => statements.of(text), exec: (text) => { sql.exec(text) } },
    close: () => {
      sql.close()
      lock.release()
    }
  }
}
