import { deriveKeyRing, generatePhrase } from '@epione/crypto'
import { approveRecovery, beginRecovery, makeGuardianKey, openRequest, setGuardians, submitRecovery } from '@epione/sdk'
import type { ApprovalFile, ClientContext, GuardianContext, GuardianKey, OwnRecovery, PatientContext, RecoverySubmitted } from '@epione/sdk'

/** Somebody who guards phrases. */
export function createGuardian (context: ClientContext): GuardianContext {
  return { ...context, keys: deriveKeyRing(generatePhrase(12)) }
}

export const keysFor = (
  guardians: readonly GuardianContext[],
  { patientId }: PatientContext
): GuardianKey[] => guardians.map((g) => makeGuardianKey(g, patientId))

/** Three guardians of a patient, two of whom count. */
export async function appoint (
  patient: PatientContext & { phrase: string },
  context: ClientContext
): Promise<[GuardianContext, GuardianContext, GuardianContext]> {
  const guardians: [GuardianContext, GuardianContext, GuardianContext] = [
    createGuardian(context), createGuardian(context), createGuardian(context)
  ]
  await setGuardians(patient, patient.phrase, { threshold: 2, guardians: keysFor(guardians, patient) })
  return guardians
}

/** A recovery begun on a new device. */
export async function begin (device: ClientContext, patientId: string): Promise<OwnRecovery & { fingerprint: string }> {
  const { request, secret, fingerprint } = await beginRecovery(device, patientId)
  return { request: openRequest(request.body), secret, fingerprint, approvals: [] }
}

/** A recovery with the approvals of these guardians. */
export async function approvedBy<R extends OwnRecovery & { fingerprint: string }> (
  recovery: R,
  guardians: readonly GuardianContext[]
): Promise<R> {
  const approvals: ApprovalFile[] = []
  for (const guardian of guardians) {
    approvals.push(
      (await approveRecovery(guardian, recovery.request, { fingerprint: recovery.fingerprint })).approval
    )
  }
  return { ...recovery, approvals }
}

/** A recovery that these guardians approved, on the ledger. */
export async function submitted (
  device: ClientContext,
  patientId: string,
  guardians: readonly GuardianContext[]
): Promise<OwnRecovery & { on: RecoverySubmitted }> {
  const recovery = await approvedBy(await begin(device, patientId), guardians)
  return { ...recovery, on: await submitRecovery(device, recovery) }
}
