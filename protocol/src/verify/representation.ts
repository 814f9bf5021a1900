import { ORDER_TOLERANCE_MS } from '../index.ts'
import { Refusal } from './refusal.ts'
import { areSigners, findSigner } from './signers.ts'
import type { PatientDirectory, RepresentationState, StoredStatement } from '../index.ts'
import type { RefusalCode, Subject } from './refusal.ts'
import type { KeySince } from './signers.ts'
import type { StatementReader } from './statements.ts'

/** Who acts or acted for a patient, as both signed it. */
export interface VerifiedRepresentation {
  /** Statement id of the `Representation`. */
  readonly id: string
  readonly representativeKey: string
  readonly receivingKey: string
  readonly relation: string
  /** When (ms) the ledger took it, and until when by its own word. */
  readonly since: number
  readonly notAfter: number
  /** When (ms) it ended before that: by patient, registrar or representative, by another identity key of the patient, by a hand-over. */
  readonly endedAt?: number
}

/** By whom a statement about a patient is signed that the patient alone, or a representative alone, may sign. */
export type Signatory = { readonly kind: 'patient' } | { readonly kind: 'representative', readonly representation: VerifiedRepresentation }

interface Case {
  patientId: string
  identityKeys: readonly KeySince[]
  /** When (ms) the patient id was handed over. */
  handedOverAt?: number
  reader: StatementReader
  subject: Subject
}

/**
 * Proves who acts or acted for the patient: named by the patient with the identity key in force when the ledger took it, and taken on by
 * the representative's key; each key once. @throws {Refusal}
 */
export function verifyRepresentations ({ representations = [] }: PatientDirectory, grounds: Case): VerifiedRepresentation[] {
  const proven = representations.map((state) => verifyRepresentation(state, grounds))
  if (new Set(proven.map((r) => r.representativeKey)).size !== proven.length) {
    refuse('CHAIN_BROKEN', grounds, 'two representations in it have one key')
  }
  return proven
}

function verifyRepresentation ({ representation, end }: RepresentationState, grounds: Case): VerifiedRepresentation {
  const { identityKeys, reader, subject } = grounds
  const { id, body, signers } = reader.readStored('Representation', representation, subject)
  const { patientId, representativeKey, receivingKey, relation, notAfter } = body
  if (patientId !== grounds.patientId) refuse('FOREIGN', grounds, 'a representation in it is of another patient')
  const identityKey = findSigner(identityKeys, signers, representation.time)
  if (identityKey === undefined || !areSigners(signers, [identityKey, representativeKey])) {
    refuse('SIGNER_WRONG', grounds, 'a representation in it is not signed by patient and representative alone')
  }
  const ends = [
    ...(end === undefined ? [] : [endTime(end, { id, representativeKey }, grounds)]),
    ...replacedAt(identityKeys, identityKey, representation.time),
    ...(grounds.handedOverAt === undefined ? [] : [grounds.handedOverAt])
  ]
  return {
    id,
    representativeKey,
    receivingKey,
    relation,
    since: representation.time,
    notAfter,
    ...(ends.length > 0 && { endedAt: Math.min(...ends) })
  }
}

/** What a registrar says in person is honoured unproven: inventing it takes away, and gives nobody anything. */
function endTime (
  end: NonNullable<RepresentationState['end']>, { id, representativeKey }: { id: string, representativeKey: string }, grounds: Case
): number {
  if ('inPerson' in end) return end.inPerson.time
  const stored: StoredStatement = end.statement
  const { body, signers } = grounds.reader.readStored('RepresentationEnd', stored, grounds.subject)
  if (body.patientId !== grounds.patientId || body.representationId !== id) {
    refuse('FOREIGN', grounds, 'the end of a representation in it is of another one')
  }
  const isOwn = signers.length === 1 &&
    (signers.includes(representativeKey) || findSigner(grounds.identityKeys, signers, stored.time) !== undefined)
  if (!isOwn) refuse('SIGNER_WRONG', grounds, 'the end of a representation in it is neither the patient\'s nor the representative\'s')
  return stored.time
}

/** Since when the patient has another identity key than the one that named the representative. */
function replacedAt (identityKeys: readonly KeySince[], identityKey: string, time: number): number[] {
  const later = identityKeys.filter(({ since }) => since > time).find(({ key }) => key !== identityKey)
  return later === undefined ? [] : [later.since]
}

/** Whether a representation counts at a time (ms) of the ledger. Ends carry another transaction's clock, the last day does not. */
export function isRepresented ({ since, notAfter, endedAt = Infinity }: VerifiedRepresentation, time: number): boolean {
  return since <= time + ORDER_TOLERANCE_MS && time <= notAfter && time <= endedAt + ORDER_TOLERANCE_MS
}

/** The representative who alone signed what the ledger took at `time` (ms), when the representation was in force then. */
export function findRepresentative (
  representations: readonly VerifiedRepresentation[], signers: readonly string[], time: number
): VerifiedRepresentation | undefined {
  const [signer] = signers
  return signers.length === 1 ? representations.find((r) => r.representativeKey === signer && isRepresented(r, time)) : undefined
}

function refuse (code: RefusalCode, { subject }: Case, why: string): never {
  throw new Refusal(code, subject, why)
}
