import { EMPTY_CHAIN, extendChain, headsRoot } from '@epione/crypto'
import { LEDGER_KEYS, LedgerError } from '@epione/protocol'
import { entryOf, isPoint, linkedEntry } from '@epione/protocol/verify'
import type { ChainHead, ChainLink } from '@epione/crypto'
import type { ChainsRoot, ChainStep, RecordChange, RecordManifest, RecordState, Rewrap } from '@epione/protocol'
import type { EntryPlace } from '@epione/protocol/verify'
import type { LedgerContext } from './context.ts'
import type { DirectoryHead } from './stored.ts'

/**
 * An entry is made for the newest issue of its compartment's search key, which the head names. @throws {LedgerError} INDEX_OUTDATED,
 * STATEMENT_INVALID
 */
export function checkEntry ({ label, index }: Pick<RecordManifest, 'label' | 'index'>, { issues = {} }: DirectoryHead): void {
  if (index === undefined) return
  const newest = Object.hasOwn(issues, label) ? issues[label] : undefined
  if (index.issue !== newest) {
    throw new LedgerError('INDEX_OUTDATED', newest === undefined
      ? `Register without an entry: compartment ${label} has no search key in its present epoch.`
      : `Seal the entry for issue ${String(newest)} of the search key of compartment ${label}, its newest one.`)
  }
  if (!isPoint(index.key)) throw new LedgerError('STATEMENT_INVALID', `${index.key} is not a compressed point of secp256k1.`)
}

/** Adds a new version's entry to its author's chain: one read and one write. */
export async function linkManifest (ctx: LedgerContext, statementId: string, manifest: RecordManifest): Promise<ChainStep[]> {
  const entry = entryOf(manifest)
  return entry === undefined ? [] : await extend(ctx, [[entry, cameIn(entry, manifest, statementId)]])
}

/** Takes the former entry out of its chain, and adds the new one to the patient's. */
export async function linkRewrap (ctx: LedgerContext, former: RecordState, statementId: string, rewrap: Rewrap): Promise<ChainStep[]> {
  const manifest = JSON.parse(former.manifest.statement.body) as RecordManifest
  const earlier = former.rewrap === undefined ? undefined : JSON.parse(former.rewrap.statement.body) as Rewrap
  const { recordId, version } = rewrap
  const [left, entered] = [entryOf(manifest, earlier), entryOf(manifest, rewrap)]
  return await extend(ctx, [
    ...(left === undefined ? [] : [[left, { kind: 'out', recordId, version, statementId }] as const]),
    ...(entered === undefined ? [] : [[entered, cameIn(entered, rewrap, statementId)] as const])
  ])
}

function cameIn (place: EntryPlace, { recordId, version }: { recordId: string, version: number }, statementId: string): ChainLink {
  return { kind: 'in', recordId, version, statementId, ...linkedEntry(place) }
}

/**
 * The chains of a compartment as this transaction finds them. No link is added to any of them before it commits: so they are those of all
 * blocks before its own.
 */
export async function readChains (ctx: LedgerContext, patientId: string, label: string): Promise<ChainsRoot> {
  const chains = await ctx.state.range(LEDGER_KEYS.chainHeads(patientId, label))
  const heads = chains.map(({ last: writer, value }) => ({ writer, ...value as ChainHead }))
  return { writers: heads.length, root: headsRoot(heads.sort((a, b) => a.writer < b.writer ? -1 : 1)) }
}

/** State shows none of this transaction's writes: what the first link made of a chain is carried to the second. */
async function extend (ctx: LedgerContext, links: ReadonlyArray<readonly [EntryPlace, ChainLink]>): Promise<ChainStep[]> {
  const made = new Map<string, ChainHead>()
  const steps: ChainStep[] = []
  for (const [{ patientId, label, writer }, link] of links) {
    const name = [patientId, label, writer].join()
    const key = LEDGER_KEYS.chainHead(patientId, label, writer)
    const head = extendChain(made.get(name) ?? await ctx.state.get<ChainHead>(key) ?? EMPTY_CHAIN, link)
    made.set(name, head)
    steps.push({ patientId, label, writer, ...head, link })
  }
  for (const { patientId, label, writer, count, digest } of lastOfEach(steps)) {
    await ctx.state.put(LEDGER_KEYS.chainHead(patientId, label, writer), { count, digest } satisfies ChainHead)
  }
  return steps
}

/** Of two steps on one chain the later: a key is written once. */
function lastOfEach (steps: readonly ChainStep[]): ChainStep[] {
  return [...new Map(steps.map((step) => [[step.patientId, step.label, step.writer].join(), step])).values()]
}

/** What an event says of a version that was registered or rewrapped. */
export function describeChange (record: RecordState, links: ChainStep[]): RecordChange {
  return { ...record, ...(links.length > 0 && { links }) }
}
