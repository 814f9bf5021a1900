import { fromHex, toHex, wrapHash } from '@epione/crypto'
import type { FastifyInstance } from 'fastify'
import type { Static } from 'typebox'
import { GatewayError } from '../errors.ts'
import { requireAuthorSigned, requireOwnerSigned } from '../records/require-signed.ts'
import { hasWrap, storeWrap } from '../records/wraps.ts'
import { checkStatement } from '../statements.ts'
import type { WrapCopy } from './messages.ts'

/**
 * Takes a copy of a wrap that a signed manifest or rewrap names, from whoever is about to submit that: nobody else's bytes
 * are kept. A manifest announces its content, too. False when the wrap would replace one that does not lie here.
 * @throws {GatewayError} WRAP_MISMATCH, STATEMENT_INVALID, SIGNATURE_INVALID, NOT_PERMITTED
 */
export async function acceptWrap (app: FastifyInstance, caller: string, hash: string, { wrap, manifest, rewrap, replaces }: Static<typeof WrapCopy>): Promise<boolean> {
  if (toHex(wrapHash(fromHex(wrap))) !== hash) throw new GatewayError('WRAP_MISMATCH', 'the wrap has another hash')
  const { db } = app.store
  const now = app.ports.clock()
  if (manifest !== undefined) {
    const checked = checkStatement('RecordManifest', manifest, app.networkId)
    const { author, recordId, version, cid, sizeClass } = requireHash(checked.body, hash)
    if (author.kind === 'practitioner' && author.mspId !== caller) throw new GatewayError('NOT_PERMITTED', `the author is of ${author.mspId}, whose gateway brings it`)
    await requireAuthorSigned(app, checked)
    await storeWrap(db, { hash, wrap, recordId, version }, now)
    const announced = { size_bytes_max: 2 ** sizeClass, created_at: now }
    await db.insertInto('announced_contents').values({ cid, msp_id: caller, ...announced }).onConflict((c) => c.columns(['cid', 'msp_id']).doUpdateSet(announced)).execute()
    return true
  }
  if (rewrap === undefined) throw new GatewayError('REQUEST_INVALID', 'send the signed manifest or rewrap that names the wrap')
  const checked = checkStatement('Rewrap', rewrap, app.networkId)
  const { recordId, version } = requireHash(checked.body, hash)
  await requireOwnerSigned(app, checked)
  if (replaces !== undefined && !await hasWrap(db, [hash, replaces])) return false
  await storeWrap(db, { hash, wrap, recordId, version }, now)
  return true
}

/** Most bytes of a content that a gateway may bring, because a manifest that it showed names them. @throws {GatewayError} NOT_PERMITTED */
export async function requireAnnounced (app: FastifyInstance, caller: string, cid: string): Promise<number> {
  const row = await app.store.db.selectFrom('announced_contents').select('size_bytes_max').where('cid', '=', cid).where('msp_id', '=', caller).executeTakeFirst()
  if (row === undefined) throw new GatewayError('NOT_PERMITTED', 'no manifest that this gateway was shown names it: bring the wrap with its manifest first')
  return row.size_bytes_max
}

function requireHash<T extends { wrapHash: string }> (body: T, hash: string): T {
  if (body.wrapHash !== hash) throw new GatewayError('WRAP_MISMATCH', 'the statement names another wrap')
  return body
}
