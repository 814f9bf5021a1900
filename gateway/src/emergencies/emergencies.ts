import type { Kysely } from 'kysely'
import type { PolicyDocument } from '@epione/protocol'
import { GatewayError } from '../errors.ts'
import type { Tables } from '../store/tables.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** Boxes as this gateway has itself read them in blocks, whatever its peer's state shows. */
export class Emergencies {
  readonly #db: Kysely<Tables>

  constructor ({ db }: { db: Kysely<Tables> }) {
    this.#db = db
  }

  async isClosed (eventId: string): Promise<boolean> {
    const found = await this.#db.selectFrom('emergencies').select('closed_at').where('event_id', '=', eventId).executeTakeFirst()
    return found !== undefined && found.closed_at !== null
  }

  /**
   * Refuses a box above the numbers that its organisation and its person may open in 24 hours, counting those before it and itself.
   * @throws {GatewayError} EMERGENCY_LIMIT
   */
  async requireWithinLimit (eventId: string, { openingsPerDay, openingsPerPerson }: Limits): Promise<void> {
    const own = await this.#db.selectFrom('emergencies').selectAll().where('event_id', '=', eventId).executeTakeFirst()
    if (own === undefined) throw new GatewayError('READ_MODEL_BEHIND', 'this gateway has not read the box in a block yet')
    const { all, personal } = await this.#db.selectFrom('emergencies')
      .select((e) => [
        e.fn.countAll().as('all'), e.fn.sum(e.case().when('staff_id', '=', own.staff_id).then(1).else(0).end()).as('personal')
      ])
      .where('msp_id', '=', own.msp_id).where('time', '>', own.time - DAY_MS)
      .where((e) => e.or([
        e('block_number', '<', own.block_number),
        e.and([e('block_number', '=', own.block_number), e('event_index', '<=', own.event_index)])
      ])).executeTakeFirstOrThrow()
    if (Number(all) <= openingsPerDay && Number(personal) <= openingsPerPerson) return
    const numbers = `${String(openingsPerDay)}, and ${String(openingsPerPerson)} of one person`
    throw new GatewayError('EMERGENCY_LIMIT', `${own.msp_id} opened more emergencies in 24 hours than the policy's ${numbers}: nothing is released`)
  }
}

type Limits = Pick<PolicyDocument['emergency'], 'openingsPerDay' | 'openingsPerPerson'>
