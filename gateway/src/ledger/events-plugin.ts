import { LEDGER_EVENTS } from '@epione/protocol'
import fp from 'fastify-plugin'
import { Follower } from './follower.ts'

declare module 'fastify' {
  interface FastifyInstance {
    events: Follower
  }
}

/** Follows the ledger once every plugin has said what it wants to know of. */
export const eventsPlugin = fp((app, _options, done) => {
  const follower = new Follower({
    store: app.store,
    connection: app.ledger.connection,
    networkId: app.ports.network.networkId,
    log: app.log
  })
  app.decorate('events', follower)
  follower.onEvent(({ name }) => {
    if (name === LEDGER_EVENTS.networkApproved) app.ledger.versions.note()
  })
  app.addHook('onReady', () => follower.start())
  app.addHook('onClose', () => follower.stop())
  done()
}, { name: 'events', dependencies: ['store', 'ledger'] })
