import { isStreamOf, LedgerError } from '@epione/protocol'
import type { DeviceState, Page } from '@epione/protocol'
import { PEER_STREAMS, STREAMS } from '@epione/protocol/api'
import type { FastifyInstance, FastifyPluginCallback, FastifyRequest } from 'fastify'
import { GatewayError } from '../errors.ts'
import { admitStatement } from '../http/admission.ts'
import { deviceOf, patientOf } from '../http/caller.ts'
import { originOf } from '../http/origin.ts'
import { fromLedgerPage, toLedgerPage } from '../http/paging.ts'
import { serve } from '../http/serve.ts'
import { checkStatement } from '../ledger/statements.ts'
import { submitForPlace } from '../ledger/submit-once.ts'
import { peerOf } from '../peers/peers.ts'
import { requireOwnerOrHeir } from '../records/read-grounds.ts'
import { givePage, readPage } from './give-windows.ts'
import { registerSegment } from './register-segment.ts'
import { keepSegmentWraps, rewrapSegment } from './rewrap-segment.ts'
import { showStream } from './show-stream.ts'
import { takeCopies, takeWindows } from './take-windows.ts'
import { signReceipt } from './window-receipts.ts'
import { findHead, findOwner, pageOf } from './windows.ts'

export const streamRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.route(serve(STREAMS.addDevice, async (request) => {
    const { statement } = request.body
    const checked = checkStatement('Device', statement, app.networkId)
    await admitStatement(app, request, checked, 'patient')
    const { txId, blockNumber } = await submitForPlace(app, checked.id, () => app.ledger.gateway.addDevice(statement))
    return { deviceId: checked.id, txId, blockNumber }
  }))

  app.route(serve(STREAMS.endDevice, async (request) => {
    const { statement } = request.body
    const checked = checkStatement('DeviceEnd', statement, app.networkId)
    await admitStatement(app, request, checked, 'others too')
    const { txId, blockNumber } = await submitForPlace(app, checked.id, () => app.ledger.gateway.endDevice(statement))
    await app.events.catchUp()
    return { deviceId: checked.body.deviceId, txId, blockNumber }
  }))

  app.route(serve(STREAMS.listDevices, async (request) => {
    const { params: { patientId }, query } = request
    const read = async (): Promise<Page<DeviceState>> => await app.ledger.gateway.listDevices(patientId, toLedgerPage(query))
    return fromLedgerPage(await app.openReads.read(`devices ${patientId} ${JSON.stringify(query)}`, originOf(request), read))
  }))

  app.route(serve(STREAMS.getDevice, async (request) => {
    const { patientId, deviceId } = request.params
    const read = async (): Promise<DeviceState> => await app.ledger.gateway.getDevice(patientId, deviceId)
    return await app.openReads.read(`device ${patientId} ${deviceId}`, originOf(request), read)
  }))

  app.route(serve(STREAMS.putWindows, async (request) =>
    await takeWindows(app, deviceOf(request), request.params.stream, request.body)))

  app.route(serve(STREAMS.closeSegment, async (request) =>
    await registerSegment(app, deviceOf(request), request.params.stream, request.body.statement)))

  app.route(serve(STREAMS.getStream, async (request) => {
    const { stream } = request.params
    await app.events.catchUp()
    await requireParty(app, request, stream)
    return await showStream(app, stream)
  }))

  app.route(serve(STREAMS.listStored, async (request) => {
    const { params: { stream }, query: { after = 0 } } = request
    await app.events.catchUp()
    await requireParty(app, request, stream)
    const head = await findHead(app.store.db, stream)
    if (head?.ended === 1) throw new GatewayError('RECORD_ENDED', `stream ${stream} was ended: nothing of it is kept or given`)
    const first = Math.max(after, head?.last_number ?? 0) + 1
    return { grade: 'stored' as const, ...await pageOf(app.store.db, { stream, first, last: Number.MAX_SAFE_INTEGER }) }
  }))

  app.route(serve(STREAMS.listWindows, async (request) => {
    const { params: { recordId, version }, query: { event, after = 0, paths } } = request
    return { grade: 'on-ledger' as const, ...await readPage(app, request, { recordId, version, event, after, isWhole: paths === 'none' }) }
  }))

  app.route(serve(STREAMS.rewrapSegment, async (request) => {
    const { params, body: { statement, wraps } } = request
    const rewrap = checkStatement('Rewrap', statement, app.networkId)
    const { recordId, version, patientId } = rewrap.body
    if (recordId !== params.recordId || version !== params.version) {
      throw new GatewayError('REQUEST_INVALID', 'the statement is about another record version')
    }
    if (patientOf(request) !== patientId) throw new GatewayError('NOT_PERMITTED', 'the session is another patient\'s')
    return await rewrapSegment(app, statement, rewrap, wraps)
  }))

  app.route(serve(PEER_STREAMS.putWindows, async (request) => {
    const windows = await takeCopies(app, peerOf(request), request.body.windows)
    return { receipt: signReceipt(app.proxy.context, windows.map(({ id }) => id)) }
  }))

  app.route(serve(PEER_STREAMS.listWindows, async (request) => {
    const { params, query: { after = 0, only, ...grounds } } = request
    return { grade: 'on-ledger' as const, ...await givePage(app, peerOf(request), { ...params, grounds, after, isPart: only === 'here' }) }
  }))

  app.route(serve(PEER_STREAMS.putWraps, async (request) => {
    const { statement, wraps } = request.body
    return { kept: await keepSegmentWraps(app, checkStatement('Rewrap', statement, app.networkId), wraps) }
  }))
  done()
}

/**
 * The device that writes the stream, its patient, or whom that patient was handed over to.
 * @throws {GatewayError} NOT_PERMITTED @throws {LedgerError} RECORD_UNKNOWN
 */
async function requireParty (app: FastifyInstance, { caller }: FastifyRequest, stream: string): Promise<void> {
  if (caller?.kind === 'device') {
    if (isStreamOf(stream, caller.deviceId)) return
    throw new GatewayError('NOT_PERMITTED', 'the stream is another device\'s')
  }
  const writer = await findOwner(app.store.db, stream)
  if (writer === undefined) throw new LedgerError('RECORD_UNKNOWN', `no stream ${stream} is here, nor on the ledger`)
  await requireOwnerOrHeir(app, caller?.kind === 'patient' ? caller.patientId : '', writer.patientId)
}
