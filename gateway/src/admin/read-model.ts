import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { listIfExists, takeLock } from '@epione/host'
import type { LedgerConnection } from '@epione/ledger/fabric'
import type { FastifyBaseLogger } from 'fastify'
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import { projectAccess } from '../access/access-log.ts'
import { projectNotes } from '../access/project-notes.ts'
import { projectChanges } from '../audit/project-changes.ts'
import { projectEmergencies } from '../emergencies/project-emergencies.ts'
import type { ReviewProof } from '../emergencies/prove-review.ts'
import { writesOf } from '../ledger/projection.ts'
import type { Write } from '../ledger/projection.ts'
import { openStore } from '../store/store.ts'
import type { Store } from '../store/store.ts'
import type { Tables } from '../store/tables.ts'

/** What lists of events, consents and groups are read from, each table with what tells its rows apart: blocks alone make it. */
const READ_MODEL = [
  { name: 'access_events', key: ['event_id'] },
  { name: 'log_readings', key: ['reading_id'] },
  { name: 'log_reading_patients', key: ['patient_id', 'reading_id'] },
  { name: 'denial_repeats', key: ['event_id', 'note_id'] },
  { name: 'consent_changes', key: ['statement_id'] },
  { name: 'consent_custody', key: ['consent_id', 'msp_id'] },
  { name: 'group_changes', key: ['statement_id'] },
  { name: 'emergencies', key: ['event_id'] }
] as const
type ReadTable = (typeof READ_MODEL)[number]
type Row = Record<string, unknown>

/** Rows that are compared at once, and writes that are one transaction. */
const ROWS = 500
/** How the folders are called in which it is made anew, beside the store's. */
const FOLDER = 'verify-'
/** Longest value (characters) that a difference shows. */
const SHOWN_MAX = 200

export interface ReadModelOptions {
  store: Pick<Store, 'db' | 'kind'>
  connection: Pick<LedgerConnection, 'blocks' | 'height'>
  proof: ReviewProof
  networkId: string
  log: FastifyBaseLogger
  /** Told of each block that was read, and which is the last. */
  tell: (blockNumber: bigint, last: bigint) => void
}

/** The first row that differs: `missing` in the store, `invented` there, or with another value in one column. */
export interface Difference { table: string, key: Row, kind: 'missing' | 'invented' | 'changed', column?: string, ledger?: string, store?: string }

/** `blockNumber`: the last one in the store; rows of each table that the ledger makes of the blocks up to it. */
export interface Comparison { blockNumber: number, rows: Record<string, number>, difference: Difference | null }

/**
 * Makes the read model anew of the own peer's blocks, beside the store in `directory`, and compares row by row. It reads one moment of the
 * store and changes nothing: the gateway may run.
 * @throws {Error} when the store has read no block of this network, or the peer does not have them
 */
export async function verifyReadModel (options: ReadModelOptions & { directory: string }): Promise<Comparison> {
  const { store: { db, kind }, directory } = options
  await removeLeft(directory)
  const folder = await mkdtemp(join(directory, FOLDER))
  const scratch = await openStore({ directory: folder })
  try {
    const apply = async (writes: Write[]): Promise<void> => {
      await scratch.db.transaction().execute(async (trx) => { for (const write of writes) await write(trx) })
    }
    // What takes long comes before the moment that is compared: few blocks are left for it.
    const begun = await readPosition(options, db)
    await replay(options, 0n, begun, apply)
    const moment = db.transaction()
    return await (kind === 'postgresql' ? moment.setIsolationLevel('repeatable read') : moment).execute(async (trx) => {
      const last = await readPosition(options, trx)
      await replay(options, begun + 1n, last, apply)
      const rows: Record<string, number> = {}
      let difference: Difference | undefined
      for (const table of READ_MODEL) {
        rows[table.name] = await countRows(scratch.db, table)
        difference ??= await compare(table, trx, scratch.db)
      }
      return { blockNumber: Number(last), rows, difference: difference ?? null }
    })
  } finally {
    await scratch.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** What was killed could not remove what it had made: copies of the log, one more each time. What is under way holds its lock. */
async function removeLeft (directory: string): Promise<void> {
  for (const name of await listIfExists(directory)) {
    const folder = join(directory, name)
    const lock = name.startsWith(FOLDER) ? takeLock(join(folder, 'store.lock')) : undefined
    if (lock === undefined) continue
    await rm(folder, { recursive: true, force: true })
    lock.release()
  }
}

/**
 * Makes the read model anew in its place, of the blocks from 0 to the last that the store has read: all of it, or nothing. Other tables
 * stay, and so does the place from which a gateway goes on.
 * @throws {Error} as `verifyReadModel`
 */
export async function rebuildReadModel (options: ReadModelOptions): Promise<Omit<Comparison, 'difference'>> {
  const { store: { db, kind } } = options
  return await db.transaction().execute(async (trx) => {
    // However long the peer takes for blocks that write nothing.
    if (kind === 'postgresql') await sql`set local idle_in_transaction_session_timeout = 0`.execute(trx)
    // A gateway on the same database waits here with its next block.
    await trx.updateTable('checkpoints').set((eb) => ({ block_number: eb.ref('block_number') })).execute()
    const last = await readPosition(options, trx)
    for (const { name } of READ_MODEL) await sql`delete from ${sql.table(name)}`.execute(trx)
    await replay(options, 0n, last, async (writes) => { for (const write of writes) await write(trx) })
    const rows: Record<string, number> = {}
    for (const table of READ_MODEL) rows[table.name] = await countRows(trx, table)
    return { blockNumber: Number(last), rows }
  })
}

async function readPosition ({ networkId }: ReadModelOptions, db: Kysely<Tables>): Promise<bigint> {
  const row = await db.selectFrom('checkpoints').select('block_number').where('name', '=', networkId).executeTakeFirst()
  if (row === undefined) throw new Error('the store has read no block of this network: start the gateway first')
  return BigInt(row.block_number)
}

async function replay (
  { connection, proof, log, tell }: ReadModelOptions, from: bigint, last: bigint, apply: (writes: Write[]) => Promise<void>
): Promise<void> {
  if (from > last) return
  // Its stream would wait for the next block as long as there is none.
  const height = await connection.height()
  if (height <= last) throw new Error(`the peer has ${String(height)} blocks, and the store has read up to ${String(last)}: it was set back, or is behind`)
  const projections = [projectAccess, projectNotes, projectChanges(proof.reader), projectEmergencies(proof, log)]
  const stop = new AbortController()
  let [writes, read]: [Write[], bigint] = [[], from - 1n]
  for await (const { blockNumber, events } of connection.blocks(from, stop.signal)) {
    // What a running gateway could not read it said in its log, and left out.
    writes.push(...writesOf(events, projections, () => undefined))
    read = blockNumber
    if (writes.length >= ROWS || blockNumber >= last) {
      await apply(writes)
      writes = []
    }
    tell(blockNumber, last)
    if (blockNumber >= last) break
  }
  stop.abort()
  if (read < last) throw new Error(`the peer gave no block after ${String(read)}, and the store has read up to ${String(last)}`)
}

/** The first row of the store that the ledger does not make so, else the first that the store lacks; undefined where all is right. */
async function compare (table: ReadTable, store: Transaction<Tables>, made: Kysely<Tables>): Promise<Difference | undefined> {
  const { name } = table
  for await (const rows of pagesOf(store, table)) {
    const due = await findRows(made, table, rows)
    for (const row of rows) {
      const [key, right] = [keyOf(table, row), due.get(nameOf(table, row))]
      if (right === undefined) return { table: name, key, kind: 'invented' }
      const column = Object.keys(right).find((one) => !isDeepStrictEqual(row[one], right[one]))
      if (column !== undefined) return { table: name, key, kind: 'changed', column, ledger: show(right[column]), store: show(row[column]) }
    }
  }
  for await (const rows of pagesOf(made, table)) {
    const there = await findRows(store, table, rows)
    const missing = rows.find((row) => !there.has(nameOf(table, row)))
    if (missing !== undefined) return { table: name, key: keyOf(table, missing), kind: 'missing' }
  }
  return undefined
}

const keyOf = ({ key }: ReadTable, row: Row): Row => Object.fromEntries(key.map((column) => [column, row[column]]))
const nameOf = ({ key }: ReadTable, row: Row): string => JSON.stringify(key.map((column) => row[column]))
const columnsOf = ({ key }: ReadTable): ReturnType<typeof sql.join> => sql.join(key.map((column) => sql.ref(column)))
const valuesOf = ({ key }: ReadTable, row: Row): ReturnType<typeof sql.join> => sql.join(key.map((column) => row[column]))

function show (value: unknown): string {
  return String(value).slice(0, SHOWN_MAX)
}

async function countRows (db: Kysely<Tables>, { name }: ReadTable): Promise<number> {
  const { rows: [row] } = await sql<{ count: number }>`select count(*) as count from ${sql.table(name)}`.execute(db)
  return row?.count ?? 0
}

/** All rows, page by page, in the order that the database itself has. */
async function * pagesOf (db: Kysely<Tables>, table: ReadTable): AsyncGenerator<Row[], void, void> {
  for (let last: Row | undefined; ;) {
    const after = last === undefined ? sql`` : sql`where (${columnsOf(table)}) > (${valuesOf(table, last)})`
    const { rows } = await sql<Row>`select * from ${sql.table(table.name)} ${after} order by ${columnsOf(table)} limit ${ROWS}`.execute(db)
    if (rows.length === 0) return
    yield rows
    last = rows.at(-1)
  }
}

async function findRows (db: Kysely<Tables>, table: ReadTable, like: readonly Row[]): Promise<Map<string, Row>> {
  const wanted = sql.join(like.map((row) => sql`(${valuesOf(table, row)})`))
  const { rows } = await sql<Row>`select * from ${sql.table(table.name)} where (${columnsOf(table)}) in (values ${wanted})`.execute(db)
  return new Map(rows.map((row) => [nameOf(table, row), row]))
}
