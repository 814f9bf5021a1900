import { checkStatementBody, LedgerError } from '@epione/protocol'
import type { DepartmentState, Membership, SignedStatement } from '@epione/protocol'
import type { Submitted } from '@epione/ledger/client'
import type { AnswerOf, DEPARTMENTS, Envelope } from '@epione/protocol/api'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import { checkTimes } from '../http/admission.ts'
import type { Practitioner } from '../http/caller.ts'
import { checkStatement } from '../ledger/statements.ts'
import { submitForPlace } from '../ledger/submit-once.ts'
import { findEnvelope, forgetEnvelopes, forgetFormer, keepEnvelopes, listFormer, requireEnvelopes } from './envelopes.ts'

interface Change { statement: SignedStatement, envelopes: readonly Envelope[] }

/** Brings a department's members to the ledger, their envelopes kept first. @throws {GatewayError} NOT_PERMITTED, REQUEST_INVALID */
export async function putDepartment (
  app: FastifyInstance,
  { statement, envelopes }: Change,
  submit: () => Promise<Submitted<DepartmentState>>
): Promise<AnswerOf<typeof DEPARTMENTS.change>> {
  const { id, body } = checkStatement('Membership', statement, app.networkId)
  const { mspId, department, version } = body
  if (mspId !== app.config.mspId) throw new GatewayError('NOT_PERMITTED', `departments of ${mspId} are for that hospital`)
  checkTimes(body, app.ports.clock())
  requireEnvelopes(body, envelopes)
  const { db } = app.store
  const isNew = await keepEnvelopes(db, id, body, envelopes)
  const { txId, blockNumber } = await submitForPlace(app, id, submit).catch(async (error: unknown) => {
    // Anything else leaves it open whether the ledger took it, and so does a second sending of one that it took or is about to.
    if (error instanceof LedgerError && isNew) await forgetEnvelopes(db, id)
    throw error
  })
  await forgetFormer(db, body)
  return { mspId, department, version, statementId: id, txId, blockNumber }
}

/** The newest `Membership` of a department of this hospital with its id; undefined when there is none. */
export async function findMembership (app: FastifyInstance, department: string): Promise<{ id: string, body: Membership } | undefined> {
  try {
    const { membership } = await app.ledger.gateway.getDepartment(app.config.mspId, department)
    return { id: membership.id, body: checkStatementBody('Membership', JSON.parse(membership.statement.body)) }
  } catch (error) {
    if (error instanceof LedgerError && error.code === 'DEPARTMENT_UNKNOWN') return undefined
    throw error
  }
}

/** The department of this hospital as of which a person is certified and whose present member they are. */
export async function departmentOf (
  app: FastifyInstance,
  { staffId, department }: Pick<Practitioner, 'staffId' | 'department'>
): Promise<string | undefined> {
  const found = department === undefined ? undefined : await findMembership(app, department)
  return found?.body.members.some((m) => m.staffId === staffId) === true ? department : undefined
}

/** The envelopes of a present member. @throws {GatewayError} NOT_PERMITTED, ENVELOPE_UNKNOWN */
export async function ownEnvelope (
  app: FastifyInstance,
  { staffId }: Pick<Practitioner, 'staffId'>,
  department: string
): Promise<AnswerOf<typeof DEPARTMENTS.getEnvelope>> {
  const found = await findMembership(app, department)
  if (found?.body.members.some((m) => m.staffId === staffId) !== true) {
    throw new GatewayError('NOT_PERMITTED', 'the caller is no present member of this department')
  }
  const sealed = await findEnvelope(app.store.db, found.id, staffId)
  if (sealed === undefined) {
    throw new GatewayError('ENVELOPE_UNKNOWN', 'this hospital lost the envelope: another member makes the department\'s key anew')
  }
  return { statementId: found.id, sealed, former: await listFormer(app.store.db, found.body, staffId) }
}
