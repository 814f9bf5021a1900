import { LEDGER_KEYS } from '@epione/protocol'
import { readStatements } from './directory-heads.ts'
import { findGuardians } from './guardians.ts'
import { readAll } from './pages.ts'
import { STOPPERS, findStop } from './recovery-stops.ts'
import { loadStanding } from './standing.ts'
import { parseValue } from './state-store.ts'
import type { PatientSafety, RecoveryState, StoredStatement } from '@epione/protocol'
import type { LedgerContext } from './context.ts'
import type { StoredRecovery } from './stored.ts'

/** All that protects a patient's keys, with the stop that counts for each recovery. */
export async function completeSafety (ctx: LedgerContext, patientId: string): Promise<PatientSafety> {
  const { freeze } = await loadStanding(ctx, patientId)
  const head = await findGuardians(ctx, patientId)
  const guardians = head === undefined ? undefined : await ctx.state.get<StoredStatement>(LEDGER_KEYS.guardians(patientId, head.issue))
  const frozen = freeze === undefined ? undefined : await ctx.state.get<StoredStatement>(LEDGER_KEYS.freeze(patientId, freeze.id))
  const recoveries: RecoveryState[] = []
  for (const { value } of await readAll(ctx.stub, LEDGER_KEYS.recoveries(patientId))) {
    const recovery = parseValue(value) as StoredRecovery
    const entry = await findStop(ctx, patientId, recovery.request.id, STOPPERS.RecoveryRequest)
    recoveries.push({ ...recovery, ...(entry !== undefined && { stop: entry.stop }) })
  }
  const representations = await readStatements(ctx, LEDGER_KEYS.representations(patientId))
  return { patientId, ...(guardians !== undefined && { guardians }), ...(frozen !== undefined && { freeze: frozen }), recoveries, representations }
}
