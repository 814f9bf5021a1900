import { LEDGER_KEYS, LedgerError } from '@epione/protocol'
import type { LedgerContext } from './context.ts'
import type { PatientStanding } from './stored.ts'

/** Freeze, succession, prohibitions and erased compartments of a patient; empty for all others, and for patients who do not exist. */
export async function loadStanding (ctx: LedgerContext, patientId: string): Promise<PatientStanding> {
  return await ctx.state.get<PatientStanding>(LEDGER_KEYS.standing(patientId)) ?? {}
}

/** Stores what stands in the way; a patient whom nothing does has no such key. */
export async function putStanding (ctx: LedgerContext, patientId: string, standing: PatientStanding): Promise<void> {
  const { freeze, succeededBy, prohibitions = [], erased = [] } = standing
  const kept: PatientStanding = {
    ...(freeze !== undefined && { freeze }),
    ...(succeededBy !== undefined && { succeededBy }),
    ...(prohibitions.length > 0 && { prohibitions }),
    ...(erased.length > 0 && { erased })
  }
  const key = LEDGER_KEYS.standing(patientId)
  if (Object.keys(kept).length === 0) await ctx.state.delete(key)
  else await ctx.state.put(key, kept)
}

/** Refuses what ends with a hand-over. @throws {LedgerError} PATIENT_SUCCEEDED */
export function refuseSucceeded ({ succeededBy }: PatientStanding, patientId: string): void {
  if (succeededBy === undefined) return
  throw new LedgerError('PATIENT_SUCCEEDED', `Patient ${patientId} was handed over to ${succeededBy}; use that patient id and its keys.`)
}

/** The standing of a patient who may say anything: not frozen, not handed over. @throws {LedgerError} PATIENT_FROZEN, PATIENT_SUCCEEDED */
export async function requireActive (ctx: LedgerContext, patientId: string): Promise<PatientStanding> {
  const standing = await loadStanding(ctx, patientId)
  refuseSucceeded(standing, patientId)
  if (standing.freeze !== undefined) {
    throw new LedgerError(
      'PATIENT_FROZEN',
      `Patient ${patientId} is frozen by statement ${standing.freeze.id}; unfreeze first. Revocations and recovery are still accepted.`
    )
  }
  return standing
}
