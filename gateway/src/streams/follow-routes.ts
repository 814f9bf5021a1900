import { Readable } from 'node:stream'
import { READERS } from '@epione/protocol/api'
import type { FastifyPluginCallback } from 'fastify'
import { collectWindows } from '../access/collect-windows.ts'
import { practitionerOf } from '../http/caller.ts'
import { goneOf } from '../http/gone.ts'
import { serve } from '../http/serve.ts'
import { peerOf } from '../peers/peers.ts'
import { requireFollowing } from '../proxy/answer-followed.ts'
import { countWindows } from '../proxy/answer-windows.ts'
import { followStream } from './follow-stream.ts'
import { waitForWindows } from './window-sources.ts'

/** Reading windows under a permit: at once by their segments, or as they come. */
export const windowReaderRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.route(serve(READERS.collectWindows, async (request) =>
    await collectWindows(app, request.params.eventId, practitionerOf(request), request.body)))

  app.route(serve(READERS.follow, async (request, reply) => {
    const { params: { eventId }, query: { after } } = request
    const events = await followStream(app, { eventId, person: practitionerOf(request), after, gone: goneOf(reply) })
    reply.type('text/event-stream').header('cache-control', 'no-store')
    return await reply.send(Readable.from(events, { objectMode: false }))
  }))

  app.route(serve(READERS.reencryptWindows, async (request) => {
    const { eventId, windows } = request.body
    await app.countWindows(request, countWindows(windows))
    return await app.proxy.answerWindows(eventId, peerOf(request), windows)
  }))

  app.route(serve(READERS.listFollowed, async (request, reply) => {
    const { eventId, after, waitMs } = request.body
    const { event: { head, stream } } = requireFollowing(await app.proxy.proveFollow(eventId, peerOf(request)))
    return { windows: await waitForWindows(app, { stream, after: Math.max(after, head), waitMs }, goneOf(reply)) }
  }))

  app.route(serve(READERS.reencryptFollowed, async (request) => {
    const { eventId, windows } = request.body
    await app.countWindows(request, windows.length)
    return await app.proxy.answerFollowed(eventId, peerOf(request), windows)
  }))

  app.route(serve(READERS.endFollow, async (request) => ({ ended: await app.proxy.endFollow(request.body.eventId, peerOf(request)) })))
  done()
}
