import { envelopeHash, fromHex, toHex } from '@epione/crypto'
import { FORMER_ENVELOPES_MAX } from '@epione/protocol'
import type { Membership } from '@epione/protocol'
import type { Envelope } from '@epione/protocol/api'
import type { Kysely } from 'kysely'
import { GatewayError } from '../errors.ts'
import type { Tables } from '../store/tables.ts'

/** @throws {GatewayError} REQUEST_INVALID unless there is the envelope that the statement names for each member, and no other */
export function requireEnvelopes ({ members }: Membership, envelopes: readonly Envelope[]): void {
  const given = new Map(envelopes.map(({ staffId, sealed }) => [staffId, toHex(envelopeHash(fromHex(sealed)))]))
  if (envelopes.length === members.length && members.every((m) => given.get(m.staffId) === m.envelopeHash)) return
  throw new GatewayError('REQUEST_INVALID', 'send the envelope that the statement names for each member, and no other')
}

/** Keeps them before the ledger hears of the department: a key that nobody could open would be no key. True unless they were there. */
export async function keepEnvelopes (
  db: Kysely<Tables>,
  membershipId: string,
  { department, version }: Membership,
  envelopes: readonly Envelope[]
): Promise<boolean> {
  const rows = envelopes.map(({ staffId, sealed }) =>
    ({ membership_id: membershipId, staff_id: staffId, department, version, sealed: fromHex(sealed) }))
  const { numInsertedOrUpdatedRows } = await db.insertInto('envelopes').values(rows).onConflict((c) => c.doNothing()).executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** The ledger refused what named them. */
export async function forgetEnvelopes (db: Kysely<Tables>, membershipId: string): Promise<void> {
  await db.deleteFrom('envelopes').where('membership_id', '=', membershipId).execute()
}

/**
 * Of versions before, present members keep their envelopes, for deposits that were made for the key of their day; whoever left has none.
 */
export async function forgetFormer (db: Kysely<Tables>, { department, version, members }: Membership): Promise<void> {
  const present = members.map(({ staffId }) => staffId)
  await db.deleteFrom('envelopes').where('department', '=', department).where('version', '<', version)
    .where((e) => e.or([e('staff_id', 'not in', present), e('version', '<', version - FORMER_ENVELOPES_MAX)])).execute()
}

/** Envelopes of a present member from versions before, newest first. */
export async function listFormer (db: Kysely<Tables>, { department, version }: Membership, staffId: string): Promise<string[]> {
  const rows = await db.selectFrom('envelopes').select('sealed')
    .where('department', '=', department).where('staff_id', '=', staffId).where('version', '<', version)
    .orderBy('version', 'desc').limit(FORMER_ENVELOPES_MAX).execute()
  return rows.map(({ sealed }) => toHex(sealed))
}

export async function findEnvelope (db: Kysely<Tables>, membershipId: string, staffId: string): Promise<string | undefined> {
  const row = await db.selectFrom('envelopes').select('sealed')
    .where('membership_id', '=', membershipId).where('staff_id', '=', staffId).executeTakeFirst()
  return row === undefined ? undefined : toHex(row.sealed)
}
