import fp from 'fastify-plugin'
import { repeat } from '../repeat.ts'
import { ANSWER_LIFE_MS } from '../http/idempotency.ts'

/** How often (ms) rows that nobody needs any more are deleted. */
const SWEEP_EVERY_MS = 10 * 60 * 1000

/** Deletes used sessions that have expired anyway, and answers that no repeat can ask for. */
export const housekeepingPlugin = fp((app, _options, done) => {
  const stop = new AbortController()
  let work: Promise<void> = Promise.resolve()
  app.addHook('onReady', (ready) => {
    work = repeat(SWEEP_EVERY_MS, stop.signal, async () => {
      const now = app.ports.clock()
      await app.store.db.deleteFrom('sessions').where('expires_at', '<', now).execute()
      await app.store.db.deleteFrom('idempotency').where('created_at', '<', now - ANSWER_LIFE_MS).execute()
    }, app.log)
    ready()
  })
  app.addHook('onClose', async () => {
    stop.abort()
    await work
  })
  done()
}, { name: 'housekeeping', dependencies: ['store', 'idempotency'] })
