import { cosignStatement } from '@epione/crypto'
import type { SignedStatement } from '@epione/crypto'
import { EMERGENCY_PURPOSE } from '@epione/protocol'
import type { AccessRequest, Review } from '@epione/protocol'
import type { ShownEmergency } from '@epione/protocol/api'
import { openStatement } from '@epione/protocol/verify'
import { chooseConsent, readManifests, submitRequest } from '../access/access.ts'
import type { AccessPermitted } from '../access/access.ts'
import { proveConsent, readConsortium } from '../consents/consent.ts'
import type { PatientContext, PractitionerContext, TokenContext } from '../context/context.ts'
import { judgedWith } from '../context/judge.ts'
import { authorizePatient } from '../context/session.ts'
import { makeStatement } from '../context/statements.ts'
import { submitThroughOwn } from '../context/submit.ts'
import type { Done, Written } from '../context/submit.ts'
import { ClientError } from '../errors.ts'
import { readPages } from '../gateways/pages.ts'
import type { EmergencyQuery } from '../gateways/emergency-api.ts'
import { together } from '../gateways/together.ts'
import { readDirectory } from '../keys/directory.ts'
import { requireOwnBinding } from '../keys/practitioner.ts'

type Emergency = NonNullable<AccessRequest['emergency']>

export interface EmergencyWanted {
  patientId: string
  /** Without a version, the newest. */
  records: ReadonlyArray<{ recordId: string, version?: number }>
  reason: Emergency['reason']
  /** The event that opened the box; absent: this request opens one. */
  opening?: string
  /** Staff id of the colleague who signs, too: needed for levels R and V, and where the policy says so. */
  second?: string
}

/** The signed request of an emergency, on a deposit that its hospital holds; with a second person it still needs their signature. */
export async function signEmergency (context: PractitionerContext, wanted: EmergencyWanted): Promise<SignedStatement> {
  const { patientId, records, reason, opening, second } = wanted
  const { own } = context.gateways
  const listed = readPages((cursor) => own.emergencies.listDeposits(patientId, cursor, context.token.authorize))
  const proven = readDirectory(context, patientId)
  const [, directory, consortium, states, named] = await together(
    requireOwnBinding(context), proven, readConsortium(context), listed, readManifests(context, { records }, proven)
  )
  const deposits = states
    .map((state) => proveConsent(context, state, { directory, consortium, shownBy: own.info.mspId }))
    .filter(({ body }) => body.emergency)
    .map((consent) => ({ ...consent, grantee: consent.body.grantee }))
  // What no deposit covers is asked for all the same: the denial says why, and is logged.
  const active = deposits.filter(({ status }) => status === 'active')
  const deposit = chooseConsent(context, active, named, EMERGENCY_PURPOSE) ?? active.sort((a, b) => b.body.issuedAt - a.body.issuedAt)[0]
  if (deposit === undefined) {
    throw new ClientError('NOT_FOUND', `Patient ${patientId} deposited nothing for emergencies at ${context.person.mspId}: there is nothing to open.`)
  }
  return makeStatement(context, 'AccessRequest', {
    requester: { ...context.person },
    patientId,
    consentId: deposit.id,
    records: named.map(({ recordId, version }) => ({ recordId, version })),
    action: 'read',
    purpose: EMERGENCY_PURPOSE,
    emergency: { reason, ...(opening === undefined ? {} : { opening }), ...(second === undefined ? {} : { second }) },
    receivingKey: deposit.grantee.receivingKey
  }, [context.keys.requestSigning(context.keyNumber)]).statement
}

/** What the second person reads before signing. */
export function showEmergency (context: PractitionerContext, statement: SignedStatement): AccessRequest {
  const blame = { code: 'EVENT_INVALID', what: 'The request to sign', party: { kind: 'accuser' } } as const
  const { body } = judgedWith(blame, () => openStatement('AccessRequest', statement, context.networkId))
  if (body.emergency?.second === context.person.staffId && body.requester.mspId === context.person.mspId) return body
  throw new ClientError('USAGE', 'The request names another second practitioner: nothing was signed.')
}

/** The second person's signature over the same request. */
export function cosignEmergency (context: PractitionerContext, statement: SignedStatement): SignedStatement {
  showEmergency(context, statement)
  return cosignStatement(statement, context.networkId, context.keys.requestSigning(context.keyNumber))
}

/** Sends the request of an emergency; its event opens a box, or is within one. @throws {ClientError} ACCESS_DENIED, REFUSED */
export async function submitEmergency (context: PractitionerContext, statement: SignedStatement): Promise<AccessPermitted> {
  const blame = { code: 'EVENT_INVALID', what: 'The request to send', party: { kind: 'accuser' } } as const
  const { id, body } = judgedWith(blame, () => openStatement('AccessRequest', statement, context.networkId))
  return await submitRequest(context, { id, body, statement })
}

export interface EmergencyStatementDone extends Written { eventId: string, statementId: string }

/** Ends a box before its time. */
export async function closeEmergency (
  context: PractitionerContext, { patientId, eventId }: { patientId: string, eventId: string }
): Promise<Done<EmergencyStatementDone>> {
  const { id, statement } = makeStatement(context, 'EmergencyClose', { requester: { ...context.person }, patientId, opening: eventId },
    [context.keys.requestSigning(context.keyNumber)])
  const own = { eventId, statementId: id }
  return await submitThroughOwn(context, {
    statementId: id,
    send: async (gateway) => ({ ...await gateway.emergencies.close(statement, id, context.token.authorize), ...own }),
    recover: (written) => ({ ...own, ...written })
  })
}

/** Says what an officer found of a box of another organisation. */
export async function reviewEmergency (
  context: PractitionerContext, { patientId, eventId, finding }: { patientId: string, eventId: string, finding: Review['finding'] }
): Promise<Done<EmergencyStatementDone>> {
  const { id, statement } = makeStatement(context, 'Review', { reviewer: { ...context.person }, patientId, opening: eventId, finding },
    [context.keys.requestSigning(context.keyNumber)])
  const own = { eventId, statementId: id }
  return await submitThroughOwn(context, {
    statementId: id,
    send: async (gateway) => ({ ...await gateway.emergencies.review(statement, id, context.token.authorize), ...own }),
    recover: (written) => ({ ...own, ...written })
  })
}

/** Boxes that the caller may see, newest first: a patient their own, officers all. By the word of one gateway, which events prove. */
export async function listEmergencies (
  context: PatientContext | PractitionerContext | TokenContext, query: Omit<EmergencyQuery, 'cursor'> = {}
): Promise<ShownEmergency[]> {
  if (context.role === 'patient') {
    const { value } = await context.gateways.askFirstReachable((gateway) =>
      readPages((cursor) => gateway.emergencies.list({ ...query, cursor }, authorizePatient(context))))
    return value
  }
  return await readPages((cursor) => context.gateways.own.emergencies.list({ ...query, cursor }, context.token.authorize))
}
