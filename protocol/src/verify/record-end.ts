import { causeOf } from '../index.ts'
import { authorSigner } from './author.ts'
import { patientSigner } from './directory.ts'
import { Refusal } from './refusal.ts'
import type { EndCause, Erasure, RecordManifest, StoredStatement, Withdrawal } from '../index.ts'
import type { VerifiedDirectory } from './directory.ts'
import type { Grounds } from './hand-overs.ts'
import type { RefusalCode, Subject } from './refusal.ts'
import type { StatementReader } from './statements.ts'

/** The end of a record version, proven to be its patient's or its author's will; only `verifyRecord` makes one. */
export interface VerifiedEnd {
  /** Statement id of the `Erasure` or `Withdrawal`. */
  readonly id: string
  readonly cause: EndCause
  /** When (ms) the ledger took it. */
  readonly time: number
  /** Of a withdrawal, why. */
  readonly reason?: Withdrawal['cause']
}

/** An erasure of whole compartments, proven to be its patient's will; only `verifyErasedCompartments` makes one. */
export interface ErasedCompartments {
  readonly id: string
  readonly compartments: NonNullable<Erasure['compartments']>
  /** When (ms) the ledger took it, as whoever shows it says. */
  readonly time: number
  /** Whether the key that signed it is in force still, and not one of before, which others may have got hold of. */
  readonly isByNewestKey: boolean
}

/** Statement id and body of a version's manifest, and the compartment in which it stands. */
interface EndedManifest { id: string, body: RecordManifest, label: string, epoch: number }

/**
 * Proves the end of a record version that belongs to the patient of `directory`: an erasure names it, or the compartment it stands in, and
 * is signed by that patient, a
 * withdrawal names its manifest and is signed by the author, each with the key in force when the ledger took it. Hospitals destroy on
 * this alone, never on what a peer says. @throws {Refusal}
 */
export async function verifyEnd (
  stored: StoredStatement,
  manifest: EndedManifest,
  directory: VerifiedDirectory,
  grounds: Grounds
): Promise<VerifiedEnd> {
  const cause = readCause(stored, manifest.body)
  return cause === 'erased' ? verifyErasure(stored, manifest, directory, grounds) : await verifyWithdrawal(stored, manifest, directory, grounds)
}

/**
 * Proves compartments that the patient of `directory` erased as a whole, each up to an epoch below its newest, with the key in force when
 * the ledger took it. @throws {Refusal}
 */
export function verifyErasedCompartments (
  stored: StoredStatement, directory: VerifiedDirectory, reader: StatementReader
): ErasedCompartments {
  const subject: Subject = { kind: 'statement', name: 'Erasure' }
  const { id, body: { patientId, compartments = [] }, signers } = reader.readStored('Erasure', stored, subject)
  if (patientId !== directory.patientId) refuse('FOREIGN', subject, 'it is another patient\'s')
  if (compartments.length === 0) refuse('FOREIGN', subject, 'it is of single records')
  const signer = patientSigner(directory, signers, stored.time)
  if (signer === undefined) refuse('SIGNER_WRONG', subject, 'it is not signed by its patient alone')
  const { newest: { compartments: known, identityKey } } = directory
  const isBelow = ({ label, epoch }: { label: string, epoch: number }): boolean => known.some((c) => c.label === label && epoch < c.epoch)
  if (!compartments.every(isBelow)) refuse('FOREIGN', subject, 'it names an epoch that authors write to')
  return { id, compartments, time: stored.time, isByNewestKey: signer === identityKey }
}

function readCause (stored: StoredStatement, { recordId }: RecordManifest): EndCause {
  try {
    return causeOf(stored)
  } catch (cause) {
    throw new Refusal('STATEMENT_MALFORMED', { kind: 'record', name: recordId }, 'its end is no statement', { cause })
  }
}

function verifyErasure (
  stored: StoredStatement,
  { body: { recordId, version }, label, epoch }: EndedManifest,
  directory: VerifiedDirectory,
  { reader }: Grounds
): VerifiedEnd {
  const subject: Subject = { kind: 'record', name: recordId }
  const { id, body, signers } = reader.readStored('Erasure', stored, subject)
  if (body.patientId !== directory.patientId) refuse('FOREIGN', subject, 'its erasure is another patient\'s')
  const { records = [], compartments = [] } = body
  const isNamed = records.some((named) => named.recordId === recordId && (named.version ?? version) === version) ||
    compartments.some((named) => named.label === label && epoch <= named.epoch)
  if (!isNamed) refuse('FOREIGN', subject, 'its erasure is of other records')
  if (patientSigner(directory, signers, stored.time) === undefined) {
    refuse('SIGNER_WRONG', subject, 'its erasure is not signed by its patient alone')
  }
  return { id, cause: 'erased', time: stored.time }
}

async function verifyWithdrawal (
  stored: StoredStatement,
  { id: manifestId, body: { recordId, version, author } }: EndedManifest,
  directory: VerifiedDirectory,
  grounds: Grounds
): Promise<VerifiedEnd> {
  const subject: Subject = { kind: 'record', name: recordId }
  const { id, body, signers } = grounds.reader.readStored('Withdrawal', stored, subject)
  if (body.patientId !== directory.patientId) refuse('FOREIGN', subject, 'its withdrawal is from another patient')
  if (body.recordId !== recordId || body.version !== version || body.manifestId !== manifestId) {
    refuse('FOREIGN', subject, 'its withdrawal is of another record or version')
  }
  if (await authorSigner(author, { signers, time: stored.time }, directory, grounds) === undefined) {
    refuse('SIGNER_WRONG', subject, 'its withdrawal is not signed by its author alone')
  }
  return { id, cause: 'withdrawn', time: stored.time, reason: body.cause }
}

function refuse (code: RefusalCode, subject: Subject, why: string): never {
  throw new Refusal(code, subject, why)
}
