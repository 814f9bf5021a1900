import { fromHex } from '@epione/crypto'
import { LEDGER_KEYS, LedgerError, missingSwitches, SignedStatement, STATEMENT_LIFE_MS, TIMESTAMP_TOLERANCE_MS } from '@epione/protocol'
import { areSigners, openStatement, Refusal } from '@epione/protocol/verify'
import { parseArgument } from './arguments.ts'
import type { StatementBody, StatementReceipt, StatementType, StoredStatement } from '@epione/protocol'
import type { ProvenStatement } from '@epione/protocol/verify'
import type { LedgerContext } from './context.ts'

/** A statement whose signatures, schema, times and novelty were checked; whether its signers may say it was not. */
export interface AcceptedStatement<T extends StatementType> {
  id: string
  type: T
  body: StatementBody<T>
  /** Keys that signed it, hex. */
  signers: readonly string[]
  stored: StoredStatement
}

/** What stands under a statement's id, which its key says. */
type StoredReceipt = Omit<StatementReceipt, 'id'>

/** Accepts a statement of `type` by the rules of PROTOCOL §4. Each signature is verified once. */
export async function acceptStatement<T extends StatementType> (ctx: LedgerContext, type: T, json: string): Promise<AcceptedStatement<T>> {
  const statement = parseArgument(SignedStatement, json, 'a signed statement', 'STATEMENT_INVALID')
  const network = await ctx.network()
  const verified = open(type, statement, network.networkId)
  const { body } = verified
  const [missing] = missingSwitches(network, type, body)
  if (missing !== undefined) {
    throw new LedgerError('FEATURE_INACTIVE', `The network document in force does not name ${missing}: leave it out, or have it named first.`)
  }
  checkTimes(body, ctx.time)
  const stored = await takeNew(ctx, verified.id, statement)
  return { id: verified.id, type, body, signers: verified.signers, stored }
}

/** A statement as it is stored. @throws {LedgerError} STATEMENT_REPLAYED where its receipt is there already */
export async function takeNew (ctx: LedgerContext, id: string, statement: SignedStatement): Promise<StoredStatement> {
  const earlier = await findReceipt(ctx, id)
  if (earlier !== undefined) {
    throw new LedgerError('STATEMENT_REPLAYED', `Statement ${id} was accepted before, in transaction ${earlier.txId}.`)
  }
  return { id, statement, txId: ctx.txId, time: ctx.time, submittedBy: ctx.creator.mspId }
}

/** The receipt of a statement that was accepted; its id is its key and is not kept twice. */
export async function findReceipt (ctx: LedgerContext, id: string): Promise<StatementReceipt | undefined> {
  const receipt = await ctx.state.get<StoredReceipt>(LEDGER_KEYS.statement(id))
  return receipt === undefined ? undefined : { id, ...receipt }
}

/** Writes the receipt by which a second submission of the statement is refused. `reference` is what it led to. */
export async function storeReceipt (
  ctx: LedgerContext,
  { id, type, stored }: { id: string, type: string, stored: StoredStatement },
  reference?: string
): Promise<void> {
  const receipt: StoredReceipt = {
    type,
    txId: stored.txId,
    time: stored.time,
    submittedBy: stored.submittedBy,
    ...(reference !== undefined && { reference })
  }
  await ctx.state.put(LEDGER_KEYS.statement(id), receipt)
}

/** Refuses a statement that is not signed by exactly these keys. */
export function requireSigners ({ type, signers }: AcceptedStatement<StatementType>, keys: readonly string[], who: string): void {
  if (areSigners(signers, keys)) return
  throw new LedgerError('SIGNATURE_INVALID', `Sign this ${type} with ${who}, and with no other key.`)
}

function open<T extends StatementType> (type: T, statement: SignedStatement, networkId: string): ProvenStatement<T> {
  try {
    return openStatement(type, statement, fromHex(networkId))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.code === 'SIGNATURE_INVALID') {
      throw new LedgerError(
        'SIGNATURE_INVALID',
        'Sign the canonical bytes for this network; a signature does not verify.',
        { cause: error }
      )
    }
    throw new LedgerError(
      'STATEMENT_INVALID',
      `Send the canonical ${type} exactly as signed, and make it fit its schema (${error.why}).`,
      { cause: error }
    )
  }
}

/** The times that a statement says of itself, by the transaction's. */
export function checkTimes (body: { issuedAt: number, submitBefore?: number }, time: number): void {
  const { issuedAt, submitBefore } = body
  if (issuedAt > time + TIMESTAMP_TOLERANCE_MS) {
    throw new LedgerError(
      'STATEMENT_NOT_YET_VALID',
      `The statement is issued ${String(issuedAt - time)} ms after the transaction; set the signer's clock.`
    )
  }
  if (submitBefore === undefined) return
  if (submitBefore < issuedAt || submitBefore - issuedAt > STATEMENT_LIFE_MS) {
    throw new LedgerError('STATEMENT_INVALID', 'Choose submitBefore at most 24 h after issuedAt.')
  }
  if (time > submitBefore) {
    throw new LedgerError('STATEMENT_EXPIRED', `The statement could be submitted until ${String(submitBefore)}; sign a new one.`)
  }
}
