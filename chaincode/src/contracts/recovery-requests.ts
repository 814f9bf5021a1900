import { LEDGER_KEYS, LedgerError } from '@epione/protocol'
import { STOPPERS, findStop } from './recovery-stops.ts'
import type { RecoveryState } from '@epione/protocol'
import type { LedgerContext } from './context.ts'
import type { StoredRecovery } from './stored.ts'

/** Requests of one issue of guardians that stand at once: more would hide one among them from the patient who looks. */
const OPEN_MAX = 4
/** The same with those that were stopped less than the wait ago: asking again after each stop is no way around. */
const REQUESTS_MAX = 16

/** The requests of one issue of guardians, with the stop that counts for each, oldest first. */
export async function readRecoveries (ctx: LedgerContext, patientId: string, issue: number): Promise<RecoveryState[]> {
  const recoveries: RecoveryState[] = []
  for (const recovery of await loadRecoveries(ctx, patientId, issue)) {
    const entry = await findStop(ctx, patientId, recovery.request.id, STOPPERS.RecoveryRequest)
    recoveries.push({ ...recovery, ...(entry !== undefined && { stop: entry.stop }) })
  }
  return recoveries
}

/** Adds a request, in place of those that were stopped and whose wait is over. @throws {LedgerError} RECOVERIES_TOO_MANY */
export async function addRecovery (ctx: LedgerContext, patientId: string, issue: number, recovery: StoredRecovery): Promise<void> {
  const present = await readRecoveries(ctx, patientId, issue)
  const open = present.filter((r) => r.stop === undefined).length
  if (open >= OPEN_MAX) {
    throw new LedgerError(
      'RECOVERIES_TOO_MANY',
      `${String(open)} recoveries of patient ${patientId} stand already: use one, or have one stopped first.`
    )
  }
  const counted = present.filter((r) => r.stop === undefined || ctx.time < r.availableFrom)
  if (counted.length >= REQUESTS_MAX) {
    const stopped = counted.filter((r) => r.stop !== undefined).map((r) => r.availableFrom)
    throw new LedgerError(
      'RECOVERIES_TOO_MANY',
      `${String(counted.length)} recoveries of patient ${patientId} were asked for of late: ask again from ${String(Math.min(...stopped))} (ms) on.`
    )
  }
  const kept = counted.map(({ request, availableFrom }): StoredRecovery => ({ request, availableFrom }))
  await ctx.state.put(LEDGER_KEYS.recoveries(patientId, issue), [...kept, recovery])
}

async function loadRecoveries (ctx: LedgerContext, patientId: string, issue: number): Promise<StoredRecovery[]> {
  return await ctx.state.get<StoredRecovery[]>(LEDGER_KEYS.recoveries(patientId, issue)) ?? []
}
