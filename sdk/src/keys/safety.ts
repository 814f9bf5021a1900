import { StatementReader, verifySafety } from '@epione/protocol/verify'
import type { VerifiedDirectory, VerifiedGuardians, VerifiedSafety } from '@epione/protocol/verify'
import type { ClientContext } from '../context/context.ts'
import { readDirectory } from './directory.ts'
import { ClientError } from '../errors.ts'
import { judged } from '../context/judge.ts'
import { together } from '../gateways/together.ts'
import type { PatientSafety } from '@epione/protocol'

/** Reads what protects a patient's keys through two organisations and verifies it. @throws {ClientError} SAFETY_INVALID, NOT_FOUND */
export async function readSafety (context: ClientContext, patientId: string): Promise<VerifiedSafety> {
  const shown = context.gateways.askTwo(`protection of patient ${patientId}`,
    (gateway) => gateway.lifetime.getSafety(patientId),
    (
      { guardians, freeze, recoveries }
    ) => [
      guardians?.id ?? '', freeze?.id ?? '',
      recoveries.map((r) => [r.request.id, r.availableFrom, r.stop !== undefined])
    ])
  const [directory, safety] = await together(readDirectory(context, patientId), shown)
  if (safety === undefined) throw new ClientError('NOT_FOUND', `No key directory of patient ${patientId} is on the ledger.`, { patientId })
  return proveSafety(safety, directory, context.networkId)
}

/** @throws {ClientError} GUARDIAN_UNKNOWN when the patient has named none */
export function requireGuardiansOf ({ guardians, directory: { patientId } }: VerifiedSafety): VerifiedGuardians {
  if (guardians === undefined) throw new ClientError('GUARDIAN_UNKNOWN', `Patient ${patientId} has named no guardians.`, { patientId })
  return guardians
}

/** Proves what protects a patient's keys. @throws {ClientError} SAFETY_INVALID */
export function proveSafety (shown: PatientSafety, directory: VerifiedDirectory, networkId: Uint8Array): VerifiedSafety {
  return judged({ kind: 'organizations' }, () => verifySafety(shown, directory, new StatementReader(networkId)))
}
