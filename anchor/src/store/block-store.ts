import { merkleRoot, toHex } from '@epione/crypto'
import type { Database } from './database.ts'

/** A block of the own peer, reduced to what anchoring needs. `counts` is false when it holds nothing but records of anchors. */
export interface SeenBlock { number: number, headerHash: Uint8Array, leaf: Uint8Array, counts: boolean, seenAt: number }

/** Leaf hashes of every block of the own peer, from block 0 on without a gap. */
export class BlockStore {
  readonly #sql: Database['sql']

  constructor ({ sql }: Database) {
    this.#sql = sql
  }

  add ({ number, headerHash, leaf, counts, seenAt }: SeenBlock): void {
    this.#sql.prepare('insert into blocks (number, header_hash, leaf, counts, seen_at) values (?, ?, ?, ?, ?)').run(
      number,
      headerHash,
      leaf,
      Number(counts),
      seenAt
    )
  }

  /** The newest block. */
  last (): { number: number, headerHash: Uint8Array, seenAt: number } | undefined {
    const row = this.#sql.prepare('select number, header_hash, seen_at from blocks order by number desc limit 1').get() as {
      number: number
      header_hash: Uint8Array
      seen_at: number
    } | undefined
    return row === undefined ? undefined : { number: row.number, headerHash: row.header_hash, seenAt: row.seen_at }
  }

  /** Number of blocks, which is that of the next one. */
  height (): number {
    return (this.last()?.number ?? -1) + 1
  }

  /** When (ms) the oldest block from `first` on was seen, and the oldest that counts. */
  since (first: number): { oldest?: number, counting?: number } {
    const row = this.#sql.prepare(
      'select min(seen_at) as oldest, min(case when counts = 1 then seen_at end) as counting from blocks where number >= ?'
    ).get(first) as { oldest: number | null, counting: number | null }
    return { ...(row.oldest === null ? {} : { oldest: row.oldest }), ...(row.counting === null ? {} : { counting: row.counting }) }
  }

  /** Leaf hashes of blocks `first` to `last`; undefined while one of them is not here. */
  leaves (first: number, last: number): Uint8Array[] | undefined {
    const rows = this.#sql.prepare(
      'select leaf from blocks where number between ? and ? order by number'
    ).all(first, last) as unknown as { leaf: Uint8Array }[]
    return rows.length === last - first + 1 ? rows.map(({ leaf }) => leaf) : undefined
  }

  /** Root over these blocks, hex. */
  root (first: number, last: number): string | undefined {
    const leaves = this.leaves(first, last)
    return leaves === undefined ? undefined : toHex(merkleRoot(leaves))
  }
}
