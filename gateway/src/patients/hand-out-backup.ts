import { PublicKey, sealBackup, toHex } from '@epione/crypto'
import { LEDGER_EVENTS } from '@epione/protocol'
import type { PatientSafety, RecoveryState } from '@epione/protocol'
import type { AnswerOf, RECOVERIES } from '@epione/protocol/api'
import { verifyRecovery } from '@epione/protocol/verify'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import { judged } from '../judge.ts'
import { carries } from '../ledger/ledger-events.ts'
import type { ProxyContext } from '../proxy/proxy-context.ts'
import { findBackup } from './escrow.ts'
import { readGuardians, requirePresentIssue } from './present-guardians.ts'

type Context = Pick<ProxyContext, 'blocks' | 'clock' | 'networkAt'>

/**
 * Hands out a patient's backup, sealed to the key that the guardians signed, for a recovery that this hospital proves itself: enough
 * present guardians signed the request, its block carries it, it has waited by the ledger's settings and this gateway's own clock, and
 * nobody stopped it.
 * @throws {GatewayError} RECOVERY_UNKNOWN, RECOVERY_OUTDATED, RECOVERY_STOPPED, RECOVERY_PENDING with `availableFrom`,
 *   BACKUP_UNKNOWN, STATEMENT_UNPROVEN
 */
export async function handOutBackup (
  app: FastifyInstance,
  patientId: string,
  requestId: string
): Promise<AnswerOf<typeof RECOVERIES.getBackup>> {
  const { context } = app.proxy
  const safety = await context.ledger.getSafety(patientId)
  const recovery = findRecovery(safety, requestId)
  const { directory, guardians } = await readGuardians(context, patientId, safety)
  const { body: request } = judged(() => verifyRecovery(recovery, { directory, guardians, reader: context.reader }))
  requirePresentIssue(request.issue, guardians.body.issue)
  await requireWaited(context, recovery)
  const backup = await findBackup(app.store.db, guardians.id, guardians.body)
  if (backup === null) throw new GatewayError('BACKUP_UNKNOWN', 'the backup does not lie with this hospital: ask another one')
  return { issue: guardians.body.issue, backup: toHex(sealBackup(backup, PublicKey.fromHex(request.receivingKey), requestId)) }
}

function findRecovery ({ patientId, recoveries }: PatientSafety, requestId: string): RecoveryState {
  const recovery = recoveries.find(({ request }) => request.id === requestId)
  if (recovery === undefined) {
    throw new GatewayError('RECOVERY_UNKNOWN', `this hospital's own peer has no recovery ${requestId} of patient ${patientId}`)
  }
  // A stop that a peer shows is honoured unproven: inventing one gains nothing but a refusal.
  if (recovery.stop !== undefined) throw new GatewayError('RECOVERY_STOPPED', `recovery ${requestId} was stopped`)
  return recovery
}

async function requireWaited ({ networkAt, blocks, clock }: Context, { request, availableFrom }: RecoveryState): Promise<void> {
  const { settings } = await networkAt(request.time)
  // State is what a chaincode says; the block is what a majority endorsed, and its time the one that the wait counts from.
  const transaction = await blocks.findTransaction(request.txId)
  if (!carries(transaction, LEDGER_EVENTS.recoveryRequested, { request, availableFrom })) {
    throw new GatewayError('RECOVERY_UNKNOWN', `no block of this hospital's own peer carries recovery ${request.id} as its state shows it`)
  }
  const opensAt = Math.max(availableFrom, request.time + settings.recoveryDelaySeconds * 1000)
  const waitMs = opensAt - clock()
  if (waitMs <= 0) return
  throw new GatewayError('RECOVERY_PENDING', `the recovery waits until ${new Date(
    opensAt
  ).toISOString()}, so that the patient can stop it`, {
    extensions: { availableFrom: opensAt },
    retryAfterSeconds: Math.ceil(waitMs / 1000)
  })
}
