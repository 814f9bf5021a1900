import fp from 'fastify-plugin'
import { pause } from '@epione/host'
import { repeat } from '../repeat.ts'
import { repeatChore } from '../store/chores.ts'
import { Turns } from '../turns.ts'
import type {} from './contents-plugin.ts'
import { countCopies } from './copies.ts'
import type { CopyCounts } from './copies.ts'
import { mendPins, pinNamed } from './pins.ts'
import type { PinCounts } from './pins.ts'

declare module 'fastify' {
  interface FastifyInstance {
    copies: Copies
  }
}

/** How often (ms) new contents are pinned, and how often and how soon after the start all pins and copies are counted. */
const [PIN_EVERY_MS, COUNT_EVERY_MS, FIRST_AFTER_MS] = [5_000, 60 * 60 * 1000, 60_000]

/** At how many hospitals contents lie, and what is pinned, as counted last. */
export interface Copies {
  copies?: CopyCounts
  pins?: PinCounts
  /** Counts anew and mends. @throws {GatewayError} IPFS_UNAVAILABLE */
  mend: () => Promise<void>
  /** Pins what records name since. @throws {GatewayError} IPFS_UNAVAILABLE */
  pin: () => Promise<void>
}

/** Pins contents at the own IPFS node, where there is one, and sees that there are as many copies as are due. */
export const copiesPlugin = fp((app, _options, done) => {
  const stop = new AbortController()
  const { store: { db }, contents, log, ipfs } = app
  const refused = new Set<string>()
  /* One at a time: a pin that is being made must not be taken for one that is gone. */
  const turns = new Turns()
  const inTurn = async (work: () => Promise<void>): Promise<void> => { await turns.take('pins', work) }
  const copies: Copies = {
    mend: async () => {
      await inTurn(async () => {
        if (ipfs !== undefined) copies.pins = await mendPins({ db, contents, ipfs, log, refused })
        copies.copies = await countCopies(app)
      })
    },
    pin: async () => { await inTurn(async () => { if (ipfs !== undefined) await pinNamed({ db, contents, ipfs, log, refused }) }) }
  }
  app.decorate('copies', copies)
  let work: Promise<unknown> = Promise.resolve()
  app.addHook('onReady', (ready) => {
    // Each gateway shows what it counted: how many copies there are is asked for by each, what is pinned by one at a time.
    const counting = pause(FIRST_AFTER_MS, stop.signal).then(async () => { await repeat(COUNT_EVERY_MS, stop.signal, copies.mend, log) })
    const pinning = { name: 'pins', everyMs: PIN_EVERY_MS, work: copies.pin }
    work = Promise.all([counting, ...(ipfs === undefined ? [] : [repeatChore(app, pinning, stop.signal)])])
    ready()
  })
  app.addHook('onClose', async () => {
    stop.abort()
    await ipfs?.close()
    await work
  })
  done()
}, { name: 'copies', dependencies: ['contents', 'peers', 'ledger', 'events'] })
