import { LEDGER_KEYS } from '@epione/protocol'
import { findGuardians } from './guardians.ts'
import { readRecoveries } from './recovery-requests.ts'
import { loadStanding } from './standing.ts'
import type { PatientSafety, StoredStatement } from '@epione/protocol'
import type { LedgerContext } from './context.ts'

/**
 * All that protects a patient's keys, with the stop that counts for each recovery: of the issue before, too, whose requests came to
 * nothing.
 */
export async function completeSafety (ctx: LedgerContext, patientId: string): Promise<PatientSafety> {
  const { freeze } = await loadStanding(ctx, patientId)
  const head = await findGuardians(ctx, patientId)
  const guardians = head === undefined ? undefined : await ctx.state.get<StoredStatement>(LEDGER_KEYS.guardians(patientId, head.issue))
  const frozen = freeze === undefined ? undefined : await ctx.state.get<StoredStatement>(LEDGER_KEYS.freeze(patientId, freeze.id))
  const recoveries = head === undefined
    ? []
    : [...await readRecoveries(ctx, patientId, head.issue - 1), ...await readRecoveries(ctx, patientId, head.issue)]
  return {
    patientId,
    ...(guardians !== undefined && { guardians }),
    ...(frozen !== undefined && { freeze: frozen }),
    recoveries
  }
}
