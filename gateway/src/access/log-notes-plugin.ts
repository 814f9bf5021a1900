import { LogNotes } from '@epione/protocol'
import { Value } from 'typebox/value'
import fp from 'fastify-plugin'
import { repeat } from '../repeat.ts'
import { bringNotes, LOG_NOTES, LogNotesKeeper } from './log-notes.ts'
import { projectNotes } from './project-notes.ts'

declare module 'fastify' {
  interface FastifyInstance {
    logNotes: LogNotesKeeper
  }
}

/** How often (ms) equal denials are swept and what waits goes to the ledger; how often refusals of a flood are written down. */
const [FLUSH_EVERY_MS, SAVE_EVERY_MS] = [60_000, 1_000]

/** Notes who reads the log, and how often what was denied is asked again. */
export const logNotesPlugin = fp((app, _options, done) => {
  const { store: { db }, ports: { clock }, outbox, repeatedDenials: denials, log } = app
  const notes = new LogNotesKeeper({ db, clock, outbox })
  app.decorate('logNotes', notes)
  app.events.project(projectNotes)
  outbox.handle(LOG_NOTES, async (payload) => {
    await bringNotes({ ledger: app.ledger.gateway, outbox }, Value.Parse(LogNotes, payload))
  })
  const stop = new AbortController()
  let work: Promise<unknown> = Promise.resolve()
  app.addHook('onReady', async () => {
    denials.restore(await db.selectFrom('denied_questions').selectAll().execute())
    work = Promise.all([
      repeat(SAVE_EVERY_MS, stop.signal, async () => { await denials.changes.save(db, clock()) }, log),
      repeat(FLUSH_EVERY_MS, stop.signal, async () => {
        denials.sweep()
        await denials.changes.save(db, clock())
        await notes.flush()
      }, log)
    ])
  })
  app.addHook('onClose', async () => {
    stop.abort()
    await work
    await denials.changes.save(db, clock())
  })
  done()
}, { name: 'log-notes', dependencies: ['store', 'events', 'outbox', 'ledger', 'repeated-denials'] })
