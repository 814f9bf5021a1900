import { LedgerError, ORDER_TOLERANCE_MS } from '@epione/protocol'
import { isInTime } from '@epione/protocol/verify'
import type { Signatory, VerifiedDelegate, VerifiedRepresentation } from '@epione/protocol/verify'
import type { Kysely } from 'kysely'
import type { InStead } from '../http/caller.ts'
import { unproven } from '../judge.ts'
import type { Tables } from '../store/tables.ts'

/** Who may do something in a patient's stead. */
export type Actor = VerifiedRepresentation | VerifiedDelegate

function actorEnded ({ id }: Actor, as: InStead['as']): LedgerError {
  return as === 'representative'
    ? new LedgerError('REPRESENTATION_ENDED', `representation ${id} is over or was ended: its key signs nothing any more`)
    : new LedgerError('DELEGATE_ENDED', `limited key ${id} is over or was ended: it signs nothing any more`)
}

/**
 * Ends of representations and limited keys as this gateway read them in blocks, so that no peer hides one: inventing one gains only a
 * refusal. They are for good.
 */
export class ActorEnds {
  readonly #db: Kysely<Tables>

  constructor ({ db }: { db: Kysely<Tables> }) {
    this.#db = db
  }

  /** In the transaction that moves the checkpoint past the end's block. */
  async remember (
    { patientId, statementId, endedAt }: { patientId: string, statementId: string, endedAt: number }, trx: Kysely<Tables>
  ): Promise<void> {
    await trx.insertInto('ended_actors')
      .values({ patient_id: patientId, statement_id: statementId, ended_at: endedAt })
      .onConflict((conflict) => conflict.columns(['patient_id', 'statement_id']).doNothing()).execute()
  }

  /** When (ms, by the ledger) what a statement of this patient's named ended; an end under another patient id is none of it. */
  async find (patientId: string, statementId: string): Promise<number | undefined> {
    const row = await this.#db.selectFrom('ended_actors').select('ended_at')
      .where('patient_id', '=', patientId).where('statement_id', '=', statementId).executeTakeFirst()
    return row?.ended_at
  }

  /**
   * That it acts at `now` (ms): neither over, nor ended as its proof shows or a block has shown.
   * @throws {LedgerError} REPRESENTATION_ENDED, DELEGATE_ENDED, as the ledger will say of what it signs
   */
  async requireInForce (patientId: string, actor: Actor, as: InStead['as'], now: number): Promise<void> {
    const isOver = actor.endedAt !== undefined || !isInTime(actor, now) || await this.find(patientId, actor.id) !== undefined
    if (isOver) throw actorEnded(actor, as)
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
