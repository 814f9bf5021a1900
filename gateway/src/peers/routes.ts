import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Cid, EventId, Hash, RecordId, Version } from '@epione/protocol'
import { Type } from 'typebox'
import { toHex } from '@epione/crypto'
import { GatewayError } from '../errors.ts'
import { CustodyAnswer, CustodyRequest, LedgerHead, ReencryptionsAnswer, ReencryptionsRequest, WrapCopy, WrapKept, WrapMessage } from './messages.ts'
import { acceptWrap, requireAnnounced } from './accept-wrap.ts'
import { receiveUpload } from '../records/receive-upload.ts'
import { peerOf } from './peers.ts'
import { requireGrounds } from './require-grounds.ts'
import { findContentOf } from '../records/content-of.ts'
import { sendStored } from '../records/send-content.ts'
import { StoredContent } from '../http/answers.ts'
import { Problem, PROBLEMS } from '../http/problem.ts'

const GroundsQuery = Type.Object({
  event: Type.Optional(EventId),
  session: Type.Optional(Type.String({ minLength: 1, maxLength: 8192 })),
  recordId: Type.Optional(RecordId),
  version: Type.Optional(Version)
})
const ciphertext = { content: { 'application/octet-stream': { schema: Type.Unsafe<unknown>({}) } } }
/** The route that takes a stream judges its path itself, because its validator lets everything pass. */
const CID = /^b[a-z2-7]{58}$/
const tags = ['between gateways']

export const peerRoutes: FastifyPluginCallbackTypebox = (app, _options, done) => {
  app.post('/v1/peer/custody', {
    config: {
      access: {
        by: 'gateway',
        who: 'each member\'s gateway, with kfrags that a patient\'s signed consent lists',
        stranger: { status: 404, code: 'CONSENT_UNKNOWN', when: 'for a consent that is on no ledger' },
        trace: 'ledger'
      }
    },
    schema: { operationId: 'acceptCustody', tags, summary: 'Takes sealed kfrags of a consent into custody and confirms it on the ledger', body: CustodyRequest, response: { 201: CustodyAnswer, ...PROBLEMS } }
  }, async (request, reply) => {
    const { consentId, kfrags } = request.body
    return await reply.code(201).send(await app.proxy.acceptCustody(consentId, kfrags))
  })

  app.post('/v1/peer/reencryptions', {
    config: {
      access: {
        by: 'gateway',
        who: 'the gateway of the person whose live permit it is',
        stranger: { status: 403, code: 'EVENT_OF_ANOTHER', when: 'for another hospital\'s gateway' },
        trace: 'ledger'
      }
    },
    schema: { operationId: 'reencrypt', tags, summary: 'Re-encrypts wraps that a live permit of the calling organisation names', body: ReencryptionsRequest, response: { 200: ReencryptionsAnswer, ...PROBLEMS } }
  }, async (request) => {
    const { eventId, wraps } = request.body
    return { answers: await app.proxy.answerEvent(eventId, peerOf(request), wraps) }
  })

  app.get('/v1/peer/ledger-head', {
    config: {
      access: {
        by: 'gateway',
        who: 'each member\'s gateway',
        trace: 'request log'
      }
    },
    schema: { operationId: 'getLedgerHead', tags, summary: 'The newest block that this gateway has read of its own peer, for others to compare', response: { 200: LedgerHead, ...PROBLEMS } }
  }, () => {
    const { newest } = app.heads
    if (newest === undefined) throw new GatewayError('NOT_READY', 'this gateway has read no block since it started')
    return newest
  })

  app.put('/v1/peer/contents/:cid', {
    // The body is a stream, which no schema can judge; its CID is.
    validatorCompiler: () => () => true,
    config: {
      access: {
        by: 'gateway',
        who: 'each member\'s gateway, for a content that a signed manifest announced, which it showed with the wrap',
        stranger: { status: 403, code: 'NOT_PERMITTED', when: 'for any other content' },
        trace: 'request log'
      },
      stream: true
    },
    schema: { operationId: 'putContentCopy', tags, summary: 'Takes a copy of a ciphertext that a manifest shown with its wrap names, checked against its CID', params: Type.Object({ cid: Cid }), body: ciphertext, response: { 201: StoredContent, ...PROBLEMS } }
  }, async (request, reply) => {
    const { cid } = request.params
    if (!CID.test(cid)) throw new GatewayError('REQUEST_INVALID', 'the path names no CID')
    const mspId = peerOf(request)
    const maxBytes = Math.min(app.config.maxContentBytes, await requireAnnounced(app, mspId, cid))
    return await reply.code(201).send(await receiveUpload(app, request, `peer:${mspId}`, { maxBytes, expectedCid: cid }))
  })

  app.get('/v1/peer/contents/:cid', {
    config: {
      access: {
        by: 'gateway',
        who: 'under a live permit of its own staff, by the session that a patient signed for it and this record, or as the record\'s origin',
        stranger: { status: 403, code: 'NOT_PERMITTED', when: 'without one' },
        trace: 'request log'
      }
    },
    schema: {
      operationId: 'getContentCopy',
      tags,
      summary: 'A ciphertext for a live permit of the calling organisation, for its patient\'s session that names the record, or of its own record; one Range is honoured',
      params: Type.Object({ cid: Cid }),
      querystring: GroundsQuery,
      response: { 200: { description: 'ciphertext', ...ciphertext }, 206: { description: 'part of the ciphertext', ...ciphertext }, '4xx': Problem, '5xx': Problem }
    }
  }, async (request, reply) => {
    const { cid } = request.params
    const named = await requireGrounds(app, peerOf(request), request.query, (bytes) => bytes.cid === cid)
    const own = await findContentOf(app.contents, named)
    if (own === undefined) throw new GatewayError('CONTENT_UNKNOWN', 'this gateway has no such content')
    return await sendStored(reply, own, request.headers.range)
  })

  app.put('/v1/peer/wraps/:wrapHash', {
    config: {
      access: {
        by: 'gateway',
        who: 'the gateway of the author of the signed manifest, each member\'s for a patient\'s manifest or rewrap',
        stranger: { status: 403, code: 'NOT_PERMITTED', when: 'with the manifest of another hospital\'s author' },
        trace: 'request log'
      }
    },
    schema: { operationId: 'putWrapCopy', tags, summary: 'Takes a copy of a wrap with the signed manifest or rewrap that names it; one that replaces another only where that one is', params: Type.Object({ wrapHash: Hash }), body: WrapCopy, response: { 200: WrapKept, 201: WrapKept, ...PROBLEMS } }
  }, async (request, reply) => {
    const { wrapHash: hash } = request.params
    const kept = await acceptWrap(app, peerOf(request), hash, request.body)
    if (!kept) return await reply.send({ wrapHash: hash, kept })
    return await reply.code(201).send({ wrapHash: hash, kept: true })
  })

  app.get('/v1/peer/wraps/:wrapHash', {
    config: {
      access: {
        by: 'gateway',
        who: 'under a live permit of its own staff, by the session that a patient signed for it and this record, or as the record\'s origin',
        stranger: { status: 403, code: 'NOT_PERMITTED', when: 'without one' },
        trace: 'request log'
      }
    },
    schema: { operationId: 'getWrapCopy', tags, summary: 'A wrap, on the same grounds as a ciphertext', params: Type.Object({ wrapHash: Hash }), querystring: GroundsQuery, response: { 200: WrapMessage, ...PROBLEMS } }
  }, async (request) => {
    const { wrapHash: hash } = request.params
    await requireGrounds(app, peerOf(request), request.query, (bytes) => bytes.wrapHash === hash)
    const row = await app.store.db.selectFrom('wraps').select('wrap').where('wrap_hash', '=', hash).executeTakeFirst()
    if (row === undefined) throw new GatewayError('CONTENT_UNKNOWN', 'this gateway has no such wrap')
    return { wrap: toHex(row.wrap) }
  })
  done()
}
