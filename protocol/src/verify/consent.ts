import { findLimitedSignatory, findSignatory, findVersion } from './directory.ts'
import { checkGrants, proveGrant, proveGrants } from './grants.ts'
import { provenHolders } from './holders.ts'
import { keysOf, readOrLeave } from './proxy-words.ts'
import { Refusal } from './refusal.ts'
import type { Consent, ConsentFacts, ConsentState, StoredStatement } from '../index.ts'
import type { VerifiedDirectory } from './directory.ts'
import type { GrantCase, ProvenGrant } from './grants.ts'
import type { ProxySigner } from './proxy-words.ts'
import type { Subject } from './refusal.ts'
import type { Signatory } from './representation.ts'
import type { StatementReader } from './statements.ts'

/** One kfrag as a consent lists it for an organisation's proxy, with the compartment it opens. */
export interface ListedShare { label: string, epoch: number, mspId: string, kfragId: string, commitment: string }

/** What a consent is judged by. */
export interface ConsentGrounds { directory: VerifiedDirectory, proxies: readonly ProxySigner[], reader: StatementReader }

/** A consent that the patient signed, or a representative in force then, with what is proven of its custody and its end. */
export interface VerifiedConsent {
  readonly id: string
  readonly body: Consent
  readonly signedBy: Signatory
  readonly shares: readonly ListedShare[]
  /** Organisations whose proxies signed that they hold, or have destroyed, their kfrags. */
  readonly custody: readonly string[]
  readonly destroyed: readonly string[]
  /** The patient ended it, or a representative. */
  readonly revoked: boolean
  /** When the ledger took that (ms). */
  readonly revokedAt?: number
  /** What its status follows from, with the present members of the network. */
  facts (members: readonly string[]): ConsentFacts
  /** The grant of one compartment, with a precursor whose maker knows its secret. @throws {Refusal} COMPARTMENT_UNKNOWN, GRANT_UNPROVEN */
  proveGrant (label: string, epoch: number): ProvenGrant
  /** The same of all, before their kfrags are taken into custody or answers judged. @throws {Refusal} GRANT_UNPROVEN */
  proveGrants (): ProvenGrant[]
}

/**
 * Proves a consent: it is `consentId`, signed by its patient or a representative, made from keys of the directory version that it names;
 * its revocation, where one is shown, is theirs or a limited key's. A custody statement that is not what it says is left out and refuses
 * nothing. @throws {Refusal}
 */
export function verifyConsent (state: ConsentState, consentId: string, { directory, proxies, reader }: ConsentGrounds): VerifiedConsent {
  const subject: Subject = { kind: 'consent', name: consentId }
  const { id, body, signers } = reader.readStored('Consent', state.consent, subject)
  if (id !== consentId) throw new Refusal('FOREIGN', subject, `it is consent ${id}`)
  if (body.patientId !== directory.patientId) throw new Refusal('FOREIGN', subject, 'it is of another patient')
  const signedBy = findSignatory(directory, signers, state.consent.time)
  if (signedBy === undefined) {
    throw new Refusal('SIGNER_WRONG', subject, 'it is not signed by its patient alone, or a representative in force')
  }
  const revoked = state.revocation !== undefined && isRevocation(state.revocation, { id, directory, reader, subject })
  const grant: GrantCase = { consent: body, directory: findVersion(directory, body.directoryVersion), networkId: reader.networkId, subject }
  checkGrants(grant)
  const holders = (type: 'CustodyConfirmation' | 'Destruction', stored: readonly StoredStatement[]): string[] =>
    provenHolders({ id, body }, stored.flatMap((statement) => readOrLeave(type, statement, reader)), keysOf(proxies))
  const custody = holders('CustodyConfirmation', state.custody)
  const destroyed = holders('Destruction', state.destructions)
  return {
    id,
    body,
    signedBy,
    shares: body.compartments.flatMap(({ label, epoch, shares }) => shares.map((share) => ({ label, epoch, ...share }))),
    custody,
    destroyed,
    revoked,
    ...(state.revocation !== undefined && revoked && { revokedAt: state.revocation.time }),
    facts: (members) => ({ body, revoked, custody, members, destroyed }),
    proveGrants: () => proveGrants(grant),
    proveGrant: (label, epoch) => {
      const compartment = body.compartments.find((c) => c.label === label && c.epoch === epoch)
      if (compartment === undefined) throw new Refusal('COMPARTMENT_UNKNOWN', subject, 'it does not grant this compartment')
      return proveGrant(grant, compartment)
    }
  }
}

function isRevocation (
  stored: StoredStatement, {
    id,
    directory,
    reader,
    subject
  }: { id: string, directory: VerifiedDirectory, reader: StatementReader, subject: Subject }
): boolean {
  const { body, signers } = reader.readStored('Revocation', stored, subject)
  if (body.consentId !== id || body.patientId !== directory.patientId) {
    throw new Refusal('FOREIGN', subject, 'its revocation is of another consent')
  }
  if (findLimitedSignatory(directory, { signers, power: 'revoke' }) === undefined) {
    throw new Refusal('SIGNER_WRONG', subject, 'its revocation is not signed by its patient alone, or a representative or limited key of theirs')
  }
  return true
}
