import type { Database } from './database.ts'

/** A batch that was signed by the own witness. */
export interface Vote { number: number, firstBlock: number, lastBlock: number, root: string, witness: string, signature: string }

interface VoteRow { number: number, first_block: number, last_block: number, root: string, witness: string, signature: string }

/** What the own witness signed, and which batches were published and recorded. */
export class BatchStore {
  readonly #sql: Database['sql']

  constructor ({ sql }: Database) {
    this.#sql = sql
  }

  /** Written before a signature leaves the process: a witness stands by what it signed, whatever happens. */
  addVote ({ number, firstBlock, lastBlock, root, witness, signature }: Vote): void {
    this.#sql.prepare(
      'insert or ignore into votes (number, first_block, last_block, root, witness, signature) values (?, ?, ?, ?, ?, ?)'
    ).run(number, firstBlock, lastBlock, root, witness, signature)
  }

  /** The own signatures for a batch, the shortest batch first. */
  votes (number: number): Vote[] {
    const rows = this.#sql.prepare('select * from votes where number = ? order by last_block').all(number) as unknown as VoteRow[]
    return rows.map((
      { first_block: firstBlock, last_block: lastBlock, number: n, root, witness, signature }
    ) => ({ number: n, firstBlock, lastBlock, root, witness, signature }))
  }

  /** Number of the newest batch up to which everything is final, published and recorded. */
  settled (): number {
    const row = this.#sql.prepare('select value from facts where name = ?').get('settled') as { value: string } | undefined
    return Number(row?.value ?? 0)
  }

  /**
   * Takes note of the chain that is anchored on, by anything that tells it from all others; of another one than before, nothing
   * is settled, and no transaction was sent. Signatures stay: a witness stands by them. Says whether the chain was replaced.
   */
  followChain (chain: string): boolean {
    const known = this.#sql.prepare('select value from facts where name = ?').get('chain') as { value: string } | undefined
    if (known?.value === chain) return false
    if (known !== undefined) this.#sql.exec('delete from facts where name = \'settled\'; delete from transactions')
    this.#sql.prepare(
      'insert into facts (name, value) values (?, ?) on conflict (name) do update set value = excluded.value'
    ).run('chain', chain)
    return known !== undefined
  }

  settle (number: number): void {
    this.#sql.prepare('insert into facts (name, value) values (?, ?) on conflict (name) do update set value = excluded.value').run(
      'settled',
      String(number)
    )
  }
}
