import type { Place } from '@epione/crypto'
import { recordPlace } from '@epione/protocol'
import type { ContentManifest, RecordManifest } from '@epione/protocol'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import { requireContentManifest } from '../records/content-of.ts'
import { requireWrapRewrap } from '../records/rewrap-record.ts'
import { requireNotDestroyed } from '../records/require-live.ts'
import { requireAuthorSigned, requireOwnerSigned } from '../records/require-signed.ts'
import { hasWrap, isWrapOf, requireRoom, storeWrap } from '../records/wraps.ts'
import { requireEntry, storeEntry } from '../search/entries.ts'
import { checkStatement } from '../ledger/statements.ts'
import type { WrapCopy } from '@epione/protocol/api'

/**
 * Takes a copy of a wrap, and index entry, that a signed manifest or rewrap names, from whoever is about to submit that: nobody else's
 * bytes are kept. A manifest announces its content, too. False when the wrap would replace one that does not lie here.
 * @throws {GatewayError} WRAP_MISMATCH, ENTRY_MISMATCH, STATEMENT_INVALID, STATEMENT_EXPIRED, SIGNATURE_INVALID, NOT_PERMITTED,
 * CONTENT_TOO_LARGE, QUOTA_EXCEEDED, RECORD_ENDED
 */
export async function acceptWrap (
  app: FastifyInstance,
  caller: string,
  hash: string,
  { wrap, entry, manifest, rewrap, replaces }: WrapCopy
): Promise<boolean> {
  const { db } = app.store
  const [now, owner] = [app.ports.clock(), `peer:${caller}`]
  if (manifest !== undefined) {
    const checked = checkStatement('RecordManifest', manifest, app.networkId)
    const content = requireContentManifest(checked.body)
    const { author, patientId } = requireHash(content, hash)
    requireWrap(wrap, hash, recordPlace(app.networkId, content))
    if (author.kind === 'practitioner' && author.mspId !== caller) {
      throw new GatewayError('NOT_PERMITTED', `the author is of ${author.mspId}, whose gateway brings it`)
    }
    const sizeBytesMax = requireSize(app, checked.body)
    const brought = requireEntry(checked.body, entry)
    await requireAuthorSigned(app, checked)
    await requireNotDestroyed(db, checked.body)
    await announce(app, caller, content, sizeBytesMax)
    await storeWrap(db, { hash, wrap, owner, patientId, subject: content }, now)
    if (brought !== undefined) await storeEntry(db, brought, { owner, patientId }, now)
    return true
  }
  if (rewrap === undefined) throw new GatewayError('REQUEST_INVALID', 'send the signed manifest or rewrap that names the wrap')
  const checked = checkStatement('Rewrap', rewrap, app.networkId)
  const { patientId, previousWrapHash } = requireHash(requireWrapRewrap(checked.body), hash)
  if (replaces !== undefined && replaces !== previousWrapHash) throw new GatewayError('WRAP_MISMATCH', 'the rewrap replaces another wrap')
  const brought = requireEntry(checked.body, entry)
  const { author } = await requireOwnerSigned(app, checked)
  requireWrap(wrap, hash, recordPlace(app.networkId, { ...checked.body, author }))
  await requireNotDestroyed(db, checked.body)
  if (replaces !== undefined && !await hasWrap(db, [hash, replaces], checked.body)) return false
  await storeWrap(db, { hash, wrap, owner, patientId, subject: checked.body }, now)
  if (brought !== undefined) await storeEntry(db, brought, { owner, patientId }, now)
  return true
}

/** Most bytes of a content of this size class. @throws {GatewayError} CONTENT_TOO_LARGE when none of that class is taken here */
function requireSize ({ config: { maxContentBytes } }: FastifyInstance, { sizeClass }: RecordManifest): number {
  if (2 ** (sizeClass - 1) >= maxContentBytes) {
    throw new GatewayError('CONTENT_TOO_LARGE', `${String(maxContentBytes)} bytes of ciphertext at most are taken here`)
  }
  return 2 ** sizeClass
}

/** Remembers for a day that the gateway may bring the manifest's content. @throws {GatewayError} QUOTA_EXCEEDED */
async function announce (
  { store: { db }, ports: { clock } }: FastifyInstance,
  caller: string,
  { cid, patientId }: ContentManifest,
  sizeBytesMax: number
): Promise<void> {
  const announced = { patient_id: patientId, size_bytes_max: sizeBytesMax, created_at: clock() }
  const known = await db.updateTable('announced_contents').set(announced).where('cid', '=', cid).where(
    'msp_id',
    '=',
    caller
  ).returning('cid').executeTakeFirst()
  if (known !== undefined) return
  const rows = db.selectFrom('announced_contents').select((eb) => eb.fn.countAll<number | string>().as('count')).where(
    'msp_id',
    '=',
    caller
  )
  requireRoom(
    `peer:${caller}`,
    await rows.executeTakeFirstOrThrow(),
    await rows.where('patient_id', '=', patientId).executeTakeFirstOrThrow()
  )
  await db.insertInto('announced_contents').values({ cid, msp_id: caller, ...announced }).onConflict((c) =>
    c.columns(['cid', 'msp_id']).doUpdateSet(announced)).execute()
}

/** Most bytes of a content that a gateway may bring, because a manifest that it showed names them. @throws {GatewayError} NOT_PERMITTED */
export async function requireAnnounced (app: FastifyInstance, caller: string, cid: string): Promise<number> {
  const row = await app.store.db.selectFrom('announced_contents').select('size_bytes_max').where('cid', '=', cid).where(
    'msp_id',
    '=',
    caller
  ).executeTakeFirst()
  if (row === undefined) {
    throw new GatewayError('NOT_PERMITTED', 'no manifest that this gateway was shown names it: bring the wrap with its manifest first')
  }
  return row.size_bytes_max
}

function requireWrap (wrap: string, hash: string, place: Place): void {
  if (!isWrapOf(wrap, hash, place)) throw new GatewayError('WRAP_MISMATCH', 'the wrap has another hash, or is of another place')
}

function requireHash<T extends { wrapHash: string }> (body: T, hash: string): T {
  if (body.wrapHash !== hash) throw new GatewayError('WRAP_MISMATCH', 'the statement names another wrap')
  return body
}
