import { LimitedKeys } from '@epione/crypto'
import { consentStatus, nameGrantee } from '@epione/protocol'
import type { Consent, ConsentState, ConsentStatus } from '@epione/protocol'
import { openStatement, StatementReader, verifyConsent } from '@epione/protocol/verify'
import type { ProvenGrant, Signatory, VerifiedDirectory } from '@epione/protocol/verify'
import { currentTime, identityKeyOf } from '../context/context.ts'
import type { ClientContext, PatientContext } from '../context/context.ts'
import { categoryOfLabel } from '../keys/directory.ts'
import { judged, judgedWith } from '../context/judge.ts'
import { isClientError } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { orNotFound } from '../gateways/gateways.ts'
import { raiseSearchKeys } from '../search/search-keys.ts'
import { readNetwork, readOrganizations } from '../keys/organizations.ts'
import type { NetworkBounds, Organization } from '../keys/organizations.ts'
import { readPages } from '../gateways/pages.ts'
import { together } from '../gateways/together.ts'
import { readOwnDirectory } from '../keys/patient.ts'
import { authorizePatient } from '../context/session.ts'
import { makeStatement } from '../context/statements.ts'
import { describeTerms } from './terms.ts'
import { submitAnywhere } from '../context/submit.ts'
import type { Done, Written } from '../context/submit.ts'

/**
 * A consent proven to be the patient's, or a representative's; `status` follows from signed statements alone, not from a gateway's word.
 */
export interface ProvenConsent {
  readonly id: string
  readonly body: Consent
  readonly signedBy: Signatory
  /** Its compartments, each with keys and proven precursor. */
  readonly grants: readonly ProvenGrant[]
  readonly txId: string
  readonly status: ConsentStatus
  /** When the ledger took its revocation (ms), where it was revoked. */
  readonly revokedAt?: number
  /** Organisations that proved custody of their kfrags. */
  readonly custody: readonly string[]
  /** Organisations that signed that they destroyed them. */
  readonly destroyed: readonly string[]
}

/** Members and proxy keys by which the state of a consent is judged. */
export interface Consortium extends NetworkBounds { organizations: readonly Organization[] }

export async function readConsortium (context: ClientContext): Promise<Consortium> {
  const [organizations, network] = await together(readOrganizations(context), readNetwork(context))
  return { organizations, ...network }
}

/** What a consent is judged by, and whose gateway showed it. */
export interface ConsentGrounds { directory: VerifiedDirectory, consortium: Consortium, shownBy: string }

/**
 * Proves a consent, which is `consentId` where one was asked for: the patient's signature, each proxy's custody and destruction,
 * its revocation. @throws {ClientError} CONSENT_INVALID
 */
export function proveConsent (
  context: ClientContext,
  state: ConsentState,
  { directory, consortium, shownBy }: ConsentGrounds,
  consentId = state.consent.id
): ProvenConsent {
  const { networkId } = context
  const proxies = consortium.organizations.map((
    { mspId, signingKey, formerSigningKeys }
  ) => ({ mspId, signingKey: signingKey.toHex(), formerSigningKeys }))
  return judged({ kind: 'gateway', mspId: shownBy }, () => {
    const consent = verifyConsent(state, consentId, { directory, proxies, reader: new StatementReader(networkId) })
    const status = consentStatus(consent.facts(consortium.memberMspIds), currentTime(context))
    const { id, body, signedBy, custody, destroyed, revokedAt } = consent
    const known = { id, body, signedBy, grants: consent.proveGrants(), txId: state.consent.txId, status, custody, destroyed }
    return revokedAt === undefined ? known : { ...known, revokedAt }
  })
}

export interface ConsentSummary {
  consentId: string
  status: ConsentStatus
  grantee: string
  categories: string[]
  /** What the grantee may do: read, search, or both. */
  actions: Consent['actions']
  purposes: string[]
  grade: NonNullable<Consent['grade']>
  /** Conditions, levels, data period and exceptions, in words. */
  terms: string[]
  notBefore: number
  notAfter: number
  threshold: number
  custody: readonly string[]
  destroyed: readonly string[]
  /** Set where a representative signed it: the representation, and how they are related. */
  representative?: { representationId: string, relation: string }
  /** The hospital that was asked took a revocation and sends it on to the ledger, which does not show it yet: by its word alone. */
  ending: boolean
  txId: string
}

/** All consents of the patient, each verified, newest first; `directory` where it is being read already. */
export async function listConsents (
  context: PatientContext,
  directory: Promise<VerifiedDirectory> = readOwnDirectory(context)
): Promise<ConsentSummary[]> {
  const consents = await listProvenConsents(context, directory)
  return consents.map(({ ending, ...consent }) => ({ ...summarizeConsent(context, consent), ending }))
}

/** The same as they were proven; `directory` and `consortium` where they are being read already. */
export async function listProvenConsents (
  context: PatientContext,
  directory: Promise<VerifiedDirectory> = readOwnDirectory(context),
  consortium: Promise<Consortium> = readConsortium(context)
): Promise<Array<ProvenConsent & { ending: boolean }>> {
  const listed = context.gateways.askFirstReachable((gateway) => readStates(context, gateway))
  const [known, members, { gateway: { info }, value: states }] = await together(directory, consortium, listed)
  const grounds: ConsentGrounds = { directory: known, consortium: members, shownBy: info.mspId }
  return states
    .map((state) => ({ ...proveConsent(context, state, grounds), ending: state.ending }))
    .sort((a, b) => b.body.issuedAt - a.body.issuedAt)
}

/** The same as two organisations show it, by whose times a revocation is judged; of one where no second can be reached. */
export async function listConsentsOfTwo (
  context: PatientContext, directory: VerifiedDirectory
): Promise<Array<{ mspId: string, consents: ProvenConsent[] }>> {
  const [consortium, { answers }] = await together(
    readConsortium(context), context.gateways.askTwoReachable((gateway) => readStates(context, gateway))
  )
  return answers.map(({ gateway: { info: { mspId } }, value }) =>
    ({ mspId, consents: value.map((state) => proveConsent(context, state, { directory, consortium, shownBy: mspId })) }))
}

function readStates (context: PatientContext, gateway: GatewayApi): Promise<Array<ConsentState & { ending: boolean }>> {
  return readPages((cursor) => gateway.listConsents(context.patientId, cursor, authorizePatient(context)))
}

export function summarizeConsent (
  context: PatientContext,
  { id, body, signedBy, status, custody, destroyed, txId }: ProvenConsent
): Omit<ConsentSummary, 'ending'> {
  const { grantee, purposes, grade = 'basic', notBefore, notAfter, threshold } = body
  const categories = body.compartments.map(({ label }) => categoryOfLabel(context.keys, label) ?? label)
  return {
    consentId: id,
    status,
    grantee: nameGrantee(grantee),
    categories,
    actions: body.actions,
    purposes,
    grade,
    terms: describeTerms(body),
    notBefore,
    notAfter,
    threshold,
    custody,
    destroyed,
    ...describeSignatory(signedBy),
    txId
  }
}

/** Who acted for the patient, where somebody did. */
export function describeSignatory (signedBy: Signatory): { representative?: { representationId: string, relation: string } } {
  if (signedBy.kind === 'patient') return {}
  const { id, relation } = signedBy.representation
  return { representative: { representationId: id, relation } }
}

export interface ConsentRevoked extends Written {
  consentId: string
  statementId: string
  /** Of a consent to search: categories whose search key is another from now on. */
  searchKeysRaised?: string[]
}

/**
 * Ends a consent: no permit is committed after the block that commits this. Any hospital's gateway takes it. A consent to search also
 * raises the issue of its search keys: what is indexed from then on opens with no key that its grantee has.
 */
export async function revokeConsent (context: PatientContext, consentId: string): Promise<Done<ConsentRevoked>> {
  const { id, statement } = makeStatement(context, 'Revocation', { patientId: context.patientId, consentId }, [identityKeyOf(context)])
  const own = { consentId, statementId: id }
  const done = await submitAnywhere<ConsentRevoked>(context, {
    statementId: id,
    send: async (gateway) => ({ ...await gateway.revokeConsent(statement, id), ...own }),
    recover: (written) => ({ ...own, ...written })
  })
  if (context.keys instanceof LimitedKeys) return done
  return await raisingKeys(context, consentId, done)
}

/** The consent is over whatever comes of the keys: that they stay as they are is told, and mended by raising them later. */
async function raisingKeys (context: PatientContext, consentId: string, done: Done<ConsentRevoked>): Promise<Done<ConsentRevoked>> {
  try {
    const categories = await searchedCategories(context, consentId)
    if (categories.length === 0) return done
    const raised = await raiseSearchKeys(context, categories)
    const searchKeysRaised = raised?.keys.map(({ category }) => category) ?? []
    const left = categories.filter((category) => !searchKeysRaised.some((one) => one === category))
    if (left.length === 0) return { ...done, searchKeysRaised }
    // A consent to search comes after the search key: who shows none is behind, or hides it.
    const warning = `The search keys of ${left.join(', ')} were not raised. Run "epione index raise".`
    return { ...done, searchKeysRaised, warnings: [...done.warnings ?? [], warning] }
  } catch (error) {
    if (!isClientError(error)) throw error
    const warning = `The search keys were not raised: ${error.message} Run "epione index raise".`
    return { ...done, warnings: [...done.warnings ?? [], warning] }
  }
}

/** What a consent let its grantee search; its id proves the consent that is shown. */
async function searchedCategories (context: PatientContext, consentId: string): Promise<string[]> {
  const { value } = await context.gateways.askFirstReachable((gateway) =>
    orNotFound(gateway.getConsent(consentId, authorizePatient(context))))
  if (value === undefined) return []
  const blame = { code: 'CONSENT_INVALID' as const, what: `Consent ${consentId}`, party: { kind: 'gateway' as const } }
  const { id, body } = judgedWith(blame, () => openStatement('Consent', value.consent.statement, context.networkId))
  if (id !== consentId || !body.actions.includes('search')) return []
  return body.compartments.flatMap(({ label }) => categoryOfLabel(context.keys, label) ?? [])
}
