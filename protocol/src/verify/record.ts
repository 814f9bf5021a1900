import { PublicKey } from '@epione/crypto'
import { wrapsOf } from '../index.ts'
import { authorSigner, describeAuthor } from './author.ts'
import { findCompartment, patientSigner } from './directory.ts'
import { verifyHandOvers } from './hand-overs.ts'
import { verifyEnd } from './record-end.ts'
import { Refusal } from './refusal.ts'
import type { EventSegment, RecordManifest, RecordState, Rewrap } from '../index.ts'
import type { Compartment, VerifiedDirectory } from './directory.ts'
import type { Grounds } from './hand-overs.ts'
import type { VerifiedEnd } from './record-end.ts'
import type { RefusalCode, Subject } from './refusal.ts'

/** A record version as it is shown; what else a state says of it follows from the two statements. */
export type ShownRecord = Pick<RecordState, 'recordId' | 'version' | 'manifest' | 'rewrap' | 'end'>

/**
 * A record version proven from its author to its present owner: the manifest says all but owner, compartment and wrap, which the
 * newest rewrap decides where there is one (PROTOCOL §3). Only `verifyRecord` makes one.
 */
export interface VerifiedRecord {
  readonly id: string
  readonly body: RecordManifest
  readonly rewrap?: Rewrap
  /** That it was erased or withdrawn, and by which order: nothing opens it any more. */
  readonly end?: VerifiedEnd
  /** When the ledger took it (ms), and from which organisation. */
  readonly takenAt: number
  readonly origin: string
  /** Patient id whose record it is now. */
  readonly owner: string
  readonly label: string
  readonly epoch: number
  /** Exactly one of these: the wrap in force, or the segment with the root of its windows' wraps once they were rewrapped. */
  readonly wrapHash?: string
  readonly segment?: EventSegment
  readonly compartment: Compartment
  /** The key that signed the manifest; it stands in the content's header too. */
  readonly authorKey: PublicKey
}

/**
 * Proves a record version of the patient of `directory`: the manifest is signed by its author with the key in force when the ledger
 * took it, its compartment is that patient's, or one's who was handed over to them; the rewrap, where there is one, is the owner's; its
 * end, where there is one, is the owner's or the author's.
 * @throws {Refusal}
 */
export async function verifyRecord (shown: ShownRecord, directory: VerifiedDirectory, grounds: Grounds): Promise<VerifiedRecord> {
  const subject: Subject = { kind: 'record', name: shown.recordId }
  const { id, body, authorKey } = await verifyManifest(shown, directory, grounds)
  const rewrap = verifyRewrap(shown, directory, grounds, subject)
  if (rewrap !== undefined && (rewrap.segment === undefined) !== (body.segment === undefined)) {
    refuse('FOREIGN', subject, 'its rewrap is of windows where it has none, or of a wrap')
  }
  const { patientId: owner, label, epoch } = rewrap ?? body
  if (owner !== directory.patientId) refuse('FOREIGN', subject, 'it is of another patient')
  const compartment = findCompartment(directory, label, epoch) ??
    refuse('COMPARTMENT_UNKNOWN', subject, 'its compartment is not in the patient\'s directory')
  const end = shown.end === undefined ? undefined : await verifyEnd(shown.end, { id, body, label, epoch }, directory, grounds)
  return {
    id,
    body,
    ...(rewrap === undefined ? {} : { rewrap }),
    ...(end === undefined ? {} : { end }),
    takenAt: shown.manifest.time,
    origin: shown.manifest.submittedBy,
    owner,
    label,
    epoch,
    ...wrapsOf(body, rewrap),
    compartment,
    authorKey: PublicKey.fromHex(authorKey)
  }
}

/** Proves a version and every one before it: each names its predecessor and is by the same author. @throws {Refusal} */
export async function verifyRecordChain (
  newest: ShownRecord, read: (version: number) => Promise<ShownRecord>, directory: VerifiedDirectory, grounds: Grounds
): Promise<VerifiedRecord> {
  const subject: Subject = { kind: 'record', name: newest.recordId }
  const verified = await verifyRecord(newest, directory, grounds)
  let later: Pick<VerifiedRecord, 'body'> = verified
  while (later.body.version > 1) {
    const { version, previous, author } = later.body
    const shown = await read(version - 1)
    if (shown.recordId !== newest.recordId || shown.version !== version - 1) {
      refuse('FOREIGN', subject, `version ${String(version - 1)} of it is of another record or version`)
    }
    const earlier = await verifyManifest(shown, directory, grounds)
    if (previous !== earlier.id) refuse('CHAIN_BROKEN', subject, `version ${String(version)} does not follow the version before`)
    if (describeAuthor(earlier.body.author) !== describeAuthor(author)) {
      refuse('CHAIN_BROKEN', subject, 'its versions have different authors')
    }
    requireOrder(earlier.body, later.body, subject)
    later = earlier
  }
  return verified
}

/** Numbers of a stream go up; what a device lost is missing between two segments. */
function requireOrder ({ segment: earlier }: RecordManifest, { segment: later }: RecordManifest, subject: Subject): void {
  if (earlier !== undefined && later !== undefined && later.first <= earlier.last) {
    refuse('CHAIN_BROKEN', subject, 'two of its segments have a number in common')
  }
}

async function verifyManifest (
  shown: ShownRecord,
  directory: VerifiedDirectory,
  grounds: Grounds
): Promise<{ id: string, body: RecordManifest, authorKey: string }> {
  const subject: Subject = { kind: 'record', name: shown.recordId }
  const manifest = grounds.reader.readStored('RecordManifest', shown.manifest, subject)
  const { id, body } = manifest
  if (body.recordId !== shown.recordId || body.version !== shown.version) refuse('FOREIGN', subject, 'it is of another record or version')
  const own = await verifyHandOvers(body.patientId, directory, grounds, subject)
  const written = { signers: manifest.signers, time: shown.manifest.time, label: body.label }
  const authorKey = await authorSigner(body.author, written, own, grounds) ??
    refuse('SIGNER_WRONG', subject, 'it is not signed by its author alone')
  if (findCompartment(own, body.label, body.epoch) === undefined) {
    refuse('COMPARTMENT_UNKNOWN', subject, 'its compartment is not in the patient\'s directory')
  }
  return { id, body, authorKey }
}

function verifyRewrap (
  { recordId, version, rewrap: stored }: ShownRecord,
  directory: VerifiedDirectory,
  { reader }: Grounds,
  subject: Subject
): Rewrap | undefined {
  if (stored === undefined) return undefined
  const { body, signers } = reader.readStored('Rewrap', stored, subject)
  if (body.recordId !== recordId || body.version !== version) refuse('FOREIGN', subject, 'its rewrap is of another record or version')
  if (body.patientId !== directory.patientId) refuse('FOREIGN', subject, 'it is of another patient')
  if (patientSigner(directory, signers, stored.time) === undefined) {
    refuse('SIGNER_WRONG', subject, 'its rewrap is not signed by its patient alone')
  }
  return body
}

function refuse (code: RefusalCode, subject: Subject, why: string): never {
  throw new Refusal(code, subject, why)
}
