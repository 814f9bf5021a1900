import { LedgerError, searchKeyPlace } from '@epione/protocol'
import type { SearchKeys, SignedStatement } from '@epione/protocol'
import { PEERS } from '@epione/protocol/api'
import type { AnswerOf, SEARCH } from '@epione/protocol/api'
import type { FastifyInstance } from 'fastify'
import type { Kysely } from 'kysely'
import { GatewayError } from '../errors.ts'
import type { CheckedStatement } from '../ledger/statements.ts'
import { submitForPlace } from '../ledger/submit-once.ts'
import { copyElsewhere } from '../peers/copy-elsewhere.ts'
import { isAnyErased } from '../records/erased-compartments.ts'
import { requirePatientSigned } from '../records/require-signed.ts'
import type { Owner } from '../records/tally.ts'
import { deleteWrap, isWrapOf, markWrapNamed, storeWrap } from '../records/wraps.ts'
import type { Tables } from '../store/tables.ts'

/**
 * Publishes issues of search keys: the wraps of their secrets are kept here and at one more hospital before the ledger hears of them.
 * @throws {GatewayError} WRAP_MISMATCH, SIGNATURE_INVALID, COPY_UNAVAILABLE, QUOTA_EXCEEDED @throws {LedgerError} what the ledger refuses
 */
export async function publishSearchKeys (
  app: FastifyInstance,
  statement: SignedStatement,
  checked: CheckedStatement<'SearchKeys'>,
  wraps: readonly string[]
): Promise<AnswerOf<typeof SEARCH.publishKeys>> {
  const { id, body: { patientId, keys } } = checked
  await keepSearchWraps(app, checked, wraps, `patient:${patientId}`)
  const body = { statement, wraps: [...wraps] }
  const copies = await copyElsewhere(app, { what: 'copies of the search wraps' }, async (peer, signal) =>
    await peer.call(PEERS.putSearchWraps, { body }, signal))
  const { txId, blockNumber } = await submitForPlace(app, id, () => app.ledger.gateway.publishSearchKeys(statement))
  for (const { wrapHash } of keys) await markWrapNamed(app.store.db, wrapHash, { patientId })
  await app.events.catchUp()
  return { statementId: id, txId, blockNumber, copies }
}

/**
 * Keeps the wraps that a patient's signed statement names, one for each of its keys, in their order. @throws {GatewayError} WRAP_MISMATCH,
 * SIGNATURE_INVALID, STATEMENT_EXPIRED, QUOTA_EXCEEDED
 */
export async function keepSearchWraps (
  app: FastifyInstance,
  checked: CheckedStatement<'SearchKeys'>,
  wraps: readonly string[],
  owner: Owner
): Promise<void> {
  const { patientId, keys } = checked.body
  const isBrought = (key: SearchKeys['keys'][number], index: number): boolean =>
    isWrapOf(wraps[index] ?? '', key.wrapHash, searchKeyPlace(app.networkId, patientId, key))
  if (wraps.length !== keys.length || !keys.every(isBrought)) {
    throw new GatewayError('WRAP_MISMATCH', 'send the wrap of each key that the statement signs, in their order')
  }
  await requirePatientSigned(app, checked)
  if (await isAnyErased(app.store.db, patientId, keys)) throw new LedgerError('COMPARTMENT_ERASED', 'a compartment of these search keys was erased')
  const { store: { db }, ports: { clock } } = app
  for (const [index, { wrapHash: hash }] of keys.entries()) {
    await storeWrap(db, { hash, wrap: wraps[index] ?? '', owner, patientId, subject: { patientId } }, clock())
  }
}

/** The newest issue of each compartment is followed; its wrap is kept for good, and that of the issue before deleted. */
export async function followSearchKeys (trx: Kysely<Tables>, statementId: string, { patientId, keys }: SearchKeys): Promise<void> {
  for (const { label, epoch, issue, wrapHash } of keys) {
    const known = await trx.selectFrom('search_keys').select(['issue', 'wrap_hash']).where('patient_id', '=', patientId)
      .where('label', '=', label).where('epoch', '=', epoch).executeTakeFirst()
    if (known !== undefined && known.issue >= issue) continue
    if (known !== undefined) await deleteWrap(trx, known.wrap_hash, { patientId })
    const newest = { issue, wrap_hash: wrapHash, statement_id: statementId }
    await trx.insertInto('search_keys').values({ patient_id: patientId, label, epoch, ...newest })
      .onConflict((c) => c.columns(['patient_id', 'label', 'epoch']).doUpdateSet(newest)).execute()
    await markWrapNamed(trx, wrapHash, { patientId })
  }
}

/** Whether a wrap is that of the newest issue of some search key of this patient, as far as this gateway has read. */
export async function isSearchWrapInForce (db: Kysely<Tables>, wrapHash: string, patientId: string): Promise<boolean> {
  const row = await db.selectFrom('search_keys').select('issue').where('wrap_hash', '=', wrapHash).where('patient_id', '=', patientId)
    .executeTakeFirst()
  return row !== undefined
}
