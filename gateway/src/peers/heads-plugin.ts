import { PEERS } from '@epione/protocol/api'
import fp from 'fastify-plugin'
import { Clocks } from './clocks.ts'
import { Heads } from './heads.ts'
import { RecentBlocks } from './recent-blocks.ts'
import { repeat } from '../repeat.ts'

declare module 'fastify' {
  interface FastifyInstance {
    heads: Heads
    clocks: Clocks
    recentBlocks: RecentBlocks
  }
}

/** How often (ms) the other gateways are asked for their newest block, and how long (ms) each may take. */
const ASK_EVERY_MS = 5_000
const ANSWER_MS = 3_000

/** Compares own peer's blocks and clock with those of the other hospitals in the background, so that a release need ask nobody. */
export const headsPlugin = fp((app, _options, done) => {
  const heads = new Heads(app.ports.clock)
  const clocks = new Clocks(app.ports.clock)
  const recentBlocks = new RecentBlocks(app.ports.clock)
  const stop = new AbortController()
  let work: Promise<void> = Promise.resolve()
  app.decorate('heads', heads)
  app.decorate('clocks', clocks)
  app.decorate('recentBlocks', recentBlocks)
  app.events.onBlock((block) => {
    heads.add({ blockNumber: Number(block.blockNumber), headerHash: block.headerHash })
    recentBlocks.add(block)
  })
  app.health.add('ledger-head', () => {
    heads.requireCurrent(1)
    return true
  })
  app.health.add('clock', () => clocks.isRight())
  const ask = async (mspId: string): Promise<void> => {
    const [signal, askedAt] = [AbortSignal.any([stop.signal, AbortSignal.timeout(ANSWER_MS)]), app.ports.clock()]
    try {
      const { time, ...head } = await app.peers.of(mspId).call(PEERS.ledgerHead, {}, signal)
      clocks.hear(mspId, time, askedAt)
      heads.hear(mspId, head)
    } catch (error) {
      // Whoever says nothing objects to nothing.
      app.log.debug({ err: error, mspId }, 'a gateway did not say how far it has read')
    }
  }
  app.addHook('onReady', (ready) => {
    work = repeat(ASK_EVERY_MS, stop.signal, async () => { await Promise.all(app.peers.others().map(ask)) }, app.log)
    ready()
  })
  app.addHook('onClose', async () => {
    stop.abort()
    await work
  })
  done()
}, { name: 'heads', dependencies: ['events', 'peers', 'health'] })
