import { isOfWrap, recordPlace } from '@epione/protocol'
import type { Rewrap, SignedStatement, WrapRewrap } from '@epione/protocol'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { CheckedStatement } from '../ledger/statements.ts'
import { COPY_TIMEOUT_MS } from '../peers/copy-elsewhere.ts'
import type { WrapWithEntry } from '../peers/peer-client.ts'
import { markEntryNamed, requireEntry, storeEntry } from '../search/entries.ts'
import { submitOnce } from '../ledger/submit-once.ts'
import { requireOwnerOrHeir, currentRecord } from './read-grounds.ts'
import { requireLive } from './require-live.ts'
import { requireOwnerSigned } from './require-signed.ts'
import { isWrapOf, markWrapNamed, storeWrap } from './wraps.ts'

export interface RewrappedRecord {
  recordId: string
  version: number
  rewrapId: string
  wrapHash: string
  txId: string
  blockNumber: number
}

/** @throws {GatewayError} REQUEST_INVALID for a rewrap of a segment, which comes with the wraps of all its windows */
export function requireWrapRewrap (rewrap: Rewrap): WrapRewrap {
  if (isOfWrap(rewrap)) return rewrap
  throw new GatewayError('REQUEST_INVALID', 'a segment is rewrapped with all its windows, not by one wrap')
}

/**
 * Puts a new wrap in the place of a record version's present one: it is kept here and beside the copies of the content
 * before the ledger hears of it. The replaced wrap is deleted by every gateway that has it, as it reads the block; here
 * before this resolves.
 * @throws {GatewayError} NOT_PERMITTED, RECORD_ENDED, WRAP_MISMATCH, ENTRY_MISMATCH, SIGNATURE_INVALID, COPY_UNAVAILABLE
 * @throws {LedgerError} REWRAP_CONFLICT and what else the ledger refuses
 */
export async function rewrapRecord (
  app: FastifyInstance,
  statement: SignedStatement,
  checked: CheckedStatement<'Rewrap'>,
  brought: WrapWithEntry
): Promise<RewrappedRecord> {
  const { ledger: { gateway: ledger }, store: { db }, ports: { clock }, events } = app
  const { id } = checked
  const body = requireWrapRewrap(checked.body)
  const { recordId, version, wrapHash: hash } = body
  const entry = requireEntry(body, brought.entry)
  const state = await ledger.getRecord(recordId, version)
  const { owner, author } = currentRecord(state)
  await requireOwnerOrHeir(app, body.patientId, owner)
  if (!isWrapOf(brought.wrap, hash, recordPlace(app.networkId, { recordId, version, author }))) {
    throw new GatewayError('WRAP_MISMATCH', 'the wrap is not the one whose hash the rewrap signs')
  }
  requireLive(state)
  // A rewrap that the ledger has already may have been followed by another: its wrap is not brought back.
  if (await ledger.findStatement(id) === undefined) {
    await requireOwnerSigned(app, checked)
    const by = { owner: `patient:${body.patientId}`, patientId: body.patientId }
    await storeWrap(db, { hash, wrap: brought.wrap, subject: body, ...by }, clock())
    if (entry !== undefined) await storeEntry(db, entry, by, clock())
    await copyWrap(app, statement, body, brought)
  }
  const { txId, blockNumber } = await submitOnce(app, id, () => ledger.rewrapRecord(statement), () => ledger.getRecord(recordId, version))
  await markWrapNamed(db, hash, body)
  if (entry !== undefined) await markEntryNamed(db, entry)
  await events.catchUp()
  return { recordId, version, rewrapId: id, wrapHash: hash, txId, blockNumber }
}

/**
 * Replaces the wrap at the hospitals that have the former one; when none can be reached, another hospital keeps a copy. @throws
 * {GatewayError} COPY_UNAVAILABLE
 */
async function copyWrap (
  app: FastifyInstance,
  rewrap: SignedStatement,
  { wrapHash: hash, previousWrapHash }: WrapRewrap,
  wrap: WrapWithEntry
): Promise<void> {
  const others = app.peers.others()
  const attempt = async (mspId: string, put: () => Promise<boolean>): Promise<boolean> => {
    try {
      return await put()
    } catch (error) {
      app.log.warn({ err: error, mspId, wrapHash: hash }, 'a copy of a wrap was not taken')
      return false
    }
  }
  const signal = AbortSignal.timeout(COPY_TIMEOUT_MS)
  const kept = await Promise.all(
    others.map(async (mspId) =>
      await attempt(mspId, async () => await app.peers.of(mspId).replaceWrap(hash, wrap, rewrap, previousWrapHash, signal)))
  )
  if (kept.includes(true)) return
  for (const mspId of others) {
    const taken = await attempt(mspId, async () => {
      await app.peers.of(mspId).putWrap(hash, wrap, { rewrap }, signal)
      return true
    })
    if (taken) return
  }
  throw new GatewayError('COPY_UNAVAILABLE', 'no other hospital could take a copy of the wrap, so nothing was changed; send it again')
}
