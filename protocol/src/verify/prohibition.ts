import { findSignatory } from './directory.ts'
import { Refusal } from './refusal.ts'
import type { StoredStatement } from '../index.ts'
import type { VerifiedDirectory } from './directory.ts'
import type { Subject } from './refusal.ts'
import type { Signatory } from './representation.ts'
import type { ProvenStatement, StatementReader } from './statements.ts'

/**
 * Proves a prohibition, or the end of one: signed by the patient with the key in force when the ledger took it, or by a representative in
 * force then. @throws {Refusal}
 */
export function verifyProhibition (
  stored: StoredStatement,
  directory: VerifiedDirectory,
  reader: StatementReader
): ProvenStatement<'Prohibition'> & { signedBy: Signatory } {
  const subject: Subject = { kind: 'statement', name: 'Prohibition' }
  const proven = reader.readStored('Prohibition', stored, subject)
  if (proven.body.patientId !== directory.patientId) throw new Refusal('FOREIGN', subject, 'it is of another patient')
  const signedBy = findSignatory(directory, proven.signers, stored.time)
  if (signedBy === undefined) throw new Refusal('SIGNER_WRONG', subject, 'it is not signed by its patient alone, or a representative in force')
  return { ...proven, signedBy }
}

/**
 * Whether `end` may end `target`: the patient ends any of their prohibitions, a representative only those that a representative made.
 */
export function mayEndProhibition (end: Signatory, target: Signatory | undefined): boolean {
  return end.kind === 'patient' || target?.kind === 'representative'
}
