import { backupHash, fromHex, sealedShareHash, toHex } from '@epione/crypto'
import type { Guardians } from '@epione/protocol'
import type { Escrow, KeptEscrow } from '@epione/protocol/api'
import type { Kysely } from 'kysely'
import { GatewayError } from '../errors.ts'
import type { Tables } from '../store/tables.ts'

/** Escrows of one patient that no statement on the ledger names. */
const UNNAMED_MAX = 32

/**
 * Every byte of the escrow is one that the patient's statement commits to: whoever else sends the statement on, another hospital
 * included, can add nothing of its own. @throws {GatewayError} ESCROW_MISMATCH
 */
export function requireEscrow (committed: Guardians, { backup, shares }: Escrow): void {
  if (!isBackupOf(committed, fromHex(backup))) throw mismatch('the backup is not the one whose hash the statement signs')
  if (shares.length !== committed.guardians.length) {
    throw mismatch(`send one sealed share for each of the ${committed.guardians.length} guardians, in their order`)
  }
  const wrong = shares.findIndex((sealed, index) => !isShareOf(committed, index, fromHex(sealed)))
  if (wrong >= 0) throw mismatch(`the sealed share of guardian ${wrong + 1} is not the one whose hash the statement signs`)
}

function mismatch (why: string): GatewayError {
  return new GatewayError('ESCROW_MISMATCH', why)
}

function isBackupOf ({ backupHash: committed }: Guardians, backup: Uint8Array): boolean {
  return toHex(backupHash(backup)) === committed
}

function isShareOf ({ guardians }: Guardians, index: number, sealed: Uint8Array): boolean {
  return toHex(sealedShareHash(sealed)) === guardians[index]?.sealedHash
}

/**
 * Refuses more escrows of a patient than tries of one day, while the ledger has none of their statements. @throws {GatewayError}
 * QUOTA_EXCEEDED
 */
export async function requireRoomForEscrow (db: Kysely<Tables>, statementId: string, patientId: string): Promise<void> {
  const { count } = await db.selectFrom('escrows').select((eb) => eb.fn.countAll<number>().as('count'))
    .where('patient_id', '=', patientId).where('named', '=', 0).where('statement_id', '!=', statementId).executeTakeFirstOrThrow()
  if (count >= UNNAMED_MAX) {
    throw new GatewayError(
      'QUOTA_EXCEEDED',
      `${UNNAMED_MAX} escrows of this patient wait for their statements already: they are removed a day after they came`
    )
  }
}

/** Keeps an escrow under its statement, in place of whatever lay there: only what `requireEscrow` let through comes here. */
export async function storeEscrow (
  db: Kysely<Tables>,
  statementId: string,
  { patientId, issue }: Pick<Guardians, 'patientId' | 'issue'>,
  { backup, shares }: Escrow,
  now: number
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await deleteEscrow(trx, statementId)
    await trx.insertInto('escrows').values({
      statement_id: statementId,
      patient_id: patientId,
      issue,
      backup: fromHex(backup),
      created_at: now
    }).execute()
    await trx.insertInto('escrow_shares').values(
      shares.map((sealed, index) => ({ statement_id: statementId, share_index: index, sealed: fromHex(sealed) }))
    ).execute()
  })
}

/** The backup of an issue, null when it does not lie here, or other bytes do. */
export async function findBackup (db: Kysely<Tables>, statementId: string, committed: Guardians): Promise<Uint8Array | null> {
  const { backup } = await readEscrow(db, statementId, committed)
  return backup !== null && isBackupOf(committed, fromHex(backup)) ? fromHex(backup) : null
}

/** A guardian's sealed share of an issue in hex, null when it does not lie here, or other bytes do. */
export async function findShare (db: Kysely<Tables>, statementId: string, committed: Guardians, index: number): Promise<string | null> {
  const sealed = (await readEscrow(db, statementId, committed)).shares[index] ?? null
  return sealed !== null && isShareOf(committed, index, fromHex(sealed)) ? sealed : null
}

/** All that lies here of an issue, as it lies here: the patient judges it. */
export async function readEscrow (
  db: Kysely<Tables>,
  statementId: string,
  { guardians }: Guardians
): Promise<Pick<KeptEscrow, 'backup' | 'shares'>> {
  const kept = await db.selectFrom('escrows').select('backup').where('statement_id', '=', statementId).executeTakeFirst()
  const rows = await db.selectFrom('escrow_shares').select(['share_index', 'sealed']).where('statement_id', '=', statementId).execute()
  const shares = new Map(rows.map((row) => [row.share_index, toHex(Uint8Array.from(row.sealed))]))
  return {
    backup: kept === undefined ? null : toHex(Uint8Array.from(kept.backup)),
    shares: guardians.map((_guardian, index) => shares.get(index) ?? null)
  }
}

/** Deletes one issue's escrow, when the ledger refused its statement. */
export async function deleteEscrow (db: Kysely<Tables>, statementId: string): Promise<void> {
  await db.deleteFrom('escrow_shares').where('statement_id', '=', statementId).execute()
  await db.deleteFrom('escrows').where('statement_id', '=', statementId).execute()
}

/** The ledger has the statement: its escrow stays until another issue replaces it. */
export async function markEscrowNamed (db: Kysely<Tables>, statementId: string): Promise<void> {
  await db.updateTable('escrows').set({ named: 1 }).where('statement_id', '=', statementId).execute()
}

/** Deletes an escrow that was last sent at `askedAt` (ms); false when it was sent again since, or the ledger has its statement. */
export async function deleteUnnamedEscrow (db: Kysely<Tables>, statementId: string, askedAt: number): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    const { numDeletedRows } = await trx.deleteFrom('escrows').where('statement_id', '=', statementId).where(
      'created_at',
      '=',
      askedAt
    ).where('named', '=', 0).executeTakeFirstOrThrow()
    if (numDeletedRows === 0n) return false
    await trx.deleteFrom('escrow_shares').where('statement_id', '=', statementId).execute()
    return true
  })
}

/**
 * Once the ledger has an issue: keeps its escrow, and deletes what lies here of every other statement up to it, whose shares must open
 * nothing any more.
 */
export async function settleEscrows (
  db: Kysely<Tables>,
  { patientId, issue }: Pick<Guardians, 'patientId' | 'issue'>,
  statementId: string
): Promise<void> {
  const former = await db.selectFrom('escrows').select('statement_id')
    .where('patient_id', '=', patientId).where('issue', '<=', issue).where('statement_id', '!=', statementId).execute()
  for (const { statement_id: id } of former) await deleteEscrow(db, id)
  await markEscrowNamed(db, statementId)
}
