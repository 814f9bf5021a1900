import { fromHex, toHex, wrapHash } from '@epione/crypto'
import type { Place } from '@epione/crypto'
import type { Expression, ExpressionBuilder, Kysely, SqlBool } from 'kysely'
import type { Owner } from './tally.ts'
import { GatewayError } from '../errors.ts'
import type { Tables } from '../store/tables.ts'

/**
 * What a wrap lies here for: a record version, or a search key of a patient. Any record may name any hash on the ledger, so a wrap is
 * found, kept and deleted for that alone for which it was brought, and whose place its hash is of.
 */
export type WrapSubject = { recordId: string, version: number } | { patientId: string }

/** A wrap (hex) for a patient's record version or search key that the ledger has, or is about to have. */
export interface BroughtWrap { hash: string, wrap: string, owner: Owner, patientId: string, subject: WrapSubject }

/** Most rows that no record names yet: of one person or patient, of one other gateway, and for one patient of each of these. */
export const UNNAMED_MAX = { person: 2_000, peer: 50_000, patient: 2_000 }
/** Seconds after which asking again makes sense: by then records may name what is stored. */
const RETRY_AFTER_SECONDS = 600

/** Whether a wrap (hex) is the one of this hash, at this place. */
export function isWrapOf (wrap: string, hash: string, place: Place): boolean {
  return toHex(wrapHash(fromHex(wrap), place)) === hash
}

/** Keeps a wrap under its hash: for good once the ledger names it, else for a day. @throws {GatewayError} QUOTA_EXCEEDED */
export async function storeWrap (db: Kysely<Tables>, { hash, wrap, owner, patientId, subject }: BroughtWrap, now: number): Promise<void> {
  const asked = await db.updateTable('wraps').set({ created_at: now }).where(
    'wrap_hash',
    '=',
    hash
  ).returning('wrap_hash').executeTakeFirst()
  if (asked !== undefined) return
  const rows = db.selectFrom('wraps').select((eb) =>
    eb.fn.countAll<number | string>().as('count')).where('named', '=', 0).where('owner', '=', owner)
  requireRoom(owner, await rows.executeTakeFirstOrThrow(), await rows.where('patient_id', '=', patientId).executeTakeFirstOrThrow())
  const { recordId, version } = 'recordId' in subject ? subject : OF_SEARCH_KEY
  const row = { wrap_hash: hash, wrap: fromHex(wrap), created_at: now, owner, patient_id: patientId, record_id: recordId, version }
  await db.insertInto('wraps').values({ ...row, named: 0 }).onConflict((c) => c.column('wrap_hash').doUpdateSet({ created_at: now })).execute()
}

/** Stand in place of record and version. */
export const OF_SEARCH_KEY = { recordId: '', version: 0 }

/** One who brings rows takes no other's room, and one patient not all of that one's. @throws {GatewayError} QUOTA_EXCEEDED */
export function requireRoom (
  owner: Owner,
  { count: all }: { count: number | string },
  { count: ofPatient }: { count: number | string }
): void {
  const most = owner.startsWith('peer:') ? UNNAMED_MAX.peer : UNNAMED_MAX.person
  if (Number(all) < most && Number(ofPatient) < UNNAMED_MAX.patient) return
  throw new GatewayError(
    'QUOTA_EXCEEDED',
    'too much was brought here that no record names: register it, or wait until it is removed after a day',
    { retryAfterSeconds: RETRY_AFTER_SECONDS }
  )
}

/** The ledger names it. */
export async function markWrapNamed (db: Kysely<Tables>, hash: string, subject: WrapSubject): Promise<void> {
  await db.updateTable('wraps').set({ named: 1 }).where((eb) => isOf(eb, hash, subject)).execute()
}

/** The wrap (hex) of this hash, where it lies here for one of these. */
export async function findOwnWrap (db: Kysely<Tables>, hash: string, subjects: readonly WrapSubject[]): Promise<string | undefined> {
  const row = await db.selectFrom('wraps').select('wrap').where((eb) => eb.or(subjects.map((subject) => isOf(eb, hash, subject))))
    .executeTakeFirst()
  return row === undefined ? undefined : toHex(row.wrap)
}

/** True when any of these wraps lies here for that subject. */
export async function hasWrap (db: Kysely<Tables>, hashes: readonly string[], subject: WrapSubject): Promise<boolean> {
  const row = await db.selectFrom('wraps').select('wrap_hash')
    .where((eb) => eb.or(hashes.map((hash) => isOf(eb, hash, subject)))).executeTakeFirst()
  return row !== undefined
}

/** Deletes the wrap of this hash that lies here for that subject; true when one did. */
export async function deleteWrap (db: Kysely<Tables>, hash: string, subject: WrapSubject): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('wraps').where((eb) => isOf(eb, hash, subject)).executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}

/** Deletes all wraps that lie here for a record version, those of rewraps that came to nothing, too; true when one did. */
export async function deleteWrapsOf (db: Kysely<Tables>, { recordId, version }: { recordId: string, version: number }): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('wraps').where('record_id', '=', recordId).where('version', '=', version)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}

function isOf (eb: ExpressionBuilder<Tables, 'wraps'>, hash: string, subject: WrapSubject): Expression<SqlBool> {
  const { recordId, version } = 'recordId' in subject ? subject : OF_SEARCH_KEY
  return eb.and([
    eb('wrap_hash', '=', hash), eb('record_id', '=', recordId), eb('version', '=', version),
    ...('patientId' in subject ? [eb('patient_id', '=', subject.patientId)] : [])
  ])
}
