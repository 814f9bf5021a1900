import { CryptoError, verifyStatement } from '@epione/crypto'
import { checkStatementBody, SchemaMismatch } from '@epione/chaincode/model'
import type { SignedStatement, StatementBody, StatementType } from '@epione/chaincode/model'
import { GatewayError } from './errors.ts'

/** A statement whose signatures hold and whose body fits its type; whether the signer may say it is not decided here. */
export interface CheckedStatement<T extends StatementType> { id: string, body: StatementBody<T>, signers: readonly string[] }

/** Verifies a statement's signatures and shape. @throws {GatewayError} STATEMENT_INVALID */
export function checkStatement<T extends StatementType> (type: T, statement: SignedStatement, networkId: Uint8Array): CheckedStatement<T> {
  try {
    const verified = verifyStatement(statement, networkId)
    return { id: verified.id, body: checkStatementBody(type, verified.body), signers: verified.signers }
  } catch (error) {
    if (error instanceof CryptoError || error instanceof SchemaMismatch) throw new GatewayError('STATEMENT_INVALID', error.message, { cause: error })
    throw error
  }
}

type StatementOfPatient = { [T in StatementType]: StatementBody<T> extends { patientId: string } ? T : never }[StatementType]

/** The same of a statement that must be about one patient. @throws {GatewayError} STATEMENT_INVALID, REQUEST_INVALID for another patient's */
export function checkStatementOf<T extends StatementOfPatient> (patientId: string, type: T, statement: SignedStatement, networkId: Uint8Array): CheckedStatement<T> {
  const checked = checkStatement(type, statement, networkId)
  const { patientId: named } = checked.body as { patientId: string }
  if (named !== patientId) throw new GatewayError('REQUEST_INVALID', 'the statement is about another patient')
  return checked
}
