import { boxEnd, boxFacts, LedgerError, REVIEW_DUE_MS, TIMESTAMP_TOLERANCE_MS } from '@epione/protocol'
import type { AccessCase, AccessEvent, AccessRequest, BoxFacts, DecisionInput, PolicyDocument } from '@epione/protocol'
import { findSuspension, verifyBinding } from '@epione/protocol/verify'
import { isDeepStrictEqual } from 'node:util'
import { GatewayError } from '../errors.ts'
import { judged, unproven } from '../judge.ts'
import { carriesAccess } from '../ledger/ledger-events.ts'
import type { PermitContext } from './permit-context.ts'

type Context = Pick<PermitContext, 'blocks' | 'emergencies' | 'ledger' | 'policyAt' | 'reader' | 'suspensions'>

/** The request key of the second practitioner that an emergency names; none when nobody is named. @throws {GatewayError} EVENT_DENIED */
export async function secondKeysOf (context: Context, { requester, emergency }: AccessRequest): Promise<string[]> {
  const second = emergency?.second
  if (second === undefined || second === requester.staffId) return []
  const person = { mspId: requester.mspId, staffId: second }
  const proven = await judged(async () =>
    verifyBinding(await context.ledger.getBinding(person.mspId, person.staffId), person, context.reader))
  const keys = [proven.newest.requestKey]
  if (findSuspension(proven, keys) !== undefined || await context.suspensions.find(person, keys) !== undefined) {
    throw new GatewayError('EVENT_DENIED', `the second practitioner ${person.mspId}/${second} was suspended: nothing is released`)
  }
  return keys
}

/**
 * The box in which an emergency was permitted, by this proxy's own blocks: what an opening says of its time, the opening that a later
 * request names, that nobody closed it, and how many its organisation opened.
 * @throws {GatewayError} STATEMENT_UNPROVEN, EVENT_DENIED, EMERGENCY_LIMIT
 */
export async function verifyBox (context: Context, event: AccessEvent, request: AccessRequest): Promise<Pick<DecisionInput, 'box' | 'secondRole'>> {
  const { emergency } = request
  const { openUntil, reviewBy, secondRole, ...said } = event.emergency ?? {}
  if (!isDeepStrictEqual(said, { ...emergency })) {
    throw unproven('event.not-its-request', `event ${event.eventId} describes another emergency than its request`)
  }
  if (emergency === undefined) return {}
  // The ledger's word, as the requester's own role is.
  const certified = secondRole === undefined ? {} : { secondRole }
  const opening = emergency.opening ?? event.eventId
  if (await context.emergencies.isClosed(opening)) throw new GatewayError('EVENT_DENIED', 'the emergency was closed since: nothing is released')
  if (emergency.opening === undefined) {
    await requireRightOpening(context, event, { openUntil, reviewBy })
    return certified
  }
  return { box: await verifyOpening(context, emergency.opening), ...certified }
}

/** An opening above the number of the policy opens nothing later either, whatever the ledger permits within it. */
async function requireRightOpening (context: Context, event: AccessEvent, said: Times): Promise<void> {
  const policy = await context.policyAt(event.time)
  requireTimes(said, event, policy)
  await context.emergencies.requireWithinLimit(event.eventId, policy.emergency)
}

interface Times { openUntil: number | undefined, reviewBy: number | undefined }

function requireTimes (said: Times, { eventId, time }: AccessEvent, policy: PolicyDocument): void {
  if (isDeepStrictEqual(said, { openUntil: boxEnd(policy, time), reviewBy: time + REVIEW_DUE_MS })) return
  throw unproven('decision.differs', `event ${eventId} gives its box other times than the policy`)
}

/** An opening that this proxy's blocks carry, whose signed request is its person's: else a majority could lengthen boxes. */
async function verifyOpening (context: Context, eventId: string): Promise<BoxFacts> {
  const { event, request }: AccessCase = await context.ledger.getAccess(eventId).catch((error: unknown) => {
    if (error instanceof LedgerError && error.code === 'EVENT_UNKNOWN') throw noOpening(eventId)
    throw error
  })
  const box = boxFacts(event, false)
  const transaction = await context.blocks.findTransaction(event.txId)
  const isCarried = event.eventId === eventId && transaction !== undefined && carriesAccess(transaction, event)
  if (!isCarried || event.decision !== 'permit' || box === undefined) throw noOpening(eventId)
  await requireRightOpening(context, event, { openUntil: box.openUntil, reviewBy: event.emergency?.reviewBy })
  if (!await isAskedFor(context, event, request, box.requester)) {
    throw unproven('event.not-its-request', `event ${eventId} opened a box that its signed request does not ask for`)
  }
  return box
}

function noOpening (eventId: string): GatewayError {
  return unproven('decision.differs', `no committed permit ${eventId} opened a box`)
}

/** Whether the person signed, with a key that was bound, that they open a box of this patient, at this time. */
async function isAskedFor (
  { ledger, reader }: Context, { requestId, patientId, time }: AccessEvent, request: AccessCase['request'], requester: BoxFacts['requester']
): Promise<boolean> {
  const { id, body, signers } = judged(() => reader.read('AccessRequest', request))
  const binding = await judged(async () => verifyBinding(await ledger.getBinding(requester.mspId, requester.staffId), requester, reader))
  const opens = body.emergency !== undefined && body.emergency.opening === undefined
  const said = { id, requester: body.requester, patientId: body.patientId, opens }
  return isDeepStrictEqual(said, { id: requestId, requester, patientId, opens: true }) &&
    body.issuedAt - TIMESTAMP_TOLERANCE_MS <= time && time <= body.submitBefore &&
    binding.versions.some((version) => signers.includes(version.body.requestKey))
}
