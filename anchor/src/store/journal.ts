import type { Hex } from 'viem'
import type { Fees } from '../chain/fees.ts'
import type { Database } from './database.ts'

/** A signed transaction, written down before it was sent: these very bytes may be sent again. */
export interface JournalEntry extends Fees { hash: Hex, nonce: number, batch: number, raw: Hex, createdAt: number }

interface Row { hash: string, nonce: number, batch: number, raw: string, max_fee: string, max_priority_fee: string, created_at: number }

/** Every transaction that the service's account has signed. */
export class Journal {
  readonly #sql: Database['sql']

  constructor ({ sql }: Database) {
    this.#sql = sql
  }

  add ({ hash, nonce, batch, raw, maxFeePerGas, maxPriorityFeePerGas, createdAt }: JournalEntry): void {
    this.#sql.prepare(
      'insert or ignore into transactions (hash, nonce, batch, raw, max_fee, max_priority_fee, created_at) values (?, ?, ?, ?, ?, ?, ?)'
    )
      .run(hash, nonce, batch, raw, String(maxFeePerGas), String(maxPriorityFeePerGas), createdAt)
  }

  /** Transactions with this nonce, the dearest first. */
  ofNonce (nonce: number): JournalEntry[] {
    const rows = this.#sql.prepare('select * from transactions where nonce = ? order by rowid desc').all(nonce) as unknown as Row[]
    return rows.map((row) => ({
      hash: row.hash as Hex,
      nonce: row.nonce,
      batch: row.batch,
      raw: row.raw as Hex,
      maxFeePerGas: BigInt(row.max_fee),
      maxPriorityFeePerGas: BigInt(row.max_priority_fee),
      createdAt: row.created_at
    }))
  }

  /** Mined transactions whose cost is not known yet: those below the account's count. */
  unpriced (count: number): Hex[] {
    return (this.#sql.prepare(
      'select hash from transactions where cost is null and nonce < ?'
    ).all(count) as unknown as { hash: Hex }[]).map(({ hash }) =>
      hash)
  }

  /** Notes what a transaction cost, in wei; 0 for one that another of its nonce replaced. */
  price (hash: Hex, cost: bigint): void {
    this.#sql.prepare('update transactions set cost = ? where hash = ?').run(String(cost), hash)
  }

  /** What all transactions cost so far, in wei. */
  totalCost (): bigint {
    const rows = this.#sql.prepare('select cost from transactions where cost is not null').all() as unknown as { cost: string }[]
    return rows.reduce((sum, { cost }) => sum + BigInt(cost), 0n)
  }
}
