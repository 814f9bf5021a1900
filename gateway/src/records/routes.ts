import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { EventId, Hash, Hex, MspId, RecordId, SignedStatement, Version } from '@epione/protocol'
import type { RecordManifest } from '@epione/protocol'
import type { LedgerClient } from '@epione/ledger/client'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { ownerOf, patientOf, practitionerOf } from '../http/caller.ts'
import { GatewayError } from '../errors.ts'
import { SCOPES } from '../http/scopes.ts'
import { findContentOf } from './content-of.ts'
import { fetchContent, findWrap } from './fetch-elsewhere.ts'
import { requireManifestReader } from './manifest-grounds.ts'
import { requireReadable } from './read-grounds.ts'
import type { ReadableRecord } from './read-grounds.ts'
import { copyElsewhere, requireContent } from './register-record.ts'
import { isFresh, refuseRange, requireMatch, sendStored, tagContent, wantedRange } from './send-content.ts'
import { requireAuthorSigned } from './require-signed.ts'
import { markWrapNamed, storeWrap } from './wraps.ts'
import { Committed, RecordState } from '../http/answers.ts'
import { PROBLEMS } from '../http/problem.ts'
import { checkStatement } from '../ledger/statements.ts'
import { submitOnce } from '../ledger/submit-once.ts'

const WRAP_BYTES = 170
const VersionParams = Type.Object({ recordId: RecordId, version: Type.Integer({ minimum: 1 }) })
const EventQuery = Type.Object({ event: Type.Optional(EventId) })

export const recordRoutes: FastifyPluginCallbackTypebox = (app, _options, done) => {
  app.post('/v1/records', {
    config: {
      access: {
        by: 'staff-or-patient',
        scopes: [SCOPES.registerRecords],
        who: 'its author',
        stranger: { status: 403, code: 'NOT_PERMITTED', when: 'with another author\'s manifest' },
        trace: 'ledger'
      },
      idempotent: true
    },
    schema: {
      operationId: 'registerRecord',
      tags: ['records'],
      summary: 'Registers a sealed record that was stored before, and copies it to one more hospital',
      body: Type.Object({ statement: SignedStatement, wrap: Hex(WRAP_BYTES) }, { additionalProperties: false }),
      response: { 201: Type.Object({ recordId: RecordId, version: Version, manifestId: Hash, ...Committed, copies: Type.Array(MspId) }), ...PROBLEMS }
    }
  }, async (request, reply) => {
    const { statement, wrap } = request.body
    const checked = checkStatement('RecordManifest', statement, app.networkId)
    const { id, body: manifest } = checked
    const ledger = await ledgerOfAuthor(app, request, manifest)
    const content = await requireContent(app, checked, wrap)
    await requireAuthorSigned(app, checked)
    const { recordId, version, wrapHash: hash, patientId } = manifest
    await storeWrap(app.store.db, { hash, wrap, owner: ownerOf(request), patientId }, app.ports.clock())
    const copies = await copyElsewhere(app, content, statement, hash, wrap)
    const { txId, blockNumber } = await submitOnce(app, id, () => ledger.registerRecord(statement), () => app.ledger.gateway.getRecord(recordId, version))
    await app.contents.markNamed(content.cid)
    await markWrapNamed(app.store.db, hash)
    return await reply.code(201).send({ recordId, version, manifestId: id, txId, blockNumber, copies })
  })

  app.get('/v1/records/:recordId', {
    config: {
      access: {
        by: 'staff-or-patient',
        scopes: [SCOPES.readRecords, SCOPES.registerRecords],
        who: 'the patient or heir, the author, the grantee of an active consent, whoever has a permit that names it',
        stranger: { status: 403, code: 'NOT_PERMITTED', when: 'for everybody else' },
        trace: 'request log'
      }
    },
    schema: {
      operationId: 'getRecord',
      tags: ['records'],
      summary: 'The signed manifest of a record version with its newest rewrap, by default of the newest version',
      params: Type.Object({ recordId: RecordId }),
      querystring: Type.Object({ version: Type.Optional(Type.Integer({ minimum: 1 })), event: Type.Optional(EventId) }),
      response: { 200: RecordState, ...PROBLEMS }
    }
  }, async (request) => {
    const record = await app.ledger.gateway.getRecord(request.params.recordId, request.query.version)
    await requireManifestReader(app, request, record, request.query.event)
    return record
  })

  app.get('/v1/records/:recordId/versions/:version/wrap', {
    config: {
      access: {
        by: 'staff-or-patient',
        scopes: [SCOPES.readRecords],
        who: 'the patient or heir; the practitioner under a live permit',
        stranger: { status: 403, code: 'NOT_PERMITTED', when: 'without a permit' },
        trace: 'request log'
      }
    },
    schema: {
      operationId: 'getWrap',
      tags: ['records'],
      summary: 'The wrap of a record version: for its patient, or under a live permit',
      params: VersionParams,
      querystring: EventQuery,
      response: { 200: Type.Object({ wrap: Hex(WRAP_BYTES) }), ...PROBLEMS }
    }
  }, async (request) => {
    const { recordId, version } = request.params
    return { wrap: await findWrap(app, await requireReadable(app, request, recordId, version, request.query.event)) }
  })

  app.get('/v1/records/:recordId/versions/:version/content', {
    config: {
      access: {
        by: 'staff-or-patient',
        scopes: [SCOPES.readRecords],
        who: 'the patient or heir; the practitioner under a live permit',
        stranger: { status: 403, code: 'NOT_PERMITTED', when: 'without a permit' },
        trace: 'request log'
      }
    },
    schema: {
      operationId: 'getContent',
      tags: ['records'],
      summary: 'The ciphertext of a record version: for its patient, or under a live permit; ETag is its CID, Range and conditional requests are honoured',
      params: VersionParams,
      querystring: EventQuery,
      response: {
        200: { description: 'ciphertext', content: { 'application/octet-stream': { schema: Type.Unsafe<unknown>({}) } } },
        206: { description: 'part of the ciphertext', content: { 'application/octet-stream': { schema: Type.Unsafe<unknown>({}) } } },
        304: { description: 'not modified' },
        ...PROBLEMS
      }
    }
  }, async (request, reply) => {
    const { recordId, version } = request.params
    const readable = await requireReadable(app, request, recordId, version, request.query.event)
    const { cid } = readable
    tagContent(reply, cid)
    requireMatch(request, cid)
    if (isFresh(request, cid)) return await reply.code(304).send(undefined)
    return await sendContent(app, reply, readable, wantedRange(request, cid))
  })
  done()
}

/** The ledger under the author's own certificate, or the gateway's for a patient. @throws {GatewayError} NOT_PERMITTED */
async function ledgerOfAuthor (app: FastifyInstance, request: FastifyRequest, { author, patientId }: RecordManifest): Promise<LedgerClient> {
  const session = patientOf(request)
  if (author.kind === 'patient') {
    if (session !== patientId) throw new GatewayError('NOT_PERMITTED', 'a patient\'s own record needs that patient\'s session')
    return app.ledger.gateway
  }
  if (session !== undefined) throw new GatewayError('NOT_PERMITTED', 'a practitioner\'s record needs that practitioner\'s token')
  const self = practitionerOf(request)
  if (author.mspId !== self.mspId || author.staffId !== self.staffId) throw new GatewayError('NOT_PERMITTED', 'the manifest names another author')
  return await app.ledger.as(self.subject)
}

async function sendContent (app: FastifyInstance, reply: FastifyReply, readable: ReadableRecord, range: string | undefined): Promise<FastifyReply> {
  const own = await findContentOf(app.contents, { ...readable.record, ...readable })
  if (own !== undefined) return await sendStored(reply, own, range)
  const { status, headers, body } = await fetchContent(app, readable, range)
  const { 'content-length': length, 'content-range': contentRange } = headers
  if (status === 416) throw refuseRange(reply, String(contentRange))
  if (length !== undefined) reply.header('content-length', length)
  if (contentRange !== undefined) reply.header('content-range', contentRange)
  return await reply.code(status).type('application/octet-stream').send(body)
}
