import type { Freeze, Unfreeze } from '@epione/protocol'
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

/**
 * Freezes as this gateway read them in blocks, so that no peer hides one: inventing one gains only a refusal. What ends one counts when a
 * block carries it; whose word it is the guardians of that time decide, whom a proxy does not know.
 */
export class Freezes {
  readonly #db: Kysely<Tables>

  constructor ({ db }: { db: Kysely<Tables> }) {
    this.#db = db
  }

  /** In the transaction that moves the checkpoint past the block. Guardians' freeze takes the place of the patient's. */
  async remember ({ patientId }: Pick<Freeze, 'patientId'>, freezeId: string, trx: Kysely<Tables>): Promise<void> {
    await trx.deleteFrom('frozen_patients').where('patient_id', '=', patientId).execute()
    await trx.insertInto('frozen_patients').values({ patient_id: patientId, freeze_id: freezeId }).execute()
  }

  async forget ({ patientId, freezeId }: Pick<Unfreeze, 'patientId' | 'freezeId'>, trx: Kysely<Tables>): Promise<void> {
    await trx.deleteFrom('frozen_patients').where('patient_id', '=', patientId).where('freeze_id', '=', freezeId).execute()
  }

  async isFrozen (patientId: string): Promise<boolean> {
    return await this.#db.selectFrom('frozen_patients').select('freeze_id').where('patient_id', '=', patientId).executeTakeFirst() !== undefined
  }
}
