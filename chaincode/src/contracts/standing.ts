import { LEDGER_KEYS, LedgerError } from '@epione/protocol'
import type { LedgerContext } from './context.ts'
import type { PatientStanding } from './stored.ts'

/** Whether a patient is frozen or succeeded; empty for all others, and for patients who do not exist. */
export async function loadStanding (ctx: LedgerContext, patientId: string): Promise<PatientStanding> {
  return await ctx.state.get<PatientStanding>(LEDGER_KEYS.standing(patientId)) ?? {}
}

/** Refuses what ends with a hand-over. @throws {LedgerError} PATIENT_SUCCEEDED */
export function refuseSucceeded ({ succeededBy }: PatientStanding, patientId: string): void {
  if (succeededBy === undefined) return
  throw new LedgerError('PATIENT_SUCCEEDED', `Patient ${patientId} was handed over to ${succeededBy}; use that patient id and its keys.`)
}

/** Refuses what a patient cannot say while frozen or after a hand-over. @throws {LedgerError} PATIENT_FROZEN, PATIENT_SUCCEEDED */
export async function requireActive (ctx: LedgerContext, patientId: string): Promise<void> {
  const standing = await loadStanding(ctx, patientId)
  refuseSucceeded(standing, patientId)
  if (standing.freeze !== undefined) {
    throw new LedgerError(
      'PATIENT_FROZEN',
      `Patient ${patientId} is frozen by statement ${standing.freeze.id}; unfreeze first. Revocations and recovery are still accepted.`
    )
  }
}
