import { fromHex } from '@epione/crypto'
import type { FastifyInstance } from 'fastify'
import type { Insertable } from 'kysely'
import type { IndexLinksTable } from '../../gateway/src/store/search-tables.ts'
import type {} from '../../gateway/src/store/store-plugin.ts'

/**
 * A hospital that lies in its own gateway about one compartment of a patient: what it has followed of the ledger is changed under it, so
 * that it serves, and signs as a proxy, what no ledger says. The product has no switch for this.
 */
export class LyingIndex {
  readonly #app: FastifyInstance
  readonly #of: { patientId: string, label: string }

  constructor (app: FastifyInstance, of: { patientId: string, label: string }) {
    this.#app = app
    this.#of = of
  }

  /** Leaves out the link at this position of the compartment (negative: from the newest), and says nothing of it in its heads. */
  async drop (position: number): Promise<void> {
    const at = this.#keyOf(await this.#linkAt(position))
    await this.#db.deleteFrom('index_links').where((eb) => eb.and(at)).execute()
  }

  /** Has an entry no more, and keeps its link. */
  async lose (position: number): Promise<void> {
    const { record_id: recordId, version } = await this.#linkAt(position)
    await this.#db.deleteFrom('index_entries').where('record_id', '=', recordId).where('version', '=', version).execute()
  }

  /** Shows the compartment as it was before its newest links. */
  async forget (links: number): Promise<void> {
    for (let i = 0; i < links; i += 1) await this.drop(-1)
  }

  /** Signs another hash over the newest link's chain than its links have. */
  async falsifyHead (digest = 'ab'.repeat(32)): Promise<void> {
    const at = this.#keyOf(await this.#linkAt(-1))
    await this.#db.updateTable('index_links').set({ digest }).where((eb) => eb.and(at)).execute()
  }

  /** Puts other bytes under the name of an entry: another patient's, or none that anybody sealed. */
  async replaceEntry (position: number, entry: string, hash: string): Promise<void> {
    const link = await this.#linkAt(position)
    await this.#db.updateTable('index_links').set({ entry_hash: hash }).where((eb) => eb.and(this.#keyOf(link))).execute()
    await this.#db.updateTable('index_entries').set({ entry: fromHex(entry), entry_hash: hash })
      .where('record_id', '=', link.record_id).where('version', '=', link.version).execute()
  }

  /** Adds a link that no block has. */
  async invent (members: Partial<Insertable<IndexLinksTable>> = {}): Promise<void> {
    const last = await this.#linkAt(-1)
    await this.#db.insertInto('index_links').values({
      ...last, event_index: last.event_index + 1_000, number: last.number + 1, digest: 'cd'.repeat(32), live: 0, ...members
    }).execute()
  }

  get #db (): FastifyInstance['store']['db'] {
    return this.#app.store.db
  }

  async #linkAt (position: number): Promise<Insertable<IndexLinksTable>> {
    const links = await this.#db.selectFrom('index_links').selectAll().where('patient_id', '=', this.#of.patientId)
      .where('label', '=', this.#of.label).where('kind', '!=', 'end').orderBy('block_number').orderBy('event_index').orderBy('place').execute()
    const link = links.at(position)
    if (link === undefined) throw new Error(`the compartment has ${String(links.length)} links`)
    return link
  }

  #keyOf (link: Insertable<IndexLinksTable>): Partial<Insertable<IndexLinksTable>> {
    const { patient_id: patient, label, block_number: block, event_index: event, place } = link
    return { patient_id: patient, label, block_number: block, event_index: event, place }
  }
}
