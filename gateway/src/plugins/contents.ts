import fp from 'fastify-plugin'
import { join } from 'node:path'
import { GatewayError } from '../errors.ts'
import { ContentStore } from '../content/content-store.ts'

declare module 'fastify' {
  interface FastifyInstance {
    contents: ContentStore
  }
  interface FastifyContextConfig {
    /** The route takes a body of application/octet-stream, as a stream. */
    stream?: boolean
  }
}

/** The store of ciphertext. A body of application/octet-stream reaches its handler as a stream, never as a buffer. */
export const contentsPlugin = fp(async (app) => {
  app.decorate('contents', await ContentStore.open(join(app.config.dataDir, 'contents'), app.store.db, app.ports.clock))
  app.addContentTypeParser('application/octet-stream', (request, payload, done) => {
    if (request.routeOptions.config.stream === true) done(null, payload)
    else done(new GatewayError('MEDIA_TYPE_UNSUPPORTED', 'this route takes application/json'))
  })
}, { name: 'contents', dependencies: ['store'] })
