import { SecretKey, signStatement, statementId, toHex } from '@epione/crypto'
import type { RandomSource, SignedStatement } from '@epione/crypto'
import type { StatementType, StoredStatement } from '@epione/protocol'
import { seeded } from '../unit/crypto/support.ts'

export const MINUTE = 60_000
/** When what generators write is signed, where nothing else is said, ms. */
export const START = 1_790_000_000_000

export const hex = (secret: SecretKey): string => secret.publicKey().toHex()

/** What a generator makes statements of: everything random follows from `seed`, so that it writes the same each time. */
export interface SeededStatements {
  rng: RandomSource
  networkId: Uint8Array
  hash: () => string
  key: () => SecretKey
  /** Signed at `issuedAt`, for `lifeMs` where it has an end. */
  sign: (type: StatementType, members: object, keys: readonly SecretKey[], issuedAt?: number) => SignedStatement
  /** As the ledger has it. */
  stored: (statement: SignedStatement, time?: number, submittedBy?: string) => StoredStatement
}

export function seededStatements (
  seed: string, { lifeMs, unbounded = [] }: { lifeMs: number, unbounded?: readonly StatementType[] }
): SeededStatements {
  const rng = seeded(seed)
  const networkId = rng(32)
  const hash = (): string => toHex(rng(32))
  return {
    rng,
    networkId,
    hash,
    key: () => SecretKey.random(rng),
    sign: (type, members, keys, issuedAt = START) => {
      const bounds = unbounded.includes(type) ? { issuedAt } : { issuedAt, submitBefore: issuedAt + lifeMs }
      return signStatement({ type, networkId, body: { type, nonce: toHex(rng(16)), ...bounds, ...members }, keys: [...keys] })
    },
    stored: (statement, time = START, submittedBy = 'CoreMSP') =>
      ({ id: statementId(statement.body), statement, txId: hash(), time, submittedBy })
  }
}
