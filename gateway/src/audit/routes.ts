import { AUDIT } from '@epione/protocol/api'
import type { FastifyPluginCallback, FastifyRequest } from 'fastify'
import { noteReading } from '../access/note-reading.ts'
import { requireInOrder } from '../access/require-in-order.ts'
import { cutsOf, narrow, readerOf, visibleTo } from '../access/visible-events.ts'
import { GatewayError } from '../errors.ts'
import { serve } from '../http/serve.ts'
import { listConsentChanges, listGroupChanges } from './list-changes.ts'
import { GIVE_UP_MS } from './webhooks-plugin.ts'

/** What auditors and patients ask beside the access log itself. */
export const auditRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.route(serve(AUDIT.listConsentChanges, async (request) => {
    const { cursor, limit = 50, ...asked } = request.query
    requireInOrder(asked)
    if (asked.at !== undefined && (asked.change !== undefined || asked.from !== undefined || asked.to !== undefined)) {
      throw new GatewayError('REQUEST_INVALID', '"at" asks what was in force at one moment: leave out "change", "from" and "to"')
    }
    const filter = narrow(asked, visibleTo(request))
    await app.events.catchUp()
    const page = await listConsentChanges(app.store.db, filter, { limit, cursor, now: app.ports.clock() })
    await noteReading(app, request, page.items)
    return { ...page, ...cutsOf(app, request) }
  }))

  app.route(serve(AUDIT.listGroupChanges, async (request) => {
    const { cursor, limit = 50, ...asked } = request.query
    requireInOrder(asked)
    const filter = narrow(asked, ofGroups(request))
    await app.events.catchUp()
    const page = await listGroupChanges(app.store.db, filter, { limit, cursor })
    await noteReading(app, request, page.items.flatMap(({ consents }) => consents))
    return { ...page, ...cutsOf(app, request) }
  }))

  app.route(serve(AUDIT.listWebhooks, async (request) => {
    requireAuditor(request)
    return { items: await app.webhooks.list(), givesUpAfterMs: GIVE_UP_MS }
  }))

  app.route(serve(AUDIT.resendWebhooks, async (request, reply) => {
    requireAuditor(request)
    const resent = await app.webhooks.resend(request.params.id, request.body.webhookIds)
    reply.code(202)
    return { resent }
  }))
  done()
}

/** @throws {GatewayError} NOT_PERMITTED */
function requireAuditor (request: FastifyRequest): void {
  if (readerOf(request).as !== 'auditor') throw new GatewayError('NOT_PERMITTED', 'receivers of webhooks are for auditors of this hospital')
}

/** Whose consents to departments a caller may see. @throws {GatewayError} NOT_PERMITTED for staff who are no auditors */
function ofGroups (request: FastifyRequest): { patientId?: string, mspId?: string } {
  const { as } = readerOf(request)
  if (as === 'staff') throw new GatewayError('NOT_PERMITTED', 'changes of departments are for patients and auditors')
  const { staffId: _none, ...visible } = visibleTo(request)
  return visible
}
