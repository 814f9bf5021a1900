import { LEDGER_EVENTS } from '@epione/protocol'
import fp from 'fastify-plugin'
import { SharedReads } from './shared-reads.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Reads of the ledger for callers that bring no token and no session. */
    openReads: SharedReads
    /** Reads by which a session or a statement is judged: nothing is kept, only what is asked at the same time is asked once. */
    currentReads: SharedReads
    /** The same for statements that stop something: those wait behind no others. */
    stopReads: SharedReads
  }
}

/** How long (ms) an answer serves when no block says earlier that it is outdated. */
const LIFE_MS = 2_000

/** What blocks tell of that changes no answer given here: they are most of the blocks. */
const UNRELATED: readonly string[] = [
  LEDGER_EVENTS.accessDecided, LEDGER_EVENTS.accessesDecided, LEDGER_EVENTS.cfragsReleased, LEDGER_EVENTS.custodyConfirmed,
  LEDGER_EVENTS.kfragsDestroyed,
  LEDGER_EVENTS.recordRegistered, LEDGER_EVENTS.segmentsRegistered, LEDGER_EVENTS.recordRewrapped, LEDGER_EVENTS.consentGranted,
  LEDGER_EVENTS.consentRevoked, LEDGER_EVENTS.blocksAnchored, LEDGER_EVENTS.logNoted, LEDGER_EVENTS.beat
]

/** Keeps a crowd of unknown readers off the peer. */
export const openReadsPlugin = fp((app, _options, done) => {
  const concurrent = app.config.limits.openReads
  const [open, current, stop] = [LIFE_MS, 0, 0].map((lifeMs) =>
    new SharedReads({ concurrent, lifeMs })) as [SharedReads, SharedReads, SharedReads]
  const forget = (): void => { for (const reads of [open, current, stop]) reads.forget() }
  app.decorate('openReads', open)
  app.decorate('currentReads', current)
  app.decorate('stopReads', stop)
  app.events.onEvent(({ name }) => {
    if (!UNRELATED.includes(name)) forget()
  })
  // A write through this gateway may be read back before its block was followed.
  app.addHook('onSend', (request, reply, _payload, next) => {
    if (request.method !== 'GET' && reply.statusCode < 400) forget()
    next()
  })
  done()
}, { name: 'open-reads', dependencies: ['events'] })
