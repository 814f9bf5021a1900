import { judgeAs, openStatement } from '@epione/protocol/verify'
import type { ProvenStatement, Refusal } from '@epione/protocol/verify'
import type { SignedStatement, StatementBody, StatementType } from '@epione/protocol'
import { GatewayError } from '../errors.ts'
import type { GatewayErrorCode } from '../errors.ts'

/** A statement whose signatures hold and whose body fits its type; whether the signer may say it is not decided here. */
export type CheckedStatement<T extends StatementType> = ProvenStatement<T>

/** Verifies a statement that a caller sent. @throws {GatewayError} STATEMENT_INVALID, FEATURE_INACTIVE */
export function checkStatement<T extends StatementType> (type: T, statement: SignedStatement, networkId: Uint8Array): CheckedStatement<T> {
  const codeOf = ({ code }: Refusal): GatewayErrorCode => code === 'FEATURE_INACTIVE' ? code : 'STATEMENT_INVALID'
  return judgeAs((refusal) =>
    new GatewayError(codeOf(refusal), refusal.why, { cause: refusal }), () => openStatement(type, statement, networkId))
}

export type StatementOfPatient = { [T in StatementType]: StatementBody<T> extends { patientId: string } ? T : never }[StatementType]

/**
 * The same of a statement that must be about one patient. @throws {GatewayError} STATEMENT_INVALID, FEATURE_INACTIVE, REQUEST_INVALID for
 * another patient's
 */
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
