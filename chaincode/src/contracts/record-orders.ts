import { causeOf, ERASURE_READS_MAX, LEDGER_KEYS, LedgerError, RECORDS_PER_REQUEST, wrapNameOf } from '@epione/protocol'
import { authorizeAuthor } from './authors.ts'
import { loadDirectory } from './directory-heads.ts'
import { readEffective } from './effective-records.ts'
import { readAll } from './pages.ts'
import { eraseCompartments, withEnd } from './erased-compartments.ts'
import { loadHead, loadRecord, requireLive } from './record-states.ts'
import { requireActive } from './standing.ts'
import { requireSigners } from './statement-acceptance.ts'
import { parseValue } from './state-store.ts'
import type { Destruction, EndedVersion, Erasure, RecordManifest, RecordOrder, RecordState, StoredStatement } from '@epione/protocol'
import type { LedgerContext } from './context.ts'
import type { AcceptedStatement } from './statement-acceptance.ts'
import type { RecordHead } from './stored.ts'

/** An order as stored; destructions have keys of their own, so that hospitals never collide. */
type StoredOrder = Omit<RecordOrder, 'destructions'>

/**
 * Ends record versions, or all of compartments, by their patient's word (PROTOCOL §3). A frozen patient erases nothing: who holds a stolen
 * phrase must not.
 * @throws {LedgerError} RECORD_UNKNOWN, RECORD_CONFLICT, RECORD_ENDED, ERASURE_TOO_LARGE, PATIENT_FROZEN, PATIENT_SUCCEEDED, and as
 * `eraseCompartments` does
 */
export async function eraseRecords (ctx: LedgerContext, accepted: AcceptedStatement<'Erasure'>): Promise<RecordOrder> {
  const { body: { patientId, records, compartments }, stored } = accepted
  const directory = await loadDirectory(ctx, patientId)
  requireSigners(accepted, [directory.identityKey], 'the patient\'s identity key')
  if (compartments !== undefined) return await eraseCompartments(ctx, { patientId, compartments }, stored, directory)
  await requireActive(ctx, patientId)
  return await putOrder(ctx, stored, await loadErased(ctx, { patientId, records: records ?? [] }))
}

/** Ends the version that its author should never have written. @throws {LedgerError} RECORD_UNKNOWN, RECORD_CONFLICT, RECORD_ENDED */
export async function withdrawRecord (ctx: LedgerContext, accepted: AcceptedStatement<'Withdrawal'>): Promise<RecordOrder> {
  const { body: { patientId, recordId, version, manifestId }, stored } = accepted
  const record = await withEnd(ctx, await loadRecord(ctx, recordId, version))
  const { author } = JSON.parse(record.manifest.statement.body) as RecordManifest
  await authorizeAuthor(ctx, accepted, author, await loadDirectory(ctx, patientId))
  if (author.kind === 'patient') await requireActive(ctx, patientId)
  if (readEffective(record).owner !== patientId) {
    throw new LedgerError('RECORD_CONFLICT', `Record ${recordId} is another patient's; name the one whose it is now.`)
  }
  if (record.manifest.id !== manifestId) {
    throw new LedgerError('RECORD_CONFLICT', `Version ${String(version)} of record ${recordId} is statement ${record.manifest.id}.`)
  }
  requireLive(record)
  return await putOrder(ctx, stored, [record])
}

/**
 * A hospital says that it keeps nothing of what an order ended. Of what it says the first counts. @throws {LedgerError} ORDER_UNKNOWN,
 * ORDER_MISMATCH
 */
export async function confirmOrder (
  ctx: LedgerContext,
  { mspId, orderId, wrapHashes, wraps, cause }: Destruction,
  stored: StoredStatement
): Promise<{ statement: StoredStatement, isFirst: boolean }> {
  if (orderId === undefined || (wrapHashes ?? wraps) === undefined) {
    throw new LedgerError('ORDER_MISMATCH', 'Name an order and its wraps; kfrags of a consent are confirmed by Consents:ConfirmDestruction.')
  }
  const { order, versions } = await loadOrder(ctx, orderId)
  const listed = versions.map((v) => v.wrapHash)
  // What stood in whole compartments each hospital tells by its tallies, which the patient compares.
  if (versions.length === 0 && wraps === undefined) {
    throw new LedgerError('ORDER_MISMATCH', `Order ${orderId} is of whole compartments: name the tallies of wraps and kfrags.`)
  }
  const isExact = versions.length === 0 || (wrapHashes?.length === listed.length && listed.every((hash) => wrapHashes.includes(hash)))
  if (causeOf(order) !== cause || !isExact) {
    throw new LedgerError('ORDER_MISMATCH', `Name exactly the ${String(listed.length)} wraps that order ${orderId} ended, as ${causeOf(order)}.`)
  }
  const key = LEDGER_KEYS.orderDestruction(orderId, mspId)
  const first = await ctx.state.get<StoredStatement>(key)
  if (first !== undefined) return { statement: first, isFirst: false }
  await ctx.state.put(key, stored)
  return { statement: stored, isFirst: true }
}

/** An order with what hospitals have destroyed so far. @throws {LedgerError} ORDER_UNKNOWN */
export async function completeOrder (ctx: LedgerContext, orderId: string): Promise<RecordOrder> {
  const order = await loadOrder(ctx, orderId)
  const entries = await readAll(ctx.stub, LEDGER_KEYS.orderDestructions(orderId))
  return { ...order, destructions: entries.map((entry) => parseValue(entry) as StoredStatement) }
}

async function loadOrder (ctx: LedgerContext, orderId: string): Promise<StoredOrder> {
  const order = await ctx.state.get<StoredOrder>(LEDGER_KEYS.recordOrder(orderId))
  if (order === undefined) throw new LedgerError('ORDER_UNKNOWN', `No erasure or withdrawal ${orderId} is on the ledger.`)
  return order
}

/** The versions that an erasure names and that are still there, each once. */
async function loadErased (
  ctx: LedgerContext, { patientId, records }: { patientId: string, records: NonNullable<Erasure['records']> }
): Promise<RecordState[]> {
  const names = records.map(({ recordId, version }) => `${recordId}/${String(version)}`)
  if (new Set(names).size !== names.length) throw new LedgerError('STATEMENT_INVALID', 'Name each record or version once.')
  const live = new Map<string, RecordState>()
  let ended: RecordState | undefined
  let seen = 0
  for (const { recordId, version } of records) {
    const newest = version ?? (await loadHead(ctx, recordId)).version
    for (let number = version ?? 1; number <= newest; number++) {
      if (++seen > ERASURE_READS_MAX) {
        throw new LedgerError('ERASURE_TOO_LARGE', `Name versions: one erasure looks at ${String(ERASURE_READS_MAX)} of them at most.`)
      }
      const record = await withEnd(ctx, await loadRecord(ctx, recordId, number))
      if (readEffective(record).owner !== patientId) {
        throw new LedgerError('RECORD_CONFLICT', `Record ${recordId} is another patient's; only its patient erases it.`)
      }
      if (record.end === undefined) live.set(`${recordId}/${String(number)}`, record)
      else ended = record
      if (live.size > RECORDS_PER_REQUEST) {
        throw new LedgerError('ERASURE_TOO_LARGE', `Name versions: one erasure ends ${String(RECORDS_PER_REQUEST)} of them at most.`)
      }
    }
  }
  if (live.size === 0 && ended !== undefined) requireLive(ended)
  return [...live.values()]
}

/** Leaves a tombstone in the place of each version: nothing follows it, and no request for it is permitted. */
async function putOrder (ctx: LedgerContext, order: StoredStatement, records: readonly RecordState[]): Promise<RecordOrder> {
  const versions: EndedVersion[] = []
  for (const record of records) {
    const { recordId, version } = record
    const described = readEffective(record).record
    const { segment } = described
    versions.push({ recordId, version, wrapHash: wrapNameOf(described), ...(segment !== undefined && { segment }) })
    await ctx.state.put(LEDGER_KEYS.record(recordId, version), { ...record, end: order } satisfies RecordState)
    const head = await loadHead(ctx, recordId)
    if (head.version === version) await ctx.state.put(LEDGER_KEYS.recordHead(recordId), { ...head, ended: true } satisfies RecordHead)
  }
  await ctx.state.put(LEDGER_KEYS.recordOrder(order.id), { order, versions } satisfies StoredOrder)
  return { order, versions, destructions: [] }
}
