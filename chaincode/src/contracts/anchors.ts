import { Info, Returns, Transaction } from 'fabric-contract-api'
import { AnchorRecord, LEDGER_EVENTS, LEDGER_KEYS, LedgerError } from '@epione/protocol'
import { parseArgument, parseNumber } from './arguments.ts'
import { LedgerContext } from './context.ts'
import { LedgerContract } from './ledger-contract.ts'
import { parsePage, readAll, readPage } from './pages.ts'
import { toResult } from './result.ts'
import { parseValue } from './state-store.ts'
import type { AnchorEntry, Page } from '@epione/protocol'
import type { Entry } from './pages.ts'

@Info({ title: 'Anchors', description: 'Which blocks are anchored where, as each organisation saw it' })
export class AnchorsContract extends LedgerContract {
  constructor () {
    super('Anchors')
  }

  /** By an organisation's gateway, for the organisation alone: what others say of the batch stays beside it, even where it differs. */
  @Transaction()
  @Returns('string')
  async Record (ctx: LedgerContext, record: string): Promise<string> {
    const { mspId } = ctx.creator
    const said = parseArgument(AnchorRecord, record, 'the anchor')
    if (said.lastBlock < said.firstBlock) throw new LedgerError('ARGUMENT_INVALID', 'A batch ends at or after its first block.')
    const known = await ctx.state.get<AnchorEntry>(LEDGER_KEYS.anchor(said.batch, mspId))
    if (known !== undefined) return toResult(requireSame(known, said))
    await requireFollows(ctx, mspId, said)
    const entry: AnchorEntry = { ...said, mspId, txId: ctx.txId, time: ctx.time }
    await ctx.state.put(LEDGER_KEYS.anchor(said.batch, mspId), entry)
    const head = await ctx.state.get<AnchorEntry>(LEDGER_KEYS.anchorHead(mspId))
    if (head === undefined || head.batch < said.batch) await ctx.state.put(LEDGER_KEYS.anchorHead(mspId), entry)
    return ctx.emit(LEDGER_EVENTS.blocksAnchored, entry)
  }

  /** What organisations say of a batch, by mspId. */
  @Transaction(false)
  @Returns('string')
  async Get (ctx: LedgerContext, batch: string): Promise<string> {
    const entries = await readAll(ctx.stub, LEDGER_KEYS.anchorsOf(parseNumber(AnchorRecord.properties.batch, batch, 'a batch number')))
    if (entries.length === 0) throw new LedgerError('ANCHOR_UNKNOWN', `No organisation has recorded batch ${batch} as final.`)
    return toResult(entries.map(toAnchor))
  }

  /** Each organisation's newest batch, by mspId. */
  @Transaction(false)
  @Returns('string')
  async Head (ctx: LedgerContext): Promise<string> {
    return toResult((await readAll(ctx.stub, LEDGER_KEYS.anchorHeads())).map(toAnchor))
  }

  /** In order of batches. */
  @Transaction(false)
  @Returns('string')
  async List (ctx: LedgerContext, pageSize: string, bookmark: string): Promise<string> {
    const page = await readPage(ctx.stub, LEDGER_KEYS.anchors(), parsePage(pageSize, bookmark))
    return toResult({ items: page.entries.map(toAnchor), bookmark: page.bookmark } satisfies Page<AnchorEntry>)
  }
}

const toAnchor = (entry: Entry): AnchorEntry => parseValue(entry) as AnchorEntry

/** An organisation says one thing of a batch, once. */
function requireSame (known: AnchorEntry, said: AnchorRecord): AnchorEntry {
  const differing = (Object.keys(said) as (keyof AnchorRecord)[]).filter((name) => known[name] !== said[name])
  if (differing.length === 0) return known
  throw new LedgerError(
    'ANCHOR_CONFLICT',
    `${known.mspId} has recorded batch ${String(said.batch)} with another ${differing.join(', ')}; read it with Anchors:Get.`
  )
}

/** Batches leave no block out; the first one that an organisation records may be any. */
async function requireFollows (ctx: LedgerContext, mspId: string, { batch, firstBlock }: AnchorRecord): Promise<void> {
  const before = batch === 1 ? undefined : await ctx.state.get<AnchorEntry>(LEDGER_KEYS.anchor(batch - 1, mspId))
  if (batch === 1 ? firstBlock === 0 : before === undefined || before.lastBlock + 1 === firstBlock) return
  throw new LedgerError(
    'ANCHOR_CONFLICT',
    `Batch ${String(batch)} begins at block ${String(before === undefined ? 0 : before.lastBlock + 1)}, not at ${String(firstBlock)}.`
  )
}
