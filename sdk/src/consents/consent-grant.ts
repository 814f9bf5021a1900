import { standingConviction } from '@epione/protocol'
import type { Consent, ConsentStatus } from '@epione/protocol'
import {
  checkKfragsConsistent, generateKfrags, kfragAssociatedData, provePrecursor, PublicKey, sealTo, toHex, verifyPrecursor
} from '@epione/crypto'
import type { ProvenPrecursor, VerifiedKfrag } from '@epione/crypto'
import type { Compartment, DepartmentId, PersonId, VerifiedDirectory } from '@epione/protocol/verify'
import { proveConsent, readConsortium } from './consent.ts'
import type { Consortium, ProvenConsent } from './consent.ts'
import { currentTime, identityKeyOf } from '../context/context.ts'
import type { PatientContext } from '../context/context.ts'
import { categoryOfLabel, requireCategory } from '../keys/directory.ts'
import { ClientError } from '../errors.ts'
import type { SealedKfrag } from '../gateways/gateway-api.ts'
import type { Organization } from '../keys/organizations.ts'
import { compartmentKey, findOwnKeys, ownCompartment } from '../keys/own-keys.ts'
import { readOwnDirectory } from '../keys/patient.ts'
import { ensureSearchKeys } from '../search/search-keys.ts'
import { requireSearchOn } from '../search/switched-on.ts'
import { readGrantee, requireApproval, showGrantee } from './grantee.ts'
import type { Grantee, GranteeApproval, GranteeShown } from './grantee.ts'
import { requirePurpose } from './purpose.ts'
import { describeTerms, termMembers } from './terms.ts'
import type { ConsentTerms } from './terms.ts'
import { authorizePatient } from '../context/session.ts'
import { makeStatement, requireMaySay } from '../context/statements.ts'
import type { StatementFields } from '../context/statements.ts'
import { submitAnywhere } from '../context/submit.ts'
import type { Done, Written } from '../context/submit.ts'
import { pause } from '../gateways/pause.ts'
import { together } from '../gateways/together.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** A consent begins this long (ms) before it is signed, so that a hospital's clock a little behind does not refuse it. */
const CLOCK_LEEWAY_MS = 60_000
/** How long in ms the client waits for the proxies' custody before it returns a pending consent. */
const CUSTODY_WAIT_MS = 20_000
const POLL_MS = 250

export interface GrantRequest extends GranteeApproval {
  grantee: PersonId | DepartmentId
  categories: readonly string[]
  purposes: readonly string[]
  days: number
  /** The very end (ms) where somebody was shown it already; else it follows from the days when it is signed. */
  notAfter?: number
  /** What it allows: to read, when absent. To search shows also, to whoever guesses keywords, what is in the entries. */
  actions?: Consent['actions']
  /** Proxies that must answer together; a majority of all when absent. */
  threshold?: number
  conditions?: Consent['conditions']
  terms?: ConsentTerms
  custodyWaitMs?: number
}

export interface ConsentGranted extends Written { consentId: string, status: string, custody: readonly string[] }
export type GrantResult = Done<ConsentGranted> & {
  grantee: GranteeShown
  categories: string[]
  /** Conditions, levels, data period and exceptions, in words. */
  terms: string[]
  threshold: number
  shares: number
  notAfter: number
}

/**
 * Signs a consent and makes, for each compartment, one kfrag per member hospital, checked by interpolation to belong together and
 * sealed to that hospital's proxy. The grantee's key and the proxies' keys are read through two organisations first.
 */
export async function grantConsent (context: PatientContext, request: GrantRequest): Promise<GrantResult> {
  requireMaySay(context, 'Consent')
  request.purposes.forEach(requirePurpose)
  const categories = [...new Set(request.categories.map(requireCategory))]
  const [grantee, directory, consortium] = await together(
    readGrantee(context, request.grantee), readOwnDirectory(context), readConsortium(context)
  )
  const proxies = consortium.organizations.filter((o) => consortium.memberMspIds.includes(o.mspId))
  const threshold = requireThreshold(request.threshold, proxies.length, consortium.shareMinimum)
  requireTrusted(proxies, consortium, threshold)
  const shown = showGrantee(grantee, consortium.organizations)
  await requireApproval(shown, request)

  if (request.actions?.includes('search') === true) {
    await requireSearchOn(context)
    await ensureSearchKeys(context, categories)
  }
  const done = await submitConsent(context, { directory, consortium }, draftOf(request, grantee))
  return { ...done, grantee: shown, categories, threshold, shares: proxies.length }
}

/** The consent that a request asks for, to the grantee that was read. @throws {ClientError} USAGE, CATEGORY_UNKNOWN */
export function draftOf (
  { categories, purposes, days, notAfter, actions, threshold, conditions, terms, custodyWaitMs }: GrantRequest,
  grantee: Grantee
): ConsentDraft {
  return {
    grantee: grantee.body,
    receivingKey: grantee.receivingKey,
    categories: [...new Set(categories.map(requireCategory))],
    purposes: purposes.map(requirePurpose),
    days,
    ...(notAfter === undefined ? {} : { notAfter }),
    ...(actions === undefined ? {} : { actions }),
    ...(threshold === undefined ? {} : { threshold }),
    ...(conditions === undefined ? {} : { conditions }),
    ...(terms === undefined ? {} : { terms }),
    ...(custodyWaitMs === undefined ? {} : { custodyWaitMs })
  }
}

/**
 * What asks for a consent as it is, anew: for the time that is left, with its actions and all its terms. The grade is drawn from the terms
 * again; the fingerprint, or whoever approves, is the caller's to say. @throws {ClientError} USAGE for a deposit, which names nobody
 */
export function requestAgain (context: PatientContext, { grantee, compartments, ...body }: Consent): GrantRequest {
  const { purposes, actions, notAfter, threshold, conditions, levels, dataPeriod, exceptions } = body
  if (grantee.kind === 'organization') throw new ClientError('USAGE', 'A deposit for emergencies is topped up, not given anew.')
  const { mspId } = grantee
  return {
    grantee: grantee.kind === 'department' ? { mspId, department: grantee.department } : { mspId, staffId: grantee.staffId },
    categories: compartments.flatMap(({ label }) => categoryOfLabel(context.keys, label) ?? []),
    purposes,
    actions,
    days: (notAfter - currentTime(context)) / DAY_MS,
    threshold,
    conditions,
    terms: { ...(levels && { levels }), ...(dataPeriod && { dataPeriod }), ...(exceptions && { exceptions }) }
  }
}

/** A consent that is ready to be made, whoever it is to. */
export interface ConsentDraft {
  grantee: Consent['grantee']
  receivingKey: PublicKey
  categories: readonly string[]
  purposes: Consent['purposes']
  days: number
  notAfter?: number
  actions?: Consent['actions']
  /** Absent: a majority of all. */
  threshold?: number
  conditions?: Consent['conditions']
  terms?: ConsentTerms
  emergency?: boolean
  custodyWaitMs?: number
}

/** Makes the kfrags of a consent, signs it, brings it to the ledger and waits for the proxies' custody. */
export async function submitConsent (
  context: PatientContext,
  { directory, consortium }: { directory: VerifiedDirectory, consortium: Consortium },
  draft: ConsentDraft
): Promise<Done<ConsentGranted> & { terms: string[], notAfter: number }> {
  const { fields, parts } = draftConsent(context, { directory, consortium }, draft)
  const { id, body, statement } = makeStatement(context, 'Consent', fields, [identityKeyOf(context)])
  const kfrags = parts.flatMap(({ shares }) => shares.map((share) => sealShare(id, share)))
  const done = await submitAnywhere<ConsentGranted>(context, {
    statementId: id,
    send: async (gateway) => ({ ...await gateway.grantConsent(statement, kfrags, id), consentId: id }),
    recover: (written) => ({ consentId: id, status: 'pending', custody: [], ...written })
  })
  const consent = await waitForCustody(context, { id, directory, consortium, waitMs: draft.custodyWaitMs ?? CUSTODY_WAIT_MS })
  return { ...done, ...statusOf(consent), terms: describeTerms(body), notAfter: body.notAfter }
}

/** What a consent would say, with its kfrags; nothing is signed yet. @throws {ClientError} SHARES_TOO_FEW, PROXIES_CONVICTED, USAGE */
export function draftConsent (
  context: PatientContext,
  { directory, consortium }: { directory: VerifiedDirectory, consortium: Consortium },
  draft: ConsentDraft
): { fields: StatementFields<'Consent'>, parts: Array<{ shares: Share[] }> } {
  const proxies = consortium.organizations.filter((o) => consortium.memberMspIds.includes(o.mspId))
  const threshold = requireThreshold(draft.threshold, proxies.length, consortium.shareMinimum)
  requireTrusted(proxies, consortium, threshold)
  const { receivingKey } = draft
  const parts = draft.categories.map((category) => makeShares(context, { category, directory, receivingKey, proxies, threshold }))
  const issuedAt = currentTime(context)
  const fields = {
    patientId: context.patientId,
    directoryVersion: directory.newest.version,
    grantee: draft.grantee,
    compartments: parts.map((
      { compartment: { label, epoch }, precursor, shares }
    ) => ({
      label,
      epoch,
      precursor,
      shares: shares.map(({ proxy, kfrag }) => ({ mspId: proxy.mspId, kfragId: toHex(kfrag.id), commitment: toHex(kfrag.commitment) }))
    })),
    actions: draft.actions ?? ['read' as const],
    purposes: draft.purposes,
    notBefore: issuedAt - CLOCK_LEEWAY_MS,
    notAfter: draft.notAfter ?? issuedAt + Math.round(draft.days * DAY_MS),
    conditions: draft.conditions ?? [],
    threshold,
    emergency: draft.emergency ?? false,
    ...termMembers(draft.terms ?? {})
  }
  return { fields, parts }
}

interface Share { proxy: Organization, kfrag: VerifiedKfrag }

function makeShares (
  context: PatientContext,
  {
    category,
    directory,
    receivingKey,
    proxies,
    threshold
  }: { category: string, directory: VerifiedDirectory, receivingKey: PublicKey, proxies: readonly Organization[], threshold: number }
): { compartment: Compartment, precursor: ProvenPrecursor, shares: Share[] } {
  const compartment = ownCompartment(context, directory, category)
  const signingKey = context.keys.kfragSigning(findOwnKeys(directory, context.keys).kfragSigning)
  const kfrags = generateKfrags({
    delegatingKey: compartmentKey(context.keys, context.patientId, category, compartment.epoch),
    receivingKey,
    signingKey,
    threshold,
    shares: proxies.length
  })
  checkKfragsConsistent(kfrags, threshold)
  return {
    compartment,
    precursor: makePrecursor(context, compartment, kfrags, receivingKey),
    shares: proxies.flatMap((proxy, index) => { const kfrag = kfrags[index]; return kfrag === undefined ? [] : [{ proxy, kfrag }] })
  }
}

/** The proof that this client made the precursor, checked as everybody else will. */
function makePrecursor (
  { networkId, patientId }: PatientContext,
  { label, epoch, key }: Compartment,
  [kfrag]: readonly VerifiedKfrag[],
  receivingKey: PublicKey
): ProvenPrecursor {
  if (kfrag === undefined) throw new TypeError('a grant has at least one kfrag')
  const place = { networkId, patientId, label, epoch }
  const proven = provePrecursor(kfrag, place)
  verifyPrecursor(proven, { ...place, delegatingKey: PublicKey.fromHex(key), receivingKey })
  return proven
}

/** A kfrag travels so that only its proxy can read it, and only as part of this consent. */
function sealShare (consentId: string, { proxy, kfrag }: Share): SealedKfrag {
  const kfragId = toHex(kfrag.id)
  return {
    mspId: proxy.mspId,
    kfragId,
    sealed: toHex(sealTo(proxy.encryptionKey, kfrag.toBytes(), kfragAssociatedData({ consentId, mspId: proxy.mspId, kfragId })))
  }
}

function requireThreshold (wanted: number | undefined, shares: number, shareMinimum: number): number {
  if (shares < shareMinimum) {
    throw new ClientError('SHARES_TOO_FEW', `Only ${shares} proxies are registered; this network asks for ${shareMinimum}.`)
  }
  const majority = Math.floor(shares / 2) + 1
  const threshold = wanted ?? majority
  if (threshold < majority || threshold > shares) {
    throw new ClientError('USAGE', `Choose a threshold from ${majority} to ${shares} for ${shares} proxies.`)
  }
  return threshold
}

/** A consent stands long and a conviction may be cleared: it lists all proxies, but is not given where it would serve for nothing now. */
function requireTrusted (proxies: readonly Organization[], network: Consortium, threshold: number): void {
  const convicted = proxies.filter((proxy) => standingConviction(proxy, network) !== undefined).map(({ mspId }) => mspId)
  if (proxies.length - convicted.length >= threshold) return
  const names = convicted.join(' and ')
  throw new ClientError('PROXIES_CONVICTED', `${names} gave false answers, and without them there are fewer than the ${threshold} proxies that must answer: wait until the members clear them.`, {
    party: { kind: 'proxy', mspIds: convicted }
  })
}

/** Asks until the consent is active by the proxies' own signatures, or the time is over. */
async function waitForCustody (
  context: PatientContext,
  { id, directory, consortium, waitMs }: { id: string, directory: VerifiedDirectory, consortium: Consortium, waitMs: number }
): Promise<ProvenConsent> {
  const deadline = performance.now() + waitMs
  for (;;) {
    const {
      gateway,
      value: state
    } = await context.gateways.askFirstReachable((gateway) => gateway.getConsent(id, authorizePatient(context)))
    const consent = proveConsent(context, state, { directory, consortium, shownBy: gateway.info.mspId })
    if (consent.status !== 'pending' || performance.now() >= deadline) return consent
    await pause(POLL_MS)
  }
}

function statusOf ({ status, custody }: ProvenConsent): { status: ConsentStatus, custody: readonly string[] } {
  return { status, custody }
}
