import fp from 'fastify-plugin'
import { pause } from '@epione/host'
import { sweepUnnamed } from './sweep.ts'
import { repeatChore } from '../store/chores.ts'

/** How often (ms) what no record names is looked for; never at the start, when nobody knows yet how far the others' peers are. */
const SWEEP_EVERY_MS = 10 * 60 * 1000
/** Age (ms) from which a file without a row is nobody's, and how often such files are looked for. */
const STRAY_MS = 24 * 60 * 60 * 1000

/** Removes contents and wraps that no record names, also those that a crash left. */
export const sweepPlugin = fp((app, _options, done) => {
  const stop = new AbortController()
  const { contents, ports: { clock }, store: { db }, log } = app
  const sweep = async (): Promise<void> => {
    await db.deleteFrom('announced_contents').where('created_at', '<', clock() - STRAY_MS).execute()
    await app.uploads.removeExpired(log)
    const remove = app.heads.isSettled() && app.events.connected
    await sweepUnnamed({ db, contents, clock, log, remove, ledger: app.ledger.gateway })
  }
  const removeStrays = async (): Promise<void> => {
    await contents.removeStrays(Date.now() - STRAY_MS, log)
    await contents.removeIncoming(Date.now() - STRAY_MS)
    await contents.reportLost(log)
  }
  let work: Promise<unknown> = Promise.resolve()
  app.addHook('onReady', (ready) => {
    const sweeping = pause(SWEEP_EVERY_MS, stop.signal).then(async () => {
      await repeatChore(app, { name: 'sweep', everyMs: SWEEP_EVERY_MS, work: sweep }, stop.signal)
    })
    work = Promise.all([sweeping, repeatChore(app, { name: 'strays', everyMs: STRAY_MS, work: removeStrays }, stop.signal)])
    ready()
  })
  app.addHook('onClose', async () => {
    stop.abort()
    await work
  })
  done()
}, { name: 'sweep', dependencies: ['contents', 'heads', 'events', 'ledger'] })
