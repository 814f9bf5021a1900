import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { ownerOf } from '../http/caller.ts'
import { receiveUpload } from './receive-upload.ts'
import { SCOPES } from '../http/scopes.ts'
import { StoredContent } from '../http/answers.ts'
import { PROBLEMS } from '../http/problem.ts'

export const contentRoutes: FastifyPluginCallbackTypebox = (app, _options, done) => {
  app.post('/v1/contents', {
    // The body is a stream, which no schema can judge; its hash and CID are.
    validatorCompiler: () => () => true,
    config: {
      access: {
        by: 'staff-or-patient',
        scopes: [SCOPES.registerRecords],
        who: 'any author: ciphertext goes to nobody before a signed manifest names it',
        trace: 'request log'
      },
      stream: true
    },
    schema: {
      operationId: 'storeContent',
      tags: ['records'],
      summary: 'Stores sealed content under its CID; durable when answered, and harmless to repeat',
      body: { content: { 'application/octet-stream': { schema: Type.String({ format: 'binary', description: 'sealed content (ciphertext with its header)' }) } } },
      response: { 201: StoredContent, ...PROBLEMS }
    }
  }, async (request, reply) => {
    return await reply.code(201).send(await receiveUpload(app, request, ownerOf(request), { maxBytes: app.config.maxContentBytes }))
  })
  done()
}
