import fp from 'fastify-plugin'
import { sweepUnnamed } from '../content/sweep.ts'
import { pause, repeat } from '../repeat.ts'

/** How often (ms) what no record names is looked for; never at the start, when nobody knows yet how far the others' peers are. */
const SWEEP_EVERY_MS = 10 * 60 * 1000
/** Age (ms) from which a file without a row is nobody's. */
const STRAY_MS = 24 * 60 * 60 * 1000

/** Removes contents and wraps that no record names, also those that a crash left. */
export const sweepPlugin = fp((app, _options, done) => {
  const stop = new AbortController()
  const { contents, ports: { clock }, store: { db }, log } = app
  const sweep = async (): Promise<void> => {
    await db.deleteFrom('announced_contents').where('created_at', '<', clock() - STRAY_MS).execute()
    if (!app.heads.agreed || !app.events.connected) return
    await sweepUnnamed({ db, contents, clock, log, getRecord: (recordId, version) => app.ledger.gateway.getRecord(recordId, version) })
  }
  let work: Promise<void> = Promise.resolve()
  app.addHook('onReady', (ready) => {
    work = (async () => {
      await contents.removeStrays(Date.now() - STRAY_MS)
      await pause(SWEEP_EVERY_MS, stop.signal)
      await repeat(SWEEP_EVERY_MS, stop.signal, sweep, log)
    })().catch((error: unknown) => { log.error({ err: error }, 'the store of contents cannot be swept') })
    ready()
  })
  app.addHook('onClose', async () => {
    stop.abort()
    await work
  })
  done()
}, { name: 'sweep', dependencies: ['contents', 'heads', 'events', 'ledger'] })
