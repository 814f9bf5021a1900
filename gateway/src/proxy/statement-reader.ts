import { createHash } from 'node:crypto'
import type { SignedStatement, StatementType, StoredStatement } from '@epione/chaincode/model'
import { GatewayError } from '../errors.ts'
import { checkStatement } from '../statements.ts'
import type { CheckedStatement as VerifiedStatement } from '../statements.ts'

export type { VerifiedStatement }

/** Verified statements kept per reader: about 2 KiB each, so some 10 MiB. */
const CACHE_ENTRIES = 4096

/**
 * Verifies statements against one network and remembers which exact bytes it has verified, because one ECDSA
 * verification costs about a millisecond and the same directories, bindings and consents come again and again.
 */
export class StatementReader {
  /** The network whose statements it reads. */
  readonly networkId: Uint8Array
  readonly #verified = new Map<string, VerifiedStatement<StatementType>>()

  constructor (networkId: Uint8Array) {
    this.networkId = networkId
  }

  /**
   * A statement of `type`, signatures and schema checked; whose keys signed is for the caller to judge.
   * @throws {GatewayError} STATEMENT_UNPROVEN
   */
  read<T extends StatementType> (type: T, statement: SignedStatement): VerifiedStatement<T> {
    const key = cacheKey(type, statement)
    const known = this.#verified.get(key)
    if (known !== undefined) return known
    const verified = verify(type, statement, this.networkId)
    if (this.#verified.size >= CACHE_ENTRIES) this.#forgetOldest()
    this.#verified.set(key, verified)
    return verified
  }

  /** The same of a statement that the ledger holds under an id. @throws {GatewayError} STATEMENT_UNPROVEN */
  readStored<T extends StatementType> (type: T, stored: StoredStatement): VerifiedStatement<T> {
    const verified = this.read(type, stored.statement)
    if (verified.id !== stored.id) throw unproven(`the ${type} kept as ${stored.id} has the id ${verified.id}`)
    return verified
  }

  #forgetOldest (): void {
    const oldest = this.#verified.keys().next()
    if (oldest.done !== true) this.#verified.delete(oldest.value)
  }
}

/** The refusal of everything that only somebody's word supports. */
export function unproven (detail: string, cause?: unknown): GatewayError {
  return new GatewayError('STATEMENT_UNPROVEN', detail, { cause })
}

function cacheKey (type: StatementType, statement: SignedStatement): string {
  const { body, signatures } = statement
  return createHash('sha256').update(JSON.stringify([type, body, signatures.map((s) => [s.key, s.signature])])).digest('hex')
}

function verify<T extends StatementType> (type: T, statement: SignedStatement, networkId: Uint8Array): VerifiedStatement<T> {
  try {
    return checkStatement(type, statement, networkId)
  } catch (error) {
    if (error instanceof GatewayError) throw unproven(`the ${type} does not verify: ${error.message}`, error)
    throw error
  }
}
