import { Readable } from 'node:stream'
import { AUDIT } from '@epione/protocol/api'
import type { FastifyPluginCallback, FastifyRequest } from 'fastify'
import { parsePlace } from '../access/log-pages.ts'
import type { Place } from '../access/log-pages.ts'
import { narrow, readerOf, visibleTo } from '../access/visible-events.ts'
import { GatewayError } from '../errors.ts'
import { ownerOf } from '../http/caller.ts'
import { goneOf } from '../http/gone.ts'
import { serve } from '../http/serve.ts'
import { withHeartbeats } from '../streams/server-events.ts'
import { endOf } from './read-notices.ts'
import type { NoticesWanted } from './read-notices.ts'
import { followNotices } from './follow-notices.ts'

/** Notices as server-sent events (WHATWG HTML §9.2). */
export const noticeRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.route(serve(AUDIT.follow, async (request, reply) => {
    const { after: asked, kind, ...query } = request.query
    const filter = (): NoticesWanted =>
      ({ ...narrow(query, visibleTo(request)), ...(kind !== undefined && { kind }), groups: readerOf(request).as !== 'staff' })
    filter()
    await app.events.catchUp()
    const after = placeOf(request, asked, Number(app.events.position))
    const gone = goneOf(reply)
    app.notices.open(ownerOf(request), gone)
    reply.type('text/event-stream').header('cache-control', 'no-store')
    return await reply.send(Readable.from(withHeartbeats(followNotices(app, { request, filter, after, gone })), { objectMode: false }))
  }))
  done()
}

/** Where to begin: after what the caller has, else now. @throws {GatewayError} CURSOR_INVALID for a place that is on no ledger yet */
function placeOf (request: FastifyRequest, asked: string | undefined, newest: number): Place {
  const { 'last-event-id': last } = request.headers
  const text = typeof last === 'string' && last !== '' ? last : asked
  if (text === undefined) return endOf(newest)
  const place = parsePlace(text)
  if (place !== undefined && place.block_number <= newest) return place
  throw new GatewayError('CURSOR_INVALID', 'the last id is of no notice of this network, or of one that this hospital has not read yet')
}
