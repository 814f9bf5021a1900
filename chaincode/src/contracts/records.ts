import { Info, Returns, Transaction } from 'fabric-contract-api'
import { AUTHOR_ROLE, LEDGER_EVENTS, LEDGER_KEYS, LedgerError, PatientId, RecordId, roleIs, Version, WrapHashes } from '@epione/protocol'
import { checkArgument, parseArgument, parseNumber } from './arguments.ts'
import { requireOffice, requirePerson } from './authorization.ts'
import { LedgerContext } from './context.ts'
import { findCompartment, loadBinding, loadDirectory } from './directory-heads.ts'
import { readEffective } from './effective-records.ts'
import { LedgerContract } from './ledger-contract.ts'
import { parsePage, readPage } from './pages.ts'
import { loadPolicy } from './policy-in-force.ts'
import { checkRewrap, putRewrap } from './rewraps.ts'
import { toResult } from './result.ts'
import { loadStanding, refuseSucceeded, requireActive } from './standing.ts'
import { acceptStatement, requireSigners, storeReceipt } from './statement-acceptance.ts'
import type { Page, RecordManifest, RecordState, WrapName } from '@epione/protocol'
import type { AcceptedStatement } from './statement-acceptance.ts'
import type { DirectoryHead, RecordHead } from './stored.ts'

@Info({ title: 'Records', description: 'Signed manifests of sealed records' })
export class RecordsContract extends LedgerContract {
  constructor () {
    super('Records')
  }

  @Transaction()
  @Returns('string')
  async Register (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'RecordManifest', statement)
    const { body, stored, id } = accepted
    const directory = await loadDirectory(ctx, body.patientId)
    await authorizeAuthor(ctx, accepted, directory)
    const { recordId, version, patientId, author } = body
    if (author.kind === 'patient') await requireActive(ctx, patientId)
    else refuseSucceeded(await loadStanding(ctx, patientId), patientId)
    const { level } = findCompartment(directory, body)
    checkVersion(body, await ctx.state.get<RecordHead>(LEDGER_KEYS.recordHead(recordId)))
    await claimWrap(ctx, body)
    const record: RecordState = { recordId, version, level, manifest: stored }
    await ctx.state.put(LEDGER_KEYS.record(recordId, version), record)
    await ctx.state.put(LEDGER_KEYS.recordHead(recordId), { version, statementId: id, patientId, author } satisfies RecordHead)
    await ctx.state.mark(LEDGER_KEYS.patientRecord(patientId, recordId, version))
    await storeReceipt(ctx, accepted)
    return ctx.emit(LEDGER_EVENTS.recordRegistered, record)
  }

  /** A new wrap for the same content, by whoever the record belongs to now or the successor they handed over to (PROTOCOL §3). */
  @Transaction()
  @Returns('string')
  async Rewrap (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'Rewrap', statement)
    const record = await loadRecord(ctx, accepted.body.recordId, accepted.body.version)
    const { identityKey, compartments } = await loadDirectory(ctx, accepted.body.patientId)
    requireSigners(accepted, [identityKey], 'the patient\'s identity key')
    await requireActive(ctx, accepted.body.patientId)
    const { level } = findCompartment({ compartments }, accepted.body)
    const former = readEffective(record)
    await checkRewrap(ctx, accepted.body, former)
    await claimWrap(ctx, accepted.body)
    const rewrapped: RecordState = { ...record, level, rewrap: accepted.stored }
    await putRewrap(ctx, rewrapped, accepted.stored, { from: former.owner, to: accepted.body.patientId })
    await storeReceipt(ctx, accepted)
    return ctx.emit(LEDGER_EVENTS.recordRewrapped, rewrapped)
  }

  /** One version of a record; the newest when `version` is empty. */
  @Transaction(false)
  @Returns('string')
  async Get (ctx: LedgerContext, recordId: string, version: string): Promise<string> {
    checkArgument(RecordId, recordId, 'a record id')
    return toResult(
      await loadRecord(ctx, recordId, version === '' ? await newestVersion(ctx, recordId) : parseNumber(Version, version, 'a version'))
    )
  }

  /** Which record version each wrap was registered for: how a proxy refuses one under another name. */
  @Transaction(false)
  @Returns('string')
  async FindWraps (ctx: LedgerContext, wrapHashes: string): Promise<string> {
    const names: (WrapName | null)[] = []
    for (const wrapHash of parseArgument(
      WrapHashes,
      wrapHashes,
      'hashes of wraps'
    )) names.push(await ctx.state.get<WrapName>(LEDGER_KEYS.wrap(wrapHash)) ?? null)
    return toResult(names)
  }

  @Transaction(false)
  @Returns('string')
  async ListByPatient (ctx: LedgerContext, patientId: string, pageSize: string, bookmark: string): Promise<string> {
    const prefix = LEDGER_KEYS.patientRecords(checkArgument(PatientId, patientId, 'a patient id'))
    const page = await readPage(ctx.stub, prefix, parsePage(pageSize, bookmark))
    const items: RecordState[] = []
    for (const { attributes: [, recordId = '', version] } of page.entries) items.push(await loadRecord(ctx, recordId, Number(version)))
    return toResult({ items, bookmark: page.bookmark } satisfies Page<RecordState>)
  }
}

/**
 * Gives a wrap its one name, also when it is later replaced: the log would else not tell which record it opened.
 * @throws {LedgerError} WRAP_EXISTS
 */
async function claimWrap (ctx: LedgerContext, { wrapHash, recordId, version }: WrapName & { wrapHash: string }): Promise<void> {
  const key = LEDGER_KEYS.wrap(wrapHash)
  if (await ctx.state.get(key) !== undefined) {
    throw new LedgerError('WRAP_EXISTS', `Make a new wrap: ${wrapHash} is or was registered already.`)
  }
  await ctx.state.put(key, { recordId, version } satisfies WrapName)
}

/** One version of a record. @throws {LedgerError} RECORD_UNKNOWN */
async function loadRecord (ctx: LedgerContext, recordId: string, version: number): Promise<RecordState> {
  const record = await ctx.state.get<RecordState>(LEDGER_KEYS.record(recordId, version))
  if (record === undefined) throw unknownRecord(recordId)
  return record
}

async function newestVersion (ctx: LedgerContext, recordId: string): Promise<number> {
  const head = await ctx.state.get<RecordHead>(LEDGER_KEYS.recordHead(recordId))
  if (head === undefined) throw unknownRecord(recordId)
  return head.version
}

function unknownRecord (recordId: string): LedgerError {
  return new LedgerError('RECORD_UNKNOWN', `No such version of record ${recordId} is on the ledger.`)
}

/** The author says it in person: a practitioner under their own certificate and bound key, a patient through any gateway. */
async function authorizeAuthor (
  ctx: LedgerContext,
  accepted: AcceptedStatement<'RecordManifest'>,
  directory: DirectoryHead
): Promise<void> {
  const { author } = accepted.body
  if (author.kind === 'patient') {
    requireOffice(ctx, 'gateway')
    requireSigners(accepted, [directory.identityKey], 'the patient\'s identity key')
    return
  }
  requirePerson(ctx, author)
  if (!roleIs(await loadPolicy(ctx), ctx.creator.role, AUTHOR_ROLE)) {
    throw new LedgerError(
      'NOT_AUTHORIZED',
      `Only health professionals write records; this certificate says ${ctx.creator.role ?? 'no role'}.`
    )
  }
  const { requestKey } = await loadBinding(ctx, author)
  requireSigners(accepted, [requestKey], 'the author\'s bound request key')
}

/** A later version follows the newest one, of the same patient and by the same author. */
function checkVersion ({ recordId, version, previous, patientId, author }: RecordManifest, head: RecordHead | undefined): void {
  if (version === 1) {
    if (head !== undefined) {
      throw new LedgerError(
        'RECORD_EXISTS',
        `Record ${recordId} is registered; follow version ${String(head.version)} or choose another id.`
      )
    }
    if (previous !== undefined) throw new LedgerError('RECORD_CONFLICT', 'A first version has no previous one.')
    return
  }
  if (head === undefined) throw unknownRecord(recordId)
  if (version !== head.version + 1 || previous !== head.statementId) {
    throw new LedgerError('RECORD_CONFLICT', `Follow version ${String(head.version)}, statement ${head.statementId}.`)
  }
  if (patientId !== head.patientId || authorName(author) !== authorName(head.author)) {
    throw new LedgerError('RECORD_CONFLICT', 'Only the author adds a version, and for the same patient.')
  }
}

const authorName = (author: RecordManifest['author']): string => author.kind === 'patient' ? 'patient' : `${author.mspId}/${author.staffId}`
