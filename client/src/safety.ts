import type { Guardians, RecoveryRequest } from '@epione/chaincode/model'
import type { ClientContext } from './context.ts'
import { readDirectory } from './directory.ts'
import { ClientError } from './errors.ts'
import type { PatientSafety } from './lifetime-schemas.ts'
import { openStored, refuse } from './statements.ts'
import type { Blame } from './statements.ts'
import { patientSigner } from './verify-directory.ts'
import type { VerifiedDirectory } from './verify-directory.ts'

export interface VerifiedGuardians { readonly id: string, readonly body: Guardians }
export interface VerifiedRecovery { readonly id: string, readonly body: RecoveryRequest, readonly availableFrom: number, readonly stopped: boolean, readonly signers: number }

/** What protects a patient's keys, each statement proven from the patient id on. */
export interface VerifiedSafety {
  readonly directory: VerifiedDirectory
  readonly guardians?: VerifiedGuardians
  /** Statement id of the freeze in force, and whether the patient's own key (not guardians) had frozen. */
  readonly freeze?: { readonly id: string, readonly byPatient: boolean }
  /** Oldest first. */
  readonly recoveries: readonly VerifiedRecovery[]
  readonly representations: ReadonlyArray<{ id: string, representativeKey: string, relation: string, notAfter: number }>
}

/** Reads what protects a patient's keys through two organisations and verifies it. @throws {ClientError} SAFETY_INVALID, NOT_FOUND */
export async function readSafety (context: ClientContext, patientId: string): Promise<VerifiedSafety> {
  const directory = await readDirectory(context, patientId)
  const safety = await context.gateways.askTwo(`protection of patient ${patientId}`,
    (gateway) => gateway.lifetime.getSafety(patientId),
    ({ guardians, freeze, recoveries, representations }) => [guardians?.id ?? '', freeze?.id ?? '', recoveries.map((r) => [r.request.id, r.availableFrom, r.stop !== undefined]), representations.map((r) => r.id)])
  if (safety === undefined) throw new ClientError('NOT_FOUND', `No key directory of patient ${patientId} is on the ledger.`, { patientId })
  return verifySafety(safety, directory, context.networkId)
}

/** @throws {ClientError} GUARDIAN_UNKNOWN when the patient has named none */
export function requireGuardiansOf ({ guardians, directory: { patientId } }: VerifiedSafety): VerifiedGuardians {
  if (guardians === undefined) throw new ClientError('GUARDIAN_UNKNOWN', `Patient ${patientId} has named no guardians.`, { patientId })
  return guardians
}

/** @throws {ClientError} SAFETY_INVALID */
export function verifySafety (safety: PatientSafety, directory: VerifiedDirectory, networkId: Uint8Array): VerifiedSafety {
  const { patientId } = directory
  const blame: Blame = { code: 'SAFETY_INVALID', what: `What is shown to protect patient ${patientId}`, party: { kind: 'organizations' } }
  const guardians = safety.guardians === undefined ? undefined : verifyGuardians(safety.guardians, directory, networkId, blame)
  return {
    directory,
    recoveries: safety.recoveries.map((state) => verifyRecovery(state, patientId, networkId, blame)),
    representations: safety.representations.map((stored) => verifyRepresentation(stored, patientId, networkId, blame)),
    ...(guardians === undefined ? {} : { guardians }),
    ...(safety.freeze === undefined ? {} : { freeze: verifyFreeze(safety.freeze, { directory, guardians, networkId, blame }) })
  }
}

type Stored = NonNullable<PatientSafety['guardians']>

function verifyGuardians (stored: Stored, directory: VerifiedDirectory, networkId: Uint8Array, blame: Blame): VerifiedGuardians {
  const { id, body, signers } = openStored('Guardians', stored, networkId, blame)
  if (body.patientId !== directory.patientId) refuse(blame, 'its guardians are another patient\'s')
  if (patientSigner(directory, signers, stored.time) === undefined) refuse(blame, 'its guardians were not named by the patient')
  return { id, body }
}

/* Requests of an older issue were signed by guardians whose statement is no more shown: they are listed, not judged. */
function verifyRecovery (state: PatientSafety['recoveries'][number], patientId: string, networkId: Uint8Array, blame: Blame): VerifiedRecovery {
  const { id, body, signers } = openStored('RecoveryRequest', state.request, networkId, blame)
  if (body.patientId !== patientId) refuse(blame, 'a recovery in it is another patient\'s')
  return { id, body, availableFrom: state.availableFrom, stopped: state.stop !== undefined, signers: signers.length }
}

function verifyFreeze (stored: Stored, { directory, guardians, networkId, blame }: { directory: VerifiedDirectory, guardians: VerifiedGuardians | undefined, networkId: Uint8Array, blame: Blame }): { id: string, byPatient: boolean } {
  const { id, body, signers } = openStored('Freeze', stored, networkId, blame)
  if (body.patientId !== directory.patientId) refuse(blame, 'its freeze is another patient\'s')
  const byPatient = patientSigner(directory, signers, stored.time) !== undefined
  if (!byPatient && guardians === undefined) refuse(blame, 'its freeze is neither the patient\'s nor guardians\'')
  return { id, byPatient }
}

function verifyRepresentation (stored: Stored, patientId: string, networkId: Uint8Array, blame: Blame): VerifiedSafety['representations'][number] {
  const { id, body: { representativeKey, relation, notAfter, patientId: named }, signers } = openStored('Representation', stored, networkId, blame)
  if (named !== patientId || !signers.includes(representativeKey)) refuse(blame, 'a representation in it is not of its representative')
  return { id, representativeKey, relation, notAfter }
}
