import fp from 'fastify-plugin'
import { Peers } from './peers.ts'

declare module 'fastify' {
  interface FastifyInstance {
    peers: Peers
  }
}

/** The other organisations' gateways, over mutual TLS. */
export const peersPlugin = fp((app, _options, done) => {
  const { network, tls, clock } = app.ports
  const { peerSeconds } = app.metrics
  const peers = new Peers(network.organizations, app.config.mspId, tls, clock, (peer, operation) => {
    const [begun, { headers, end }] = [performance.now(), app.tracing.call(operation, { peer })]
    return {
      headers,
      end: (outcome) => {
        peerSeconds.observe({ peer, outcome }, (performance.now() - begun) / 1000)
        end(outcome === 'ok')
      }
    }
  })
  app.decorate('peers', peers)
  app.addHook('onClose', () => peers.close())
  done()
}, { name: 'peers' })
