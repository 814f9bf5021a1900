import fp from 'fastify-plugin'
import { ProposalRelay } from './relay.ts'

declare module 'fastify' {
  interface FastifyInstance {
    anchorRelay: ProposalRelay
  }
}

/** The mailbox through which organisations' anchor services exchange their signatures. */
export const anchorsPlugin = fp((app, _options, done) => {
  const { config, store, outbox, peers, ports, log } = app
  app.decorate('anchorRelay', new ProposalRelay({ mspId: config.mspId, db: store.db, outbox, peers, clock: ports.clock, log }))
  done()
}, { name: 'anchors', dependencies: ['store', 'outbox', 'peers'] })
