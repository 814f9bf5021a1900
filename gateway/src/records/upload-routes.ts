import { UPLOADS } from '@epione/protocol/api'
import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { ownerOf } from '../http/caller.ts'
import { serve } from '../http/serve.ts'
import { GatewayError } from '../errors.ts'
import { TusServer } from './tus.ts'

/** The route that takes a stream judges its path itself, because its validator lets everything pass. */
const UPLOAD_ID = /^[0-9a-f]{32}$/
const HOUR_MS = 3_600_000

export const uploadRoutes: FastifyPluginCallback = (app, _options, done) => {
  let known: TusServer | undefined
  // Looked up when a request comes, so that the API document needs no store.
  const tus = (): TusServer => {
    const { uploads, config: { limits, maxContentBytes } } = app
    known ??= new TusServer(uploads, {
      maxSize: maxContentBytes,
      idleMs: limits.idleStreamSeconds * 1000,
      lifeMs: limits.uploadHours * HOUR_MS
    })
    return known
  }
  const answer = async (request: FastifyRequest<{ Params: { uploadId: string } }>, reply: FastifyReply): Promise<FastifyReply> => {
    const { uploadId: id } = request.params
    if (!UPLOAD_ID.test(id)) throw new GatewayError('UPLOAD_UNKNOWN', 'the path names no upload')
    const owner = ownerOf(request)
    // Whose it is comes before all that tus asks for.
    await app.uploads.get(id, owner)
    return await tus().answer(request, reply, { owner, id })
  }

  app.route(serve(UPLOADS.options, async (request, reply) => await tus().answer(request, reply, { owner: '' })))
  app.route(serve(UPLOADS.create, async (request, reply) => await tus().answer(request, reply, { owner: ownerOf(request) })))
  app.route(serve(UPLOADS.offset, answer))
  app.route(serve(UPLOADS.append, answer))
  app.route(serve(UPLOADS.end, answer))

  app.route(serve(UPLOADS.get, async (request) => {
    const { id, offset, length, expiresAt, content } = await app.uploads.get(request.params.uploadId, ownerOf(request))
    return { uploadId: id, offset, length, expiresAt, ...(content !== undefined && { content }) }
  }))
  done()
}
