import { findLimitedSignatory, patientSigner } from './directory.ts'
import { Refusal } from './refusal.ts'
import { findGuardianFault } from './signers.ts'
import type { Guardians, PatientSafety, RecoveryRequest, RecoveryState, StoredStatement } from '../index.ts'
import type { VerifiedDirectory } from './directory.ts'
import type { LimitedSignatory } from './delegate.ts'
import type { RefusalCode, Subject } from './refusal.ts'
import type { StatementReader } from './statements.ts'

export interface VerifiedGuardians { readonly id: string, readonly body: Guardians }

export interface VerifiedRecovery {
  readonly id: string
  readonly body: RecoveryRequest
  readonly availableFrom: number
  readonly stopped: boolean
  readonly signers: number
  /** Of an issue whose guardians are no more shown: listed, and not proven to be theirs. */
  readonly outdated: boolean
}

/** What protects a patient's keys, each statement proven from the patient id on. */
export interface VerifiedSafety {
  readonly directory: VerifiedDirectory
  readonly guardians?: VerifiedGuardians
  /** Statement id of the freeze in force, and whose word it is. */
  readonly freeze?: { readonly id: string, readonly signedBy: LimitedSignatory | { readonly kind: 'guardians' } }
  /** Oldest first. */
  readonly recoveries: readonly VerifiedRecovery[]
}

interface Case { directory: VerifiedDirectory, guardians: VerifiedGuardians | undefined, reader: StatementReader }

/** Proves all that the ledger shows to protect a patient's keys. @throws {Refusal} */
export function verifySafety (shown: PatientSafety, directory: VerifiedDirectory, reader: StatementReader): VerifiedSafety {
  const guardians = shown.guardians === undefined ? undefined : verifyGuardians(shown.guardians, directory, reader)
  const safety: Case = { directory, guardians, reader }
  return {
    directory,
    recoveries: shown.recoveries.map((state) => verifyRecovery(state, safety)),
    ...(guardians === undefined ? {} : { guardians }),
    ...(shown.freeze === undefined ? {} : { freeze: verifyFreeze(shown.freeze, safety) })
  }
}

/** Proves an issue of guardians: named by the patient with the key in force when the ledger took it. @throws {Refusal} */
export function verifyGuardians (stored: StoredStatement, directory: VerifiedDirectory, reader: StatementReader): VerifiedGuardians {
  const { id, body, signers } = reader.readStored('Guardians', stored, subjectOf(directory))
  if (body.patientId !== directory.patientId) refuse('FOREIGN', directory, 'its guardians are another patient\'s')
  if (patientSigner(directory, signers, stored.time) === undefined) {
    refuse('SIGNER_WRONG', directory, 'its guardians were not named by the patient alone')
  }
  return { id, body }
}

/**
 * Proves a request of the present guardians: enough of them signed it, and nobody else. One of an older issue is only told to be that.
 * @throws {Refusal}
 */
export function verifyRecovery (state: RecoveryState, { directory, guardians, reader }: Case): VerifiedRecovery {
  const { id, body, signers } = reader.readStored('RecoveryRequest', state.request, subjectOf(directory))
  if (body.patientId !== directory.patientId) refuse('FOREIGN', directory, 'a recovery in it is another patient\'s')
  if (guardians === undefined || body.issue > guardians.body.issue) {
    refuse('MISSING', directory, `recovery ${id} names guardians of issue ${String(body.issue)}, which are not there`)
  }
  const outdated = body.issue < guardians.body.issue
  if (!outdated) requireGuardians(signers, guardians, directory, `recovery ${id}`)
  return { id, body, availableFrom: state.availableFrom, stopped: state.stop !== undefined, signers: signers.length, outdated }
}

/* Guardians do not change while a patient is frozen: those who froze are those who are shown. */
function verifyFreeze (
  stored: StoredStatement, { directory, guardians, reader }: Case
): NonNullable<VerifiedSafety['freeze']> {
  const { id, body, signers } = reader.readStored('Freeze', stored, subjectOf(directory))
  if (body.patientId !== directory.patientId) refuse('FOREIGN', directory, 'its freeze is another patient\'s')
  const signedBy = findLimitedSignatory(directory, { signers, power: 'freeze' })
  if (signedBy !== undefined) return { id, signedBy }
  if (guardians === undefined) refuse('SIGNER_WRONG', directory, 'its freeze is not the word of the patient, a representative, a limited key or guardians')
  requireGuardians(signers, guardians, directory, 'its freeze')
  return { id, signedBy: { kind: 'guardians' } }
}

function requireGuardians (
  signers: readonly string[],
  { body: { guardians, threshold, issue } }: VerifiedGuardians,
  directory: VerifiedDirectory,
  what: string
): void {
  if (findGuardianFault(signers, { signingKeys: guardians.map((g) => g.signingKey), threshold }) === undefined) return
  refuse('SIGNER_WRONG', directory, `${what} is not signed by ${String(threshold)} guardians of issue ${String(issue)} alone`)
}

const subjectOf = ({ patientId }: VerifiedDirectory): Subject => ({ kind: 'safety', name: patientId })

function refuse (code: RefusalCode, directory: VerifiedDirectory, why: string): never {
  throw new Refusal(code, subjectOf(directory), why)
}
