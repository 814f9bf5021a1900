import { PublicKey, patientIdOf } from '@epione/crypto'
import { verifyDelegates } from './delegate.ts'
import { findChangeFault, findIdentityFault, findKeyFault } from './directory-rules.ts'
import { provenOrNone, Refusal } from './refusal.ts'
import { findRepresentative, verifyRepresentations } from './representation.ts'
import { areSigners, findSigner, findSoleSigner } from './signers.ts'
import type { DelegatePower, KeyDirectory, PatientDirectory, StoredStatement } from '../index.ts'
import type { LimitedSignatory, VerifiedDelegate } from './delegate.ts'
import type { RefusalCode, Subject } from './refusal.ts'
import type { Signatory, VerifiedRepresentation } from './representation.ts'
import type { KeySince } from './signers.ts'
import type { ProvenStatement, StatementReader } from './statements.ts'

export type Compartment = KeyDirectory['compartments'][number]

export interface DirectoryVersion {
  readonly id: string
  readonly body: KeyDirectory
  /** Since when (ms) it counts, by the ledger. */
  readonly time: number
}

/** A version with a new identity key that does not count yet. */
export interface PendingDirectory {
  readonly id: string
  readonly body: KeyDirectory
  readonly activeFrom: number
  readonly stopped: boolean
}

/** A hand-over as the ledger shows it, with whoever signed it and when (ms) the ledger accepted it. */
export interface HandOver {
  readonly id: string
  readonly patientId: string
  readonly successor: string
  readonly signers: readonly string[]
  readonly time: number
}

/** A patient's key directory, proven from `patientId` on; only `verifyDirectory` makes one. */
export interface VerifiedDirectory {
  readonly patientId: string
  /** The one in force. */
  readonly identityKey: string
  /** Oldest first. */
  readonly versions: readonly DirectoryVersion[]
  readonly newest: KeyDirectory
  readonly pending?: PendingDirectory
  /** The hand-over that ended this patient id, and to whom. */
  readonly handOver?: HandOver
  readonly succeededBy?: string
  /** Patient ids that were handed over to this one. */
  readonly predecessors: readonly string[]
  /** Who acts or acted for the patient, oldest first. */
  readonly representations: readonly VerifiedRepresentation[]
  /** Limited keys that may count, and those that signed something, oldest first. */
  readonly delegates: readonly VerifiedDelegate[]
}

/** What the parts of one directory are judged with. */
interface Case { patientId: string, reader: StatementReader, subject: Subject }

/**
 * Proves patientId -> identity key -> every signed version (PROTOCOL §1), so that nobody can slip in a key of their own: version 1
 * holds the key whose hash is `patientId`; every later one names the one before and is signed by the same key, or, where it brings
 * a new one, by both; compartments stay what they were.
 * @throws {Refusal}
 */
export function verifyDirectory (shown: PatientDirectory, patientId: string, reader: StatementReader): VerifiedDirectory {
  const directory: Case = { patientId, reader, subject: { kind: 'directory', name: patientId } }
  const versions: DirectoryVersion[] = []
  for (const stored of shown.versions) {
    const opened = reader.readStored('KeyDirectory', stored, directory.subject)
    checkVersion(opened, versions, directory)
    versions.push({ id: opened.id, body: opened.body, time: stored.time })
  }
  const [first, newest] = [versions[0]?.body, versions.at(-1)?.body]
  if (first === undefined || newest === undefined) return refuse('MISSING', directory, 'it is empty')
  if (patientIdOf(PublicKey.fromHex(first.identityKey)) !== patientId) {
    refuse('PATIENT_ID_MISMATCH', directory, 'its identity key does not belong to this patient id')
  }
  const handOvers = verifyHandOvers(shown, { patientId, versions }, directory)
  const grounds = {
    ...directory, identityKeys: identityKeys({ versions }), ...(handOvers.handOver && { handedOverAt: handOvers.handOver.time })
  }
  const [representations, delegates] = [verifyRepresentations(shown, grounds), verifyDelegates(shown, grounds)]
  const pending = verifyPending(shown, versions, directory)
  return { patientId, identityKey: newest.identityKey, versions, newest, ...pending, ...handOvers, representations, delegates }
}

function checkVersion ({ body, signers }: ProvenStatement<'KeyDirectory'>, before: readonly DirectoryVersion[], directory: Case): void {
  const former = before.at(-1)
  if (body.patientId !== directory.patientId) refuse('FOREIGN', directory, 'it is of another patient')
  if (body.version !== before.length + 1 || body.previous !== former?.id) {
    refuse('CHAIN_BROKEN', directory, `version ${String(body.version)} does not follow the one before`)
  }
  if (!areSigners(signers, [former?.body.identityKey ?? body.identityKey, body.identityKey])) {
    refuse(
      'SIGNER_WRONG',
      directory,
      `version ${String(body.version)} is not signed by the patient's identity key, with the one before where that was exchanged, alone`
    )
  }
  const fault = findKeyFault(body) ?? findChangeFault(body, former?.body) ??
    findIdentityFault(body.identityKey, before.map((version) => version.body.identityKey))
  if (fault !== undefined) refuse('KEYS_UNFIT', directory, fault)
}

function verifyPending (
  { pending }: PatientDirectory,
  versions: readonly DirectoryVersion[],
  directory: Case
): { pending?: PendingDirectory } {
  if (pending === undefined) return {}
  const opened = directory.reader.readStored('KeyDirectory', pending.directory, directory.subject)
  // A version published meanwhile made it void.
  if (opened.body.previous !== versions.at(-1)?.id) return {}
  checkVersion(opened, versions, directory)
  return { pending: { id: opened.id, body: opened.body, activeFrom: pending.activeFrom, stopped: pending.stop !== undefined } }
}

/* The other side of each is judged by whoever follows it: `verifyHandOver`. A predecessor that is not proven is left out. */
function verifyHandOvers (
  { succession, predecessors = [] }: PatientDirectory, chain: Pick<VerifiedDirectory, 'patientId' | 'versions'>, directory: Case
): Pick<VerifiedDirectory, 'handOver' | 'succeededBy' | 'predecessors'> {
  const open = (stored: StoredStatement, side: 'patientId' | 'successor'): HandOver => {
    const { id, body, signers } = directory.reader.readStored('Succession', stored, directory.subject)
    if (body[side] !== chain.patientId) refuse('FOREIGN', directory, 'a hand-over in it is of another patient')
    if (findSigner(identityKeys(chain), signers, stored.time) === undefined) {
      refuse('SIGNER_WRONG', directory, 'a hand-over in it is not signed by the patient')
    }
    return { id, patientId: body.patientId, successor: body.successor, signers, time: stored.time }
  }
  const handOver = succession === undefined ? undefined : open(succession, 'patientId')
  const former = predecessors.flatMap((stored) => provenOrNone(() => open(stored, 'successor').patientId))
  return { predecessors: former, ...(handOver === undefined ? {} : { handOver, succeededBy: handOver.successor }) }
}

/** The identity key in force when the ledger accepted a hand-over that is among its signers. */
export function handOverSigner (directory: VerifiedDirectory, { signers, time }: HandOver): string | undefined {
  return findSigner(identityKeys(directory), signers, time)
}

/**
 * The identity key that was in force when the ledger accepted a statement (`time`, ms), when it alone signed it: who signs with a
 * former or later one is not the patient.
 */
export function patientSigner (
  directory: Pick<VerifiedDirectory, 'versions'>,
  signers: readonly string[],
  time: number
): string | undefined {
  return findSoleSigner(identityKeys(directory), signers, time)
}

/** The same of what others sign beside the patient: the one key among the signers that was the patient's then. */
export function findIdentityKey (
  directory: Pick<VerifiedDirectory, 'versions'>, signers: readonly string[], time: number
): string | undefined {
  return findSigner(identityKeys(directory), signers, time)
}

/**
 * Whose word a statement is that the patient signs, or in their stead a representative in force when the ledger took it (`time`, ms);
 * undefined when it is nobody's who may.
 */
export function findSignatory (
  directory: Pick<VerifiedDirectory, 'versions' | 'representations'>,
  signers: readonly string[],
  time: number
): Signatory | undefined {
  if (patientSigner(directory, signers, time) !== undefined) return { kind: 'patient' }
  const representation = findRepresentative(directory.representations, signers, time)
  return representation === undefined ? undefined : { kind: 'representative', representation }
}

/**
 * Who signed what takes away, which a limited key with the power may, too: by whose key it is, of whichever time. That it was in force is
 * for the ledger, which orders an act and an end whatever their clocks say: an end, or another identity key, that somebody holds back and
 * orders after an act of a later time would else make a freeze, or a revocation, nobody's word, and the patient could neither read nor
 * lift it.
 */
export function findLimitedSignatory (
  directory: Pick<VerifiedDirectory, 'versions' | 'representations' | 'delegates'>,
  { signers, power }: { signers: readonly string[], power: DelegatePower }
): LimitedSignatory | undefined {
  const [signer] = signers
  if (signers.length !== 1) return undefined
  if (identityKeys(directory).some(({ key }) => key === signer)) return { kind: 'patient' }
  const representation = directory.representations.find(({ representativeKey }) => representativeKey === signer)
  if (representation !== undefined) return { kind: 'representative', representation }
  const delegate = directory.delegates.find(({ key, powers }) => key === signer && powers.includes(power))
  return delegate === undefined ? undefined : { kind: 'delegate', delegate }
}

/** The key that a label had in one epoch, as the newest version says that lists it. */
export function findCompartment ({ versions }: Pick<VerifiedDirectory, 'versions'>, label: string, epoch: number): Compartment | undefined {
  return versions.flatMap((v) => v.body.compartments).findLast((c) => c.label === label && c.epoch === epoch)
}

/** Whether the patient gave a label this confidentiality level, in whichever version: a record keeps the one of when it was taken. */
export function isLevelOf (
  { versions }: Pick<VerifiedDirectory, 'versions'>,
  { label, level }: Pick<Compartment, 'label' | 'level'>
): boolean {
  return versions.some(({ body }) => body.compartments.some((c) => c.label === label && c.level === level))
}

/** One version as its patient signed it: a consent names the one from which its kfrags were made. */
export function findVersion ({ versions }: Pick<VerifiedDirectory, 'versions'>, version: number): KeyDirectory | undefined {
  return versions[version - 1]?.body
}

function identityKeys ({ versions }: Pick<VerifiedDirectory, 'versions'>): KeySince[] {
  return versions.map(({ body, time }) => ({ key: body.identityKey, since: time }))
}

function refuse (code: RefusalCode, { subject }: Case, why: string): never {
  throw new Refusal(code, subject, why)
}
