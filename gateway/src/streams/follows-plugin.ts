import fp from 'fastify-plugin'
import { Beats } from './beats.ts'
import { OpenFollows } from './open-follows.ts'

declare module 'fastify' {
  interface FastifyInstance {
    follows: OpenFollows
    /** Aborts when this gateway closes: readers then follow through it again, or through another. */
    followsEnd: AbortSignal
  }
}

/** Who follows streams through this gateway, and what their proxies need for it: signs of life, receipts once a minute. */
export const followsPlugin = fp((app, _options, done) => {
  const follows = new OpenFollows(app.config.limits)
  const stop = new AbortController()
  app.decorate('follows', follows)
  app.decorate('followsEnd', stop.signal)
  const beats = new Beats({
    recent: app.recentBlocks, isWanted: () => follows.count > 0, submit: async () => await app.ledger.gateway.beat(), log: app.log
  })
  let work: Promise<unknown> = Promise.resolve()
  app.addHook('onReady', (ready) => {
    work = Promise.all([beats.keep(stop.signal), app.proxy.followReceipts.keep(stop.signal, app.log)])
    ready()
  })
  app.addHook('preClose', (closed) => {
    stop.abort()
    closed()
  })
  app.addHook('onClose', async () => {
    stop.abort()
    await work
  })
  done()
}, { name: 'follows', dependencies: ['ledger', 'heads', 'proxy'] })
