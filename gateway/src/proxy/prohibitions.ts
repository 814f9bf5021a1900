import { prohibitionFacts } from '@epione/protocol'
import type { ProhibitionFacts, StoredStatement } from '@epione/protocol'
import { findSignatory, mayEndProhibition } from '@epione/protocol/verify'
import type { ProvenStatement, Signatory, StatementReader, VerifiedDirectory } from '@epione/protocol/verify'
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'
import type { ActorEnds } from './actor-ends.ts'

type Known = ProvenStatement<'Prohibition'> & { time: number }

/**
 * Prohibitions as this gateway read them in blocks: what forbids counts at once, whoever signed it, as inventing it gains only a refusal.
 * What ends one counts once it is proven that the patient signed it, or of one that a representative made a representative, whatever the
 * peers show.
 */
export class Prohibitions {
  readonly #db: Kysely<Tables>
  readonly #reader: StatementReader
  readonly #ends: Pick<ActorEnds, 'isTooLate'>

  constructor (
    { db, reader, actorEnds }:
    { db: Kysely<Tables>, reader: StatementReader, actorEnds: Pick<ActorEnds, 'isTooLate'> }
  ) {
    this.#db = db
    this.#reader = reader
    this.#ends = actorEnds
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
    const ended = new Set<string | undefined>(
      (await Promise.all(known.map(async (end) => await this.#endedBy(end, known, directory)))).flat()
    )
    await this.#forget(known.filter(({ id, body }) =>
      ended.has(id) || (body.forbids === undefined && ended.has(body.ends))).map(({ id }) => id))
    return known.flatMap(({ id, body }) => ended.has(id) ? [] : prohibitionFacts(id, body) ?? [])
  }

  /** The prohibition that this one ends, where its signer may. */
  async #endedBy (end: Known, known: readonly Known[], directory: VerifiedDirectory): Promise<string[]> {
    const { ends } = end.body
    const by = ends === undefined ? undefined : findSignatory(directory, end.signers, end.time)
    if (ends === undefined || by === undefined || await this.#ends.isTooLate(directory.patientId, by, end.time)) return []
    return mayEndProhibition(by, signatoryOf(known.find(({ id }) => id === ends), directory)) ? [ends] : []
  }

  async #read (patientId: string): Promise<Known[]> {
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

function signatoryOf (known: Known | undefined, directory: VerifiedDirectory): Signatory | undefined {
  return known === undefined ? undefined : findSignatory(directory, known.signers, known.time)
}
