import { judgeAs, openStatement } from '@epione/protocol/verify'
import type { ProvenStatement } from '@epione/protocol/verify'
import type { SignedStatement, StatementBody, StatementType } from '@epione/protocol'
import { GatewayError } from '../errors.ts'

/** A statement whose signatures hold and whose body fits its type; whether the signer may say it is not decided here. */
export type CheckedStatement<T extends StatementType> = ProvenStatement<T>

/** Verifies a statement that a caller sent. @throws {GatewayError} STATEMENT_INVALID */
export function checkStatement<T extends StatementType> (type: T, statement: SignedStatement, networkId: Uint8Array): CheckedStatement<T> {
  return judgeAs(
    (refusal) => new GatewayError('STATEMENT_INVALID', refusal.why, { cause: refusal }), () => openStatement(type, statement, networkId)
  )
}

export type StatementOfPatient = { [T in StatementType]: StatementBody<T> extends { patientId: string } ? T : never }[StatementType]

/** The same of a statement about one patient. @throws {GatewayError} STATEMENT_INVALID, REQUEST_INVALID for another patient's */
export function checkStatementOf<T extends StatementOfPatient> (
  patientId: string,
  type: T,
  statement: SignedStatement,
  networkId: Uint8Array
): CheckedStatement<T> {
  const checked = checkStatement(type, statement, networkId)
  const { patientId: named } = checked.body as { patientId: string }
  if (named !== patientId) throw new GatewayError('REQUEST_INVALID', 'the statement is about another patient')
  return checked
}
