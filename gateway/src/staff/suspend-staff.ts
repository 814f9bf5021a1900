import { checkStatementBody } from '@epione/protocol'
import type { SignedStatement } from '@epione/protocol'
import type { AnswerOf, PRACTITIONERS } from '@epione/protocol/api'
import { areSigners } from '@epione/protocol/verify'
import type { PersonId } from '@epione/protocol/verify'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { GatewayError } from '../errors.ts'
import { checkTimes } from '../http/admission.ts'
import { originOf } from '../http/origin.ts'
import { checkStatement } from '../ledger/statements.ts'
import { submitForPlace } from '../ledger/submit-once.ts'
import { noteSuspension } from './practitioners.ts'

/**
 * Brings a person's own suspension to the ledger. At the door a request key of theirs must have signed it, so that nobody else costs the
 * peers work; whether that key is the one in use the ledger says.
 * @throws {GatewayError} STATEMENT_INVALID, SIGNATURE_INVALID, REQUEST_INVALID for another person's @throws {LedgerError} BINDING_MISSING
 */
export async function suspendSelf (
  app: FastifyInstance,
  request: FastifyRequest<{ Params: PersonId, Body: { statement: SignedStatement } }>
): Promise<AnswerOf<typeof PRACTITIONERS.suspend>> {
  const { params: { mspId, staffId }, body: { statement } } = request
  const { id, body, signers } = checkStatement('Suspension', statement, app.networkId)
  if (body.mspId !== mspId || body.staffId !== staffId) throw new GatewayError('REQUEST_INVALID', 'the statement is about another person')
  checkTimes(body, app.ports.clock())
  const { versions } = await app.stopReads.read(`binding ${mspId} ${staffId}`, originOf(request), () =>
    app.ledger.gateway.getBinding(mspId, staffId))
  const keys = versions.map((v) => checkStatementBody('KeyBinding', JSON.parse(v.statement.body)).requestKey)
  if (!keys.some((key) => areSigners(signers, [key]))) {
    throw new GatewayError('SIGNATURE_INVALID', 'the statement is not signed with a request key of this person alone')
  }
  const { txId, blockNumber } = await submitForPlace(app, id, () => app.ledger.gateway.suspend(statement))
  return { mspId, staffId, statementId: id, txId, blockNumber }
}

/** Suspends a member of the own staff in the registrar's name. @throws {GatewayError} NOT_PERMITTED for staff of another hospital */
export async function suspendStaff (
  app: FastifyInstance,
  { mspId, staffId }: PersonId,
  said: Pick<AnswerOf<typeof PRACTITIONERS.suspendStaff>, 'target' | 'cause'>
): Promise<AnswerOf<typeof PRACTITIONERS.suspendStaff>> {
  if (mspId !== app.config.mspId) throw new GatewayError('NOT_PERMITTED', `staff of ${mspId} is for that hospital to suspend`)
  const { value, txId, blockNumber } = await app.ledger.registrar.suspendStaff({ staffId, ...said })
  const { target, cause, time } = value
  // Other gateways of the hospital read it in the block.
  await noteSuspension(app.store.db, value)
  return { mspId, staffId, target, cause, time, txId, blockNumber: Number(blockNumber) }
}
