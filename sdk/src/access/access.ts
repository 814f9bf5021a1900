import { Value } from 'typebox/value'
import { checkTerms, datingVersion, DECISION_RULES } from '@epione/protocol'
import type { AccessEvent, AccessRequest, Consent, Reason } from '@epione/protocol'
import { openStatement } from '@epione/protocol/verify'
import type { VerifiedDirectory, VerifiedRecord } from '@epione/protocol/verify'
import { confirmElsewhere } from '../context/confirm.ts'
import type { Confirmation } from '../context/confirm.ts'
import { proveConsent, readConsortium } from '../consents/consent.ts'
import type { Consortium, ProvenConsent } from '../consents/consent.ts'
import type { PractitionerContext } from '../context/context.ts'
import { judgedWith } from '../context/judge.ts'
import { findDepartment } from '../keys/department.ts'
import { readDirectory } from '../keys/directory.ts'
import { ClientError, isClientError } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { AccessDenied } from '@epione/protocol/api'
import { orNotFound } from '../gateways/gateways.ts'
import { readPages } from '../gateways/pages.ts'
import { together } from '../gateways/together.ts'
import { requireOwnBinding } from '../keys/practitioner.ts'
import { requirePurpose } from '../consents/purpose.ts'
import { proveRecord } from '../records/record-read.ts'
import { makeStatement } from '../context/statements.ts'
import type { MadeStatement } from '../context/statements.ts'
import type { Written } from '../context/submit.ts'

export interface AccessWanted {
  patientId: string
  /** Without a version, the newest. */
  records: ReadonlyArray<{ recordId: string, version?: number }>
  purpose: string
  /** Found among the consents granted to this person when absent. */
  consentId?: string
}

export interface AccessPermitted extends Written, Confirmation {
  eventId: string
  decision: 'permit'
  reasons: Reason[]
  consentId: string
  records: Array<{ recordId: string, version: number }>
  /** Last moment (ms) at which proxies answer this permit. */
  expiresAt?: number
}

/**
 * Signs and submits an access request. Without a fitting consent it still asks: the denial is then on the ledger.
 * @throws {ClientError} ACCESS_DENIED with the event's id and the reasons
 */
export async function requestAccess (context: PractitionerContext, wanted: AccessWanted): Promise<AccessPermitted> {
  return await submitRequest(context, await makeRequest(context, wanted))
}

/** The signed request, under the consent that fits best of those that this person can name. */
export async function makeRequest (context: PractitionerContext, wanted: AccessWanted): Promise<MadeStatement<'AccessRequest'>> {
  const purpose = requirePurpose(wanted.purpose)
  const directory = readDirectory(context, wanted.patientId)
  const [, records, consents] = await together(
    requireOwnBinding(context), readManifests(context, wanted, directory), readConsents(context, wanted, directory)
  )
  const chosen = wanted.consentId === undefined
    ? chooseConsent(context, consents, records, purpose)
    : await readNamed(context, wanted.consentId)
  const consentId = wanted.consentId ?? chosen?.id
  return makeStatement(context, 'AccessRequest', {
    requester: { ...context.person },
    patientId: wanted.patientId,
    ...(consentId === undefined ? {} : { consentId }),
    records: records.map(({ recordId, version }) => ({ recordId, version })),
    action: 'read',
    purpose,
    receivingKey: chosen?.grantee.kind === 'department' ? chosen.grantee.receivingKey : ownKey(context)
  }, [context.keys.requestSigning(context.keyNumber)])
}

/** Submits a signed request through the own hospital. @throws {ClientError} ACCESS_DENIED with the event's id and the reasons */
export async function submitRequest (context: PractitionerContext, made: MadeStatement<'AccessRequest'>): Promise<AccessPermitted> {
  return (await submitForEvent(context, made)).permitted
}

/** The same, with the event as the own hospital shows it, which is of this request. */
export async function submitForEvent (
  context: PractitionerContext, made: MadeStatement<'AccessRequest'>
): Promise<{ permitted: AccessPermitted, event: AccessEvent }> {
  const gateway = context.gateways.own
  try {
    const { event, txId, blockNumber } = await gateway.requestAccess(made.statement, made.id, context.token.authorize)
    requireEvent(event, made, gateway, 'permit')
    const confirmation = await confirmEvent(context, { made, eventId: event.eventId, txId, gateway })
    const permitted: AccessPermitted = {
      eventId: event.eventId,
      decision: 'permit',
      reasons: event.reasons,
      consentId: event.consentId ?? '',
      records: made.body.records ?? [],
      ...(event.expiresAt === undefined ? {} : { expiresAt: event.expiresAt }),
      txId,
      blockNumber,
      ...confirmation
    }
    return { permitted, event }
  } catch (error) {
    if (isClientError(error, 'ACCESS_DENIED')) throw await describeDenial(context, made, error)
    throw error
  }
}

interface RecordNamed {
  recordId: string
  version: number
  manifest?: VerifiedRecord
  /** When the ledger took a first version or a segment, by the gateway's word: it only helps to choose a consent. */
  takenAt?: number
}

/** Records as the request names them, each with its verified manifest where the gateway shows it. */
export async function readManifests (
  context: PractitionerContext,
  { records }: Pick<AccessWanted, 'records'>,
  directory: Promise<VerifiedDirectory>
): Promise<RecordNamed[]> {
  const gateway = context.gateways.own
  return together(...records.map(async (wanted): Promise<RecordNamed> => {
    const shown = orNotShown(gateway.getRecord(wanted.recordId, wanted.version, context.token.authorize))
    const [known, state] = await together(directory, shown)
    // Without an active consent nothing is shown, the newest version's number neither: the request is for the first, and is denied and
    // logged.
    if (state === undefined) return { recordId: wanted.recordId, version: wanted.version ?? 1 }
    const manifest = await proveRecord(context, gateway, state, known, wanted)
    const { recordId, version } = manifest.body
    return { recordId, version, manifest, ...(version === datingVersion(manifest.body) ? { takenAt: state.manifest.time } : {}) }
  }))
}

async function orNotShown<T> (answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (isClientError(error, 'REFUSED') && error.details['gatewayCode'] === 'NOT_PERMITTED') return undefined
    throw error
  }
}

export interface Candidate extends Pick<ProvenConsent, 'id' | 'body' | 'status'> { grantee: Consent['grantee'] }
type ProvenCandidate = ProvenConsent & Candidate

/** What the patient granted to this person or to their department, each proven; nothing where the request names its consent. */
export async function readConsents (
  context: PractitionerContext,
  { patientId, consentId }: Pick<AccessWanted, 'patientId' | 'consentId'>,
  directory: Promise<VerifiedDirectory>,
  judgedBy?: Promise<Consortium>
): Promise<ProvenCandidate[]> {
  if (consentId !== undefined) return []
  const { own } = context.gateways
  const { authorize } = context.token
  const [known, consortium, mine, ours] = await together(
    directory, judgedBy ?? readConsortium(context),
    readPages((cursor) => own.listMyConsents(patientId, cursor, authorize)),
    readPages((cursor) => own.departments.listConsents(patientId, cursor, authorize))
  )
  const consents = [...mine, ...ours].map((state) =>
    proveConsent(context, state, { directory: known, consortium, shownBy: own.info.mspId }))
  return await withoutFormerKeys(context, consents.map((consent) => ({ ...consent, grantee: consent.body.grantee })))
}

/** A department's consents to a former key of it permit nothing: they are named last. */
async function withoutFormerKeys (context: PractitionerContext, consents: readonly ProvenCandidate[]): Promise<ProvenCandidate[]> {
  const named = consents.flatMap(({ grantee }) => grantee.kind === 'department' ? [grantee] : [])[0]
  if (named === undefined) return [...consents]
  const present = await findDepartment(context, named)
  const isFormer = ({ grantee }: Candidate): boolean => grantee.kind === 'department' && grantee.receivingKey !== present?.body.receivingKey
  return [...consents.filter((c) => !isFormer(c)), ...consents.filter(isFormer).map((c) => ({ ...c, status: 'suspended' as const }))]
}

/** A consent that the caller named: to whom it is says where answers go. What cannot be read is asked for all the same, and denied. */
async function readNamed (context: PractitionerContext, consentId: string): Promise<Pick<Candidate, 'id' | 'grantee'> | undefined> {
  const { own } = context.gateways
  const state = await orNotFound(orNotShown(own.getConsent(consentId, context.token.authorize)))
  if (state === undefined) return undefined
  const party = { kind: 'gateway' as const, mspId: own.info.mspId }
  const blame = { code: 'CONSENT_INVALID' as const, what: `Consent ${consentId}`, party }
  const { id, body: { grantee } } = judgedWith(blame, () => openStatement('Consent', state.consent.statement, context.networkId))
  return id === consentId ? { id, grantee } : undefined
}

const ownKey = ({ keys, keyNumber }: PractitionerContext): string => keys.receiving(keyNumber).publicKey().toHex()

/**
 * The consent to name: an active one that covers all, of several the latest whose terms deny nothing; else the latest that once did (its
 * denial then says why), else none.
 */
export function chooseConsent (
  context: PractitionerContext,
  consents: readonly Candidate[],
  records: readonly RecordNamed[],
  purpose: AccessRequest['purpose']
): Candidate | undefined {
  const manifests = records.flatMap(({ manifest }) => manifest ?? [])
  const receivingKey = ownKey(context)
  const fitting = consents
    .filter(
      ({ body }) =>
        (body.grantee.kind !== 'practitioner' || body.grantee.receivingKey === receivingKey) &&
          body.purposes.some((p) => p === purpose) &&
          manifests.every((m) => body.compartments.some((c) => c.label === m.label && c.epoch === m.epoch))
    )
    .sort((a, b) => b.body.issuedAt - a.body.issuedAt)
  const active = fitting.filter(({ status }) => status === 'active')
  const request = { requester: context.person, action: 'read' as const, purpose }
  return active.sort((a, b) => rankTerms(a.body, request, records) - rankTerms(b.body, request, records))[0] ?? fitting[0]
}

/** The lower the likelier that the terms of a consent permit: when the ledger took a later version's first one is not known here. */
function rankTerms (consent: Consent, request: Parameters<typeof checkTerms>[1], records: readonly RecordNamed[]): number {
  const known = records.flatMap(({ manifest, takenAt }) => manifest === undefined
    ? []
    : [{ ...manifest.body, level: manifest.compartment.level, ...(takenAt === undefined ? {} : { takenAt }) }])
  const reasons = checkTerms(consent, request, { records: known })
  if (reasons.length === 0) return 0
  return reasons.every(({ rule }) => rule === DECISION_RULES.dataTimeUnknown) ? 1 : 2
}

/** @throws {ClientError} EVENT_INVALID unless the event is of this request, and decided so where a decision is said */
export function requireEvent (
  event: AccessEvent, { id, body }: MadeStatement<'AccessRequest'>, gateway: GatewayApi, decision = event.decision
): void {
  const versions = (
    records: ReadonlyArray<{ recordId: string, version: number }>
  ): string => records.map((r) => `${r.recordId}:${r.version}`).sort().join()
  const compartments = (named: ReadonlyArray<{ label: string, epoch: number }> = []): string =>
    named.map(({ label, epoch }) => `${label}/${epoch}`).sort().join()
  const isOurs = event.requestId === id &&
    event.decision === decision &&
    event.patientId === body.patientId &&
    event.consentId === body.consentId &&
    event.receivingKey === body.receivingKey &&
    event.action === body.action &&
    versions(event.records) === versions(body.records ?? []) &&
    compartments(event.compartments) === compartments(event.decision === 'permit' ? body.compartments : event.compartments)
  if (!isOurs) {
    throw new ClientError('EVENT_INVALID', `${gateway.info.mspId} answers with an event that is not of this request.`, {
      party: { kind: 'gateway', mspId: gateway.info.mspId },
      eventId: event.eventId
    })
  }
}

export async function confirmEvent (
  context: PractitionerContext,
  { made, eventId, txId, gateway }: { made: MadeStatement<'AccessRequest'>, eventId: string, txId: string, gateway: GatewayApi }
): Promise<Confirmation> {
  const { reference, ...confirmation } = await confirmElsewhere(context, { statementId: made.id, txId, through: gateway })
  if (reference === undefined || reference === eventId) return confirmation
  throw new ClientError('RECEIPT_MISMATCH', `${gateway.info.mspId} names event ${eventId}, ${confirmation.confirmedBy ??
    'another organisation'} names ${reference} for the same request.`, { party: { kind: 'organizations' } })
}

/** A denial is a committed event too, and is confirmed like one. */
async function describeDenial (
  context: PractitionerContext,
  made: MadeStatement<'AccessRequest'>,
  denied: ClientError
): Promise<ClientError> {
  const problem = denied.details['problem']
  if (!Value.Check(AccessDenied, problem)) return denied
  const { eventId, reasons, txId, blockNumber } = problem
  const confirmation = await confirmEvent(context, { made, eventId, txId, gateway: context.gateways.own })
  const rules = reasons.map((r) => r.rule).join(', ')
  return new ClientError('ACCESS_DENIED', `Access is denied and logged: ${rules}.`, {
    eventId,
    decision: 'deny',
    reasons,
    ...(made.body.consentId === undefined ? {} : { consentId: made.body.consentId }),
    txId,
    blockNumber,
    ...confirmation
  }, { cause: denied })
}
