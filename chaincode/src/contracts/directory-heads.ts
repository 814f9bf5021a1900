import { LEDGER_KEYS, LedgerError } from '@epione/protocol'
import { completeDelegates } from './delegates.ts'
import { describePending } from './identity-changes.ts'
import { readAll } from './pages.ts'
import { completeRepresentations } from './representations.ts'
import { parseValue } from './state-store.ts'
import type { KeyDirectory, LedgerKey, PatientDirectory, ProxyState, StoredStatement } from '@epione/protocol'
import type { LedgerContext } from './context.ts'
import type { BindingHead, DirectoryHead } from './stored.ts'

type Compartment = DirectoryHead['compartments'][number]

/** The patient's present keys. @throws {LedgerError} PATIENT_UNKNOWN */
export async function loadDirectory (ctx: LedgerContext, patientId: string): Promise<DirectoryHead> {
  const head = await ctx.state.get<DirectoryHead>(LEDGER_KEYS.directoryHead(patientId))
  if (head === undefined) {
    throw new LedgerError('PATIENT_UNKNOWN', `No directory of patient ${patientId} is on the ledger; publish it first.`)
  }
  return head
}

/** Makes a version the newest one. A change of identity that waits followed the one before: it is obsolete. */
export async function putVersion (ctx: LedgerContext, stored: StoredStatement): Promise<void> {
  const { patientId, version, identityKey, kfragSigningKey, compartments, custodian } = JSON.parse(stored.statement.body) as KeyDirectory
  const former = await ctx.state.get<DirectoryHead>(LEDGER_KEYS.directoryHead(patientId))
  const sizeBytes = (former?.sizeBytes ?? 0) + Buffer.byteLength(stored.statement.body)
  const head: DirectoryHead = {
    version,
    statementId: stored.id,
    identityKey,
    kfragSigningKey,
    compartments,
    sizeBytes,
    ...keptIssues(former, compartments),
    ...(custodian !== undefined && { custodian })
  }
  await ctx.state.put(LEDGER_KEYS.directory(patientId, version), stored)
  await ctx.state.put(LEDGER_KEYS.directoryHead(patientId), head)
  await ctx.state.delete(LEDGER_KEYS.pendingDirectory(patientId))
}

/** A new epoch begins without a search key. */
function keptIssues (former: DirectoryHead | undefined, compartments: readonly Compartment[]): Pick<DirectoryHead, 'issues'> {
  if (former?.issues === undefined) return {}
  const { compartments: before, issues } = former
  const isKept = (label: string): boolean => {
    const epoch = before.find((c) => c.label === label)?.epoch
    return compartments.some((c) => c.label === label && c.epoch === epoch)
  }
  return { issues: Object.fromEntries(Object.entries(issues).filter(([label]) => isKept(label))) }
}

/** A patient's keys from the first on, with what waits and who took over from whom. @throws {LedgerError} PATIENT_UNKNOWN */
export async function completeDirectory (ctx: LedgerContext, patientId: string): Promise<PatientDirectory> {
  await loadDirectory(ctx, patientId)
  const versions = await readStatements(ctx, LEDGER_KEYS.directories(patientId))
  const pending = await describePending(ctx, patientId)
  const succession = await ctx.state.get<StoredStatement>(LEDGER_KEYS.succession(patientId))
  const predecessors: StoredStatement[] = []
  for (const { attributes } of await readAll(ctx.stub, LEDGER_KEYS.predecessors(patientId))) {
    const handOver = await ctx.state.get<StoredStatement>(LEDGER_KEYS.succession(attributes.at(-1) ?? ''))
    if (handOver !== undefined) predecessors.push(handOver)
  }
  const representations = await completeRepresentations(ctx, patientId)
  const delegates = await completeDelegates(ctx, patientId)
  return {
    patientId,
    versions,
    ...(pending !== undefined && { pending }),
    ...(succession !== undefined && { succession }),
    ...(predecessors.length > 0 && { predecessors }),
    ...(representations.length > 0 && { representations }),
    ...(delegates.length > 0 && { delegates })
  }
}

/** All statements under `prefix`, in key order, of a range that is small by construction. */
export async function readStatements (ctx: LedgerContext, prefix: LedgerKey): Promise<StoredStatement[]> {
  const entries = await readAll(ctx.stub, prefix)
  return entries.map((e) => parseValue(e) as StoredStatement)
}

/** The first `count` versions of a directory, oldest first: one by one, since a transaction that pages through keys may write none. */
export async function loadVersions (ctx: LedgerContext, patientId: string, count: number): Promise<StoredStatement[]> {
  const numbers = Array.from({ length: count }, (_, at) => at + 1)
  const versions = await Promise.all(numbers.map((number) => ctx.state.get<StoredStatement>(LEDGER_KEYS.directory(patientId, number))))
  return versions.filter((version) => version !== undefined)
}

/** The compartment of `label`, when `epoch` is its newest one. @throws {LedgerError} COMPARTMENT_UNKNOWN, COMPARTMENT_OUTDATED */
export function findCompartment (
  { compartments }: Pick<DirectoryHead, 'compartments'>,
  { label, epoch }: { label: string, epoch: number }
): Compartment {
  const compartment = compartments.find((c) => c.label === label)
  if (compartment === undefined) throw new LedgerError('COMPARTMENT_UNKNOWN', `The patient's directory lists no compartment ${label}.`)
  if (compartment.epoch !== epoch) {
    throw new LedgerError(
      'COMPARTMENT_OUTDATED',
      `Use epoch ${String(compartment.epoch)} of compartment ${label}, its newest one; ${String(epoch)} is not.`
    )
  }
  return compartment
}

/** A person's present keys. @throws {LedgerError} BINDING_MISSING */
export async function loadBinding (ctx: LedgerContext, { mspId, staffId }: { mspId: string, staffId: string }): Promise<BindingHead> {
  const head = await ctx.state.get<BindingHead>(LEDGER_KEYS.bindingHead(mspId, staffId))
  if (head === undefined) throw new LedgerError('BINDING_MISSING', `${mspId}/${staffId} has bound no keys; submit a KeyBinding first.`)
  return head
}

/** An organisation's proxy. @throws {LedgerError} PROXY_UNKNOWN */
export async function loadProxy (ctx: LedgerContext, mspId: string): Promise<ProxyState> {
  const proxy = await ctx.state.get<ProxyState>(LEDGER_KEYS.proxy(mspId))
  if (proxy === undefined) {
    throw new LedgerError('PROXY_UNKNOWN', `${mspId} has registered no proxy; its admin submits Directory:RegisterProxy.`)
  }
  return proxy
}
