import { wrapHash as hashWrap, fromHex, toHex } from '@epione/crypto'
import type { Place } from '@epione/crypto'
import {
  comingWindows, consentStatus, decide, DECIDER, isWrapped, LedgerError, missingSwitches, parseEventId, PERMIT_LIFE_MS, recordPlace,
  TIMESTAMP_TOLERANCE_MS
} from '@epione/protocol'
import type {
  AccessCase, AccessEvent, AccessRequest, ConsentFacts, ConsentStatus, DecisionInput, EventCompartment, NetworkDocument, PatientDirectory,
  ProhibitionFacts, StandingState, WrappedRecord
} from '@epione/protocol'
import { areSigners, findSuspension, verifyBinding, verifyConsent, verifyDirectory } from '@epione/protocol/verify'
import type { VerifiedConsent, VerifiedDirectory } from '@epione/protocol/verify'
import { isDeepStrictEqual } from 'node:util'
import { GatewayError } from '../errors.ts'
import { broken, judged, unproven } from '../judge.ts'
import { carriesAccess } from '../ledger/ledger-events.ts'
import { readShown, requireNotForbidden } from './forbidden.ts'
import type { LedgerRule } from '../judge.ts'
import { secondKeysOf, verifyBox } from './verify-emergency.ts'
import type { PermitContext } from './permit-context.ts'
import { requireReceiver } from './receiver.ts'
import { verifyFollowed } from './verify-followed.ts'
import type { FollowedStream } from './verify-followed.ts'
import { verifyRecords } from './verify-records.ts'
import type { PermittedRecord } from './verify-records.ts'
import { verifySearched } from './verify-searched.ts'

/** A permit that everything but a peer's word supports. */
export interface VerifiedPermit {
  event: AccessEvent
  consent: VerifiedConsent
  /** Of the permit's transaction. */
  blockNumber: number
  /** What is to be read; none of a search. */
  records: readonly PermittedRecord[]
  /** What is to be searched, each with the wrap of its search key; none of a permit to read. */
  compartments: readonly EventCompartment[]
  /** What is to be followed; absent of other permits. */
  stream?: FollowedStream
  /** Decides again as of now, on what was proven, and what is forbidden now. @throws {GatewayError} EVENT_DENIED */
  requireNow: () => Promise<void>
  /** Keys bound to the requester, hex: a suspension of one ends the permit. */
  keys: readonly string[]
  /** Looks again whether what is to be read was destroyed meanwhile. @throws {GatewayError} RECORD_ENDED */
  requireKept: () => Promise<void>
  /** Looks again whether the patient forbids it meanwhile; returns what they forbid else. @throws {GatewayError} EVENT_DENIED */
  requireAllowed: () => Promise<readonly ProhibitionFacts[]>
}

/**
 * Invariant I2. Proves from this proxy's own peer that `caller` may have cfrags for an event: it is committed, a permit,
 * of the caller's own staff and live by this proxy's clock; request, keys, manifests and consent are the statements that
 * their authors signed; nothing ended the consent or forbids it; and the decision, taken again on them, is the one recorded.
 * @throws {GatewayError} EVENT_UNKNOWN, EVENT_DENIED, EVENT_OF_ANOTHER, PERMIT_EXPIRED, CONSENT_ENDED,
 *   EMERGENCY_LIMIT, WRAP_UNKNOWN, RECORD_ENDED, STATEMENT_UNPROVEN, DECISION_MISMATCH, READ_MODEL_BEHIND, PEER_BEHIND, LEDGER_DIVERGED
 */
export async function verifyPermit (context: PermitContext, eventId: string, caller: string): Promise<VerifiedPermit> {
  const { found, blockNumber } = await readCommittedCase(context, eventId)
  requireLivePermit(found.event, caller, context.now())
  const { request, bound, keys } = await verifyRequest(context, found)
  const consentId = request.consentId
  if (consentId === undefined) throw new GatewayError('DECISION_MISMATCH', 'a permit without a consent')
  const [shown, standing] = await Promise.all([
    context.ledger.getDirectory(request.patientId), context.ledger.getStanding(request.patientId)
  ])
  requireOpenPatient(shown, standing, await context.freezes.isFrozen(request.patientId))
  const directory = judged(() => verifyDirectory(shown, request.patientId, context.reader))
  const network = await context.networkAt(found.event.time)
  const [off] = missingSwitches(network, 'AccessRequest', request)
  if (off !== undefined) throw unproven('decision.differs', `the network document of that time does not name ${off}`)
  const { consent, facts } = await verifyConsentFacts(context, consentId, directory, network)
  const department = await requireReceiver(context, request, bound, consent.body)
  context.freshness.requireCurrent(consent.body.threshold)
  const records = await verifyRecords(context, found.event, request, directory, consent.body)
  const requested = records.map((r) => r.requested)
  const compartments = await verifySearched(context, found.event, request, directory)
  const stream = await verifyFollowed(context, found.event, request, directory)
  const coming = comingWindows({ time: found.event.time, ...(stream !== undefined && { stream: stream.requestedAt(found.event.time) }) })
  const forbiddenCase = { event: found.event, request, targets: [...requested, ...compartments, ...coming] }
  const requireAllowed = async (): Promise<ProhibitionFacts[]> => {
    const shownNow = readShown(standing, context.reader)
    const remembered = await context.prohibitions.list(directory)
    requireNotForbidden(shownNow, forbiddenCase)
    requireNotForbidden(remembered, forbiddenCase, 'prohibition.hidden')
    return [...shownNow, ...remembered]
  }
  const policy = await context.policyAt(found.event.time)
  const prohibitions = await requireAllowed()
  const box = await verifyBox(context, found.event, request)
  const caseAt = (time: number): Omit<ProvenCase, 'policy' | 'prohibitions'> => ({
    request,
    records: requested,
    compartments,
    consent: facts,
    ...(department !== undefined && { department }),
    ...(stream !== undefined && { stream: stream.requestedAt(time) }),
    ...box
  })
  requireSameDecision(found.event, { ...caseAt(found.event.time), policy, prohibitions })
  const requireNow = async (): Promise<void> => {
    const time = context.now()
    requirePermit(found.event, time, { ...caseAt(time), policy: await context.policyAt(time), prohibitions: await requireAllowed() })
  }
  const requireKept = async (): Promise<void> => {
    for (const { event } of records) await context.requireKept(event)
    await stream?.requireKept()
  }
  const permit = { event: found.event, blockNumber, consent, records, compartments, keys, requireKept, requireAllowed, requireNow }
  return stream === undefined ? permit : { ...permit, stream }
}

/** The wraps of a request, each proven to be the one that the event names and the manifest signs. @throws {GatewayError} WRAP_UNKNOWN */
export function requirePermittedRecord (
  permit: VerifiedPermit,
  asked: { recordId: string, version: number, wrap: string },
  networkId: Uint8Array
): PermittedRecord & { event: WrappedRecord, place: Place } {
  const record = permit.records.find(({ event }) => event.recordId === asked.recordId && event.version === asked.version)
  const place = record === undefined ? undefined : recordPlace(networkId, record.manifest)
  const isNamed = place !== undefined && toHex(hashWrap(fromHex(asked.wrap), place)) === record?.event.wrapHash
  if (record === undefined || place === undefined || !isNamed || !isWrapped(record.event)) {
    throw new GatewayError('WRAP_UNKNOWN', `the event does not name this wrap of record ${asked.recordId} version ${asked.version}`)
  }
  return { ...record, event: record.event, place }
}

async function readCommittedCase (
  { ledger, blocks, freshness }: PermitContext,
  eventId: string
): Promise<{ found: AccessCase, blockNumber: number }> {
  const parts = parseEventId(eventId)
  if (parts === undefined) throw unknown(eventId)
  const found = await ledger.getAccess(eventId).catch((error: unknown) => {
    if (error instanceof LedgerError && error.code === 'EVENT_UNKNOWN') throw unknown(eventId)
    throw error
  })
  const { event } = found
  if (event.eventId !== eventId || event.txId !== parts.txId || event.time !== parts.timeMs || event.patientId !== parts.patientId) {
    throw unknown(eventId)
  }
  // State is what a chaincode says; the block is what a majority endorsed and the orderers ordered.
  const transaction = await blocks.findTransaction(event.txId)
  if (transaction === undefined || !carriesAccess(transaction, event)) throw unknown(eventId, { rule: 'event.not-in-its-block' satisfies LedgerRule })
  await freshness.requireRead(transaction.blockNumber)
  return { found, blockNumber: transaction.blockNumber }
}

function unknown (eventId: string, extensions: { rule?: LedgerRule } = {}): GatewayError {
  return new GatewayError('EVENT_UNKNOWN', `this proxy's own peer has no committed access event ${eventId}`, { extensions })
}

/**
 * Live by this proxy's own clock, whatever the event says of its end. @throws {GatewayError} EVENT_DENIED, EVENT_OF_ANOTHER,
 * PERMIT_EXPIRED
 */
export function requireLivePermit (event: AccessEvent, caller: string, now: number): void {
  if (event.decision !== 'permit') throw new GatewayError('EVENT_DENIED', 'the request was denied')
  if (event.actor.mspId !== caller) throw new GatewayError('EVENT_OF_ANOTHER', `the permit is not of a member of ${caller}`)
  const end = Math.min(event.expiresAt ?? 0, event.time + (event.stream?.lastsMs ?? PERMIT_LIFE_MS))
  if (now > end || event.time > now + TIMESTAMP_TOLERANCE_MS) {
    throw new GatewayError('PERMIT_EXPIRED', 'the permit is not live by this proxy\'s clock: send a new access request')
  }
}

/**
 * A freeze or hand-over that a peer shows is honoured unproven: inventing one gains nothing but a refusal. @throws {GatewayError}
 * EVENT_DENIED, CONSENT_ENDED
 */
function requireOpenPatient (
  { patientId, succession }: PatientDirectory,
  { freeze, succeededBy }: StandingState,
  isFrozen: boolean
): void {
  if (succession !== undefined || succeededBy !== undefined) {
    throw new GatewayError('CONSENT_ENDED', `patient ${patientId} was handed over, and all consents ended with that`)
  }
  const detail = `patient ${patientId} is frozen: nothing is released`
  if (freeze !== undefined) throw new GatewayError('EVENT_DENIED', detail)
  if (isFrozen) throw broken('EVENT_DENIED', 'freeze.hidden', detail)
}

/** The practitioner's will: their signed request says what the event says, under the keys bound to them. */
async function verifyRequest (
  context: PermitContext,
  { event, request }: AccessCase
): Promise<{ request: AccessRequest, /** The receiving key bound to the requester. */ bound: string, keys: string[] }> {
  const { ledger, reader, suspensions } = context
  const { id, body, signers } = judged(() => reader.read('AccessRequest', request))
  const said = {
    requester: body.requester,
    patientId: body.patientId,
    consentId: body.consentId,
    action: body.action,
    purpose: body.purpose,
    receivingKey: body.receivingKey,
    id
  }
  const recorded = {
    requester: { mspId: event.actor.mspId, staffId: event.actor.staffId },
    patientId: event.patientId,
    consentId: event.consentId,
    action: event.action,
    purpose: event.purpose,
    receivingKey: event.receivingKey,
    id: event.requestId
  }
  if (!isDeepStrictEqual(said, recorded)) throw unproven('event.not-its-request', `event ${event.eventId} is not what its signed request asks for`)
  const { mspId, staffId } = body.requester
  const binding = await judged(async () => verifyBinding(await ledger.getBinding(mspId, staffId), body.requester, reader))
  const { newest } = binding
  const keys = [newest.requestKey, newest.receivingKey]
  const detail = `${mspId}/${staffId} was suspended: nothing is released`
  if (findSuspension(binding, keys) !== undefined) throw new GatewayError('EVENT_DENIED', detail)
  if (await suspensions.find(body.requester, keys) !== undefined) throw broken('EVENT_DENIED', 'suspension.hidden', detail)
  if (!areSigners(signers, [newest.requestKey, ...await secondKeysOf(context, body)])) {
    throw unproven('request.signer', 'the access request is not signed with the keys bound to its practitioners alone')
  }
  return { request: body, bound: newest.receivingKey, keys }
}

async function verifyConsentFacts (
  context: PermitContext,
  consentId: string,
  directory: VerifiedDirectory,
  { members }: NetworkDocument
): Promise<{ consent: VerifiedConsent, facts: ConsentFacts }> {
  const { ledger, reader, now } = context
  const [state, proxies] = await Promise.all([ledger.getConsent(consentId), ledger.getProxies()])
  // A revocation that a peer shows is honoured unproven: inventing one gains nothing but a refusal.
  if (state.revocation !== undefined) throw ended(consentId)
  if (await context.isEnded(directory.patientId, consentId)) throw ended(consentId, { rule: 'revocation.hidden' })
  const consent = judged(() => verifyConsent(state, consentId, { directory, proxies, reader }))
  await context.actorEnds.requireInTime(directory.patientId, consent.signedBy, state.consent.time)
  if (now() > consent.body.notAfter) throw ended(consentId)
  return { consent, facts: consent.facts(members.map((m) => m.mspId)) }
}

function ended (consentId: string, extensions: { rule?: LedgerRule } = {}): GatewayError {
  return new GatewayError('CONSENT_ENDED', `consent ${consentId} has ended`, { extensions })
}

type ProvenCase = Pick<
  DecisionInput, 'policy' | 'request' | 'records' | 'compartments' | 'stream' | 'prohibitions' | 'department' | 'box'
> & { consent: ConsentFacts }

function decideAt (time: number, { actor: { role, department } }: AccessEvent, proven: ProvenCase): ReturnType<typeof decide> {
  const actor = { ...(role === undefined ? {} : { role }), ...(department === undefined ? {} : { department }) }
  return decide({ ...proven, time, actor, patient: { frozen: false, succeeded: false } })
}

/** What is given for longer than a permit to read is given only while it would be permitted anew. @throws {GatewayError} EVENT_DENIED */
function requirePermit (event: AccessEvent, time: number, proven: ProvenCase): void {
  const { decision, reasons } = decideAt(time, event, proven)
  if (decision === 'permit') return
  throw new GatewayError('EVENT_DENIED', `it would not be permitted any more: ${reasons.map(({ rule }) => rule).join(', ')}`)
}

/** The decision taken again, at the event's own time, on what the statements say. */
function requireSameDecision (event: AccessEvent, proven: ProvenCase): void {
  if (event.decider !== DECIDER) {
    const detail = `version ${event.decider} of the decision was taken, and this proxy takes version ${DECIDER}: it is older or newer than the contracts`
    throw broken('DECISION_MISMATCH', 'decision.decider', detail)
  }
  const again = decideAt(event.time, event, proven)
  const recorded = { decision: event.decision, reasons: event.reasons, policyVersion: event.policyVersion }
  if (isDeepStrictEqual(again, recorded)) return
  const status = consentStatus(proven.consent, event.time)
  const detail = `the signed statements do not give the recorded decision (consent ${status})`
  throw broken('DECISION_MISMATCH', ruleBroken(again, recorded, status), detail)
}

function ruleBroken (again: Pick<AccessEvent, 'policyVersion'>, recorded: Pick<AccessEvent, 'policyVersion'>, status: ConsentStatus): LedgerRule {
  if (again.policyVersion !== recorded.policyVersion) return 'policy.not-agreed'
  return status === 'pending' || status === 'void' || status === 'suspended' ? 'custody.missing' : 'decision.differs'
}
