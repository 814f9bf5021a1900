import { LedgerError } from '@epione/protocol'
import type { Guardians, SignedStatement, StoredStatement } from '@epione/protocol'
import type { AnswerOf, Escrow, GUARDIANS } from '@epione/protocol/api'
import { patientSigner, verifyDirectory } from '@epione/protocol/verify'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import { judged } from '../judge.ts'
import { findBlock } from '../ledger/find-block.ts'
import type { CheckedStatement } from '../ledger/statements.ts'
import { submitForPlace } from '../ledger/submit-once.ts'
import { deleteEscrow, requireEscrow, requireRoomForEscrow, settleEscrows, storeEscrow } from './escrow.ts'

/**
 * Keeps an issue's escrow before the ledger hears of it: the issue in force stays, with its escrow, until the ledger has the new
 * one. What it never gets is removed as any unnamed escrow. @throws {GatewayError} as `publishGuardians`, QUOTA_EXCEEDED
 */
export async function depositEscrow (
  app: FastifyInstance,
  guardians: CheckedStatement<'Guardians'>,
  escrow: Escrow
): Promise<AnswerOf<typeof GUARDIANS.depositEscrow>> {
  await keepEscrow(app, guardians, escrow)
  const { id, body: { patientId, issue } } = guardians
  return { patientId, issue, statementId: id }
}

/**
 * Takes an issue's escrow and brings its statement to the ledger, in this order, so that no guardian is named whose share
 * nobody has. Of a statement that is there already the escrow is kept anew, for as long as that issue counts.
 * @throws {GatewayError} STATEMENT_INVALID when the patient did not sign it; ESCROW_MISMATCH; GUARDIANS_CONFLICT for an issue that was
 * replaced
 */
export async function publishGuardians (
  app: FastifyInstance,
  statement: SignedStatement,
  guardians: CheckedStatement<'Guardians'>,
  escrow: Escrow
): Promise<AnswerOf<typeof GUARDIANS.publish>> {
  const { id, body } = guardians
  const { patientId, issue } = body
  const present = await keepEscrow(app, guardians, escrow)
  const { txId, blockNumber } = present === undefined
    ? await submit(app, statement, id)
    : { txId: present.txId, blockNumber: await findBlock(app, present.txId) }
  await settleEscrows(app.store.db, body, id)
  // A new issue may have come between the check and the store.
  await findPresent(app, id, body).catch(async (error: unknown) => await forget(app, id, error))
  return { patientId, issue, statementId: id, txId, blockNumber }
}

/** Stores an escrow whose every byte its patient signed for; returns the issue as it stands on the ledger, when it is there. */
async function keepEscrow (
  app: FastifyInstance,
  { id, body, signers }: CheckedStatement<'Guardians'>,
  escrow: Escrow
): Promise<StoredStatement | undefined> {
  const { ledger: { gateway: ledger }, store: { db }, ports: { clock }, proxy: { context: { reader } } } = app
  const { patientId } = body
  const directory = await judged(async () => verifyDirectory(await ledger.getDirectory(patientId), patientId, reader))
  const present = await findPresent(app, id, body)
  // An issue that stands was signed by the key that was in force then; a new one is by the key in force now.
  const isSigned = present === undefined
    ? signers.includes(directory.identityKey)
    : patientSigner(directory, signers, present.time) !== undefined
  if (!isSigned) throw new GatewayError('STATEMENT_INVALID', 'the statement is not signed with the patient\'s identity key')
  requireEscrow(body, escrow)
  await requireRoomForEscrow(db, id, patientId)
  await storeEscrow(db, id, body, escrow, clock())
  return present
}

async function submit (app: FastifyInstance, statement: SignedStatement, id: string): Promise<{ txId: string, blockNumber: number }> {
  try {
    return await submitForPlace(app, id, () => app.ledger.gateway.publishGuardians(statement))
  } catch (error) {
    // Anything but the ledger's own refusal leaves in doubt whether it has the statement: the escrow stays.
    if (error instanceof LedgerError && !['TIMESTAMP_OUT_OF_TOLERANCE', 'STATEMENT_REPLAYED'].includes(error.code)) {
      await deleteEscrow(app.store.db, id)
    }
    throw error
  }
}

async function forget (app: FastifyInstance, id: string, error: unknown): Promise<never> {
  if (error instanceof GatewayError && error.code === 'GUARDIANS_CONFLICT') await deleteEscrow(app.store.db, id)
  throw error
}

/**
 * The issue as it stands on the ledger, undefined when it is not there yet. The patient's word of an earlier day must not bring
 * back shares that were replaced. @throws {GatewayError} GUARDIANS_CONFLICT
 */
async function findPresent (
  { ledger, proxy }: FastifyInstance,
  statementId: string,
  { patientId, issue }: Guardians
): Promise<StoredStatement | undefined> {
  const { guardians } = await ledger.gateway.getSafety(patientId)
  if (guardians === undefined || guardians.id === statementId) return guardians
  const { body } = judged(() => proxy.context.reader.readStored('Guardians', guardians))
  if (body.issue >= issue) throw new GatewayError('GUARDIANS_CONFLICT', `issue ${body.issue} of the guardians counts: follow it`)
  return undefined
}
