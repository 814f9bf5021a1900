import type { LedgerClient } from '@epione/ledger/client'
import type { AccessEvent, AccessRequest, SignedStatement } from '@epione/protocol'
import type { FastifyInstance } from 'fastify'
import type { Practitioner } from '../http/caller.ts'
import { GatewayError } from '../errors.ts'
import type { CheckedStatement } from '../ledger/statements.ts'
import { submitOnce } from '../ledger/submit-once.ts'
import { denialOf } from './denial-end.ts'
import type { Question } from './repeated-denials.ts'

/** A request's event, and where it is. */
export interface DecidedRequest { event: AccessEvent, txId: string, blockNumber: number }
/** A practitioner's signed request, read. */
export interface SignedRequest { statement: SignedStatement, request: CheckedStatement<'AccessRequest'> }

/**
 * Submits a practitioner's signed request under that person's certificate (`ledger`). A request that the ledger has
 * decided already is answered as the first time, and counts as no other denial.
 * @throws {GatewayError} NOT_PERMITTED for another person's request; ACCESS_DENIED with the logged event's id and reasons;
 *   DENIED_REPEATEDLY with the last event's id, unsubmitted
 */
export async function requestAccess (
  app: FastifyInstance,
  ledger: LedgerClient,
  person: Practitioner,
  signed: SignedRequest
): Promise<DecidedRequest> {
  requireOwn(person, signed)
  const decided = await decideOnce(app, ledger, person, signed)
  const { event: { decision, eventId, reasons }, txId, blockNumber } = decided
  if (decision === 'permit') return decided
  throw new GatewayError('ACCESS_DENIED', `denied and logged: ${reasons.map((reason) => reason.rule).join(', ')}`, {
    extensions: { eventId, reasons, txId, blockNumber }
  })
}

/** @throws {GatewayError} NOT_PERMITTED */
export function requireOwn ({ mspId, staffId }: Practitioner, { request: { body: { requester } } }: SignedRequest): void {
  if (requester.mspId === mspId && requester.staffId === staffId) return
  throw new GatewayError('NOT_PERMITTED', 'the request is signed for another person than the token\'s')
}

/** The event of a request, permitted or denied; of one that was decided before, the first one. @throws {GatewayError} DENIED_REPEATEDLY */
export async function decideOnce (
  app: FastifyInstance,
  ledger: LedgerClient,
  person: Practitioner,
  { statement, request }: SignedRequest
): Promise<DecidedRequest> {
  await refuseRepeated(app, person, request)
  const { value: event, txId, blockNumber, isNew } = await submitOnce(app, request.id, () =>
    ledger.requestAccess(statement), async ({ reference = '' }) => (await ledger.getAccess(reference)).event)
  if (isNew) await noteDenial(app, person, request, event)
  return { event, txId, blockNumber }
}

/** @throws {GatewayError} DENIED_REPEATEDLY for what was asked and denied again and again, unless it is the very same statement */
export async function refuseRepeated (
  app: FastifyInstance,
  actor: Practitioner,
  { id, body: request }: CheckedStatement<'AccessRequest'>
): Promise<void> {
  const { repeatedDenials, ledger } = app
  const question = await questionOf(app, request, actor)
  if (repeatedDenials.isFull(question) && await ledger.gateway.findStatement(id) === undefined) repeatedDenials.refuse(question)
}

export async function noteDenial (
  app: FastifyInstance,
  actor: Practitioner,
  { body: request }: CheckedStatement<'AccessRequest'>,
  event: AccessEvent
): Promise<void> {
  if (event.decision === 'deny') app.repeatedDenials.note(await questionOf(app, request, actor), await denialOf(app, event))
}

async function questionOf ({ ledger, ports }: FastifyInstance, request: AccessRequest, actor: Practitioner): Promise<Question> {
  return { request, actor, networkVersion: (await ledger.versions.at(ports.clock())).version }
}
