import { patientSigner } from './directory.ts'
import { Refusal } from './refusal.ts'
import type { StoredStatement } from '../index.ts'
import type { VerifiedDirectory } from './directory.ts'
import type { Subject } from './refusal.ts'
import type { ProvenStatement, StatementReader } from './statements.ts'

/** Proves a prohibition, or the end of one: signed by the patient with the key in force when the ledger took it. @throws {Refusal} */
export function verifyProhibition (
  stored: StoredStatement,
  directory: VerifiedDirectory,
  reader: StatementReader
): ProvenStatement<'Prohibition'> {
  const subject: Subject = { kind: 'statement', name: 'Prohibition' }
  const proven = reader.readStored('Prohibition', stored, subject)
  if (proven.body.patientId !== directory.patientId) throw new Refusal('FOREIGN', subject, 'it is of another patient')
  if (patientSigner(directory, proven.signers, stored.time) === undefined) {
    throw new Refusal('SIGNER_WRONG', subject, 'it is not signed by its patient alone')
  }
  return proven
}
