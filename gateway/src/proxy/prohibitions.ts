import { prohibitionFacts } from '@epione/protocol'
import type { ProhibitionFacts, StoredStatement } from '@epione/protocol'
import { patientSigner } from '@epione/protocol/verify'
import type { ProvenStatement, StatementReader, VerifiedDirectory } from '@epione/protocol/verify'
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

/**
 * Prohibitions as this gateway read them in blocks: what forbids counts at once, whoever signed it, as inventing it gains only a refusal.
 * What ends one counts once it is proven that the patient signed it, whatever the peers show.
 */
export class Prohibitions {
  readonly #db: Kysely<Tables>
  readonly #reader: StatementReader

  constructor ({ db, reader }: { db: Kysely<Tables>, reader: StatementReader }) {
    this.#db = db
    this.#reader = reader
  }

  /** In the transaction that moves the checkpoint past the statement's block. */
  async remember (stored: StoredStatement, patientId: string, trx: Kysely<Tables>): Promise<void> {
    await trx.insertInto('prohibitions')
      .values({ statement_id: stored.id, patient_id: patientId, statement: JSON.stringify(stored) })
      .onConflict((conflict) => conflict.column('statement_id').doNothing()).execute()
  }

  /** Those of a patient that nothing has ended, as far as this gateway knows. The others are forgotten, with what ended them. */
  async list (directory: VerifiedDirectory): Promise<ProhibitionFacts[]> {
    const known = await this.#read(directory.patientId)
    const ends = known.filter(({ body, signers, time }) =>
      body.ends !== undefined && patientSigner(directory, signers, time) !== undefined)
    const ended = new Set(ends.map(({ body }) => body.ends))
    await this.#forget(known.filter(({ id, body }) =>
      ended.has(id) || (body.forbids === undefined && ended.has(body.ends))).map(({ id }) => id))
    return known.flatMap(({ id, body }) => ended.has(id) ? [] : prohibitionFacts(id, body) ?? [])
  }

  async #read (patientId: string): Promise<Array<ProvenStatement<'Prohibition'> & { time: number }>> {
    const rows = await this.#db.selectFrom('prohibitions').select('statement').where('patient_id', '=', patientId).execute()
    return rows.map(({ statement }) => {
      const stored = JSON.parse(statement) as StoredStatement
      return { ...this.#reader.readStored('Prohibition', stored), time: stored.time }
    })
  }

  async #forget (ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.#db.deleteFrom('prohibitions').where('statement_id', 'in', ids).execute()
  }
}
