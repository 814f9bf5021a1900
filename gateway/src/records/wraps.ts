import { fromHex, toHex, wrapHash } from '@epione/crypto'
import type { Kysely } from 'kysely'
import type { Owner } from './tally.ts'
import { GatewayError } from '../errors.ts'
import type { Tables } from '../store/tables.ts'

/** A wrap (hex) for a patient's record version that the ledger has, or is about to have. */
export interface BroughtWrap { hash: string, wrap: string, owner: Owner, patientId: string }

/** Most rows that no record names yet: of one person or patient, of one other gateway, and for one patient of each of these. */
export const UNNAMED_MAX = { person: 2_000, peer: 50_000, patient: 2_000 }
/** Seconds after which asking again makes sense: by then records may name what is stored. */
const RETRY_AFTER_SECONDS = 600

/** Whether a wrap (hex) is the one of this hash. */
export function isWrapOf (wrap: string, hash: string): boolean {
  return toHex(wrapHash(fromHex(wrap))) === hash
}

/** Keeps a wrap under its hash: for good once the ledger names it, else for a day. @throws {GatewayError} QUOTA_EXCEEDED */
export async function storeWrap (db: Kysely<Tables>, { hash, wrap, owner, patientId }: BroughtWrap, now: number): Promise<void> {
  const asked = await db.updateTable('wraps').set({ created_at: now }).where(
    'wrap_hash',
    '=',
    hash
  ).returning('wrap_hash').executeTakeFirst()
  if (asked !== undefined) return
  const rows = db.selectFrom('wraps').select((eb) =>
    eb.fn.countAll<number | string>().as('count')).where('named', '=', 0).where('owner', '=', owner)
  requireRoom(owner, await rows.executeTakeFirstOrThrow(), await rows.where('patient_id', '=', patientId).executeTakeFirstOrThrow())
  await db.insertInto('wraps').values({ wrap_hash: hash, wrap: fromHex(wrap), created_at: now, owner, patient_id: patientId, named: 0 })
    .onConflict((c) => c.column('wrap_hash').doUpdateSet({ created_at: now })).execute()
}

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

/** A record version on the ledger names it. */
export async function markWrapNamed (db: Kysely<Tables>, hash: string): Promise<void> {
  await db.updateTable('wraps').set({ named: 1 }).where('wrap_hash', '=', hash).execute()
}

/** True when any of these wraps lies here. */
export async function hasWrap (db: Kysely<Tables>, hashes: readonly string[]): Promise<boolean> {
  const row = await db.selectFrom('wraps').select('wrap_hash').where('wrap_hash', 'in', hashes).executeTakeFirst()
  return row !== undefined
}
