import { LEDGER_EVENTS, RecordOrder } from '@epione/protocol'
import fp from 'fastify-plugin'
import { readPayload } from '../ledger/ledger-events.ts'
import { placeOf } from '../search/follow-index.ts'
import { repeatChore } from '../store/chores.ts'
import { RecordEnds } from './record-ends.ts'

/** How often (ms), from the start on, what came back of ended record versions is looked for. */
const SWEEP_EVERY_MS = 10 * 60 * 1000
const DAY_MS = 24 * 60 * 60 * 1000

/** Destroys what patients erase and authors withdraw. */
export const recordEndsPlugin = fp((app, _options, done) => {
  const { contents, store: { scrub }, config: { backupKeepDays }, proxy: { context } } = app
  const ends = new RecordEnds({ ...context, contents, scrub, backupKeepMs: backupKeepDays * DAY_MS })
  app.events.project((event, eventIndex) => {
    if (event.name !== LEDGER_EVENTS.recordsEnded) return undefined
    const order = readPayload(RecordOrder, event)
    return async (trx) => { await ends.remember(order, placeOf(event, eventIndex), trx) }
  })
  app.events.onEvent(({ name }) => {
    if (name === LEDGER_EVENTS.recordsEnded) app.outbox.nudge()
  })
  const stop = new AbortController()
  let work: Promise<unknown> = Promise.resolve()
  app.addHook('onReady', (ready) => {
    work = repeatChore(app, { name: 'ended records', everyMs: SWEEP_EVERY_MS, work: async () => { await ends.sweep() } }, stop.signal)
    ready()
  })
  app.addHook('onClose', async () => {
    stop.abort()
    await work
  })
  done()
}, { name: 'record-ends', dependencies: ['store', 'contents', 'events', 'outbox', 'proxy'] })
