import { STATEMENT_LIFE_MS, STATEMENT_SCHEMAS, SchemaMismatch, checkStatementBody } from '@epione/chaincode/model'
import type { StatementBody, StatementType, StoredStatement } from '@epione/chaincode/model'
import { CryptoError, canonicalize, cosignStatement, randomBytes, signStatement, statementId, toHex, verifyStatement } from '@epione/crypto'
import type { SecretKey, SignedStatement } from '@epione/crypto'
import { currentTime } from './context.ts'
import type { ClientContext } from './context.ts'
import { ClientError, messageOf } from './errors.ts'
import type { ClientErrorCode, Party } from './errors.ts'

/** A statement can be submitted this long (ms) after it was signed. */
const SUBMIT_WITHIN_MS = 15 * 60 * 1000

type Signed = 'type' | 'nonce' | 'issuedAt' | 'submitBefore'
/** The members of a statement that its maker chooses. */
export type StatementFields<T extends StatementType> = Omit<StatementBody<T>, Signed>

export interface MadeStatement<T extends StatementType> { id: string, body: StatementBody<T>, statement: SignedStatement }
export interface OpenedStatement<T extends StatementType> { id: string, body: StatementBody<T>, /** Hex keys whose signatures were verified. */ signers: readonly string[] }

/** Fills in nonce and times, checks the schema, and signs with each key. */
export function makeStatement<T extends StatementType> (context: ClientContext, type: T, fields: StatementFields<T>, keys: readonly [SecretKey, ...SecretKey[]]): MadeStatement<T> {
  const body = fillIn(context, type, fields, SUBMIT_WITHIN_MS)
  const [first, ...others] = keys
  const signed = signStatement({ type, networkId: context.networkId, body, keys: [first] })
  const statement = others.reduce((statement, key) => cosignStatement(statement, context.networkId, key), signed)
  return { id: statementId(statement.body), body, statement }
}

/** The canonical text of a statement that several people are to sign, each in their own time, within the longest life a statement has. */
export function draftStatement<T extends StatementType> (context: ClientContext, type: T, fields: StatementFields<T>): { id: string, text: string } {
  const text = canonicalize(fillIn(context, type, fields, STATEMENT_LIFE_MS))
  return { id: statementId(text), text }
}

function fillIn<T extends StatementType> (context: ClientContext, type: T, fields: StatementFields<T>, lifeMs: number): StatementBody<T> {
  const issuedAt = currentTime(context)
  const isBounded = 'submitBefore' in STATEMENT_SCHEMAS[type].properties
  return checkStatementBody(type, { type, nonce: toHex(randomBytes(16)), issuedAt, ...(isBounded ? { submitBefore: issuedAt + lifeMs } : {}), ...fields })
}

/** What to say when a statement from outside is not what it should be. */
export interface Blame { code: ClientErrorCode, what: string, party: Party }

/** Verifies every signature and the schema of a statement from outside. @throws {ClientError} with the code of `blame` */
export function openStatement<T extends StatementType> (type: T, statement: SignedStatement, networkId: Uint8Array, blame: Blame): OpenedStatement<T> {
  try {
    const { id, body, signers } = verifyStatement(statement, networkId)
    return { id, body: checkStatementBody(type, body), signers }
  } catch (error) {
    if (error instanceof CryptoError || error instanceof SchemaMismatch) refuse(blame, messageOf(error), error)
    throw error
  }
}

/** As `openStatement`, for one kept by the ledger: its id must be that of its bytes. */
export function openStored<T extends StatementType> (type: T, stored: StoredStatement, networkId: Uint8Array, blame: Blame): OpenedStatement<T> {
  const opened = openStatement(type, stored.statement, networkId, blame)
  if (opened.id !== stored.id) refuse(blame, 'its id is not that of its bytes')
  return opened
}

export function refuse (blame: Blame, why: string, cause?: unknown): never {
  throw new ClientError(blame.code, `${blame.what} is refused: ${why}.`, { party: blame.party }, { cause })
}
