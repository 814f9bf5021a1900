import { ORDER_TOLERANCE_MS } from '@epione/protocol'
import type { RepresentationEndEntry } from '@epione/protocol'
import { isRepresented } from '@epione/protocol/verify'
import type { Signatory, VerifiedRepresentation } from '@epione/protocol/verify'
import type { Kysely } from 'kysely'
import { unproven } from '../judge.ts'
import type { Tables } from '../store/tables.ts'

/**
 * Ends of representations as this gateway read them in blocks, so that no peer hides one: inventing one gains only a refusal. They are for
 * good.
 */
export class RepresentationEnds {
  readonly #db: Kysely<Tables>

  constructor ({ db }: { db: Kysely<Tables> }) {
    this.#db = db
  }

  /** In the transaction that moves the checkpoint past the end's block. */
  async remember ({ patientId, representationId, end }: RepresentationEndEntry, trx: Kysely<Tables>): Promise<void> {
    const endedAt = 'inPerson' in end ? end.inPerson.time : end.statement.time
    await trx.insertInto('ended_representations')
      .values({ patient_id: patientId, representation_id: representationId, ended_at: endedAt })
      .onConflict((conflict) => conflict.columns(['patient_id', 'representation_id']).doNothing()).execute()
  }

  /** When (ms, by the ledger) a representation of this patient ended; an end under another patient id is none of it. */
  async find (patientId: string, representationId: string): Promise<number | undefined> {
    const row = await this.#db.selectFrom('ended_representations').select('ended_at')
      .where('patient_id', '=', patientId).where('representation_id', '=', representationId).executeTakeFirst()
    return row?.ended_at
  }

  /** Whether it acts no more at `now` (ms): over, or ended as its proof shows or a block has shown. */
  async isOver (patientId: string, representation: VerifiedRepresentation, now: number): Promise<boolean> {
    if (representation.endedAt !== undefined || !isRepresented(representation, now)) return true
    return await this.find(patientId, representation.id) !== undefined
  }

  /** Whether what the ledger took at `time` (ms) came too late for whom it is proven to be signed by. */
  async isTooLate (patientId: string, signedBy: Signatory, time: number): Promise<boolean> {
    if (signedBy.kind === 'patient') return false
    const endedAt = await this.find(patientId, signedBy.representation.id)
    return endedAt !== undefined && time > endedAt + ORDER_TOLERANCE_MS
  }

  /** Refuses what only a peer that hides the end supports. @throws {GatewayError} STATEMENT_UNPROVEN */
  async requireInTime (patientId: string, signedBy: Signatory, time: number): Promise<void> {
    if (!await this.isTooLate(patientId, signedBy, time)) return
    throw unproven('representation.end-hidden', 'a representative signed it whose representation had ended by then')
  }
}
