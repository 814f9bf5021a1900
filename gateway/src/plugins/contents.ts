import fp from 'fastify-plugin'
import { join } from 'node:path'
import { ContentStore } from '../content/content-store.ts'

declare module 'fastify' {
  interface FastifyInstance {
    contents: ContentStore
  }
}

/** The store of ciphertext. A body of application/octet-stream reaches its handler as a stream, never as a buffer. */
export const contentsPlugin = fp(async (app) => {
  app.decorate('contents', await ContentStore.open(join(app.config.dataDir, 'contents'), app.store.db, app.ports.clock))
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => { done(null, payload) })
}, { name: 'contents', dependencies: ['store'] })
