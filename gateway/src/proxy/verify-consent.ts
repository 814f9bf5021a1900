import { GrantUnproven, proveGrant, proveGrants, provenHolders } from '@epione/chaincode/model'
import type { Consent, ConsentState, ProvenGrant, ProxyState, StoredStatement } from '@epione/chaincode/model'
import { GatewayError } from '../errors.ts'
import { unproven } from './statement-reader.ts'
import type { StatementReader, VerifiedStatement } from './statement-reader.ts'
import type { VerifiedDirectory } from './verify-directory.ts'

/** One kfrag as a consent lists it for an organisation's proxy, with the compartment it opens. */
export interface ListedShare { label: string, epoch: number, mspId: string, kfragId: string, commitment: string }

/** A consent that the patient signed, with what is proven of its custody. */
export interface VerifiedConsent {
  id: string
  body: Consent
  shares: readonly ListedShare[]
  /** Organisations whose proxies signed that they hold, or have destroyed, their kfrags. */
  custody: readonly string[]
  destroyed: readonly string[]
  /**
   * The grant of one compartment, proven: keys of the directory version that the patient signed, and a precursor whose maker
   * knows its secret. @throws {GatewayError} STATEMENT_UNPROVEN
   */
  proveGrant (label: string, epoch: number): ProvenGrant
  /** The same of all compartments, before their kfrags are taken into custody. @throws {GatewayError} STATEMENT_UNPROVEN */
  proveGrants (): ProvenGrant[]
}

/**
 * Proves a consent that a peer returned: it is the statement `consentId`, signed by an identity key of its patient.
 * @throws {GatewayError} STATEMENT_UNPROVEN
 */
export function verifyConsent (state: ConsentState, consentId: string, directory: VerifiedDirectory, proxies: readonly ProxyState[], reader: StatementReader): VerifiedConsent {
  const consent = reader.readStored('Consent', state.consent)
  if (consent.id !== consentId) throw unproven(`asked for consent ${consentId}, got ${consent.id}`)
  if (consent.body.patientId !== directory.patientId || !directory.hasSigned(consent, state.consent.time)) throw unproven(`consent ${consentId} is not signed by its patient`)
  const version = directory.at(consent.body.directoryVersion)
  const prove = <T>(check: () => T): T => refuseUnproven(consentId, check)
  return {
    id: consentId,
    body: consent.body,
    shares: consent.body.compartments.flatMap(({ label, epoch, shares }) => shares.map((share) => ({ label, epoch, ...share }))),
    custody: verifyProxyStatements('CustodyConfirmation', state.custody, consent, proxies, reader),
    destroyed: verifyProxyStatements('Destruction', state.destructions, consent, proxies, reader),
    proveGrants: () => prove(() => proveGrants(consent.body, version, reader.networkId)),
    proveGrant: (label, epoch) => prove(() => {
      const compartment = consent.body.compartments.find((c) => c.label === label && c.epoch === epoch)
      if (compartment === undefined) throw new GrantUnproven('it does not grant this compartment')
      return proveGrant(consent.body, compartment, version, reader.networkId)
    })
  }
}

function refuseUnproven<T> (consentId: string, check: () => T): T {
  try {
    return check()
  } catch (error) {
    if (error instanceof GrantUnproven) throw unproven(`consent ${consentId}: ${error.message}`, error)
    throw error
  }
}

/** Holders by their own proxies' signatures; a peer's invention is left out, not trusted. */
function verifyProxyStatements (type: 'CustodyConfirmation' | 'Destruction', stored: ConsentState['custody'], consent: { id: string, body: Consent }, proxies: readonly ProxyState[], reader: StatementReader): string[] {
  const keysOf = (mspId: string): string[] => proxies.filter((p) => p.mspId === mspId).flatMap((p) => [p.signingKey, ...p.formerSigningKeys])
  return provenHolders(consent, stored.flatMap((statement) => readOrLeave(type, statement, reader)), keysOf)
}

function readOrLeave (type: 'CustodyConfirmation' | 'Destruction', stored: StoredStatement, reader: StatementReader): VerifiedStatement<'CustodyConfirmation' | 'Destruction'>[] {
  try {
    return [reader.readStored(type, stored)]
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'STATEMENT_UNPROVEN') return []
    throw error
  }
}
