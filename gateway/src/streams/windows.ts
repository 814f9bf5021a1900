import { fromHex, toHex } from '@epione/crypto'
import type { EventSegment, SignedStatement } from '@epione/protocol'
import { WINDOWS_BYTES_MAX, WINDOWS_MAX } from '@epione/protocol/api'
import type { ShownWindow } from '@epione/protocol/api'
import type { Expression, ExpressionBuilder, Insertable, Kysely, Selectable, SqlBool } from 'kysely'
import type { SegmentsTable, WindowsTable } from '../store/streams-tables.ts'
import type { Tables } from '../store/tables.ts'
import type { CheckedWindow } from './check-windows.ts'

type Db = Kysely<Tables>

/** A window by its own signed statement, with its wrap in force (hex). */
export interface NamedWrap { number: number, /** Statement id. */ id: string, wrap: string }
export interface SealedWindow extends NamedWrap { statement: SignedStatement }

/** The same with its ciphertext. */
export interface HeldWindow extends SealedWindow { ciphertext: Uint8Array }

/** Who brought windows: the device itself (`device:` and its id), or another gateway (`peer:` and its MSP id). */
export interface Bringer { owner: string, /** From the device itself, in order, and another hospital has them. */ isAcknowledged: boolean }

/** The last window above a number that was acknowledged to the device here, and how many of those there are. */
export interface Tip { last: number, windowId: string, count: number }

/** What a segment is of: numbers of a stream, `first` to `last`, and the root over their statement ids. */
export type SegmentWindows = Pick<EventSegment, 'stream' | 'first' | 'last' | 'root'>
/** Numbers of a stream, `first` to `last`. */
export type Span = Pick<SegmentWindows, 'stream' | 'first' | 'last'>

/** What lies under these numbers of a stream. */
export async function findKnown (
  db: Db, stream: string, numbers: readonly number[]
): Promise<Map<number, Pick<Selectable<WindowsTable>, 'statement_id' | 'acknowledged'>>> {
  const rows = await db.selectFrom('windows').select(['number', 'statement_id', 'acknowledged'])
    .where('stream', '=', stream).where('number', 'in', numbers).execute()
  return new Map(rows.map(({ number, ...row }) => [number, row]))
}

/** Device and patient of a stream of which something lies here or was shown by blocks; undefined where there is none. */
export async function findOwner (db: Db, stream: string): Promise<{ deviceId: string, patientId: string } | undefined> {
  for (const table of ['segments', 'windows'] as const) {
    const row = await db.selectFrom(table).select(['device_id', 'patient_id']).where('stream', '=', stream).limit(1).executeTakeFirst()
    if (row !== undefined) return { deviceId: row.device_id, patientId: row.patient_id }
  }
  return undefined
}

export async function findTip (db: Db, stream: string, above: number): Promise<Tip | undefined> {
  const last = await findLast(db, stream, above)
  if (last === undefined) return undefined
  const { count } = await db.selectFrom('windows').where('stream', '=', stream).where('number', '>', above).where('acknowledged', '=', 1)
    .select((eb) => eb.fn.countAll<number | string>().as('count')).executeTakeFirstOrThrow()
  return { last: last.number, windowId: last.id, count: Number(count) }
}

/** The last window above a number that was acknowledged to the device here, by its number and statement id. */
export async function findLast (db: Db, stream: string, above: number): Promise<{ number: number, id: string } | undefined> {
  return await db.selectFrom('windows').select(['number', 'statement_id as id']).where('stream', '=', stream).where('number', '>', above)
    .where('acknowledged', '=', 1).orderBy('number', 'desc').limit(1).executeTakeFirst()
}

/** Keeps windows; of each number the first that came stays. Returns the numbers under which another one lies. */
export async function keepWindows (
  db: Db, windows: readonly CheckedWindow[], { owner, isAcknowledged }: Bringer, now: number
): Promise<number[]> {
  const conflicts: number[] = []
  for (const window of windows) {
    const kept = await db.insertInto('windows').values(rowOf(window, { owner, isAcknowledged }, now))
      .onConflict((c) => c.columns(['stream', 'number']).doUpdateSet((eb) => ({
        created_at: now,
        // What came as a copy is now the device's own, too; never the other way round.
        acknowledged: isAcknowledged ? 1 : eb.ref('windows.acknowledged')
      })).where('windows.statement_id', '=', window.id))
      .executeTakeFirst()
    if (kept.numInsertedOrUpdatedRows !== 1n) conflicts.push(window.body.number)
  }
  return conflicts
}

function rowOf (
  { id, body, statement, wrap, ciphertext }: CheckedWindow, { owner, isAcknowledged }: Bringer, now: number
): Insertable<WindowsTable> {
  return {
    stream: body.stream,
    number: body.number,
    statement_id: id,
    patient_id: body.patientId,
    device_id: body.deviceId,
    epoch: body.epoch,
    statement: JSON.stringify(statement),
    wrap_hash: body.wrapHash,
    wrap: fromHex(wrap),
    ciphertext,
    size_bytes: ciphertext.length,
    created_at: now,
    owner,
    acknowledged: isAcknowledged ? 1 : 0,
    version: null
  }
}

/** Statement ids and more of the windows of these numbers that lie here, in order. */
export async function listIds (
  db: Db, { stream, first, last }: Span
): Promise<Pick<Selectable<WindowsTable>, 'number' | 'statement_id' | 'epoch' | 'device_id' | 'wrap_hash' | 'size_bytes' | 'acknowledged'>[]> {
  return await db.selectFrom('windows').select(['number', 'statement_id', 'epoch', 'device_id', 'wrap_hash', 'size_bytes', 'acknowledged'])
    .where('stream', '=', stream).where('number', '>=', first).where('number', '<=', last).orderBy('number').execute()
}

/** Windows of a stream after a number, at most `limit`, in order. */
export async function listWindowsAfter (db: Db, stream: string, after: number, limit = WINDOWS_MAX): Promise<HeldWindow[]> {
  return await listHeld(db, { stream, first: after + 1, last: Number.MAX_SAFE_INTEGER }, limit)
}

/** Windows of these numbers, in order. */
export async function listHeld (db: Db, span: Span, limit: number): Promise<HeldWindow[]> {
  const rows = await db.selectFrom('windows').select(['number', 'statement_id', 'statement', 'wrap', 'ciphertext'])
    .where((eb) => isIn(eb, span)).orderBy('number').limit(limit).execute()
  return rows.map(({ number, statement_id: id, statement, wrap, ciphertext }) =>
    ({ number, id, statement: JSON.parse(statement) as SignedStatement, wrap: toHex(wrap), ciphertext }))
}

/** Windows of these numbers without their ciphertext, in order. */
export async function listSealed (db: Db, { stream, first, last }: Span): Promise<SealedWindow[]> {
  const rows = await db.selectFrom('windows').select(['number', 'statement_id', 'statement', 'wrap'])
    .where('stream', '=', stream).where('number', '>=', first).where('number', '<=', last).orderBy('number').execute()
  return rows.map(({ number, statement_id: id, statement, wrap }) =>
    ({ number, id, statement: JSON.parse(statement) as SignedStatement, wrap: toHex(wrap) }))
}

/** Windows of these numbers by their statements' ids and wraps alone, in order: what a segment is proven by. */
export async function listWraps (db: Db, { stream, first, last }: Span): Promise<NamedWrap[]> {
  const rows = await db.selectFrom('windows').select(['number', 'statement_id', 'wrap'])
    .where('stream', '=', stream).where('number', '>=', first).where('number', '<=', last).orderBy('number').execute()
  return rows.map(({ number, statement_id: id, wrap }) => ({ number, id, wrap: toHex(wrap) }))
}

/** A page of windows as it travels: of so many bytes at most, but of one window at least. */
export async function pageOf (db: Db, span: Span): Promise<{ items: ShownWindow[], next?: number }> {
  const sizes = await db.selectFrom('windows').select(['number', 'size_bytes'])
    .where((eb) => isIn(eb, span)).orderBy('number').limit(WINDOWS_MAX + 1).execute()
  let bytes = 0
  const fitting = sizes.slice(0, WINDOWS_MAX).filter(({ size_bytes: size }) => (bytes += size) <= WINDOWS_BYTES_MAX)
  const end = fitting.at(-1)?.number
  if (end === undefined) return { items: [] }
  const items = (await listHeld(db, { ...span, last: end }, WINDOWS_MAX)).map(showWindow)
  return { items, ...(fitting.length < sizes.length && { next: end }) }
}

export function showWindow ({ number, statement, wrap, ciphertext }: HeldWindow): ShownWindow {
  return { number, statement, wrap, ciphertext: Buffer.from(ciphertext).toString('base64') }
}

/** A segment that blocks showed. */
export type SegmentRow = Selectable<SegmentsTable>

/** The newest segment of a stream as far as this gateway has read its peer's blocks. */
export async function findHead (db: Db, stream: string): Promise<SegmentRow | undefined> {
  return await db.selectFrom('segments').selectAll().where('stream', '=', stream).orderBy('version', 'desc').limit(1).executeTakeFirst()
}

export async function findSegment (db: Db, stream: string, version: number): Promise<SegmentRow | undefined> {
  return await db.selectFrom('segments').selectAll().where('stream', '=', stream).where('version', '=', version).executeTakeFirst()
}

/** Deletes windows of these numbers; true when any lay here. */
export async function deleteWindows (db: Db, span: Span): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('windows').where((eb) => isIn(eb, span)).executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}

function isIn (eb: ExpressionBuilder<Tables, 'windows'>, { stream, first, last }: Span): Expression<SqlBool> {
  return eb.and([eb('stream', '=', stream), eb('number', '>=', first), eb('number', '<=', last)])
}
