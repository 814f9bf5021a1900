import { causeOf, checkStatementBody } from '@epione/protocol'
import type { RecordOrder } from '@epione/protocol'
import { RECORDS } from '@epione/protocol/api'
import type { FastifyInstance, FastifyPluginCallback, FastifyRequest } from 'fastify'
import { makeOrderAnchors } from '../anchors/event-anchor.ts'
import { admitStatement } from '../http/admission.ts'
import { patientOf, practitionerOf } from '../http/caller.ts'
import { GatewayError } from '../errors.ts'
import { serve } from '../http/serve.ts'
import { checkStatement } from '../ledger/statements.ts'
import { submitOnce } from '../ledger/submit-once.ts'
import type { Written } from '../ledger/submit-once.ts'
import { requireOwnerOrHeir } from './read-grounds.ts'

/** Ends of records: by their patient, who erases, or their author, who withdraws. */
export const recordEndRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.route(serve(RECORDS.erase, async (request) => {
    const { statement } = request.body
    const erasure = checkStatement('Erasure', statement, app.networkId)
    await admitStatement(app, request, erasure, 'patient')
    const { gateway: ledger } = app.ledger
    return describe(await submitOnce(app, erasure.id, () => ledger.eraseRecords(statement), () => ledger.getOrder(erasure.id)))
  }))

  app.route(serve(RECORDS.withdraw, async (request) => {
    const { statement } = request.body
    const { id } = checkStatement('Withdrawal', statement, app.networkId)
    const { gateway } = app.ledger
    const ledger = patientOf(request) === undefined ? await app.ledger.as(request) : gateway
    return describe(await submitOnce(app, id, () => ledger.withdrawRecord(statement), () => gateway.getOrder(id)))
  }))

  app.route(serve(RECORDS.getOrder, async (request) => {
    const order = await app.ledger.gateway.getOrder(request.params.orderId)
    await requireParty(app, request, order)
    return order
  }))

  app.route(serve(RECORDS.getOrderAnchors, async (request) => {
    const order = await app.ledger.gateway.getOrder(request.params.orderId)
    await requireParty(app, request, order)
    return { items: await makeOrderAnchors({ db: app.store.db, connection: app.ledger.connection }, order) }
  }))
  done()
}

function describe ({ value: { order, versions }, txId, blockNumber }: Written<RecordOrder>): {
  orderId: string
  versions: { recordId: string, version: number }[]
  txId: string
  blockNumber: number
} {
  return { orderId: order.id, versions: versions.map(({ recordId, version }) => ({ recordId, version })), txId, blockNumber }
}

/** An erasure may name records of several authors, so it is its patient's alone. @throws {GatewayError} NOT_PERMITTED */
async function requireParty (app: FastifyInstance, request: FastifyRequest, { order, versions: [first] }: RecordOrder): Promise<void> {
  const { patientId } = JSON.parse(order.statement.body) as { patientId: string }
  const session = patientOf(request)
  if (session !== undefined) {
    await requireOwnerOrHeir(app, session, patientId)
    return
  }
  const { mspId, staffId } = practitionerOf(request)
  if (causeOf(order) === 'withdrawn' && first !== undefined) {
    const { manifest } = await app.ledger.gateway.getRecord(first.recordId, first.version)
    const { author } = checkStatementBody('RecordManifest', JSON.parse(manifest.statement.body))
    if (author.kind === 'practitioner' && author.mspId === mspId && author.staffId === staffId) return
  }
  throw new GatewayError('NOT_PERMITTED', 'neither its patient nor the author of what it withdraws')
}
