import t from 'tap'
import { toHex } from '@epione/crypto'
import { sweepUnnamed } from '../../../../gateway/src/records/sweep.ts'
import { UNNAMED_MAX } from '../../../../gateway/src/records/wraps.ts'
import { createEntry, createIndexedRewrap, createSearchKey, strayEntry, strayWrap } from '../../../helpers/index-fixtures.ts'
import { get, Indexing, THIRD_MSP } from '../../../helpers/indexing.ts'
import { sign } from '../../../helpers/ledger-fixtures.ts'
import { createRewrap } from '../../../helpers/lifetime-fixtures.ts'
import { post, READER_MSP, until } from '../../../helpers/sharing.ts'
import { publishPatient } from '../../../helpers/ledger-fixtures.ts'

/* Index entries and search wraps beside records: kept, copied, replaced and destroyed as wraps are, in both stores. */

for (const database of ['sqlite', 'postgresql'] as const) {
  t.test(database, async (t) => {
    let now = Date.now()
    const indexing = await Indexing.create(t, {
      clock: () => now,
      special: (mspId) => mspId === 'CoreMSP' ? { database } : {}
    })
    const { sharing, key } = indexing
    const { world, patient } = sharing
    const { db } = indexing.core.app.store

    await t.test('an entry lies at two hospitals before its record is registered', async (t) => {
      const record = await indexing.register()
      const hospitals = await indexing.hospitalsWith(record)
      t.equal(hospitals.includes('CoreMSP'), true)
      t.equal(hospitals.length >= 2, true)
      t.same((await db.selectFrom('index_entries').select('named').where('record_id', '=', record.recordId).execute()), [{ named: 1 }])
    })

    await t.test('an entry that is not the signed one, or comes where none is signed, is refused and nothing is kept', async (t) => {
      const { record, payload } = await indexing.prepare()
      const other = createEntry(key, record).entry
      for (const [entry, code] of [
        [undefined, 'ENTRY_MISMATCH'], [toHex(other), 'ENTRY_MISMATCH'], [toHex(strayEntry()), 'ENTRY_MISMATCH'],
        [toHex(record.entry.subarray(8)), 'REQUEST_INVALID'], ['00', 'REQUEST_INVALID'], ['0'.repeat(8290), 'REQUEST_INVALID'],
        [toHex(record.entry).toUpperCase(), 'REQUEST_INVALID']
      ] as const) t.match(await indexing.submit({ ...payload, entry }), { status: 400, body: { code } })
      t.same(await indexing.hospitalsWith(record), [])
      const { index: _index, ...members } = JSON.parse(record.statement.body) as { index: unknown }
      const plain = sign(world, 'RecordManifest', members, indexing.author.requestSigning)
      t.match(await indexing.submit({ ...payload, statement: plain }), { status: 400, body: { code: 'ENTRY_MISMATCH' } })
    })

    await t.test('nothing is registered when no other hospital takes the entry', async (t) => {
      const { record, payload } = await indexing.prepare()
      await sharing.of(READER_MSP).close()
      await sharing.of(THIRD_MSP).close()
      t.match(await indexing.submit(payload), { status: 503, body: { code: 'COPY_UNAVAILABLE' } })
      await t.rejects(world.gateway('CoreMSP').ledger.getRecord(record.recordId, 1), { code: 'RECORD_UNKNOWN' })
      await sharing.start(READER_MSP)
      await sharing.start(THIRD_MSP)
      t.match(await indexing.submit(payload), { status: 201 })
    })

    await t.test('another hospital takes no entry that the statement does not name', async (t) => {
      const { record, payload } = await indexing.prepare()
      const peer = indexing.core.app.peers.of(THIRD_MSP)
      const put = async (entry: string | undefined): Promise<void> => {
        await peer.putWrap(record.wrapHash, { wrap: String(payload['wrap']), ...(entry !== undefined && { entry }) }, { manifest: record.statement })
      }
      for (const entry of [undefined, toHex(strayEntry())]) {
        await t.rejects(put(entry), { code: 'PEER_REFUSED', extensions: { peerCode: 'ENTRY_MISMATCH' } })
      }
      t.same(await indexing.hospitalsWith(record), [])
      await put(toHex(record.entry))
      t.same(await indexing.hospitalsWith(record), [THIRD_MSP])
    })

    await t.test('a rewrap replaces the entry at each hospital; one without an entry leaves none', async (t) => {
      const [again, without] = [await indexing.register(), await indexing.register()]
      const second = patient.compartments[1]
      const secondKey = createSearchKey(patient, second)
      await indexing.require(indexing.publish([secondKey]), 201)
      const rewrap = createIndexedRewrap(patient, again, second, secondKey)
      const statement = sign(world, 'Rewrap', rewrap.members, patient.identity)
      const url = `/v1/records/${again.recordId}/versions/1/rewraps`
      const session = (): string => indexing.core.session(patient)
      const payload = { statement, wrap: toHex(rewrap.wrap) }
      t.match(await post(indexing.core.app, url, payload, session()), { status: 400, body: { code: 'ENTRY_MISMATCH' } })
      t.match(await post(indexing.core.app, url, { ...payload, entry: toHex(rewrap.entry) }, session()), { status: 201 })
      const { hash } = (rewrap.members as { index: { hash: string } }).index
      await until(async () => (await indexing.hospitalsWith(again)).length === 0)
      t.equal((await indexing.hospitalsWith({ ...again, hash })).length >= 2, true)

      const bare = createRewrap(patient, without, second)
      const answer = await post(indexing.core.app, `/v1/records/${without.recordId}/versions/1/rewraps`, {
        statement: sign(world, 'Rewrap', bare.members, patient.identity), wrap: toHex(bare.wrap)
      }, session())
      t.match(answer, { status: 201 })
      await until(async () => (await indexing.hospitalsWith(without)).length === 0)
    })

    await t.test('an erased version\'s entry is destroyed everywhere, and again when it comes back', async (t) => {
      const [record, neighbour] = [await indexing.register(), await indexing.register()]
      const brought = { wrap: toHex(record.wrap), entry: toHex(record.entry) }
      const erasure = sign(world, 'Erasure', { patientId: patient.patientId, records: [{ recordId: record.recordId }] }, patient.identity)
      const { body: { orderId } } = await indexing.require(post(indexing.core.app, '/v1/erasures', { statement: erasure }), 201)
      await until(async () => (await world.gateway('CoreMSP').ledger.getOrder(String(orderId))).destructions.length === 3)
      t.same(await indexing.hospitalsWith(record), [])
      t.equal((await indexing.hospitalsWith(neighbour)).length >= 2, true)
      const peer = indexing.core.app.peers.of(THIRD_MSP)
      await t.rejects(peer.putWrap(record.wrapHash, brought, { manifest: record.statement }), {
        code: 'PEER_REFUSED', extensions: { peerCode: 'RECORD_ENDED' }
      })
      t.same(await indexing.hospitalsWith(record), [])
    })

    await t.test('what one person brings unnamed is bounded', async (t) => {
      const { record, payload } = await indexing.prepare()
      const [owner, entry] = [`staff:${indexing.author.staffId}`, new Uint8Array(1)]
      const common = { record_id: record.recordId, version: 1, entry, created_at: now, owner, patient_id: patient.patientId, named: 0 }
      const row = (i: number): typeof common & { entry_hash: string } => ({ ...common, entry_hash: String(i) })
      for (let first = 0; first < UNNAMED_MAX.person; first += 500) {
        await db.insertInto('index_entries').values(Array.from({ length: 500 }, (_, i) => row(first + i))).execute()
      }
      t.match(await indexing.submit(payload), { status: 429, body: { code: 'QUOTA_EXCEEDED' } })
      await db.deleteFrom('index_entries').where('entry_hash', '<', 'a').execute()
    })

    await t.test('search wraps lie at two hospitals, and a new issue replaces the one before', async (t) => {
      const former = createSearchKey(patient, { ...patient.compartments[0] }, key)
      const hasWrap = async (hash: string): Promise<number> => {
        const found = await Promise.all([...sharing.gateways.values()].map(async ({ app }) =>
          await app.store.db.selectFrom('wraps').select('wrap_hash').where('wrap_hash', '=', hash).execute()))
        return found.flat().length
      }
      t.equal(await hasWrap(key.wrapHash) >= 2, true)
      t.match(await indexing.publish([former], { wraps: [toHex(strayWrap())] }), { status: 400, body: { code: 'WRAP_MISMATCH' } })
      t.match(await indexing.publish([former], { wraps: [toHex(former.wrap), toHex(former.wrap)] }), { status: 400, body: { code: 'WRAP_MISMATCH' } })
      t.match(await indexing.publish([former], {}, await publishPatient(world)), { status: 403, body: { code: 'NOT_PERMITTED' } })
      t.match(await indexing.publish([former]), { status: 201, body: { copies: [String, String] } })
      indexing.key = former
      await until(async () => await hasWrap(key.wrapHash) === 0)
      t.equal(await hasWrap(former.wrapHash) >= 2, true)
      const { body } = await get(indexing.core.app, `/v1/patients/${patient.patientId}/search-keys`, '')
      t.same((body['items'] as Array<{ issue: number }>).map(({ issue }) => issue).sort(), [1, 2])
      const all = `/v1/patients/${patient.patientId}/search-keys?label=${key.published.label}`
      const issues = await get(indexing.core.app, `${all}&epoch=1`, '')
      t.same((issues.body['items'] as Array<{ issue: number }>).map(({ issue }) => issue), [1, 2], 'all issues of one')
      t.match(issues.body, { statements: [Object, Object], next: undefined })
      t.match(await get(indexing.core.app, all, ''), { status: 400, body: { code: 'REQUEST_INVALID' } })
    })

    await t.test('what no record names is removed after a day, and what one names stays', async (t) => {
      const { record, payload } = await indexing.prepare()
      const kept = await indexing.register()
      const peer = indexing.core.app.peers.of(THIRD_MSP)
      await peer.putWrap(record.wrapHash, { wrap: String(payload['wrap']), entry: toHex(record.entry) }, { manifest: record.statement })
      for (const { app } of sharing.gateways.values()) await app.store.db.updateTable('index_entries').set({ named: 0 }).execute()
      now += 26 * 3_600_000
      for (const { app } of sharing.gateways.values()) {
        const { store, contents, log, ledger } = app
        await sweepUnnamed({ remove: true, db: store.db, contents, clock: () => now, log, ledger: ledger.gateway })
      }
      t.same(await indexing.hospitalsWith(record), [])
      t.equal((await indexing.hospitalsWith(kept)).length >= 2, true)
    })
  })
}
