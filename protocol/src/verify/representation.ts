import { ORDER_TOLERANCE_MS } from '../index.ts'
import { provenOrNone, Refusal } from './refusal.ts'
import { areSigners, findSigner } from './signers.ts'
import type { PatientDirectory, RepresentationState } from '../index.ts'
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

/** What all that others may do for the patient is judged with, of one directory. */
export interface DirectoryCase {
  patientId: string
  identityKeys: readonly KeySince[]
  /** When (ms) the patient id was handed over. */
  handedOverAt?: number
  reader: StatementReader
  subject: Subject
}

/**
 * Proves who acts or acted for the patient: named by the patient with the identity key in force when the ledger took it, and taken on by
 * the representative's key; each key once. One that is not proven is left out, so that nobody acts under it, and refuses nothing: it must
 * not take the patient's own keys away, and two clocks can make one unproven that the ledger took.
 */
export function verifyRepresentations ({ representations = [] }: PatientDirectory, grounds: DirectoryCase): VerifiedRepresentation[] {
  const proven = representations.flatMap((state) => provenOrNone(() => verifyRepresentation(state, grounds)))
  return proven.filter(({ representativeKey }, index) => proven.findIndex((r) => r.representativeKey === representativeKey) === index)
}

/** An end is honoured unproven, whoever said it: inventing one takes away, and gives nobody anything. @throws {Refusal} */
function verifyRepresentation ({ representation, end }: RepresentationState, grounds: DirectoryCase): VerifiedRepresentation {
  const { identityKeys, reader, subject } = grounds
  const { id, body, signers } = reader.readStored('Representation', representation, subject)
  const { patientId, representativeKey, receivingKey, relation, notAfter } = body
  if (patientId !== grounds.patientId) refuse('FOREIGN', grounds, 'a representation in it is of another patient')
  const identityKey = findSigner(identityKeys, signers, representation.time)
  if (identityKey === undefined || !areSigners(signers, [identityKey, representativeKey])) {
    refuse('SIGNER_WRONG', grounds, 'a representation in it is not signed by patient and representative alone')
  }
  const ends = [
    ...(end === undefined ? [] : ['inPerson' in end ? end.inPerson.time : end.statement.time]),
    ...replacedAt(identityKeys, identityKey),
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

/**
 * Since when the patient has another identity key than the one that named somebody: by the order of versions, as a representation may seem
 * younger than the version that the ledger ordered after it.
 */
export function replacedAt (identityKeys: readonly KeySince[], identityKey: string): number[] {
  const named = identityKeys.findIndex(({ key }) => key === identityKey)
  const later = identityKeys.slice(named).find(({ key }) => key !== identityKey)
  return later === undefined ? [] : [later.since]
}

/**
 * Whether a representation, or a limited key, counts at a time (ms) of the ledger. Ends carry another transaction's clock, the last day
 * does not.
 */
export function isInTime (
  { since, notAfter, endedAt = Infinity }: Pick<VerifiedRepresentation, 'since' | 'notAfter' | 'endedAt'>, time: number
): boolean {
  return since <= time + ORDER_TOLERANCE_MS && time <= notAfter && time <= endedAt + ORDER_TOLERANCE_MS
}

/** The representative who alone signed what the ledger took at `time` (ms), when the representation was in force then. */
export function findRepresentative (
  representations: readonly VerifiedRepresentation[], signers: readonly string[], time: number
): VerifiedRepresentation | undefined {
  const [signer] = signers
  return signers.length === 1 ? representations.find((r) => r.representativeKey === signer && isInTime(r, time)) : undefined
}

function refuse (code: RefusalCode, { subject }: DirectoryCase, why: string): never {
  throw new Refusal(code, subject, why)
}
