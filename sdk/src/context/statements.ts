import { STATEMENT_LIFE_MS, STATEMENT_SCHEMAS, checkStatementBody } from '@epione/protocol'
import type { StatementBody, StatementType } from '@epione/protocol'
import { ActingKeys, canonicalize, cosignStatement, LimitedKeys, randomBytes, signStatement, statementId, toHex } from '@epione/crypto'
import type { SecretKey, SignedStatement } from '@epione/crypto'
import { currentTime } from './context.ts'
import { ClientError } from '../errors.ts'
import type { ClientContext } from './context.ts'

/** A statement can be submitted this long (ms) after it was signed. */
export const SUBMIT_WITHIN_MS = 15 * 60 * 1000

type Signed = 'type' | 'nonce' | 'issuedAt' | 'submitBefore'
/** The members of a statement that its maker chooses. */
export type StatementFields<T extends StatementType> = Omit<StatementBody<T>, Signed>

export interface MadeStatement<T extends StatementType> { id: string, body: StatementBody<T>, statement: SignedStatement }

/** Fills in nonce and times, checks the schema, signs with each key. @throws {ClientError} NOT_FOR_REPRESENTATIVES, NOT_FOR_DELEGATES */
export function makeStatement<T extends StatementType> (
  context: ClientContext,
  type: T,
  fields: StatementFields<T>,
  keys: readonly [SecretKey, ...SecretKey[]]
): MadeStatement<T> {
  requireMaySay(context, type)
  const body = fillIn(context, type, fields, SUBMIT_WITHIN_MS)
  const [first, ...others] = keys
  const signed = signStatement({ type, networkId: context.networkId, body, keys: [first] })
  const statement = others.reduce((statement, key) => cosignStatement(statement, context.networkId, key), signed)
  return { id: statementId(statement.body), body, statement }
}

/** The canonical text of a statement that several people are to sign, each in their own time, within the longest life a statement has. */
export function draftStatement<T extends StatementType> (
  context: ClientContext,
  type: T,
  fields: StatementFields<T>
): { id: string, text: string } {
  const text = canonicalize(fillIn(context, type, fields, STATEMENT_LIFE_MS))
  return { id: statementId(text), text }
}

/** What a representative signs for a patient; everybody else takes nothing else of their key. */
const OF_REPRESENTATIVES: readonly StatementType[] = ['Consent', 'Revocation', 'Prohibition', 'Freeze', 'RepresentationEnd', 'Session']

/** What a limited key signs. */
const OF_DELEGATES: readonly StatementType[] = ['Revocation', 'Freeze', 'Delegate', 'Session']

/** Search keys are not handed to representatives. @throws {ClientError} NOT_FOR_REPRESENTATIVES */
export function requireMaySearch ({ keys }: { keys: unknown }): void {
  if (!(keys instanceof ActingKeys)) return
  throw new ClientError('NOT_FOR_REPRESENTATIVES', 'Search keys stay with the patient: a representative reads the list of records.')
}

/** @throws {ClientError} NOT_FOR_REPRESENTATIVES, NOT_FOR_DELEGATES */
export function requireMaySay (context: ClientContext & { keys?: unknown }, type: StatementType): void {
  if (context.keys instanceof LimitedKeys && !OF_DELEGATES.includes(type)) {
    throw new ClientError('NOT_FOR_DELEGATES', `A ${type} is the patient's own to sign: no limited key does it.`)
  }
  if (!(context.keys instanceof ActingKeys) || OF_REPRESENTATIVES.includes(type)) return
  throw new ClientError('NOT_FOR_REPRESENTATIVES', `A ${type} is the patient's own to sign: no representative does it.`)
}

function fillIn<T extends StatementType> (context: ClientContext, type: T, fields: StatementFields<T>, lifeMs: number): StatementBody<T> {
  const issuedAt = currentTime(context)
  const isBounded = 'submitBefore' in STATEMENT_SCHEMAS[type].properties
  const body = { type, nonce: toHex(randomBytes(16)), issuedAt, ...(isBounded ? { submitBefore: issuedAt + lifeMs } : {}), ...fields }
  return checkStatementBody(type, body)
}
