import type { Kysely } from 'kysely'
import { GatewayError } from '../errors.ts'
import type { Limits } from '../limits.ts'
import type { Tables } from '../store/tables.ts'

/** Who brings content: `peer:` and an MSP id for another gateway, else the name of a person or patient. */
export type Owner = string

/** Place taken by one upload, ended with it. */
export interface Reservation { grow: (bytes: number) => Promise<void>, end: () => void }

interface UnderWay { uploads: number, bytes: number }

/** A content counts for at least so many bytes: a file and a row cost something, however small it is. */
const BYTES_MIN = 65_536
/** Seconds after which asking again makes sense: by then records may name what is stored. */
const RETRY_AFTER_SECONDS = 600

/** How much may lie here that no record names: of one owner, and in all. Uploads under way count, by this process. */
export class Quota {
  readonly #db: Kysely<Tables>
  readonly #limits: Limits
  readonly #underWay = new Map<Owner, UnderWay>()

  constructor (db: Kysely<Tables>, limits: Limits) {
    this.#db = db
    this.#limits = limits
  }

  /** Begins an upload that says to have `bytes`, 0 when it does not say. @throws {GatewayError} QUOTA_EXCEEDED */
  async begin (owner: Owner, bytes: number): Promise<Reservation> {
    const own = this.#underWay.get(owner) ?? { uploads: 0, bytes: 0 }
    if (own.uploads >= this.#limits.uploadsPerCaller) throw exceeded(`${String(own.uploads)} uploads are under way already: end one first`)
    let [held, promised] = [0, Math.max(bytes, BYTES_MIN)]
    own.uploads += 1
    own.bytes += promised
    this.#underWay.set(owner, own)
    const end = (): void => {
      own.uploads -= 1
      own.bytes -= promised
      if (own.uploads === 0) this.#underWay.delete(owner)
    }
    const grow = async (more: number): Promise<void> => {
      held += more
      if (held > promised) {
        own.bytes += held - promised
        promised = held
      }
      await this.#check(owner, own.bytes)
    }
    try {
      await this.#check(owner, own.bytes)
    } catch (error) {
      end()
      throw error
    }
    return { grow, end }
  }

  async #check (owner: Owner, underWay: number): Promise<void> {
    const { unnamedBytes, unnamedBytesPerCaller, unnamedBytesPerPeer } = this.#limits
    const most = owner.startsWith('peer:') ? unnamedBytesPerPeer : unnamedBytesPerCaller
    const stored = await this.#stored(owner)
    if (stored + underWay > most) throw exceeded(`more than ${String(most)} bytes would lie here that no record of yours names: register them, or wait until they are removed after a day`)
    const all = [...this.#underWay.values()].reduce((sum, { bytes }) => sum + bytes, 0)
    if (await this.#stored() + all > unnamedBytes) throw exceeded(`more than ${String(unnamedBytes)} bytes would lie here that no record names`)
  }

  async #stored (owner?: Owner): Promise<number> {
    const rows = this.#db.selectFrom('contents').where('named', '=', 0)
      .select((eb) => [eb.fn.sum<number | string | null>('size_bytes').as('bytes'), eb.fn.countAll<number | string>().as('count')])
    const { bytes, count } = await (owner === undefined ? rows : rows.where('owner', '=', owner)).executeTakeFirstOrThrow()
    return Math.max(Number(bytes ?? 0), Number(count) * BYTES_MIN)
  }
}

function exceeded (detail: string): GatewayError {
  return new GatewayError('QUOTA_EXCEEDED', detail, { retryAfterSeconds: RETRY_AFTER_SECONDS })
}
