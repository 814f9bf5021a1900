import type { LedgerClient } from '@epione/chaincode/client'
import type { AccessEvent, Person, SignedStatement } from '@epione/chaincode/model'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { CheckedStatement } from '../statements.ts'
import { submitOnce } from '../submit-once.ts'

export interface PermittedRequest { event: AccessEvent, txId: string, blockNumber: number }

/**
 * Submits a practitioner's signed request under that person's certificate (`ledger`). A request that the ledger has
 * decided already is answered as the first time.
 * @throws {GatewayError} NOT_PERMITTED for another person's request; ACCESS_DENIED with the logged event's id and reasons;
 *   DENIED_REPEATEDLY with the last event's id, unsubmitted
 */
export async function requestAccess (app: FastifyInstance, ledger: LedgerClient, person: Person, statement: SignedStatement, request: CheckedStatement<'AccessRequest'>): Promise<PermittedRequest> {
  const { requester } = request.body
  if (requester.mspId !== person.mspId || requester.staffId !== person.staffId) throw new GatewayError('NOT_PERMITTED', 'the request is signed for another person than the token\'s')
  app.repeatedDenials.refuse(request.body)
  const { value: event, txId, blockNumber } = await submitOnce(app, request.id, () => ledger.requestAccess(statement), async ({ reference = '' }) => (await ledger.getAccess(reference)).event)
  if (event.decision === 'permit') return { event, txId, blockNumber }
  const { eventId, reasons } = event
  app.repeatedDenials.note(request.body, eventId)
  throw new GatewayError('ACCESS_DENIED', `denied and logged: ${reasons.map((reason) => reason.rule).join(', ')}`, { extensions: { eventId, reasons, txId, blockNumber } })
}
