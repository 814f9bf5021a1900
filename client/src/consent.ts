import { GrantUnproven, consentStatus, proveGrants, provenHolders } from '@epione/chaincode/model'
import type { Consent, ConsentStatus, ProvenGrant, StoredStatement } from '@epione/chaincode/model'
import { currentTime, identityKeyOf } from './context.ts'
import type { ClientContext, PatientContext } from './context.ts'
import { categoryOfLabel, versionOf } from './directory.ts'
import { isClientError } from './errors.ts'
import type { ConsentState } from './gateway-schemas.ts'
import { readNetwork, readOrganizations } from './organizations.ts'
import type { Organization } from './organizations.ts'
import { readPages } from './pages.ts'
import { readOwnDirectory } from './patient.ts'
import { authorizePatient } from './session.ts'
import { openStored, makeStatement, refuse } from './statements.ts'
import type { Blame, OpenedStatement } from './statements.ts'
import { submitAnywhere } from './submit.ts'
import type { Done, Written } from './submit.ts'
import { patientSigner } from './verify-directory.ts'
import type { VerifiedDirectory } from './verify-directory.ts'

/** A consent proven to be the patient's; `status` follows from signed statements alone, not from a gateway's word. */
export interface VerifiedConsent {
  readonly id: string
  readonly body: Consent
  /** Its compartments, each with keys and proven precursor. */
  readonly grants: readonly ProvenGrant[]
  readonly txId: string
  readonly status: ConsentStatus
  /** Organisations that proved custody of their kfrags. */
  readonly custody: readonly string[]
  /** Organisations that signed that they destroyed them. */
  readonly destroyed: readonly string[]
}

/** Members and proxy keys by which the state of a consent is judged. */
export interface Consortium { organizations: readonly Organization[], memberMspIds: readonly string[], shareMinimum: number }

export async function readConsortium (context: ClientContext): Promise<Consortium> {
  const [organizations, network] = await Promise.all([readOrganizations(context), readNetwork(context)])
  return { organizations, ...network }
}

/** What a consent is judged by, and whose gateway showed it. */
export interface ConsentGrounds { directory: VerifiedDirectory, consortium: Consortium, shownBy: string }

/** Verifies a consent's state: the patient's signature, each proxy's custody and destruction, a revocation. @throws {ClientError} CONSENT_INVALID */
export function verifyConsent (context: ClientContext, state: ConsentState, { directory, consortium, shownBy }: ConsentGrounds): VerifiedConsent {
  const blame: Blame = { code: 'CONSENT_INVALID', what: `Consent ${state.consent.id} as ${shownBy} shows it`, party: { kind: 'gateway', mspId: shownBy } }
  const { id, body, grants } = openConsent(state.consent, directory, context.networkId, blame)
  const custody = holdersOf('CustodyConfirmation', state.custody, { id, body }, context, consortium)
  const destroyed = holdersOf('Destruction', state.destructions, { id, body }, context, consortium)
  const revoked = state.revocation !== undefined && isRevocation(state.revocation, { context, directory, id, blame })
  const status = consentStatus({ body, revoked, custody, members: consortium.memberMspIds, destroyed }, currentTime(context))
  return { id, body, grants, txId: state.consent.txId, status, custody, destroyed }
}

/** The patient's signed consent, whose kfrags are made from the directory version it names, with precursors whose maker knows their secrets. */
export function openConsent (
  stored: StoredStatement, directory: VerifiedDirectory, networkId: Uint8Array, blame: Blame
): Pick<VerifiedConsent, 'id' | 'body' | 'grants'> {
  const { id, body, signers } = openStored('Consent', stored, networkId, blame)
  if (body.patientId !== directory.patientId) refuse(blame, 'it is of another patient')
  if (patientSigner(directory, signers, stored.time) === undefined) refuse(blame, 'it is not signed by the patient')
  try {
    return { id, body, grants: proveGrants(body, versionOf(directory, body.directoryVersion), networkId) }
  } catch (error) {
    if (error instanceof GrantUnproven) return refuse(blame, error.message, error)
    throw error
  }
}

/** Holders by their own proxies' signatures; what else is shown is left out, for it neither counts nor keeps others from counting. */
function holdersOf (type: 'CustodyConfirmation' | 'Destruction', stored: readonly StoredStatement[], consent: Pick<VerifiedConsent, 'id' | 'body'>, { networkId }: ClientContext, { organizations }: Consortium): string[] {
  const keysOf = (mspId: string): string[] => organizations.filter((o) => o.mspId === mspId).flatMap((o) => [o.signingKey, ...o.formerSigningKeys]).map((key) => key.toHex())
  return provenHolders(consent, stored.flatMap((statement) => openOrLeave(type, statement, networkId)), keysOf)
}

function openOrLeave (type: 'CustodyConfirmation' | 'Destruction', stored: StoredStatement, networkId: Uint8Array): Array<OpenedStatement<'CustodyConfirmation' | 'Destruction'>> {
  try {
    return [openStored(type, stored, networkId, { code: 'CONSENT_INVALID', what: `A ${type}`, party: { kind: 'gateway' } })]
  } catch (error) {
    if (isClientError(error, 'CONSENT_INVALID')) return []
    throw error
  }
}

function isRevocation (stored: StoredStatement, { context, directory, id, blame }: { context: ClientContext, directory: VerifiedDirectory, id: string, blame: Blame }): boolean {
  const { body, signers } = openStored('Revocation', stored, context.networkId, blame)
  if (body.consentId !== id || body.patientId !== directory.patientId || patientSigner(directory, signers, stored.time) === undefined) refuse(blame, 'its revocation is not of the patient')
  return true
}

export interface ConsentSummary {
  consentId: string
  status: ConsentStatus
  grantee: string
  categories: string[]
  purposes: string[]
  notBefore: number
  notAfter: number
  threshold: number
  custody: readonly string[]
  destroyed: readonly string[]
  txId: string
}

/** All consents of the patient, each verified, newest first. */
export async function listConsents (context: PatientContext): Promise<ConsentSummary[]> {
  const [directory, consortium] = await Promise.all([readOwnDirectory(context), readConsortium(context)])
  const { gateway: { info }, value: states } = await context.gateways.askFirstReachable((gateway) => readPages((cursor) => gateway.listConsents(context.patientId, cursor, authorizePatient(context))))
  return states
    .map((state) => verifyConsent(context, state, { directory, consortium, shownBy: info.mspId }))
    .sort((a, b) => b.body.issuedAt - a.body.issuedAt)
    .map((consent) => summarizeConsent(context, consent))
}

export function summarizeConsent (context: PatientContext, { id, body, status, custody, destroyed, txId }: VerifiedConsent): ConsentSummary {
  const { grantee, purposes, notBefore, notAfter, threshold } = body
  const categories = body.compartments.map(({ label }) => categoryOfLabel(context.keys, label) ?? label)
  return { consentId: id, status, grantee: `${grantee.mspId}/${grantee.staffId}`, categories, purposes, notBefore, notAfter, threshold, custody, destroyed, txId }
}

export interface ConsentRevoked extends Written { consentId: string, statementId: string }

/** Ends a consent: no permit is committed after the block that commits this. Any hospital's gateway takes it. */
export async function revokeConsent (context: PatientContext, consentId: string): Promise<Done<ConsentRevoked>> {
  const { id, statement } = makeStatement(context, 'Revocation', { patientId: context.patientId, consentId }, [identityKeyOf(context)])
  return submitAnywhere(context, {
    statementId: id,
    send: (gateway) => gateway.revokeConsent(statement, id),
    recover: (written) => ({ consentId, statementId: id, ...written })
  })
}
