import { LEDGER_KEYS, LedgerError } from '@epione/protocol'
import { directoryKeys, isPoint } from '@epione/protocol/verify'
import type { AccessRequest, AskedIssues, EventCompartment, SearchKeyIssue, SearchKeys, SearchKeysFound, StoredStatement } from '@epione/protocol'
import { findCompartment, loadDirectory } from './directory-heads.ts'
import { readChains } from './index-chains.ts'
import type { LedgerContext } from './context.ts'
import type { DirectoryHead, SearchKeyHead } from './stored.ts'

/**
 * What the keys of one statement keep besides signature and schema: each is a key of its own, of the present epoch of a compartment, and
 * one issue higher than the newest.
 * @throws {LedgerError} SEARCH_KEYS_INVALID, SEARCH_KEYS_CONFLICT, COMPARTMENT_UNKNOWN, COMPARTMENT_OUTDATED
 */
export async function checkSearchKeys (
  ctx: LedgerContext, { patientId, directoryVersion, keys }: SearchKeys, directory: DirectoryHead
): Promise<void> {
  if (directoryVersion !== directory.version) {
    throw new LedgerError('SEARCH_KEYS_CONFLICT', `Make the wraps for version ${String(directory.version)} of the directory, its newest one.`)
  }
  const fault = findFault(keys, directory)
  if (fault !== undefined) throw new LedgerError('SEARCH_KEYS_INVALID', `Give each compartment, once, a search key of its own: ${fault}.`)
  for (const key of keys) {
    findCompartment(directory, key)
    const head = await findHead(ctx, patientId, key)
    const next = (head?.issue ?? 0) + 1
    if (key.issue !== next) {
      throw new LedgerError(
        'SEARCH_KEYS_CONFLICT',
        `Make issue ${String(next)} of the search key of compartment ${key.label}; ${String(key.issue)} does not follow.`
      )
    }
    if (key.key === head?.key) throw new LedgerError('SEARCH_KEYS_INVALID', `Issue ${String(next)} has the key of the one before: make a new one.`)
  }
}

function findFault (keys: SearchKeys['keys'], directory: DirectoryHead): string | undefined {
  const broken = keys.find(({ key }) => !isPoint(key))
  if (broken !== undefined) return `${broken.key} is not a compressed point of secp256k1`
  if (new Set(keys.map(({ label }) => label)).size !== keys.length) return 'it names a compartment twice'
  if (new Set(keys.map(({ wrapHash }) => wrapHash)).size !== keys.length) return 'two compartments share a wrap'
  const used = [...keys.map(({ key }) => key), ...directoryKeys(directory)]
  return new Set(used).size === used.length ? undefined : 'two compartments or purposes share a key'
}

/** Writes what `checkSearchKeys` let pass. */
export async function putSearchKeys (
  ctx: LedgerContext, { patientId, keys }: SearchKeys, stored: StoredStatement, directory: DirectoryHead
): Promise<void> {
  await ctx.state.put(LEDGER_KEYS.searchKeys(patientId, stored.id), stored)
  for (const { label, epoch, issue, key, wrapHash } of keys) {
    const head: SearchKeyHead = { label, epoch, issue, key, wrapHash, statementId: stored.id }
    await ctx.state.put(LEDGER_KEYS.searchKeyHead(patientId, label, epoch), head)
    await ctx.state.put(LEDGER_KEYS.searchKeyIssue(patientId, label, epoch, issue), { statementId: stored.id })
  }
  const issues = { ...directory.issues, ...Object.fromEntries(keys.map(({ label, issue }) => [label, issue])) }
  await ctx.state.put(LEDGER_KEYS.directoryHead(patientId), { ...directory, issues } satisfies DirectoryHead)
}

/**
 * Of a search, those of its compartments that are the patient's and have a search key, as an event says them. @throws {LedgerError}
 * PATIENT_UNKNOWN, STATEMENT_INVALID
 */
export async function loadCompartments (
  ctx: LedgerContext, { patientId, compartments: asked }: AccessRequest
): Promise<{ compartments?: EventCompartment[] }> {
  if (asked === undefined) return {}
  const names = asked.map(({ label, epoch }) => `${label}/${String(epoch)}`)
  if (new Set(names).size !== names.length) throw new LedgerError('STATEMENT_INVALID', 'Name each compartment and epoch once.')
  const directory = await loadDirectory(ctx, patientId)
  const found: EventCompartment[] = []
  for (const { label, epoch } of asked) {
    const level = directory.compartments.find((c) => c.label === label)?.level
    const head = level === undefined ? undefined : await findHead(ctx, patientId, { label, epoch })
    if (level !== undefined && head !== undefined) found.push({ label, epoch, level, issue: head.issue, wrapHash: head.wrapHash })
  }
  return { compartments: found }
}

/** The compartments of a permit, each with its chains: what a proxy signs of them is held against these. */
export async function withChains (
  ctx: LedgerContext, patientId: string, { compartments }: { compartments?: EventCompartment[] }
): Promise<{ compartments?: EventCompartment[] }> {
  if (compartments === undefined) return {}
  const found: EventCompartment[] = []
  for (const compartment of compartments) found.push({ ...compartment, heads: await readChains(ctx, patientId, compartment.label) })
  return { compartments: found }
}

/** Issues by their compartments, the newest where none is said, and the statements that published them. */
export async function findSearchKeys (ctx: LedgerContext, patientId: string, asked: AskedIssues): Promise<SearchKeysFound> {
  const items: SearchKeyIssue[] = []
  for (const { label, epoch, issue } of asked) {
    const head = issue === undefined
      ? await findHead(ctx, patientId, { label, epoch })
      : await ctx.state.get<{ statementId: string }>(LEDGER_KEYS.searchKeyIssue(patientId, label, epoch, issue))
    if (head !== undefined) items.push({ label, epoch, issue: issue ?? (head as SearchKeyHead).issue, statementId: head.statementId })
  }
  return { items, statements: await loadSearchKeys(ctx, patientId, items) }
}

/** The statements of issues, each once. @throws {LedgerError} INTERNAL */
export async function loadSearchKeys (ctx: LedgerContext, patientId: string, items: readonly SearchKeyIssue[]): Promise<StoredStatement[]> {
  const statements: StoredStatement[] = []
  for (const id of new Set(items.map(({ statementId }) => statementId))) {
    const statement = await ctx.state.get<StoredStatement>(LEDGER_KEYS.searchKeys(patientId, id))
    if (statement === undefined) throw new LedgerError('INTERNAL', `Search keys ${id} are named and not there.`)
    statements.push(statement)
  }
  return statements
}

async function findHead (
  ctx: LedgerContext, patientId: string, { label, epoch }: { label: string, epoch: number }
): Promise<SearchKeyHead | undefined> {
  return await ctx.state.get<SearchKeyHead>(LEDGER_KEYS.searchKeyHead(patientId, label, epoch))
}
