import type { PatientSafety } from '@epione/chaincode/model'
import { GatewayError } from '../errors.ts'
import type { ProxyContext } from '../proxy/proxy-context.ts'
import { unproven } from '../proxy/statement-reader.ts'
import type { VerifiedStatement } from '../proxy/statement-reader.ts'
import { verifyDirectory } from '../proxy/verify-directory.ts'

export type GuardiansContext = Pick<ProxyContext, 'ledger' | 'reader'>

/**
 * The patient's present guardians, proven from the patient id on: no peer can put others in their place.
 * @throws {GatewayError} STATEMENT_UNPROVEN; BACKUP_UNKNOWN for a patient without guardians
 */
export async function verifyGuardians ({ ledger, reader }: GuardiansContext, patientId: string, { guardians: stored }: PatientSafety): Promise<VerifiedStatement<'Guardians'>> {
  if (stored === undefined) throw new GatewayError('BACKUP_UNKNOWN', `patient ${patientId} has no guardians on the ledger`)
  const guardians = reader.readStored('Guardians', stored)
  const directory = verifyDirectory(await ledger.getDirectory(patientId), patientId, reader)
  if (guardians.body.patientId !== patientId || !directory.hasSigned(guardians, stored.time)) throw unproven(`the guardians shown for patient ${patientId} are not signed by that patient`)
  return guardians
}

/** Refuses an older issue than the one that counts. @throws {GatewayError} RECOVERY_OUTDATED */
export function requirePresentIssue (asked: number, present: number): void {
  if (asked < present) throw new GatewayError('RECOVERY_OUTDATED', `the guardians of issue ${asked} were replaced: issue ${present} counts`)
}
