import t from 'tap'
import { fromHex, outlineWrap } from '@epione/crypto'
import { createServer } from 'node:https'
import { once } from 'node:events'
import { signRequest } from '../../../helpers/ledger-fixtures.ts'
import { createLyingReencryptor } from '../../../helpers/lying-reencryptor.ts'
import { post, READER_MSP, Sharing, until } from '../../../helpers/sharing.ts'

const LIAR = 'Regional2MSP'

t.test('three honest proxies', async (t) => {
  const sharing = await Sharing.create(t)
  const { world, reader, record } = sharing
  const grant = await sharing.createGrant()

  t.test('a consent is active and in everybody\'s custody when its answer comes', async (t) => {
    const answer = await sharing.grant(grant)
    t.match(answer, { status: 201, body: { consentId: grant.consentId, status: 'active', txId: /^[0-9a-f]{64}$/ } })
    t.same(answer.body['custody'], [...world.members].sort())
    t.type(answer.body['blockNumber'], 'number')
    t.same(await sharing.grant(grant), answer, 'the same again answers the same')
    t.same(await sharing.grant(grant, READER_MSP), answer, 'through another hospital too')
  })

  t.test('a permitted reader gets signed answers of which any two open the record', async (t) => {
    const eventId = await sharing.permit(grant.consentId)
    const { status, body } = await sharing.collect(eventId)
    t.equal(status, 200)
    t.same(body.failures, [])
    t.same(body.answers.map((a) => a.mspId).sort(), [...world.members].sort())
    t.equal(body.wraps.length, 1)
    const keys = [[0, 1], [0, 2], [1, 2]].map((pair) =>
      Buffer.from(sharing.open(record, pair.flatMap((i) => body.answers.slice(i, i + 1)))).toString('hex'))
    t.equal(new Set(keys).size, 1)
    t.throws(() => sharing.open(record, body.answers.slice(0, 1)), 'one is not enough')
  })

  t.test('each proxy says on the ledger what it released, in one receipt for what came close together', async (t) => {
    const events = [await sharing.permit(grant.consentId), await sharing.permit(grant.consentId)]
    const { proxy } = sharing.of('CoreMSP').app
    await proxy.receipts.flush()
    for (const eventId of events) await proxy.receipts.record(eventId, [record.wrapHash])
    await proxy.receipts.flush()
    const receipts = (eventId: string): Promise<{ id: string, submittedBy: string }[]> => reader.ledger.listReleases(eventId)
    for (const eventId of events) await until(async () => (await receipts(eventId)).length > 0)
    const [first = [], second = []] = await Promise.all(events.map(receipts))
    t.match(first, [{ submittedBy: 'CoreMSP' }])
    t.same(first.map((r) => r.id), second.map((r) => r.id), 'batched')
    t.same(await proxy.context.db.selectFrom('releases').selectAll().execute(), [])
    const collected = await sharing.permit(grant.consentId)
    await sharing.collect(collected)
    await until(async () => new Set((await receipts(collected)).map((r) => r.submittedBy)).size === 3)
  })

  t.test('the same request answers the same, and its permit is redeemed again', async (t) => {
    const statement = signRequest(world, reader, sharing.patient, [record], grant.consentId)
    const { app } = sharing.of(READER_MSP)
    const first = await post(app, '/v1/access-requests', { statement }, sharing.token)
    t.equal(first.status, 201)
    t.same(await post(app, '/v1/access-requests', { statement }, sharing.token), first)
  })

  t.test('a denied request says why, where it is logged, and stays denied', async (t) => {
    const statement = signRequest(world, reader, sharing.patient, [record])
    const { app } = sharing.of(READER_MSP)
    const first = await post(app, '/v1/access-requests', { statement }, sharing.token)
    t.match(first, {
      status: 403,
      body: { code: 'ACCESS_DENIED', reasons: [{ rule: 'consent.none-named' }], eventId: String, txId: String, blockNumber: Number }
    })
    const again = await post(app, '/v1/access-requests', { statement }, sharing.token)
    t.same({ ...again.body, instance: '' }, { ...first.body, instance: '' })
    const { status, body } = await sharing.collect(String(first.body['eventId']))
    t.match({ status, code: body.code }, { status: 403, code: 'EVENT_DENIED' })
  })

  t.test('a request or a permit of another person is not theirs to use', async (t) => {
    const gateway = sharing.of(READER_MSP)
    await gateway.enrol('dr-other')
    const other = `Bearer ${await gateway.token('dr-other', 'user/DocumentReference.rs')}`
    const statement = signRequest(world, reader, sharing.patient, [record], grant.consentId)
    t.match(await post(gateway.app, '/v1/access-requests', { statement }, other), { status: 403, body: { code: 'NOT_PERMITTED' } })
    const { status, body } = await sharing.collect(await sharing.permit(grant.consentId), other)
    t.match({ status, code: body.code }, { status: 403, code: 'NOT_PERMITTED' })
  })

  t.test('many records of one request are answered together', async (t) => {
    const records = [record, await sharing.addRecord(), await sharing.addRecord(), await sharing.addRecord()]
    const { body } = await sharing.collect(await sharing.permit(grant.consentId, records))
    t.equal(body.answers.length, 3, 'one answer of each proxy')
    for (const { answer } of body.answers) t.same(answer.body.wrapHashes, records.map((r) => r.wrapHash).sort())
    for (const one of records) t.equal(sharing.open(one, body.answers).length, 32)
  })

  t.test('a record whose wrap nobody has keeps the others from nobody', async (t) => {
    const [lost, found] = [await sharing.addRecord(), await sharing.addRecord()]
    for (const { app } of sharing.gateways.values()) await app.store.db.deleteFrom('wraps').where('wrap_hash', '=', lost.wrapHash).execute()
    const { status, body } = await sharing.collect(await sharing.permit(grant.consentId, [lost, found]))
    t.match({ status, missing: body.missing, failures: body.failures }, {
      status: 200, missing: [{ recordId: lost.recordId, version: 1, code: 'CONTENT_UNAVAILABLE' }], failures: []
    })
    t.equal(sharing.open(found, body.answers).length, 32)
    t.same(body.wraps.map((w) => w.recordId), [found.recordId])
    t.match(await sharing.collect(await sharing.permit(grant.consentId, [lost])), { status: 503, body: { code: 'CONTENT_UNAVAILABLE' } })
  })

  t.test('no kfrag, sealed or open, is left in a store or a log, and no cfrag at all', async (t) => {
    const { body } = await sharing.collect(await sharing.permit(grant.consentId))
    const cfrags = body.answers.map((a) => a.answer.body.cfrags)
    const sealed = grant.kfrags.map((k) => k.sealed)
    for (const { log, app } of sharing.gateways.values()) {
      const rows = await Promise.all(
        (['outbox', 'releases', 'idempotency', 'journal'] as const).map(async (table) =>
          JSON.stringify(await app.store.db.selectFrom(table).selectAll().execute()))
      )
      const everything = [...log, ...rows].join('\n')
      t.notOk([...cfrags, ...sealed].some((secret) => everything.includes(secret)))
      t.notOk([...cfrags, ...sealed].some((secret) => everything.includes(secret.slice(100, 164))))
    }
  })
})

t.test('a proxy that lies', async (t) => {
  const sharing = await Sharing.create(t, {
    special: (mspId) => mspId === LIAR ? { ports: { reencryptor: createLyingReencryptor() } } : {}
  })
  const eventId = await sharing.permit(await sharing.activate())
  const { status, body } = await sharing.collect(eventId)
  const [lie] = body.answers.filter((a) => a.mspId === LIAR)

  t.test('is named, and the others suffice', (t) => {
    t.equal(status, 200)
    t.match(body.failures, [{ mspId: LIAR, code: 'CFRAG_PROOF_INVALID' }])
    t.equal(body.failures.length, 1)
    t.equal(sharing.open(sharing.record, body.answers.filter((a) => a.mspId !== LIAR)).length, 32)
    t.end()
  })

  const accuse = (answer: typeof lie): ReturnType<typeof post> =>
    post(
      sharing.of(READER_MSP).app,
      `/v1/access-events/${eventId}/accusations`,
      { ...answer, wraps: [outlineWrap(fromHex(body.wraps[0]?.wrap ?? ''), sharing.record.place)] },
      sharing.token
    )

  t.test('is convicted on the ledger by its own signature, and once: another accusation is not ordered', async (t) => {
    const convicted = await accuse(lie)
    t.match(convicted, {
      status: 201,
      body: { mspId: LIAR, eventId, failure: 'CFRAG_PROOF_INVALID', txId: String, blockNumber: Number }
    })
    t.same(await accuse(lie), convicted)
  })

  t.test('and an honest proxy cannot be accused', async (t) => {
    t.match(await accuse(body.answers.find((a) => a.mspId === 'CoreMSP')), { status: 400, body: { code: 'ACCUSATION_REFUSED' } })
    t.match(
      await accuse({ ...lie, mspId: 'CoreMSP' } as typeof lie),
      { status: 400, body: { code: 'ACCUSATION_REFUSED' } },
      'another\'s lie'
    )
  })
})

t.test('proxies that are down or silent', async (t) => {
  const sharing = await Sharing.create(t, { special: () => ({ ports: { patience: { graceMs: 300, deadlineMs: 60_000 } } }) })
  const consentId = await sharing.activate()

  t.test('one of three that is down is not missed', async (t) => {
    await sharing.of(LIAR).close()
    const { status, body } = await sharing.collect(await sharing.permit(consentId))
    t.equal(status, 200)
    t.match(body.failures, [{ mspId: LIAR, code: 'PEER_UNAVAILABLE' }])
  })

  t.test('one that takes the connection and says nothing is not waited for', async (t) => {
    const { tls, port } = sharing.consortium.hospitals.get(LIAR) ?? { tls: undefined, port: 0 }
    const silent = createServer({ cert: tls?.certificate, key: tls?.privateKey }, () => undefined).listen(port, '127.0.0.1')
    await once(silent, 'listening')
    t.teardown(() => { silent.closeAllConnections(); silent.close() })
    const { status, body } = await sharing.collect(await sharing.permit(consentId))
    t.equal(status, 200)
    t.match(body.failures, [{ mspId: LIAR, code: 'PROXY_SILENT' }])
  })

  t.test('two of three that are down are too few: what came is passed on with the refusal', async (t) => {
    await sharing.of('CoreMSP').close()
    const { status, body } = await sharing.collect(await sharing.permit(consentId))
    t.match({ status, code: body.code }, { status: 503, code: 'PROXIES_INSUFFICIENT' })
    t.same(body.answers.map((a) => a.mspId), [READER_MSP])
    t.same(body.failures.map((f) => f.mspId).sort(), ['CoreMSP', LIAR])
    t.equal(body.wraps.length, 1)
  })
})
