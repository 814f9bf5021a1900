import { ERASED_COMPARTMENTS_MAX, ERASURE_READS_MAX, erasedBy, LEDGER_KEYS, LedgerError } from '@epione/protocol'
import { readEffective } from './effective-records.ts'
import { loadStanding, putStanding, requireActive } from './standing.ts'
import type { Erasure, RecordOrder, RecordState, StoredStatement } from '@epione/protocol'
import type { LedgerContext } from './context.ts'
import type { DirectoryHead } from './stored.ts'

type Named = NonNullable<Erasure['compartments']>

/**
 * Ends all that stands in compartments up to an epoch, however much that is: one key says it, beside what else stands in the way of
 * requests (decision 0225). Authors write to the newest epoch alone, which is not among them, so nothing comes in any more; its search keys
 * are gone.
 * @throws {LedgerError} STATEMENT_INVALID, COMPARTMENT_UNKNOWN, COMPARTMENT_IN_USE, COMPARTMENT_ERASED, ERASURE_TOO_LARGE, PATIENT_FROZEN,
 * PATIENT_SUCCEEDED
 */
export async function eraseCompartments (
  ctx: LedgerContext,
  { patientId, compartments }: { patientId: string, compartments: Named },
  order: StoredStatement,
  directory: DirectoryHead
): Promise<RecordOrder> {
  const standing = await requireActive(ctx, patientId)
  const { erased = [] } = standing
  if (new Set(compartments.map(({ label }) => label)).size !== compartments.length) {
    throw new LedgerError('STATEMENT_INVALID', 'Name each compartment once, with the newest epoch that is to go.')
  }
  for (const named of compartments) requireErasable(named, directory)
  if (compartments.every((named) => erasedBy(erased, named) !== undefined)) {
    throw new LedgerError('COMPARTMENT_ERASED', 'All that this names was erased before.')
  }
  const epochs = compartments.flatMap(({ label, epoch }) => Array.from({ length: epoch }, (_, i) => ({ label, epoch: i + 1 })))
    .filter((at) => erasedBy(erased, at) === undefined)
  if (erased.length + compartments.length > ERASED_COMPARTMENTS_MAX || epochs.length > ERASURE_READS_MAX) {
    throw new LedgerError('ERASURE_TOO_LARGE', `Erase fewer compartments at once: ${String(ERASURE_READS_MAX)} epochs at most.`)
  }
  for (const { label, epoch } of epochs) await ctx.state.delete(LEDGER_KEYS.searchKeyHead(patientId, label, epoch))
  // What an earlier order reached stays that order's, whose destructions hospitals signed.
  const added = compartments.filter((named) => erasedBy(erased, named) === undefined)
    .map(({ label, epoch }) => ({ label, epoch, orderId: order.id }))
  await putStanding(ctx, patientId, { ...standing, erased: [...erased, ...added] })
  await ctx.state.put(LEDGER_KEYS.recordOrder(order.id), { order, versions: [] })
  return { order, versions: [], destructions: [] }
}

function requireErasable ({ label, epoch }: Named[number], { compartments }: DirectoryHead): void {
  const newest = compartments.find((c) => c.label === label)?.epoch
  if (newest === undefined) throw new LedgerError('COMPARTMENT_UNKNOWN', `The patient's directory lists no compartment ${label}.`)
  if (epoch < newest) return
  throw new LedgerError('COMPARTMENT_IN_USE', `Authors write to epoch ${String(newest)} of compartment ${label}: raise it first, then erase what is older.`)
}

/** Whether an order is there and of whole compartments, of which kfrags are destroyed, too. */
export async function isOfCompartments (ctx: LedgerContext, orderId: string): Promise<boolean> {
  return (await ctx.state.get<Pick<RecordOrder, 'versions'>>(LEDGER_KEYS.recordOrder(orderId)))?.versions.length === 0
}

/** A record version with its end, be it of its own or with its compartment. */
export async function withEnd (ctx: LedgerContext, record: RecordState): Promise<RecordState> {
  if (record.end !== undefined) return record
  const { owner, record: described } = readEffective(record)
  const { erased = [] } = await loadStanding(ctx, owner)
  const orderId = erasedBy(erased, described)
  if (orderId === undefined) return record
  const stored = await ctx.state.get<{ order: StoredStatement }>(LEDGER_KEYS.recordOrder(orderId))
  if (stored === undefined) throw new LedgerError('INTERNAL', `A standing names order ${orderId}, which is not there.`)
  return { ...record, end: stored.order }
}
