import type { Consent, ConsentState, ConsentStatus, StoredStatement } from '@epione/protocol'
import { openStatement } from '@epione/protocol/verify'
import type { VerifiedDirectory } from '@epione/protocol/verify'
import type { PractitionerContext } from '../context/context.ts'
import { judgedWith } from '../context/judge.ts'
import { readPages } from '../gateways/pages.ts'
import { together } from '../gateways/together.ts'
import { readDirectory } from '../keys/directory.ts'
import { proveConsent, readConsortium } from './consent.ts'
import type { Consortium } from './consent.ts'

/** A consent to a practitioner or their department, proven to be the patient's. */
export interface GrantedConsent {
  consentId: string
  body: Consent
  /** By signed statements, not by a gateway's word. */
  status: ConsentStatus
  /** As the ledger took it; the time is the gateway's word. */
  stored: StoredStatement
  /** When the ledger took its revocation (ms), where it was revoked. */
  revokedAt?: number
}

/** All consents of one patient to this person or their department, each proven, newest first. @throws {ClientError} CONSENT_INVALID */
export async function listGrantedConsents (context: PractitionerContext, patientId: string): Promise<GrantedConsent[]> {
  const { gateways: { own }, token: { authorize } } = context
  const [directory, consortium, mine, ours] = await together(
    readDirectory(context, patientId), readConsortium(context),
    readPages((cursor) => own.listMyConsents(patientId, cursor, authorize)),
    readPages((cursor) => own.departments.listConsents(patientId, cursor, authorize))
  )
  const proven = [...mine, ...ours].map((state) => prove(context, state, { directory, consortium }))
  return proven.sort((a, b) => b.body.issuedAt - a.body.issuedAt)
}

/** Patients who let this person, or their department, do something: by what the own gateway lists, which proves nothing yet. */
export async function listConsenting (
  { gateways: { own }, token: { authorize } }: PractitionerContext, action: Consent['actions'][number]
): Promise<string[]> {
  const [mine, ours] = await together(
    readPages((cursor) => own.listMyConsents(undefined, cursor, authorize)),
    readPages((cursor) => own.departments.listConsents(undefined, cursor, authorize))
  )
  const active = [...mine, ...ours].filter(({ status }) => status === 'active')
  const bodies = active.map(({ consent }) => JSON.parse(consent.statement.body) as Partial<Consent>)
  return [...new Set(bodies.flatMap(({ patientId, actions }) => actions?.includes(action) === true ? patientId ?? [] : []))]
}

/** One consent that the own gateway shows to this person. @throws {ClientError} NOT_FOUND, REFUSED, CONSENT_INVALID */
export async function readGrantedConsent (context: PractitionerContext, consentId: string): Promise<GrantedConsent> {
  const { gateways: { own }, token: { authorize }, networkId } = context
  const state = await own.getConsent(consentId, authorize)
  const blame = { code: 'CONSENT_INVALID' as const, what: `Consent ${consentId}`, party: { kind: 'gateway' as const, mspId: own.info.mspId } }
  const { body: { patientId } } = judgedWith(blame, () => openStatement('Consent', state.consent.statement, networkId))
  const [directory, consortium] = await together(readDirectory(context, patientId), readConsortium(context))
  return prove(context, state, { directory, consortium }, consentId)
}

function prove (
  context: PractitionerContext, state: ConsentState, known: { directory: VerifiedDirectory, consortium: Consortium }, consentId?: string
): GrantedConsent {
  const shownBy = context.gateways.own.info.mspId
  const { id, body, status, revokedAt } = proveConsent(context, state, { ...known, shownBy }, consentId)
  return { consentId: id, body, status, stored: state.consent, ...(revokedAt === undefined ? {} : { revokedAt }) }
}
