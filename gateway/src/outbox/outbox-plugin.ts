import fp from 'fastify-plugin'
import { Outbox } from './outbox.ts'

declare module 'fastify' {
  interface FastifyInstance {
    outbox: Outbox
  }
}

/** Durable work: begins once every plugin has said what it does, and ends what is under way before the store closes. */
export const outboxPlugin = fp((app, _options, done) => {
  const outbox = new Outbox({
    db: app.store.db,
    clock: app.ports.clock,
    log: app.log,
    tellGivenUp: (kind) => { app.metrics.outboxGivenUp.inc({ kind }) }
  })
  app.decorate('outbox', outbox)
  app.addHook('onReady', (ready) => {
    outbox.start()
    ready()
  })
  app.addHook('onClose', () => outbox.stop())
  done()
}, { name: 'outbox', dependencies: ['store'] })
