import type { PatientSafety } from '@epione/protocol'
import { verifyDirectory, verifyGuardians } from '@epione/protocol/verify'
import type { VerifiedDirectory, VerifiedGuardians } from '@epione/protocol/verify'
import { GatewayError } from '../errors.ts'
import { judged } from '../judge.ts'
import type { ProxyContext } from '../proxy/proxy-context.ts'

export type GuardiansContext = Pick<ProxyContext, 'ledger' | 'reader'>

/**
 * The patient's present guardians, proven from the patient id on: no peer can put others in their place.
 * @throws {GatewayError} STATEMENT_UNPROVEN; BACKUP_UNKNOWN for a patient without guardians
 */
export async function readGuardians (
  { ledger, reader }: GuardiansContext, patientId: string, { guardians: stored }: PatientSafety
): Promise<{ directory: VerifiedDirectory, guardians: VerifiedGuardians }> {
  if (stored === undefined) throw new GatewayError('BACKUP_UNKNOWN', `patient ${patientId} has no guardians on the ledger`)
  return await judged(async () => {
    const directory = verifyDirectory(await ledger.getDirectory(patientId), patientId, reader)
    return { directory, guardians: verifyGuardians(stored, directory, reader) }
  })
}

/** Refuses an older issue than the one that counts. @throws {GatewayError} RECOVERY_OUTDATED */
export function requirePresentIssue (asked: number, present: number): void {
  if (asked < present) throw new GatewayError('RECOVERY_OUTDATED', `the guardians of issue ${asked} were replaced: issue ${present} counts`)
}
