import { checkStatementBody, LedgerError, STATEMENT_LIFE_MS, TIMESTAMP_TOLERANCE_MS } from '@epione/protocol'
import type { RecordState } from '@epione/protocol'
import type { LedgerClient } from '@epione/ledger/client'
import type { FastifyBaseLogger } from 'fastify'
import type { Kysely } from 'kysely'
import { GatewayError } from '../errors.ts'
import type { Tables } from '../store/tables.ts'
import { markWrapNamed, OF_SEARCH_KEY } from './wraps.ts'
import type { WrapSubject } from './wraps.ts'
import { sweepUnnamedEntries } from '../search/entries.ts'
import { isSearchWrapInForce } from '../search/search-keys.ts'
import { deleteUnnamedEscrow, markEscrowNamed } from '../patients/escrow.ts'
import type { ContentStore } from './content-store.ts'

interface Context {
  db: Kysely<Tables>
  contents: ContentStore
  ledger: Pick<LedgerClient, 'getRecord' | 'getSafety'>
  clock: () => number
  log: FastifyBaseLogger
  /** False while the own peer may lack what others have: then nothing is removed. */
  remove: boolean
}

/** What nothing on the ledger names stays so long (ms) after it was last asked for: no statement can be submitted for longer. */
const KEEP_MS = STATEMENT_LIFE_MS + 2 * TIMESTAMP_TOLERANCE_MS
/** Rows looked at in one go: each costs a read of the ledger. */
const PAGE = 500

/**
 * Compares what was brought for statements with the ledger: what one names is kept for good, what none names is removed a
 * day after it was last asked for. What cannot be looked at is logged and left, and keeps nothing else from its turn.
 * @throws {GatewayError} LEDGER_UNAVAILABLE
 */
export async function sweepUnnamed (
  context: Context
): Promise<{ contents: number, wraps: number, escrows: number, entries: number }> {
  return {
    contents: await sweepContents(context),
    wraps: await sweepWraps(context),
    escrows: await sweepEscrows(context),
    entries: await sweepEntries(context)
  }
}

/** @throws {GatewayError} LEDGER_UNAVAILABLE, which the next would meet, too */
async function attempt ({ log }: Context, what: object, work: () => Promise<boolean>): Promise<number> {
  try {
    return await work() ? 1 : 0
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'LEDGER_UNAVAILABLE') throw error
    log.error({ err: error, ...what }, 'cannot see whether anything on the ledger names it; it stays')
    return 0
  }
}

function isOver ({ clock, remove }: Context, askedAt: number): boolean {
  return remove && askedAt < clock() - KEEP_MS
}

async function sweepContents (context: Context): Promise<number> {
  const { db, contents, log } = context
  let [removed, last] = [0, '']
  for (;;) {
    const rows =
      await db.selectFrom('contents').select(['cid', 'created_at']).where('named', '=', 0).where('cid', '>', last).orderBy('cid').limit(
        PAGE
      ).execute()
    for (const { cid, created_at: askedAt } of rows) {
      removed += await attempt(context, { cid }, async () => {
        if (!await isNamed(context, cid)) return isOver(context, askedAt) && await contents.remove(cid, askedAt)
        await contents.markNamed(cid)
        return false
      })
    }
    last = rows.at(-1)?.cid ?? ''
    if (rows.length < PAGE) break
  }
  if (removed > 0) log.info({ removed }, 'removed contents that no record names')
  return removed
}

/** The content's own header says for which record version it was sealed: that one's manifest names it, or none does. */
async function isNamed (context: Context, cid: string): Promise<boolean> {
  try {
    const { recordId, recordVersion } = await context.contents.readHeader(cid)
    const record = await findRecord(context, recordId, recordVersion)
    return record !== undefined && record.end === undefined && checkStatementBody('RecordManifest', JSON.parse(record.manifest.statement.body)).cid === cid
  } catch (error) {
    if (error instanceof GatewayError && ['CONTENT_UNKNOWN', 'CONTENT_MISMATCH'].includes(error.code)) return false
    throw error
  }
}

async function sweepWraps (context: Context): Promise<number> {
  const { db, log } = context
  let [removed, last] = [0, '']
  for (;;) {
    const rows = await db.selectFrom('wraps').select(['wrap_hash', 'created_at', 'patient_id', 'record_id', 'version'])
      .where('named', '=', 0).where('wrap_hash', '>', last).orderBy('wrap_hash').limit(PAGE).execute()
    for (const { wrap_hash: hash, created_at: askedAt, patient_id: patientId, record_id: recordId, version } of rows) {
      removed += await attempt(context, { wrapHash: hash }, async () => {
        const subject = recordId === OF_SEARCH_KEY.recordId ? { patientId } : { recordId, version }
        if (!await isInForce(context, hash, subject)) return isOver(context, askedAt) && await removeWrap(context, hash, askedAt)
        await markWrapNamed(db, hash, subject)
        return false
      })
    }
    last = rows.at(-1)?.wrap_hash ?? ''
    if (rows.length < PAGE) break
  }
  if (removed > 0) log.info({ removed }, 'removed wraps that no record names')
  return removed
}

async function removeWrap ({ db }: Context, hash: string, askedAt: number): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('wraps').where('wrap_hash', '=', hash).where(
    'created_at',
    '=',
    askedAt
  ).where('named', '=', 0).executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}

/** A wrap that was replaced, or whose record version ended, is to open nothing any more. */
async function isInForce (context: Context, hash: string, subject: WrapSubject): Promise<boolean> {
  if (!('recordId' in subject)) return await isSearchWrapInForce(context.db, hash, subject.patientId)
  const { recordId, version } = subject
  const record = await findRecord(context, recordId, version)
  if (record === undefined || record.end !== undefined) return false
  const { rewrap, manifest } = record
  const { wrapHash } = rewrap === undefined
    ? checkStatementBody('RecordManifest', JSON.parse(manifest.statement.body))
    : checkStatementBody('Rewrap', JSON.parse(rewrap.statement.body))
  return wrapHash === hash
}

async function sweepEscrows (context: Context): Promise<number> {
  const { db, ledger, log } = context
  let [removed, last] = [0, '']
  for (;;) {
    const rows = await db.selectFrom('escrows').select(['statement_id', 'patient_id', 'created_at']).where('named', '=', 0).where(
      'statement_id',
      '>',
      last
    ).orderBy('statement_id').limit(PAGE).execute()
    for (const { statement_id: id, patient_id: patientId, created_at: askedAt } of rows) {
      removed += await attempt(context, { statementId: id }, async () => {
        const { guardians } = await ledger.getSafety(patientId)
        if (guardians?.id !== id) return isOver(context, askedAt) && await deleteUnnamedEscrow(db, id, askedAt)
        await markEscrowNamed(db, id)
        return false
      })
    }
    last = rows.at(-1)?.statement_id ?? ''
    if (rows.length < PAGE) break
  }
  if (removed > 0) log.info({ removed }, 'removed escrows that no statement on the ledger names')
  return removed
}

async function sweepEntries (context: Context): Promise<number> {
  const removed = await sweepUnnamedEntries(context.db, context.remove ? context.clock() - KEEP_MS : undefined)
  if (removed > 0) context.log.info({ removed }, 'removed index entries that no record names')
  return removed
}

async function findRecord ({ ledger }: Context, recordId: string, version: number): Promise<RecordState | undefined> {
  try {
    return await ledger.getRecord(recordId, version)
  } catch (error) {
    if (error instanceof LedgerError && error.code === 'RECORD_UNKNOWN') return undefined
    throw error
  }
}
