import { join } from 'node:path'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import { GroupCommit } from './group-commit.ts'
import { MIGRATIONS } from './migrations.ts'
import { openSqlite, openSqliteToRead } from './sqlite.ts'
import type { Tables } from './tables.ts'

/** Connections of one gateway to PostgreSQL. */
const POOL_SIZE = 10
/** A database that does not answer within this time (ms) is reported as unavailable. */
const CONNECT_TIMEOUT_MS = 5_000
/**
 * How long (ms) a statement waits for what another process has locked, and a transaction may do nothing: a gateway beside this one that
 * hangs in the middle of one would else hold up all writes of a group, and those after it.
 */
const LOCK_TIMEOUT_MS = 5_000
const IDLE_TRANSACTION_MS = 30_000
/** SQLSTATE of a client that gets no connection. */
const NO_CONNECTION = '08001'
/** PostgreSQL's `bigint`, read as number: all of ours fit 2^53. */
const INT8 = pg.types.builtins.INT8

/** The gateway's own database. Everything in it can be rebuilt from the ledger, but for kfrags, wallet, wraps and journal. */
export interface Store {
  db: Kysely<Tables>
  kind: 'sqlite' | 'postgresql'
  /** For small writes that every request waits for. */
  commits: GroupCommit
  /**
   * Takes what was deleted out of the files, too: SQLite folds its log in, and `secure_delete` has overwritten the pages. PostgreSQL keeps
   * dead rows until its own vacuum, and its log as long as its backups are kept.
   */
  scrub: () => Promise<void>
  /** Throws when the database does not answer. */
  check: () => Promise<void>
  close: () => Promise<void>
}

/** Where a gateway's SQLite store lies. */
export function storeFolderOf (dataDir: string): string {
  return join(dataDir, 'store')
}

/** Opens the store and brings its tables up to date: PostgreSQL when `databaseUrl` is given, else SQLite in `directory`. */
export async function openStore (
  { databaseUrl, directory, migrations = MIGRATIONS }:
  { databaseUrl?: string | undefined, directory: string, migrations?: typeof MIGRATIONS }
): Promise<Store> {
  const store = databaseUrl === undefined ? createSqliteStore(directory) : createPostgresStore(databaseUrl)
  try {
    await migrate(store.db, migrations)
  } catch (error) {
    await store.close()
    throw error
  }
  return store
}

/** Opens the store as another process has it, to be read alone: its tables must be there, and SQLite's may be written meanwhile. */
export function openStoreToRead ({ databaseUrl, directory }: { databaseUrl?: string | undefined, directory: string }): Store {
  if (databaseUrl !== undefined) return createPostgresStore(databaseUrl)
  return createStore(new Kysely<Tables>({ dialect: openSqliteToRead(directory) }), 'sqlite', () => undefined)
}

function createSqliteStore (directory: string): Store {
  const { dialect, release } = openSqlite(directory)
  return createStore(new Kysely<Tables>({ dialect }), 'sqlite', release)
}

function createPostgresStore (connectionString: string): Store {
  const types = new pg.TypeOverrides()
  types.setTypeParser(INT8, Number)
  const pool = new pg.Pool({
    connectionString,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_TRANSACTION_MS,
    types
  })
  // SQLSTATE's own name for it, so that callers are told of a database that is away, and not of a fault of the gateway.
  const connect = async (): Promise<pg.PoolClient> => await pool.connect().catch((cause: unknown) => {
    throw Object.assign(new Error('the database takes no connection', { cause }), { code: NO_CONNECTION })
  })
  // A connection that breaks is replaced at the next query, and whoever uses it is told by that. Without listeners it would end the
  // process, one that waits in the pool as one that is in use.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => { client.on('error', () => undefined) })
  const end = async (): Promise<void> => { await pool.end() }
  const dialect = new PostgresDialect({ pool: { connect, end, options: pool.options } })
  return createStore(new Kysely<Tables>({ dialect }), 'postgresql', () => undefined)
}

function createStore (db: Kysely<Tables>, kind: Store['kind'], release: () => void): Store {
  return {
    db,
    kind,
    commits: new GroupCommit(db),
    scrub: async () => { if (kind === 'sqlite') await sql`pragma wal_checkpoint(truncate)`.execute(db) },
    check: async () => { await sql`select 1`.execute(db) },
    close: async () => {
      await db.destroy()
      release()
    }
  }
}

async function migrate (db: Kysely<Tables>, migrations: typeof MIGRATIONS): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw new Error('the tables of the store could not be brought up to date', { cause: error })
}
