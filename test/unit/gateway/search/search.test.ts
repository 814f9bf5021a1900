import t from 'tap'
import type { Test } from 'tap'
import { deriveIndexKeys, extendChain, EMPTY_CHAIN, headsRoot, indexEntryHash, keywordTag, openIndexEntry, PublicKey, searchKeyOf, toHex, fromHex } from '@epione/crypto'
import type { ChainHead, WriterHead } from '@epione/crypto'
import type { NetworkDocument } from '@epione/protocol'
import { PEERS } from '@epione/protocol/api'
import { verifyPermit } from '../../../../gateway/src/proxy/verify-permit.ts'
import { refillEntries } from '../../../../gateway/src/search/refill.ts'
import { createSearchKey, signSearch, signSearchKeys, strayEntry, strayWrap } from '../../../helpers/index-fixtures.ts'
import { get, Indexing, linksOf, THIRD_MSP } from '../../../helpers/indexing.ts'
import { publishPatient, sign, signProhibition } from '../../../helpers/ledger-fixtures.ts'
import { signFreeze, signUnfreeze, publishGuardians, twoOf } from '../../../helpers/lifetime-fixtures.ts'
import { LyingIndex } from '../../../helpers/lying-index.ts'
import { post, READER_MSP, until } from '../../../helpers/sharing.ts'
import type { Answered } from '../../../helpers/sharing.ts'

/* Search as gateways and proxies serve it. */

let now = Date.now()
const indexing = await Indexing.create(t, { clock: () => now })
const { sharing, key, compartment } = indexing
const { world, patient, reader } = sharing
const [first, second, third] = [
  await indexing.register(['code:glucose']), await indexing.register(['code:hba1c']), await indexing.register(['code:glucose'])
]

/** Heads of the chains that these links make. */
function headsOf (answer: Answered): WriterHead[] {
  const heads = new Map<string, ChainHead>()
  for (const { writer, number, link } of linksOf(answer)) {
    const head = extendChain(heads.get(writer) ?? EMPTY_CHAIN, link)
    if (head.count !== number) throw new Error('a link is missing')
    heads.set(writer, head)
  }
  return [...heads].map(([writer, head]) => ({ writer, ...head })).sort((a, b) => a.writer < b.writer ? -1 : 1)
}

async function refusedWith (t: Test, event: string, status: number, code: string): Promise<void> {
  t.match(await indexing.links(event), { status, body: { code } }, 'the index')
  const { status: answered, body } = await indexing.answers(event)
  t.match({ answered, code: body.code }, { answered: status, code }, 'answers of proxies')
}

t.test('a reader finds a record: proxies open the search key and sign the same chains, which the links are', async (t) => {
  const event = await indexing.permit()
  const { status, body } = await indexing.answers(event)
  t.equal(status, 200)
  t.equal(body.answers.length, 3)
  const page = await indexing.links(event)
  const root = headsRoot(headsOf(page))
  t.same(body.answers.map(({ answer }) => answer.body.heads), Array(3).fill({ label: compartment.label, writers: 1, root }))
  const record = { ...first, wrap: key.wrap, wrapHash: key.wrapHash, place: key.wrapPlace }
  const secret = sharing.open(record, body.answers)
  const search = searchKeyOf(secret, PublicKey.fromHex(key.published.key))
  t.notOk(linksOf(page).some((item) => 'statement' in item), 'no statement goes to a reader')
  const hits = linksOf(page).flatMap(({ link, entry = '' }) => {
    if (link.kind !== 'in') return []
    const { recordId, version, indexKey } = link
    const keys = deriveIndexKeys(key.place, { search, indexKey: PublicKey.fromHex(indexKey) })
    return openIndexEntry(keys, { recordId, version }, fromHex(entry)).tags.has(keywordTag(keys, 'code:glucose')) ? [recordId] : []
  })
  t.same(hits, [first.recordId, third.recordId])
  await until(async () => (await world.gateway('CoreMSP').ledger.listReleases(event)).length > 0)
})

t.test('links come in the ledger\'s order and on from any position, the same at each hospital', async (t) => {
  const event = await indexing.permit()
  const links = linksOf(await indexing.links(event))
  t.same(links.map(({ link }) => link.recordId), [first.recordId, second.recordId, third.recordId])
  const rest = linksOf(await indexing.links(event, { after: links[0]?.at ?? '' }))
  t.same(rest.map(({ at }) => at), links.slice(1).map(({ at }) => at))
  for (const { app } of sharing.gateways.values()) await app.events.catchUp()
  for (const mspId of ['CoreMSP', READER_MSP, THIRD_MSP]) {
    const own = linksOf(await indexing.ownLinks(sharing.of(mspId)))
    t.same(own.map(({ at, number }) => [at, number]), links.map(({ at, number }) => [at, number]))
  }
  for (const after of ['x', '1', '1.2.3', '-1.0', '1.', '99999999999999999.0']) {
    t.match(await indexing.links(event, { after }), { status: 400, body: { code: 'REQUEST_INVALID' } }, after)
  }
})

t.test('the patient reads index and heads by session, nobody else does', async (t) => {
  const stranger = await publishPatient(world)
  t.match(await indexing.ownLinks(indexing.core, stranger), { status: 403, body: { code: 'NOT_PERMITTED' } })
  const url = `/v1/patients/${patient.patientId}/index/heads?label=${compartment.label}`
  const { status, body } = await get(indexing.core.app, url, indexing.core.session(patient))
  t.match({ status, heads: body['heads'] }, { status: 200, heads: headsOf(await indexing.ownLinks()) })
  t.match(await get(indexing.core.app, url, indexing.core.session(stranger)), { status: 403, body: { code: 'NOT_PERMITTED' } })
  t.match(await get(indexing.core.app, url, sharing.token), { status: 401 })
})

t.test('without a permit of one\'s own to search that very compartment nothing is served', async (t) => {
  const event = await indexing.permit()
  const app = sharing.of(READER_MSP).app
  const index = `/v1/patients/${patient.patientId}/index?label=${compartment.label}`
  t.match(await get(app, index, sharing.token), { status: 403, body: { code: 'NOT_PERMITTED' } }, 'no event')
  const label = patient.compartments[1].label
  t.match(await indexing.links(event, { label }), { status: 403, body: { code: 'NOT_PERMITTED' } }, 'another label')
  const other = await publishPatient(world)
  t.match(
    await get(app, `/v1/patients/${other.patientId}/index?label=${compartment.label}&event=${event}`, sharing.token),
    { status: 403, body: { code: 'NOT_PERMITTED' } },
    'another patient'
  )
  await sharing.of(READER_MSP).enrol('dr-other')
  const token = `Bearer ${await sharing.of(READER_MSP).token('dr-other', 'user/DocumentReference.rs')}`
  t.match(await get(app, `${index}&event=${event}`, token), { status: 403, body: { code: 'EVENT_OF_ANOTHER' } }, 'another person')
  t.match(await indexing.answers(event, token), { status: 403, body: { code: 'NOT_PERMITTED' } })
  const read = await sharing.permit(await sharing.activate(), [first])
  t.match(await indexing.links(read), { status: 403, body: { code: 'NOT_PERMITTED' } }, 'a permit to read')
  t.match(await indexing.answers(read), { status: 403, body: { code: 'NOT_PERMITTED' } })
  t.match(await sharing.collect(event), { status: 403, body: { code: 'NOT_PERMITTED' } }, 'a permit to search opens no record')
  const denied = await post(app, '/v1/access-requests', {
    statement: signSearch(world, reader, patient, [compartment], await sharing.activate())
  }, sharing.token)
  t.match(denied, { status: 403, body: { code: 'ACCESS_DENIED' } }, 'a consent to read allows no search')
  await refusedWith(t, String(denied.body['eventId']), 403, 'EVENT_DENIED')
  const heads = (query: string): Promise<Answered> => get(app, `/v1/access-events/${event}/heads?${query}`, sharing.token)
  t.match(await heads(`label=${patient.compartments[1].label}&mspId=CoreMSP`), { status: 403, body: { code: 'NOT_PERMITTED' } })
  t.match(await heads(`label=${compartment.label}&mspId=CoreMSP`), { status: 200, body: { heads: [{ count: 3 }] } })
  t.match(await heads(`label=${compartment.label}&mspId=${READER_MSP}`), { status: 200, body: { heads: [{ count: 3 }] } })
})

t.test('what ends the right ends it at once', async (t) => {
  const { ledger: gateway } = world.gateway('CoreMSP')
  const caughtUp = async (): Promise<void> => { for (const { app } of sharing.gateways.values()) await app.events.catchUp() }
  await t.test('a revocation', async (t) => {
    const consentId = await sharing.activate({ actions: ['search'] })
    const event = await permitUnder(consentId)
    t.match(await indexing.links(event), { status: 200 })
    t.match(await sharing.revoke(consentId), { status: 201 })
    await caughtUp()
    await refusedWith(t, event, 403, 'CONSENT_ENDED')
  })
  await t.test('a prohibition', async (t) => {
    const event = await indexing.permit()
    const { value: { id } } = await gateway.forbidAccess(signProhibition(world, patient, { forbids: { actions: ['search'] } }))
    await caughtUp()
    await refusedWith(t, event, 403, 'EVENT_DENIED')
    await gateway.forbidAccess(signProhibition(world, patient, { ends: id }))
    await caughtUp()
    t.match(await indexing.links(event), { status: 200 })
  })
  await t.test('a freeze', async (t) => {
    const guardians = await publishGuardians(world, patient)
    const event = await indexing.permit()
    const { value: { id } } = await gateway.freezePatient(signFreeze(world, patient, patient.identity))
    await caughtUp()
    await refusedWith(t, event, 403, 'EVENT_DENIED')
    await gateway.unfreezePatient(signUnfreeze(world, patient, id, ...twoOf(guardians)))
    await caughtUp()
  })
  await t.test('a new issue of the search key', async (t) => {
    const event = await indexing.permit()
    const next = createSearchKey(patient, compartment, indexing.key)
    await indexing.require(indexing.publish([next]), 201)
    indexing.key = next
    await caughtUp()
    await refusedWith(t, event, 403, 'WRAP_UNKNOWN')
  })
  await t.test('a network document that names no search, whatever most members permit', async (t) => {
    const eventId = await indexing.permit()
    const { context, ...proxy } = sharing.of('CoreMSP').app.proxy
    const prove = async (change: (document: NetworkDocument) => NetworkDocument): Promise<unknown> => await verifyPermit({
      ...context,
      ...proxy,
      networkAt: async (time) => change(await context.networkAt(time)),
      now: () => now,
      isEnded: () => Promise.resolve(false),
      requireKept: () => Promise.resolve()
    }, eventId, READER_MSP)
    await prove((document) => document)
    await t.rejects(prove((document) => ({ ...document, features: [] })), {
      code: 'STATEMENT_UNPROVEN', extensions: { rule: 'decision.differs' }
    })
  })
  await t.test('the end of its life', async (t) => {
    const event = await indexing.permit()
    now += 61_000
    await refusedWith(t, event, 403, 'PERMIT_EXPIRED')
  })
})

async function permitUnder (consentId: string): Promise<string> {
  const statement = signSearch(world, reader, patient, [compartment], consentId)
  const { body } = await indexing.require(post(sharing.of(READER_MSP).app, '/v1/access-requests', { statement }, sharing.token), 201)
  return (body['event'] as { eventId: string }).eventId
}

async function codeOf (attempt: Promise<unknown>): Promise<unknown> {
  return await attempt.catch((error: unknown) => (error as { extensions: { peerCode?: string } }).extensions.peerCode)
}

t.test('between gateways: entries to whoever has a permit or registered the record, wraps to whoever has a permit', async (t) => {
  const event = await indexing.permit()
  const entries = [{ recordId: first.recordId, version: 1, hash: first.hash }]
  const ask = async (from: string, at: string, body: object): Promise<unknown> =>
    await codeOf(sharing.of(from).app.peers.of(at).call(PEERS.getEntries, { body: body as never }).then(({ entries }) => entries.length))
  const holder = (await indexing.hospitalsWith(first)).find((mspId) => mspId !== 'CoreMSP') ?? ''
  t.equal(await ask('CoreMSP', holder, { entries }), 1, 'its origin')
  t.equal(await ask(READER_MSP, 'CoreMSP', { entries }), 0, 'a hospital without a permit')
  t.equal(await ask(READER_MSP, 'CoreMSP', { entries, event }), 1, 'the reader\'s')
  t.equal(await ask(THIRD_MSP, 'CoreMSP', { entries, event }), 'EVENT_OF_ANOTHER', 'with another hospital\'s permit')
  t.equal(await ask(READER_MSP, 'CoreMSP', { event, entries: [{ ...entries[0], hash: '00'.repeat(32) }] }), 0, 'another hash')
  const answer = async (from: string, body: object): Promise<unknown> =>
    await codeOf(sharing.of(from).app.peers.of('CoreMSP').call(PEERS.answerSearch, { body: body as never }).then(() => 'answered'))
  const { label, epoch } = compartment
  const wrap = toHex(indexing.key.wrap)
  t.equal(await answer(READER_MSP, { eventId: event, wraps: [{ label, epoch, wrap }] }), 'answered')
  t.equal(await answer(THIRD_MSP, { eventId: event, wraps: [{ label, epoch, wrap }] }), 'EVENT_OF_ANOTHER')
  t.equal(await answer(READER_MSP, { eventId: event, wraps: [{ label, epoch, wrap: toHex(strayWrap()) }] }), 'WRAP_UNKNOWN')
  t.equal(await answer(READER_MSP, { eventId: event, wraps: [{ label, epoch: epoch + 1, wrap }] }), 'WRAP_UNKNOWN', 'another epoch')
  t.equal(await answer(READER_MSP, { eventId: event, wraps: [{ label, epoch, wrap: toHex(key.wrap) }] }), 'WRAP_UNKNOWN', 'of another issue')
  t.equal(await sharing.of(READER_MSP).app.peers.of('CoreMSP').getWrap(indexing.key.wrapHash, { event }), wrap)
  await t.rejects(sharing.of(READER_MSP).app.peers.of('CoreMSP').getWrap(first.wrapHash, { event }), { code: 'PEER_REFUSED', extensions: { peerCode: 'NOT_PERMITTED' } })
  const { identity } = await publishPatient(world)
  const forged = { statement: signSearchKeys(world, patient, [indexing.key], identity), wraps: [wrap] }
  const copies = sharing.of(READER_MSP).app.peers.of('CoreMSP').call(PEERS.putSearchWraps, { body: forged })
  await t.rejects(copies, { code: 'PEER_REFUSED', extensions: { peerCode: 'SIGNATURE_INVALID' } })
})

t.test('a hospital that lost its store has its entries back, and serves meanwhile what others have', async (t) => {
  const core = indexing.core.app
  await core.store.db.deleteFrom('index_entries').execute()
  t.equal(await refillEntries(core), 3)
  t.equal((await indexing.hospitalsWith(first)).includes('CoreMSP'), true)
  await sharing.of(READER_MSP).app.store.db.deleteFrom('index_entries').execute()
  const event = await indexing.permit()
  t.same(linksOf(await indexing.links(event)).map(({ entry }) => entry), [first, second, third].map((record) => toHex(record.entry)))
  t.equal((await indexing.hospitalsWith(second)).includes(READER_MSP), true, 'what came stays')
  for (const { app } of sharing.gateways.values()) await app.store.db.deleteFrom('index_entries').where('record_id', '=', second.recordId).execute()
  t.match(linksOf(await indexing.links(event)), [{ entry: String }, { lost: true, entry: undefined }, { entry: String }], 'one that nobody has is lost')
})

t.test('a hospital that gives another entry is passed over', async (t) => {
  const record = await indexing.register()
  for (const mspId of [READER_MSP, THIRD_MSP]) {
    await sharing.of(mspId).app.store.db.deleteFrom('index_entries').where('record_id', '=', record.recordId).execute()
  }
  const { db } = indexing.core.app.store
  await db.updateTable('index_entries').set({ entry: third.entry }).where('record_id', '=', record.recordId).execute()
  const event = await indexing.permit()
  t.match(linksOf(await indexing.links(event)).at(-1), { lost: true, link: { recordId: record.recordId } })
})

t.test('a proxy whose index was changed under it signs nothing', async (t) => {
  const lying = new LyingIndex(sharing.of(THIRD_MSP).app, { patientId: patient.patientId, label: compartment.label })
  await lying.falsifyHead()
  const { body } = await indexing.answers(await indexing.permit())
  t.match(body.failures, [{ mspId: THIRD_MSP, code: 'STATEMENT_UNPROVEN', rule: 'search.heads' }])
  t.same(body.answers.map(({ mspId }) => mspId).sort(), ['CoreMSP', READER_MSP].sort())
  t.equal(new Set(body.answers.map(({ answer }) => answer.body.heads?.root)).size, 1)
})

t.test('whatever a reader\'s hospital changes in the index shows against what the other proxies sign', async (t) => {
  const own = sharing.of(READER_MSP).app
  const saved = await own.store.db.selectFrom('index_links').selectAll().execute()
  const entries = await own.store.db.selectFrom('index_entries').selectAll().execute()
  const stray = strayEntry()
  const lies: Record<string, (lying: LyingIndex) => Promise<void>> = {
    'drops the newest': (lying) => lying.drop(-1),
    'drops the oldest': (lying) => lying.drop(0),
    'drops a middle one': (lying) => lying.drop(1),
    'shows an old head': (lying) => lying.forget(2),
    'signs a false head': (lying) => lying.falsifyHead(),
    'serves another entry': (lying) => lying.replaceEntry(1, toHex(stray), toHex(indexEntryHash(stray))),
    'invents one': (lying) => lying.invent()
  }
  for (const [what, lie] of Object.entries(lies)) {
    await lie(new LyingIndex(own, { patientId: patient.patientId, label: compartment.label }))
    const event = await indexing.permit()
    const { body } = await indexing.answers(event)
    const honest = body.answers.find(({ mspId }) => mspId === 'CoreMSP')?.answer.body.heads?.root
    const shown = await indexing.links(event).then((page) => headsRoot(headsOf(page))).catch((error: unknown) => (error as Error).message)
    const signed = body.answers.find(({ mspId }) => mspId === READER_MSP)?.answer.body.heads?.root
    t.equal(shown !== honest || signed !== honest, true, what)
    await own.store.db.deleteFrom('index_links').execute()
    await own.store.db.insertInto('index_links').values(saved).execute()
    await own.store.db.deleteFrom('index_entries').execute()
    await own.store.db.insertInto('index_entries').values(entries).execute()
  }
  const event = await indexing.permit()
  const { body } = await indexing.answers(event)
  t.equal(headsRoot(headsOf(await indexing.links(event))), body.answers.find(({ mspId }) => mspId === 'CoreMSP')?.answer.body.heads?.root)
})

t.test('an erased version is shown to have ended, and its link stays in the chain', async (t) => {
  const erasure = sign(world, 'Erasure', { patientId: patient.patientId, records: [{ recordId: third.recordId }] }, patient.identity)
  const { body: { orderId } } = await indexing.require(post(indexing.core.app, '/v1/erasures', { statement: erasure }), 201)
  const page = await indexing.links(await indexing.permit())
  t.match(linksOf(page).find(({ link }) => link.recordId === third.recordId), { ended: orderId, entry: undefined, lost: undefined })
  t.match((page.body['items'] as object[]).at(-1), { end: { recordId: third.recordId, version: 1, orderId } })
})

t.test('pages are bounded by number and bytes, and never end within what one event appended', async (t) => {
  const { db } = indexing.core.app.store
  const [link] = await db.selectFrom('index_links').selectAll().where('kind', '=', 'in').limit(1).execute()
  if (link === undefined) throw new Error('there are links')
  const label = 'ef'.repeat(32)
  const add = async (count: number, statement: string): Promise<void> => {
    await db.deleteFrom('index_links').where('label', '=', label).execute()
    for (let i = 0; i < count; i += 1) {
      const at = { block_number: Math.floor(i / 3), event_index: 0, place: i % 3, number: i + 1 }
      await db.insertInto('index_links').values({ ...link, ...at, label, kind: 'out', entry_hash: null, live: 0, statement }).execute()
    }
  }
  const pages = async (): Promise<number[]> => {
    const sizes: number[] = []
    let after = ''
    do {
      const query = `label=${label}${after === '' ? '' : `&after=${after}`}`
      const { body } = await get(indexing.core.app, `/v1/patients/${patient.patientId}/index?${query}`, indexing.core.session(patient))
      const items = body['items'] as Array<{ at: string }>
      const isWhole = items.filter(({ at }) => at === items.at(-1)?.at).length === 3
      t.equal(isWhole, true)
      sizes.push(items.length)
      after = (body['next'] as string | undefined) ?? ''
    } while (after !== '')
    return sizes
  }
  const { signatures } = sign(world, 'Rewrap', {}, patient.identity)
  await add(1200, JSON.stringify({ body: '{}', signatures }))
  t.same(await pages(), [1023, 177])
  await add(300, JSON.stringify({ body: 'x'.repeat(40_000), signatures }))
  const sizes = await pages()
  t.equal(sizes.reduce((sum, size) => sum + size, 0), 300)
  t.equal(Math.max(...sizes) <= 30, true)
})

t.test('a reader who is suspended searches no more', async (t) => {
  const event = await indexing.permit()
  t.match(await indexing.links(event), { status: 200 })
  const target = { kind: 'person' as const }
  await world.registrar(READER_MSP).ledger.suspendStaff({ staffId: reader.staffId, target, cause: 'left' })
  for (const { app } of sharing.gateways.values()) await app.events.catchUp()
  for (const answer of [await indexing.links(event), await indexing.answers(event)]) t.equal([401, 403].includes(answer.status), true)
  const answer = sharing.of(READER_MSP).app.peers.of('CoreMSP').call(PEERS.getEntries, {
    body: { event, entries: [{ recordId: first.recordId, version: 1, hash: first.hash }] }
  })
  await t.rejects(answer, { code: 'PEER_REFUSED', extensions: { peerCode: 'EVENT_DENIED' } })
})
