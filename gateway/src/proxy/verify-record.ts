import { effectiveRecord } from '@epione/chaincode/model'
import type { EventRecord, RecordManifest, RecordState, Rewrap, StoredStatement } from '@epione/chaincode/model'
import type { LedgerView } from './ledger-view.ts'
import { unproven } from './statement-reader.ts'
import type { StatementReader, VerifiedStatement } from './statement-reader.ts'
import { verifyBinding } from './verify-binding.ts'
import { verifyDirectory } from './verify-directory.ts'
import type { VerifiedDirectory } from './verify-directory.ts'
import { verifySuccession } from './verify-succession.ts'

interface Context { ledger: LedgerView, reader: StatementReader }

/** A record version as its author's manifest and, where there is one, its patient's newest rewrap describe it. */
export interface VerifiedRecord { manifest: RecordManifest, /** Key that signed it, hex. */ authorKey: string, rewrap?: Rewrap, record: EventRecord }

/**
 * Proves a record version that a peer returned: its author signed the manifest; it is the patient's of `directory`, by the
 * manifest or by that patient's own rewrap after a hand-over; and it lies in a compartment which that directory lists.
 * @throws {GatewayError} STATEMENT_UNPROVEN
 */
export async function verifyRecord (context: Context, state: RecordState, directory: VerifiedDirectory): Promise<VerifiedRecord> {
  const manifest = context.reader.readStored('RecordManifest', state.manifest)
  const rewrap = state.rewrap === undefined ? undefined : verifyRewrap(context.reader, state.rewrap, manifest.body, directory)
  const { owner, record } = effectiveRecord(state, manifest.body, rewrap)
  if (owner !== directory.patientId || directory.compartment(record.label, record.epoch) === undefined) {
    throw unproven(`record ${record.recordId} is not in a compartment of this patient`)
  }
  await verifySuccession(context, manifest.body.patientId, owner)
  if (!await isSignedByAuthor(context, manifest, state.manifest.time)) throw unproven(`the manifest of record ${record.recordId} is not signed by its author`)
  return { manifest: manifest.body, authorKey: manifest.signers.join(), record, ...(rewrap === undefined ? {} : { rewrap }) }
}

function verifyRewrap (reader: StatementReader, stored: StoredStatement, manifest: RecordManifest, directory: VerifiedDirectory): Rewrap {
  const rewrap = reader.readStored('Rewrap', stored)
  const { recordId, version } = rewrap.body
  if (recordId !== manifest.recordId || version !== manifest.version) throw unproven(`the rewrap shown for record ${manifest.recordId} is of another`)
  if (!directory.hasSigned(rewrap, stored.time)) throw unproven(`the rewrap of record ${recordId} is not signed by its patient`)
  return rewrap.body
}

async function isSignedByAuthor ({ ledger, reader }: Context, { body, signers }: VerifiedStatement<'RecordManifest'>, storedAt: number): Promise<boolean> {
  const { author, patientId } = body
  if (author.kind === 'practitioner') return verifyBinding(await ledger.getBinding(author.mspId, author.staffId), author, reader).hasSigned({ signers }, storedAt)
  return verifyDirectory(await ledger.getDirectory(patientId), patientId, reader).hasSigned({ signers }, storedAt)
}
