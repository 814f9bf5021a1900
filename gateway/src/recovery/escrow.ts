import { backupHash, fromHex, toHex } from '@epione/crypto'
import type { Guardians } from '@epione/chaincode/model'
import type { Kysely } from 'kysely'
import { GatewayError } from '../errors.ts'
import type { Tables } from '../store/tables.ts'

/** What lies with the hospitals for a recovery: the phrase encrypted under a key that only enough guardians together have, and their sealed shares (hex). */
export interface Escrow { backup: string, shares: readonly string[] }

/** The escrow is the one that the patient's statement commits to. @throws {GatewayError} ESCROW_MISMATCH */
export function requireEscrow ({ backupHash: committed, guardians }: Guardians, { backup, shares }: Escrow): void {
  if (toHex(backupHash(fromHex(backup))) !== committed) throw new GatewayError('ESCROW_MISMATCH', 'the backup is not the one whose hash the statement signs')
  if (shares.length !== guardians.length) throw new GatewayError('ESCROW_MISMATCH', `send one sealed share for each of the ${guardians.length} guardians, in their order`)
}

/** Keeps an escrow under its statement; done again it changes nothing. */
export async function storeEscrow (db: Kysely<Tables>, statementId: string, { patientId, issue }: Guardians, { backup, shares }: Escrow, now: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx.insertInto('escrows').values({ statement_id: statementId, patient_id: patientId, issue, backup: fromHex(backup), created_at: now })
      .onConflict((c) => c.doNothing()).execute()
    await trx.insertInto('escrow_shares').values(shares.map((sealed, index) => ({ statement_id: statementId, share_index: index, sealed: fromHex(sealed) })))
      .onConflict((c) => c.doNothing()).execute()
  })
}

/** The backup of an issue, null when it does not lie here. */
export async function findBackup (db: Kysely<Tables>, statementId: string): Promise<Uint8Array | null> {
  const row = await db.selectFrom('escrows').select('backup').where('statement_id', '=', statementId).executeTakeFirst()
  return row === undefined ? null : Uint8Array.from(row.backup)
}

/** A guardian's sealed share of an issue in hex, null when it does not lie here. */
export async function findShare (db: Kysely<Tables>, statementId: string, index: number): Promise<string | null> {
  const row = await db.selectFrom('escrow_shares').select('sealed').where('statement_id', '=', statementId).where('share_index', '=', index).executeTakeFirst()
  return row === undefined ? null : toHex(Uint8Array.from(row.sealed))
}

/** Deletes one issue's escrow, when the ledger refused its statement. */
export async function deleteEscrow (db: Kysely<Tables>, statementId: string): Promise<void> {
  await db.deleteFrom('escrow_shares').where('statement_id', '=', statementId).execute()
  await db.deleteFrom('escrows').where('statement_id', '=', statementId).execute()
}

/** Deletes what lies here of every other statement up to this issue, once the ledger has it: their shares must open nothing any more. */
export async function deleteFormerEscrows (db: Kysely<Tables>, { patientId, issue }: Pick<Guardians, 'patientId' | 'issue'>, statementId: string): Promise<void> {
  const former = await db.selectFrom('escrows').select('statement_id')
    .where('patient_id', '=', patientId).where('issue', '<=', issue).where('statement_id', '!=', statementId).execute()
  for (const { statement_id: id } of former) await deleteEscrow(db, id)
}
