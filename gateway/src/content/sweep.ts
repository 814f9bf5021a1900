import { checkStatementBody } from '@epione/chaincode/model'
import type { RecordState } from '@epione/chaincode/model'
import { LedgerError } from '@epione/chaincode/client'
import type { FastifyBaseLogger } from 'fastify'
import type { Kysely } from 'kysely'
import { GatewayError } from '../errors.ts'
import type { Tables } from '../store/tables.ts'
import { markWrapNamed } from '../records/wraps.ts'
import type { ContentStore } from './content-store.ts'

interface Context {
  db: Kysely<Tables>
  contents: ContentStore
  getRecord: (recordId: string, version: number) => Promise<RecordState>
  clock: () => number
  log: FastifyBaseLogger
}

/** What no record names stays so long (ms) after it was last asked for: a statement lives no longer. */
const KEEP_MS = 24 * 60 * 60 * 1000
/** Rows looked at in one go: each costs a read of the ledger. */
const PAGE = 500

/**
 * Compares what was brought for records with the ledger: what a record names is kept for good, what none names is removed a
 * day after it was last asked for. Only while the own peer shows all that others have: one that lags knows less.
 */
export async function sweepUnnamed (context: Context): Promise<{ contents: number, wraps: number }> {
  return { contents: await sweepContents(context), wraps: await sweepWraps(context) }
}

async function sweepContents (context: Context): Promise<number> {
  const { db, contents, clock, log } = context
  let [removed, last] = [0, '']
  for (;;) {
    const rows = await db.selectFrom('contents').select(['cid', 'created_at']).where('named', '=', 0).where('cid', '>', last).orderBy('cid').limit(PAGE).execute()
    for (const { cid, created_at: askedAt } of rows) {
      if (await isNamed(context, cid)) await contents.markNamed(cid)
      else if (askedAt < clock() - KEEP_MS && await contents.remove(cid, askedAt)) removed += 1
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
    return record !== undefined && checkStatementBody('RecordManifest', JSON.parse(record.manifest.statement.body)).cid === cid
  } catch (error) {
    if (error instanceof GatewayError && ['CONTENT_UNKNOWN', 'CONTENT_MISMATCH'].includes(error.code)) return false
    throw error
  }
}

async function sweepWraps (context: Context): Promise<number> {
  const { db, clock, log } = context
  let [removed, last] = [0, '']
  for (;;) {
    const rows = await db.selectFrom('wraps').select(['wrap_hash', 'record_id', 'version', 'created_at']).where('named', '=', 0).where('wrap_hash', '>', last).orderBy('wrap_hash').limit(PAGE).execute()
    for (const { wrap_hash: hash, record_id: recordId, version, created_at: askedAt } of rows) {
      if (await isWrapNamed(context, hash, recordId, version)) await markWrapNamed(db, hash)
      else if (askedAt < clock() - KEEP_MS) {
        const { numDeletedRows } = await db.deleteFrom('wraps').where('wrap_hash', '=', hash).where('created_at', '=', askedAt).where('named', '=', 0).executeTakeFirstOrThrow()
        removed += Number(numDeletedRows)
      }
    }
    last = rows.at(-1)?.wrap_hash ?? ''
    if (rows.length < PAGE) break
  }
  if (removed > 0) log.info({ removed }, 'removed wraps that no record names')
  return removed
}

async function isWrapNamed (context: Context, hash: string, recordId: string, version: number): Promise<boolean> {
  const record = await findRecord(context, recordId, version)
  if (record === undefined) return false
  const { rewrap, manifest } = record
  const { wrapHash } = rewrap === undefined
    ? checkStatementBody('RecordManifest', JSON.parse(manifest.statement.body))
    : checkStatementBody('Rewrap', JSON.parse(rewrap.statement.body))
  return wrapHash === hash
}

async function findRecord ({ getRecord }: Context, recordId: string, version: number): Promise<RecordState | undefined> {
  try {
    return await getRecord(recordId, version)
  } catch (error) {
    if (error instanceof LedgerError && error.code === 'RECORD_UNKNOWN') return undefined
    throw error
  }
}
