import { ENTRIES_MAX } from '@epione/protocol/api'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import type { Kysely } from 'kysely'
import { pause } from '@epione/host'
import { repeatChore } from '../store/chores.ts'
import type { Tables } from '../store/tables.ts'
import type { EntryName } from './entries.ts'
import { fetchEntries } from './fetch-entries.ts'

/** How often (ms) entries are looked for that this hospital registered and does not have, and how soon after the start. */
const REFILL_EVERY_MS = 10 * 60 * 1000
const FIRST_AFTER_MS = 5_000

/** Fetches entries of own records that are not here from other hospitals; returns how many came. */
export async function refillEntries (app: FastifyInstance): Promise<number> {
  let came = 0
  let last: EntryName | undefined
  for (;;) {
    const names = await findAbsent(app.store.db, app.config.mspId, last)
    if (names.length === 0) break
    const found = await fetchEntries(app, names)
    came += found.size
    last = names.at(-1)
    if (found.size < names.length) {
      app.log.error({ absent: names.length - found.size }, 'index entries of own records lie neither here nor at any hospital that answers')
    }
    if (names.length < ENTRIES_MAX) break
  }
  if (came > 0) app.log.warn({ came }, 'fetched index entries of own records from other hospitals')
  return came
}

/** Entries that stand, of records that this hospital registered, and do not lie here, after `last`. */
async function findAbsent (db: Kysely<Tables>, mspId: string, last: EntryName | undefined): Promise<EntryName[]> {
  const { recordId, version } = last ?? { recordId: '', version: 0 }
  const rows = await db.selectFrom('index_links').select(['record_id', 'version', 'entry_hash'])
    .where('origin', '=', mspId).where('live', '=', 1)
    .where((eb) => eb.not(eb.exists(eb.selectFrom('index_entries').select('entry_hash')
      .whereRef('index_entries.record_id', '=', 'index_links.record_id')
      .whereRef('index_entries.version', '=', 'index_links.version')
      .whereRef('index_entries.entry_hash', '=', 'index_links.entry_hash'))))
    .where((eb) => eb.or([eb('record_id', '>', recordId), eb.and([eb('record_id', '=', recordId), eb('version', '>', version)])]))
    .orderBy('record_id').orderBy('version').limit(ENTRIES_MAX).execute()
  return rows.map((row) => ({ recordId: row.record_id, version: row.version, hash: row.entry_hash ?? '' }))
}

/** Fills the store again after it was lost or set back. */
export const refillPlugin = fp((app, _options, done) => {
  const stop = new AbortController()
  let work: Promise<unknown> = Promise.resolve()
  app.addHook('onReady', (ready) => {
    work = pause(FIRST_AFTER_MS, stop.signal).then(async () => {
      const refill = async (): Promise<void> => { await refillEntries(app) }
      await repeatChore(app, { name: 'refill entries', everyMs: REFILL_EVERY_MS, work: refill }, stop.signal)
    })
    ready()
  })
  app.addHook('onClose', async () => {
    stop.abort()
    await work
  })
  done()
}, { name: 'refill', dependencies: ['store', 'peers', 'events'] })
