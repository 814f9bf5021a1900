import type { Silent } from '@epione/protocol/api'
import fp from 'fastify-plugin'
import { projectChanges } from './project-changes.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Members whose part of the log may be missing, as answers say it; nothing where there is none. */
    silent: () => { silent?: NonNullable<Silent> }
  }
}

/** The read model of what auditors ask, and whose part of it may be missing. */
export const auditPlugin = fp((app, _options, done) => {
  app.events.project(projectChanges(app.proxy.context.reader))
  app.decorate('silent', () => {
    const silent = app.heads.silentOf(app.peers.others())
    return silent.length === 0 ? {} : { silent }
  })
  done()
}, { name: 'audit', dependencies: ['events', 'proxy', 'peers', 'heads'] })
