import { Info, Returns, Transaction } from 'fabric-contract-api'
import { hasContent, Hash, LEDGER_EVENTS, LEDGER_KEYS, LedgerError, PatientId, RecordId, Version } from '@epione/protocol'
import { checkArgument, parseNumber } from './arguments.ts'
import { authorizeAuthor } from './authors.ts'
import { requireOrganization } from './authorization.ts'
import { LedgerContext } from './context.ts'
import { findCompartment, loadDirectory, loadProxy } from './directory-heads.ts'
import { readEffective } from './effective-records.ts'
import { withEnd } from './erased-compartments.ts'
import { checkEntry, describeChange, linkManifest, linkRewrap } from './index-chains.ts'
import { LedgerContract } from './ledger-contract.ts'
import { parsePage, readPage } from './pages.ts'
import { completeOrder, confirmOrder, eraseRecords, withdrawRecord } from './record-orders.ts'
import { checkRelations, checkVersion, loadHead, loadRecord, requireLive } from './record-states.ts'
import { checkRewrap, putRewrap } from './rewraps.ts'
import { toResult } from './result.ts'
import { registerSegments } from './segments.ts'
import { loadStanding, refuseSucceeded, requireActive } from './standing.ts'
import { acceptStatement, requireSigners, storeReceipt } from './statement-acceptance.ts'
import type { ContentManifest, Page, RecordManifest, RecordState } from '@epione/protocol'
import type { RecordHead } from './stored.ts'

@Info({ title: 'Records', description: 'Signed manifests of sealed records' })
export class RecordsContract extends LedgerContract {
  constructor () {
    super('Records')
  }

  @Transaction()
  @Returns('string')
  async Register (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'RecordManifest', statement)
    const { stored, id } = accepted
    const body = requireContent(accepted.body)
    const directory = await loadDirectory(ctx, body.patientId)
    await authorizeAuthor(ctx, accepted, body.author, directory)
    const { recordId, version, patientId, author } = body
    if (author.kind === 'patient') await requireActive(ctx, patientId)
    else refuseSucceeded(await loadStanding(ctx, patientId), patientId)
    const { level } = findCompartment(directory, body)
    checkEntry(body, directory)
    checkVersion(body, await ctx.state.get<RecordHead>(LEDGER_KEYS.recordHead(recordId)))
    await checkRelations(ctx, body)
    const record: RecordState = { recordId, version, level, manifest: stored }
    await ctx.state.put(LEDGER_KEYS.record(recordId, version), record)
    await ctx.state.put(LEDGER_KEYS.recordHead(recordId), { version, statementId: id, patientId, author } satisfies RecordHead)
    await ctx.state.mark(LEDGER_KEYS.patientRecord(patientId, recordId, version))
    const links = await linkManifest(ctx, id, body)
    await storeReceipt(ctx, accepted)
    return ctx.emit(LEDGER_EVENTS.recordRegistered, describeChange(record, links))
  }

  /** Segments of many devices, each decided alone: what is wrong with one is answered in its place. */
  @Transaction()
  @Returns('string')
  async RegisterSegments (ctx: LedgerContext, statements: string): Promise<string> {
    return ctx.emit(LEDGER_EVENTS.segmentsRegistered, await registerSegments(ctx, statements))
  }

  /**
   * A new wrap for the same content, or new ones for all windows of a segment, by whoever the record belongs to now or the successor they
   * handed over to (PROTOCOL §3).
   */
  @Transaction()
  @Returns('string')
  async Rewrap (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'Rewrap', statement)
    const record = await withEnd(ctx, await loadRecord(ctx, accepted.body.recordId, accepted.body.version))
    const directory = await loadDirectory(ctx, accepted.body.patientId)
    requireSigners(accepted, [directory.identityKey], 'the patient\'s identity key')
    await requireActive(ctx, accepted.body.patientId)
    const { level } = findCompartment(directory, accepted.body)
    checkEntry(accepted.body, directory)
    const former = readEffective(record)
    requireLive(record)
    await checkRewrap(ctx, accepted.body, former)
    const rewrapped: RecordState = { ...record, level, rewrap: accepted.stored }
    await putRewrap(ctx, rewrapped, accepted.stored, { from: former.owner, to: accepted.body.patientId })
    const links = await linkRewrap(ctx, record, accepted.id, accepted.body)
    await storeReceipt(ctx, accepted)
    return ctx.emit(LEDGER_EVENTS.recordRewrapped, describeChange(rewrapped, links))
  }

  /** Its patient has record versions, or all of compartments, destroyed at every hospital; what stays are tombstones. */
  @Transaction()
  @Returns('string')
  async Erase (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'Erasure', statement)
    const order = await eraseRecords(ctx, accepted)
    await storeReceipt(ctx, accepted)
    return ctx.emit(LEDGER_EVENTS.recordsEnded, order)
  }

  /** The same of one version by its author, who should never have written it. */
  @Transaction()
  @Returns('string')
  async Withdraw (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'Withdrawal', statement)
    const order = await withdrawRecord(ctx, accepted)
    await storeReceipt(ctx, accepted)
    return ctx.emit(LEDGER_EVENTS.recordsEnded, order)
  }

  /** A hospital says, under its proxy's key, that it destroyed what an order ended. */
  @Transaction()
  @Returns('string')
  async ConfirmDestruction (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'Destruction', statement)
    const { body, stored } = accepted
    requireOrganization(ctx, body.mspId)
    const { signingKey } = await loadProxy(ctx, body.mspId)
    requireSigners(accepted, [signingKey], `the proxy key of ${body.mspId}`)
    const { statement: counting, isFirst } = await confirmOrder(ctx, body, stored)
    await storeReceipt(ctx, accepted)
    return isFirst ? ctx.emit(LEDGER_EVENTS.wrapsDestroyed, counting) : toResult(counting)
  }

  /** An erasure or withdrawal with what each hospital says that it destroyed. */
  @Transaction(false)
  @Returns('string')
  async GetOrder (ctx: LedgerContext, orderId: string): Promise<string> {
    return toResult(await completeOrder(ctx, checkArgument(Hash, orderId, 'the id of an erasure or withdrawal')))
  }

  /** One version of a record; the newest when `version` is empty. */
  @Transaction(false)
  @Returns('string')
  async Get (ctx: LedgerContext, recordId: string, version: string): Promise<string> {
    checkArgument(RecordId, recordId, 'a record id')
    const wanted = version === '' ? (await loadHead(ctx, recordId)).version : parseNumber(Version, version, 'a version')
    return toResult(await withEnd(ctx, await loadRecord(ctx, recordId, wanted)))
  }

  @Transaction(false)
  @Returns('string')
  async ListByPatient (ctx: LedgerContext, patientId: string, pageSize: string, bookmark: string): Promise<string> {
    const prefix = LEDGER_KEYS.patientRecords(checkArgument(PatientId, patientId, 'a patient id'))
    const page = await readPage(ctx.stub, prefix, parsePage(pageSize, bookmark))
    const items: RecordState[] = []
    for (const { attributes: [, recordId = '', version] } of page.entries) {
      items.push(await withEnd(ctx, await loadRecord(ctx, recordId, Number(version))))
    }
    return toResult({ items, bookmark: page.bookmark } satisfies Page<RecordState>)
  }
}

/** @throws {LedgerError} SEGMENT_INVALID for a segment */
function requireContent (manifest: RecordManifest): ContentManifest {
  if (hasContent(manifest)) return manifest
  throw new LedgerError('SEGMENT_INVALID', 'Segments are registered together: send it to Records:RegisterSegments.')
}
