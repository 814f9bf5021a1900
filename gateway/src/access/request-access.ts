import type { LedgerClient } from '@epione/ledger/client'
import { DECISION_RULES } from '@epione/protocol'
import type { AccessEvent, SignedStatement } from '@epione/protocol'
import type { FastifyInstance } from 'fastify'
import type { Practitioner } from '../http/caller.ts'
import { GatewayError } from '../errors.ts'
import type { CheckedStatement } from '../ledger/statements.ts'
import { submitOnce } from '../ledger/submit-once.ts'
import type { Denial } from './repeated-denials.ts'

export interface PermittedRequest { event: AccessEvent, txId: string, blockNumber: number }

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
  statement: SignedStatement,
  request: CheckedStatement<'AccessRequest'>
): Promise<PermittedRequest> {
  const { repeatedDenials } = app
  const { requester } = request.body
  if (requester.mspId !== person.mspId || requester.staffId !== person.staffId) {
    throw new GatewayError('NOT_PERMITTED', 'the request is signed for another person than the token\'s')
  }
  const question = { request: request.body, actor: person }
  if (repeatedDenials.isFull(question) && await app.ledger.gateway.findStatement(request.id) === undefined) repeatedDenials.refuse(question)
  const {
    value: event,
    txId,
    blockNumber,
    isNew
  } = await submitOnce(app, request.id, () =>
    ledger.requestAccess(statement), async ({ reference = '' }) => (await ledger.getAccess(reference)).event)
  if (event.decision === 'permit') return { event, txId, blockNumber }
  const { eventId, reasons } = event
  if (isNew) repeatedDenials.note(question, await denialOf(app, event))
  throw new GatewayError('ACCESS_DENIED', `denied and logged: ${reasons.map((reason) => reason.rule).join(', ')}`, {
    extensions: { eventId, reasons, txId, blockNumber }
  })
}

/** A denial, and when it ends by itself: a consent that has not begun begins without any news of it. */
async function denialOf (app: FastifyInstance, { eventId, consentId, reasons }: AccessEvent): Promise<Denial> {
  if (consentId === undefined || !reasons.some(({ rule }) => rule === DECISION_RULES.consentNotStarted)) return { eventId }
  const { consent } = await app.ledger.gateway.getConsent(consentId)
  return { eventId, until: app.proxy.context.reader.readStored('Consent', consent).body.notBefore }
}
