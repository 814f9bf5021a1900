import fp from 'fastify-plugin'
import { repeatChore } from './chores.ts'
import { ANSWER_LIFE_MS } from '../http/idempotency.ts'
import { SIGNING_LIFE_MS } from '../staff/signing-desk.ts'

/** How often (ms) rows that nobody needs any more are deleted. */
const SWEEP_EVERY_MS = 10 * 60 * 1000

/** Deletes used sessions that have expired anyway, and answers that no repeat can ask for. */
export const housekeepingPlugin = fp((app, _options, done) => {
  const stop = new AbortController()
  let work: Promise<void> = Promise.resolve()
  app.addHook('onReady', (ready) => {
    const sweep = async (): Promise<void> => {
      const now = app.ports.clock()
      await app.store.db.deleteFrom('sessions').where('expires_at', '<', now).execute()
      await app.store.db.deleteFrom('signings').where('created_at', '<', now - SIGNING_LIFE_MS).execute()
      await app.store.db.deleteFrom('idempotency').where('created_at', '<', now - ANSWER_LIFE_MS).execute()
    }
    work = repeatChore(app, { name: 'housekeeping', everyMs: SWEEP_EVERY_MS, work: sweep }, stop.signal)
    ready()
  })
  app.addHook('onClose', async () => {
    stop.abort()
    await work
  })
  done()
}, { name: 'housekeeping', dependencies: ['store', 'idempotency'] })
