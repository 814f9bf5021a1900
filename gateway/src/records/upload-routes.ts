import { UploadId, UPLOADS } from '@epione/protocol/api'
import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { Value } from 'typebox/value'
import { ownerOf } from '../http/caller.ts'
import { serve } from '../http/serve.ts'
import { GatewayError } from '../errors.ts'
import { TusServer } from './tus.ts'

export const uploadRoutes: FastifyPluginCallback = (app, _options, done) => {
  let known: TusServer | undefined
  // Looked up when a request comes, so that the API document needs no store.
  const tus = (): TusServer => {
    known ??= new TusServer(app.uploads, app.config.limits.idleStreamSeconds * 1000)
    return known
  }
  const answer = async (request: FastifyRequest<{ Params: { uploadId: string } }>, reply: FastifyReply): Promise<FastifyReply> => {
    const { uploadId: id } = request.params
    // The validator of a route that takes a stream lets every path pass.
    if (!Value.Check(UploadId, id)) throw new GatewayError('UPLOAD_UNKNOWN', 'the path names no upload')
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
