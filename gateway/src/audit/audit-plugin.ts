import type { Silent } from '@epione/protocol/api'
import fp from 'fastify-plugin'
import { OpenFollows } from '../streams/open-follows.ts'
import { projectChanges } from './project-changes.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Members whose part of the log may be missing, as answers say it; nothing where there is none. */
    silent: () => { silent?: NonNullable<Silent> }
    /** Who is told notices now. */
    notices: OpenFollows
    /** Aborts when this gateway closes. */
    noticesEnd: AbortSignal
  }
}

/** The read model of what auditors ask, and whose part of it may be missing. */
export const auditPlugin = fp((app, _options, done) => {
  app.events.project(projectChanges(app.proxy.context.reader))
  app.decorate('silent', () => {
    const silent = app.heads.silentOf(app.peers.others())
    return silent.length === 0 ? {} : { silent }
  })
  const stop = new AbortController()
  app.decorate('notices', new OpenFollows(app.config.limits))
  app.decorate('noticesEnd', stop.signal)
  app.addHook('preClose', (closed) => {
    stop.abort()
    closed()
  })
  done()
}, { name: 'audit', dependencies: ['events', 'proxy', 'peers', 'heads'] })
