import { provenOrNone, Refusal } from './refusal.ts'
import { replacedAt } from './representation.ts'
import { findSoleSigner } from './signers.ts'
import type { DelegatePower, DelegateState, PatientDirectory } from '../index.ts'
import type { DirectoryCase, Signatory } from './representation.ts'

/** A limited key as the patient named it: it sees the log, revokes or freezes, and nothing else. */
export interface VerifiedDelegate {
  /** Statement id of the `Delegate`. */
  readonly id: string
  readonly key: string
  readonly powers: readonly DelegatePower[]
  /** When (ms) the ledger took it, and until when by its own word. */
  readonly since: number
  readonly notAfter: number
  /** When (ms) it ended before that: by patient or limited key, by another identity key of the patient, by a hand-over. */
  readonly endedAt?: number
}

/** By whom a statement is signed that takes away, which a limited key may sign, too. */
export type LimitedSignatory = Signatory | { readonly kind: 'delegate', readonly delegate: VerifiedDelegate }

/**
 * Proves a patient's limited keys: named by the patient alone with the identity key in force when the ledger took it; each key once. One
 * that is not proven is left out, so that nothing counts under it, and refuses nothing.
 */
export function verifyDelegates ({ delegates = [] }: PatientDirectory, grounds: DirectoryCase): VerifiedDelegate[] {
  const proven = delegates.flatMap((state) => provenOrNone(() => verifyDelegate(state, grounds)))
  return proven.filter(({ key }, index) => proven.findIndex((d) => d.key === key) === index)
}

/** An end is honoured unproven, whoever said it, as that of a representation is. @throws {Refusal} */
function verifyDelegate (
  { delegate, end }: DelegateState, { patientId, identityKeys, handedOverAt, reader, subject }: DirectoryCase
): VerifiedDelegate {
  const { id, body, signers } = reader.readStored('Delegate', delegate, subject)
  if (body.patientId !== patientId) throw new Refusal('FOREIGN', subject, 'a limited key in it is of another patient')
  if (body.delegate === undefined) throw new Refusal('MISSING', subject, 'a statement in it names no limited key')
  const identityKey = findSoleSigner(identityKeys, signers, delegate.time)
  if (identityKey === undefined) throw new Refusal('SIGNER_WRONG', subject, 'a limited key in it is not named by the patient alone')
  const ends = [
    ...(end === undefined ? [] : [end.time]),
    ...replacedAt(identityKeys, identityKey),
    ...(handedOverAt === undefined ? [] : [handedOverAt])
  ]
  const { key, powers, notAfter } = body.delegate
  return { id, key, powers, since: delegate.time, notAfter, ...(ends.length > 0 && { endedAt: Math.min(...ends) }) }
}
