import { Info, Returns, Transaction } from 'fabric-contract-api'
import { AskedIssues, Hash, LEDGER_EVENTS, LEDGER_KEYS, PatientId } from '@epione/protocol'
import type { ChainHeadEntry, Page, SearchKeysPage } from '@epione/protocol'
import { checkArgument, parseArgument } from './arguments.ts'
import { LedgerContext } from './context.ts'
import { loadDirectory } from './directory-heads.ts'
import { LedgerContract } from './ledger-contract.ts'
import { parsePage, readPage } from './pages.ts'
import { toResult } from './result.ts'
import { checkSearchKeys, findSearchKeys, loadSearchKeys, putSearchKeys } from './search-keys.ts'
import { requireActive } from './standing.ts'
import { acceptStatement, requireSigners, storeReceipt } from './statement-acceptance.ts'
import { parseValue } from './state-store.ts'
import type { PageArguments } from './pages.ts'
import type { SearchKeyHead } from './stored.ts'

@Info({ title: 'Search', description: 'Patients\' search keys, and the heads of the chains of index entries' })
export class SearchContract extends LedgerContract {
  constructor () {
    super('Search')
  }

  /** The patient publishes the next issue of search keys; entries of former issues are taken no more. */
  @Transaction()
  @Returns('string')
  async PublishKeys (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptStatement(ctx, 'SearchKeys', statement)
    const { body, stored } = accepted
    const directory = await loadDirectory(ctx, body.patientId)
    requireSigners(accepted, [directory.identityKey], 'the patient\'s identity key')
    await requireActive(ctx, body.patientId)
    await checkSearchKeys(ctx, body, directory)
    await putSearchKeys(ctx, body, stored, directory)
    await storeReceipt(ctx, accepted)
    return ctx.emit(LEDGER_EVENTS.searchKeysPublished, stored)
  }

  /** Issues by their compartments, the newest where none is said. */
  @Transaction(false)
  @Returns('string')
  async FindKeys (ctx: LedgerContext, patientId: string, issues: string): Promise<string> {
    return toResult(await findSearchKeys(ctx, checkArgument(PatientId, patientId, 'a patient id'), parseArgument(AskedIssues, issues, 'issues')))
  }

  /** The newest issue of each of a patient's compartments and epochs. */
  @Transaction(false)
  @Returns('string')
  async ListKeys (ctx: LedgerContext, patientId: string, pageSize: string, bookmark: string): Promise<string> {
    const prefix = LEDGER_KEYS.searchKeyHeads(checkArgument(PatientId, patientId, 'a patient id'))
    const page = await readPage(ctx.stub, prefix, parsePage(pageSize, bookmark))
    const items = page.entries.map((entry) => parseValue(entry) as SearchKeyHead)
      .map(({ label, epoch, issue, statementId }) => ({ label, epoch, issue, statementId }))
    const statements = await loadSearchKeys(ctx, patientId, items)
    return toResult({ items, statements, bookmark: page.bookmark } satisfies SearchKeysPage)
  }

  /** The chains of a patient's compartment, by writer. */
  @Transaction(false)
  @Returns('string')
  async ListHeads (ctx: LedgerContext, patientId: string, label: string, pageSize: string, bookmark: string): Promise<string> {
    checkArgument(PatientId, patientId, 'a patient id')
    checkArgument(Hash, label, 'the label of a compartment')
    return toResult(await readHeads(ctx, patientId, label, parsePage(pageSize, bookmark)))
  }
}

async function readHeads (ctx: LedgerContext, patientId: string, label: string, asked: PageArguments): Promise<Page<ChainHeadEntry>> {
  const page = await readPage(ctx.stub, LEDGER_KEYS.chainHeads(patientId, label), asked)
  const items = page.entries.map((entry) => ({
    writer: entry.attributes.at(-1) ?? '', ...parseValue(entry) as Pick<ChainHeadEntry, 'count' | 'digest'>
  }))
  return { items, bookmark: page.bookmark }
}
