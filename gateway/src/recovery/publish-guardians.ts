import { LedgerError } from '@epione/chaincode/client'
import type { SignedStatement } from '@epione/chaincode/model'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import { verifyDirectory } from '../proxy/verify-directory.ts'
import type { CheckedStatement } from '../statements.ts'
import { submitAnywhere } from '../submit-once.ts'
import { deleteEscrow, deleteFormerEscrows, requireEscrow, storeEscrow } from './escrow.ts'
import type { Escrow } from './escrow.ts'

export interface PublishedGuardians { patientId: string, issue: number, statementId: string, txId: string, blockNumber: number }

/**
 * Takes an issue's escrow and brings its statement to the ledger, in this order, so that no guardian is named whose share
 * nobody has. A statement that another hospital brought there is done; this one only stores.
 * @throws {GatewayError} STATEMENT_INVALID when the patient did not sign it; ESCROW_MISMATCH; GUARDIANS_CONFLICT for an issue that was replaced
 */
export async function publishGuardians (app: FastifyInstance, statement: SignedStatement, { id, body, signers }: CheckedStatement<'Guardians'>, escrow: Escrow): Promise<PublishedGuardians> {
  const { ledger: { gateway: ledger }, store: { db }, ports: { clock }, proxy: { context: { reader } } } = app
  const { patientId, issue } = body
  const directory = verifyDirectory(await ledger.getDirectory(patientId), patientId, reader)
  if (!signers.includes(directory.identityKey)) throw new GatewayError('STATEMENT_INVALID', 'the statement is not signed with the patient\'s identity key')
  requireEscrow(body, escrow)
  await refuseReplaced(app, id, patientId, issue)
  await storeEscrow(db, id, body, escrow, clock())
  const submitted = await submitAnywhere<unknown>(app, id, () => ledger.publishGuardians(statement), () => Promise.resolve()).catch(async (error: unknown) => {
    // Anything but the ledger's own refusal leaves in doubt whether it has the statement: the escrow stays.
    if (error instanceof LedgerError && !['TIMESTAMP_OUT_OF_TOLERANCE', 'STATEMENT_REPLAYED'].includes(error.code)) await deleteEscrow(db, id)
    throw error
  })
  await deleteFormerEscrows(db, body, id)
  return { patientId, issue, statementId: id, txId: submitted.txId, blockNumber: submitted.blockNumber }
}

/** The patient's word of an earlier day must not bring back shares that were replaced. */
async function refuseReplaced ({ ledger, proxy }: FastifyInstance, statementId: string, patientId: string, issue: number): Promise<void> {
  const { guardians } = await ledger.gateway.getSafety(patientId)
  if (guardians === undefined || guardians.id === statementId) return
  const { body } = proxy.context.reader.readStored('Guardians', guardians)
  if (body.issue >= issue) throw new GatewayError('GUARDIANS_CONFLICT', `issue ${body.issue} of the guardians counts: follow it`)
}
