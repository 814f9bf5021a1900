import type { AnswerOf, GUARDIANS, KeptEscrow } from '@epione/protocol/api'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import { findShare, readEscrow } from './escrow.ts'
import { requirePresentIssue, readGuardians } from './present-guardians.ts'

/**
 * A guardian's share, sealed to that guardian's own key: whoever else fetches it has ciphertext. `issue` is the one
 * expected; the present one when left out. @throws {GatewayError} RECOVERY_OUTDATED, SHARE_UNKNOWN, BACKUP_UNKNOWN, STATEMENT_UNPROVEN
 */
export async function handOutShare (
  app: FastifyInstance,
  patientId: string,
  index: number,
  issue: number | undefined
): Promise<AnswerOf<typeof GUARDIANS.getShare>> {
  const { context } = app.proxy
  const { guardians } = await readGuardians(context, patientId, await context.ledger.getSafety(patientId))
  const present = guardians.body.issue
  if (issue !== undefined) requirePresentIssue(issue, present)
  const sealed = issue === undefined || issue === present ? await findShare(app.store.db, guardians.id, guardians.body, index) : null
  if (sealed === null) {
    throw new GatewayError('SHARE_UNKNOWN', `no share ${index} of issue ${issue ?? present} lies with this hospital: ask another one`)
  }
  return { issue: present, sealed }
}

/** All that this hospital keeps of the present issue, as it lies in the store. @throws {GatewayError} BACKUP_UNKNOWN, STATEMENT_UNPROVEN */
export async function showEscrow (app: FastifyInstance, patientId: string): Promise<KeptEscrow> {
  const { context } = app.proxy
  const { guardians: { id, body } } = await readGuardians(context, patientId, await context.ledger.getSafety(patientId))
  return { statementId: id, issue: body.issue, ...await readEscrow(app.store.db, id, body) }
}
