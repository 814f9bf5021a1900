import { LEDGER_KEYS, LedgerError } from '@epione/protocol'
import { loadStanding } from './standing.ts'
import type { EffectiveRecord, RecordState, Rewrap, StoredStatement } from '@epione/protocol'
import type { LedgerContext } from './context.ts'
import type { RecordHead } from './stored.ts'

/**
 * Rules that a rewrap keeps besides its signature and compartment: it is the owner's, or their successor's, and replaces the present wrap.
 */
export async function checkRewrap (
  ctx: LedgerContext,
  { patientId, recordId, previousWrapHash, wrapHash, segment }: Rewrap,
  { owner, record }: EffectiveRecord
): Promise<void> {
  if (!await isOwnerOrSuccessor(ctx, patientId, owner)) {
    throw new LedgerError('RECORD_CONFLICT', `Record ${recordId} is another patient's; only its patient, or their successor, rewraps it.`)
  }
  if ((segment === undefined) !== (record.segment === undefined)) {
    throw new LedgerError('REWRAP_CONFLICT', record.segment === undefined ? 'Replace its one wrap: it is no segment.' : 'Replace the wraps of all its windows: it is a segment.')
  }
  if (segment !== undefined) requireRoot(segment, record)
  else if (previousWrapHash !== record.wrapHash) {
    throw new LedgerError('REWRAP_CONFLICT', `Replace the wrap that counts now: ${String(record.wrapHash)}.`)
  } else if (wrapHash === previousWrapHash) {
    throw new LedgerError('REWRAP_CONFLICT', 'Make a new wrap: hospitals delete the one that is replaced.')
  }
}

/** The rewrap before, where there is one, is named by its root. @throws {LedgerError} REWRAP_CONFLICT */
function requireRoot ({ previousRoot }: NonNullable<Rewrap['segment']>, { segment }: EffectiveRecord['record']): void {
  if (previousRoot === segment?.wrapsRoot) return
  const now = segment?.wrapsRoot === undefined ? 'that their windows name, and leave out previousRoot' : `with the root ${segment.wrapsRoot}`
  throw new LedgerError('REWRAP_CONFLICT', `Replace the wraps that count now: those ${now}.`)
}

/** A hand-over may have followed another; none leads back, so the line ends. */
async function isOwnerOrSuccessor (ctx: LedgerContext, patientId: string, owner: string): Promise<boolean> {
  let holder: string | undefined = owner
  while (holder !== undefined && holder !== patientId) holder = (await loadStanding(ctx, holder)).succeededBy
  return holder === patientId
}

/** Stores a rewrapped version, and moves it to its new owner when it has one. */
export async function putRewrap (
  ctx: LedgerContext,
  record: RecordState,
  rewrap: StoredStatement,
  { from, to }: { from: string, to: string }
): Promise<void> {
  const { recordId, version } = record
  await ctx.state.put(LEDGER_KEYS.record(recordId, version), record)
  await ctx.state.put(LEDGER_KEYS.rewrap(recordId, version, rewrap.id), rewrap)
  if (from === to) return
  await ctx.state.mark(LEDGER_KEYS.patientRecord(to, recordId, version))
  await ctx.state.delete(LEDGER_KEYS.patientRecord(from, recordId, version))
  const head = await ctx.state.get<RecordHead>(LEDGER_KEYS.recordHead(recordId))
  if (head?.version === version) await ctx.state.put(LEDGER_KEYS.recordHead(recordId), { ...head, patientId: to } satisfies RecordHead)
}
