import { COMPARTMENTS_PER_SEARCH } from '@epione/protocol'
import type { SearchKeysPage } from '@epione/protocol'
import { PEERS, SEARCH } from '@epione/protocol/api'
import type { PageQuery } from '@epione/protocol/api'
import type { FastifyInstance, FastifyPluginCallback } from 'fastify'
import { collectSearch } from '../access/collect-search.ts'
import { GatewayError } from '../errors.ts'
import { patientOf, practitionerOf } from '../http/caller.ts'
import { originOf } from '../http/origin.ts'
import { fromLedgerPage, toLedgerPage } from '../http/paging.ts'
import { serve } from '../http/serve.ts'
import { checkStatement } from '../ledger/statements.ts'
import { requireOwnerOrHeir } from '../records/read-grounds.ts'
import { pageOfHeads } from './heads.ts'
import { listLinks } from './list-links.ts'
import { requireNamed, requireOwnSearch, requireSearchable } from './search-grounds.ts'
import { publishSearchKeys } from './search-keys.ts'

export const searchRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.route(serve(SEARCH.publishKeys, async (request) => {
    const { statement, wraps } = request.body
    const checked = checkStatement('SearchKeys', statement, app.networkId)
    if (patientOf(request) !== checked.body.patientId) throw new GatewayError('NOT_PERMITTED', 'the session is another patient\'s')
    return await publishSearchKeys(app, statement, checked, wraps)
  }))

  app.route(serve(SEARCH.listKeys, async (request) => {
    const { params: { patientId }, query } = request
    const name = `search keys ${patientId} ${JSON.stringify(query)}`
    const { items, statements, bookmark } = await app.openReads.read(name, originOf(request), () => findKeys(app, patientId, query))
    return { ...fromLedgerPage({ items, bookmark }), statements }
  }))

  app.route(serve(SEARCH.collect, async (request) => await collectSearch(app, request.params.eventId, practitionerOf(request))))

  app.route(serve(SEARCH.listHeadsOf, async (request) => {
    const { params: { eventId }, query: { label, mspId, cursor } } = request
    const permit = await requireOwnSearch(app, request, eventId)
    requireNamed(permit, label)
    if (mspId !== app.config.mspId) {
      return await app.peers.of(mspId).call(PEERS.listHeads, { params: { eventId }, query: { label, cursor } })
    }
    return await pageOfHeads(app.store.db, { patientId: permit.event.patientId, label, blockNumber: permit.blockNumber - 1 }, cursor)
  }))

  app.route(serve(SEARCH.listLinks, async (request) => {
    const { params: { patientId }, query: { label, event, after } } = request
    const grounds = await requireSearchable(app, request, { patientId, label, event })
    await app.events.catchUp()
    return await listLinks(app, { patientId, label, after }, grounds)
  }))

  app.route(serve(SEARCH.listHeads, async (request) => {
    const { params: { patientId }, query: { label, cursor } } = request
    await requireOwnerOrHeir(app, patientOf(request) ?? '', patientId)
    await app.events.catchUp()
    const newest = Number(app.events.position)
    return await pageOfHeads(app.store.db, { patientId, label, blockNumber: newest }, cursor)
  }))
  done()
}

/** @throws {GatewayError} REQUEST_INVALID, CURSOR_INVALID */
async function findKeys (
  { ledger: { gateway: ledger } }: FastifyInstance,
  patientId: string,
  { label, epoch, ...query }: PageQuery & { label?: string, epoch?: number }
): Promise<SearchKeysPage> {
  const page = toLedgerPage(query)
  if (label === undefined && epoch === undefined) return await ledger.listSearchKeys(patientId, page)
  if (label === undefined || epoch === undefined) throw new GatewayError('REQUEST_INVALID', 'name label and epoch, or neither')
  const before = page.bookmark === '' ? 0 : Number(page.bookmark)
  if (!Number.isSafeInteger(before) || before < 0) throw new GatewayError('CURSOR_INVALID', 'the cursor is not one of this list')
  const asked = Array.from({ length: COMPARTMENTS_PER_SEARCH }, (_, i) => ({ label, epoch, issue: before + i + 1 }))
  const { items, statements } = await ledger.findSearchKeys(patientId, asked)
  return { items, statements, bookmark: items.length < asked.length ? '' : String(before + items.length) }
}
