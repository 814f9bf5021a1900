import { recordPlace } from '@epione/protocol'
import type { RecordManifest } from '@epione/protocol'
import { RECORDS } from '@epione/protocol/api'
import type { LedgerClient } from '@epione/ledger/client'
import type { FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { ownerOf, patientOf, practitionerOf } from '../http/caller.ts'
import { GatewayError } from '../errors.ts'
import { fromLedgerPage, toLedgerPage } from '../http/paging.ts'
import { serve } from '../http/serve.ts'
import { findContentOf, requireContentManifest } from './content-of.ts'
import { fetchContent, findWrap } from './fetch-elsewhere.ts'
import { listShownRecords, requireManifestReader } from './manifest-grounds.ts'
import { outlineOf } from './outlines.ts'
import { receiveUpload } from './receive-upload.ts'
import { requireOwnContent, requireReadable } from './read-grounds.ts'
import type { ReadableContent } from './read-grounds.ts'
import { copyRecord, requireContent } from './register-record.ts'
import { isFresh, requireMatch, sendProven, sendStored, tagContent, wantedRange } from './send-content.ts'
import { rewrapRecord } from './rewrap-record.ts'
import { requireNotDestroyed } from './require-live.ts'
import { requireAuthorSigned } from './require-signed.ts'
import { markWrapNamed, storeWrap } from './wraps.ts'
import { markEntryNamed, requireEntry, storeEntry } from '../search/entries.ts'
import { checkStatement } from '../ledger/statements.ts'
import { submitOnce } from '../ledger/submit-once.ts'

export const recordRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.route(
    serve(RECORDS.storeContent, async (request) =>
      await receiveUpload(app, request, ownerOf(request), { maxBytes: app.config.maxContentBytes }))
  )

  app.route(serve(RECORDS.register, async (request) => {
    const { statement, wrap, entry } = request.body
    const checked = checkStatement('RecordManifest', statement, app.networkId)
    const { id } = checked
    const manifest = requireContentManifest(checked.body)
    const brought = requireEntry(manifest, entry)
    const ledger = await ledgerOfAuthor(app, request, manifest)
    const content = await requireContent(app, checked, wrap)
    await requireAuthorSigned(app, checked)
    await requireNotDestroyed(app.store.db, manifest)
    const { recordId, version, wrapHash: hash, patientId } = manifest
    const [owner, now] = [ownerOf(request), app.ports.clock()]
    await storeWrap(app.store.db, { hash, wrap, owner, patientId, subject: manifest }, now)
    if (brought !== undefined) await storeEntry(app.store.db, brought, { owner, patientId }, now)
    const copies = await copyRecord(app, content, statement, hash, { wrap, ...(entry !== undefined && { entry }) })
    const { txId, blockNumber } = await submitOnce(app, id, () =>
      ledger.registerRecord(statement), () => app.ledger.gateway.getRecord(recordId, version))
    await app.contents.markNamed(content.cid)
    await markWrapNamed(app.store.db, hash, manifest)
    if (brought !== undefined) await markEntryNamed(app.store.db, brought)
    return { recordId, version, manifestId: id, txId, blockNumber, copies }
  }))

  app.route(
    serve(RECORDS.listOfPatient, async (request) =>
      fromLedgerPage(await listShownRecords(app, request, request.params.patientId, toLedgerPage(request.query))))
  )

  app.route(serve(RECORDS.get, async (request) => {
    const record = await app.ledger.gateway.getRecord(request.params.recordId, request.query.version)
    await requireManifestReader(app, request, record, request.query.event)
    return record
  }))

  app.route(serve(RECORDS.getWrap, async (request) => {
    const { recordId, version } = request.params
    const { record, author, grounds } = requireOwnContent(await requireReadable(app, request, recordId, version, request.query.event))
    return { wrap: await findWrap(app, { record, place: recordPlace(app.networkId, { recordId, version, author }), grounds }) }
  }))

  app.route(serve(RECORDS.getContent, async (request, reply) => {
    return await sendOwnContent(app, request, reply, { ...request.params, event: request.query.event })
  }))

  app.route(serve(RECORDS.getContentOutline, async (request, reply) => {
    const { params: { recordId, version }, query: { event } } = request
    const outline = await outlineOf(app, requireOwnContent(await requireReadable(app, request, recordId, version, event)))
    return await reply.type('application/octet-stream').send(Buffer.from(outline.buffer, outline.byteOffset, outline.length))
  }))

  app.route(serve(RECORDS.rewrap, async (request) => {
    const { params, body: { statement, ...brought } } = request
    const rewrap = checkStatement('Rewrap', statement, app.networkId)
    const { recordId, version, patientId } = rewrap.body
    if (recordId !== params.recordId || version !== params.version) {
      throw new GatewayError('REQUEST_INVALID', 'the statement is about another record version')
    }
    if (patientOf(request) !== patientId) throw new GatewayError('NOT_PERMITTED', 'the session is another patient\'s')
    return await rewrapRecord(app, statement, rewrap, brought)
  }))
  done()
}

/** The ciphertext of a record version to whoever may have it, or what they lack of it. @throws {GatewayError} as `requireReadable` */
export async function sendOwnContent (
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  { recordId, version, event }: { recordId: string, version: number, event: string | undefined }
): Promise<FastifyReply> {
  const readable = requireOwnContent(await requireReadable(app, request, recordId, version, event))
  const { cid } = readable
  tagContent(reply, cid)
  requireMatch(request, cid)
  if (isFresh(request, cid)) return await reply.code(304).send(undefined)
  return await sendContent(app, reply, readable, wantedRange(request, cid))
}

/** The ledger under the author's own certificate, or the gateway's for a patient. @throws {GatewayError} NOT_PERMITTED */
async function ledgerOfAuthor (
  app: FastifyInstance,
  request: FastifyRequest,
  { author, patientId }: RecordManifest
): Promise<LedgerClient> {
  const session = patientOf(request)
  if (author.kind === 'patient') {
    if (session !== patientId) throw new GatewayError('NOT_PERMITTED', 'a patient\'s own record needs that patient\'s session')
    return app.ledger.gateway
  }
  if (author.kind === 'device') throw new GatewayError('NOT_PERMITTED', 'a device registers segments, by its stream')
  if (session !== undefined) throw new GatewayError('NOT_PERMITTED', 'a practitioner\'s record needs that practitioner\'s token')
  const self = practitionerOf(request)
  if (author.mspId !== self.mspId || author.staffId !== self.staffId) {
    throw new GatewayError('NOT_PERMITTED', 'the manifest names another author')
  }
  return await app.ledger.as(request)
}

async function sendContent (
  app: FastifyInstance,
  reply: FastifyReply,
  readable: ReadableContent,
  range: string | undefined
): Promise<FastifyReply> {
  const own = await findContentOf(app.contents, { ...readable.record, ...readable })
  if (own !== undefined) return await sendStored(reply, own, range)
  const proven = await fetchContent(app, readable)
  try {
    const isRestored = await app.contents.isLost(readable.cid) && await app.room.left() >= proven.sizeBytes
    if (!isRestored) return await sendProven(reply, proven, range)
    app.log.error({ cid: readable.cid }, 'a content in the own store is torn or gone: it is fetched from another hospital again')
    // Piece by piece: others that write meanwhile leave the reserve whole, too.
    const grow = async (bytes: number): Promise<void> => { await app.room.take(bytes) }
    const restored = await app.contents.receive(proven.body, { maxBytes: proven.sizeBytes, expectedCid: readable.cid, grow })
    return await sendStored(reply, restored, range)
  } catch (error) {
    proven.body.destroy()
    throw error
  }
}
