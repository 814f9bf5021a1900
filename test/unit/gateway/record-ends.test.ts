import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import t from 'tap'
import { createWrap, randomBytes, SecretKey, sealContent, statementId, toHex, wrapHash as hashWrap } from '@epione/crypto'
import { TRANSACTIONS } from '@epione/protocol'
import type { RecordOrder, RecordState, SignedStatement } from '@epione/protocol'
import { storeWrap } from '../../../gateway/src/records/wraps.ts'
import type { TestGateway } from '../../helpers/gateway.ts'
import { bindPractitioner, createManifest, directoryMembers, publishPatient, sign } from '../../helpers/ledger-fixtures.ts'
import type { TestPatient, TestPractitioner, TestRecord } from '../../helpers/ledger-fixtures.ts'
import { LyingPeers, READER_MSP, Sharing, post, until } from '../../helpers/sharing.ts'
import type { Answered } from '../../helpers/sharing.ts'

/* Erased and withdrawn records, where three hospitals keep copies of them. */

const OTHER = 'Regional2MSP'
const peers = new LyingPeers()
const sharing = await Sharing.create(t, { special: (mspId, consortium) => mspId === OTHER ? { ports: peers.ports(consortium) } : {} })
const { world, patient, author } = sharing
/** It is started again meanwhile. */
const core = (): TestGateway => sharing.of('CoreMSP')
const { ledger } = world.gateway('CoreMSP')

interface Sealed extends TestRecord { cid: string, manifest: SignedStatement, bytes: Buffer }

/** A record whose ciphertext and wrap lie at all hospitals. */
async function addSealed (): Promise<Sealed> {
  const { members, wrap, place } = createManifest(author, patient)
  const { recordId, wrapHash } = members
  const source = Readable.from([Buffer.from(`words of ${recordId}`)])
  const bytes = await buffer(sealContent({ recordId, recordVersion: 1, authorKey: author.requestSigning.publicKey() }, source).ciphertext)
  let stored = { cid: '', contentHash: '', sizeBytes: 0 }
  for (const { app } of sharing.gateways.values()) {
    stored = await app.contents.receive(Readable.from([bytes]), { maxBytes: 1_000_000 })
    await storeWrap(app.store.db, { hash: wrapHash, wrap: toHex(wrap), owner: 'staff:author', patientId: patient.patientId, subject: members }, Date.now())
  }
  const { cid, contentHash, sizeBytes } = stored
  const sizeClass = Math.ceil(Math.log2(sizeBytes))
  const manifest = sign(world, 'RecordManifest', { ...members, cid, contentHash, sizeClass }, author.requestSigning)
  const { value } = await author.ledger.registerRecord(manifest)
  const [compartment] = patient.compartments
  return { recordId, version: 1, manifestId: value.manifest.id, wrap, wrapHash, place, compartment, cid, manifest, bytes }
}

const signErasure = ({ recordId }: TestRecord, by: TestPatient = patient, key = by.identity): SignedStatement =>
  sign(world, 'Erasure', { patientId: by.patientId, records: [{ recordId }] }, key)
const signWithdrawal = ({ recordId, manifestId }: TestRecord, { requestSigning }: TestPractitioner = author): SignedStatement =>
  sign(world, 'Withdrawal', { patientId: patient.patientId, recordId, version: 1, manifestId, cause: 'entered-in-error' }, requestSigning)

async function hospitalsWith ({ wrapHash, cid }: Sealed): Promise<string[]> {
  const found = await Promise.all([...sharing.gateways].map(async ([mspId, { app }]) => {
    const wraps = await app.store.db.selectFrom('wraps').select('wrap_hash').where('wrap_hash', '=', wrapHash).execute()
    return wraps.length > 0 || await app.contents.find(cid) !== undefined ? [mspId] : []
  }))
  return found.flat().sort()
}

async function orderOf (statement: SignedStatement): Promise<RecordOrder> {
  return await ledger.getOrder(statementId(statement.body))
}

/** Resolves when every hospital has destroyed it and said so. */
async function destroyed (statement: SignedStatement): Promise<RecordOrder> {
  await until(async () => (await orderOf(statement)).destructions.length === 3)
  return await orderOf(statement)
}

async function erase (record: TestRecord, statement = signErasure(record)): Promise<Answered> {
  return await post(core().app, '/v1/erasures', { statement })
}

async function get (url: string, authorization: string, at = core()): Promise<Answered> {
  const response = await at.app.inject({ method: 'GET', url, headers: { authorization } })
  return { status: response.statusCode, body: response.json() }
}

const sessionFor = (record: TestRecord, as = patient): string =>
  core().session(as, { record: { recordId: record.recordId, version: record.version } })

t.test('an erased record is destroyed at every hospital, each says so, and its neighbour stays', async (t) => {
  const [record, neighbour] = [await addSealed(), await addSealed()]
  const statement = signErasure(record)
  const answer = await erase(record, statement)
  t.match(answer, {
    status: 201,
    body: { orderId: statementId(statement.body), versions: [{ recordId: record.recordId, version: 1 }], txId: String, blockNumber: Number }
  })
  const { destructions } = await destroyed(statement)
  t.same(await hospitalsWith(record), [])
  t.same(await hospitalsWith(neighbour), ['CoreMSP', READER_MSP, OTHER])
  for (const { statement: { body } } of destructions) {
    t.match(JSON.parse(body), { cause: 'erased', wrapHashes: [record.wrapHash], backupsGoneBy: Number })
  }
  t.same((await erase(record, statement)).body, answer.body, 'sent again it answers the same')
  const url = `/v1/records/${record.recordId}/versions/1`
  t.match(await get(`${url}/wrap`, sessionFor(record)), { status: 410, body: { code: 'RECORD_ENDED' } })
  t.match(await get(`${url}/content`, sessionFor(record)), { status: 410, body: { code: 'RECORD_ENDED' } })
  t.match(await get(`/v1/records/${neighbour.recordId}/versions/1/wrap`, sessionFor(neighbour)), { status: 200 })
  t.match(await get(`/v1/records/${record.recordId}`, core().session(patient)), { status: 200, body: { end: { id: statementId(statement.body) } } })
})

t.test('the wrap of a rewrap that the ledger never took goes with its record version', async (t) => {
  const [record, neighbour] = [await addSealed(), await addSealed()]
  const pending = await Promise.all([record, neighbour].map(async ({ recordId, place, compartment }) => {
    const wrap = createWrap(compartment.secret.publicKey(), randomBytes(32), place)
    const hash = toHex(hashWrap(wrap, place))
    const owner = `patient:${patient.patientId}` as const
    const brought = { hash, wrap: toHex(wrap), owner, patientId: patient.patientId, subject: { recordId, version: 1 } }
    for (const { app } of sharing.gateways.values()) await storeWrap(app.store.db, brought, Date.now())
    return hash
  }))
  const statement = signErasure(record)
  await erase(record, statement)
  await destroyed(statement)
  for (const { app } of sharing.gateways.values()) {
    const rows = await app.store.db.selectFrom('wraps').select('wrap_hash').where('wrap_hash', 'in', pending).execute()
    t.same(rows.map((row) => row.wrap_hash), pending.slice(1), 'its neighbour\'s stays')
  }
})

t.test('a permit from before opens nothing after the end', async (t) => {
  const record = await addSealed()
  const eventId = await sharing.permit(await sharing.activate(), [record])
  t.match(await sharing.collect(eventId), { status: 200 })
  const statement = signErasure(record)
  await erase(record, statement)
  await destroyed(statement)
  const { status, body } = await sharing.collect(eventId)
  t.equal(status >= 400, true)
  t.match(JSON.stringify(body), /RECORD_ENDED/)
  const from = sharing.of(READER_MSP).app.peers.of('CoreMSP')
  await t.rejects(from.getWrap(record.wrapHash, { event: eventId }), { code: 'PEER_REFUSED', extensions: { peerCode: 'RECORD_ENDED' } })
  const asOrigin = from.getWrap(record.wrapHash, { recordId: record.recordId, version: 1 })
  await t.rejects(asOrigin, { code: 'PEER_REFUSED', extensions: { peerCode: 'NOT_PERMITTED' } }, 'which is not the record\'s origin')
})

t.test('who kept a copy brings it back nowhere', async (t) => {
  const record = await addSealed()
  const statement = signErasure(record)
  await erase(record, statement)
  await destroyed(statement)
  const from = core().app.peers.of(READER_MSP)
  await t.rejects(
    from.putWrap(record.wrapHash, { wrap: toHex(record.wrap) }, { manifest: record.manifest }),
    { code: 'PEER_REFUSED', extensions: { peerCode: 'RECORD_ENDED' } }
  )
  const brought = { hash: record.wrapHash, wrap: toHex(record.wrap), owner: 'staff:author', patientId: patient.patientId, subject: record }
  await storeWrap(core().app.store.db, brought, Date.now())
  await core().app.contents.receive(Readable.from([record.bytes]), { maxBytes: 1_000_000 })
  t.same(await hospitalsWith(record), ['CoreMSP'])
  await core().close()
  await sharing.start('CoreMSP')
  await until(async () => (await hospitalsWith(record)).length === 0)
})

t.test('an author withdraws, nobody else does, and both parties read what became of it', async (t) => {
  const gateway = sharing.of(READER_MSP)
  const record = await addSealed()
  const statement = signWithdrawal(record)
  const scope = 'user/DocumentReference.c user/DocumentReference.rs'
  const token = `Bearer ${await gateway.token('dr-reader', scope)}`
  t.match(await post(gateway.app, '/v1/withdrawals', { statement }, token), { status: 403, body: { code: 'NOT_AUTHORIZED' } })
  t.match(await post(gateway.app, '/v1/withdrawals', { statement }), { status: 401, body: { code: 'TOKEN_MISSING' } })
  await author.ledger.withdrawRecord(statement)
  const { order } = await destroyed(statement)
  t.same(await hospitalsWith(record), [])
  const url = `/v1/orders/${order.id}`
  const shown = { order: { id: order.id }, destructions: { length: 3 } }
  t.match(await get(url, gateway.session(patient), gateway), { status: 200, body: shown })
  t.match(await get(url, token, gateway), { status: 403, body: { code: 'NOT_PERMITTED' } }, 'another practitioner')
  const stranger = await publishPatient(world)
  t.match(await get(url, gateway.session(stranger), gateway), { status: 403, body: { code: 'NOT_PERMITTED' } })
  t.match(await get(`/v1/orders/${'00'.repeat(32)}`, gateway.session(patient), gateway), { status: 404, body: { code: 'ORDER_UNKNOWN' } })
})

t.test('an erasure that is not its patient\'s is refused at the door', async (t) => {
  const record = await addSealed()
  const stranger = await publishPatient(world)
  const app = sharing.of(READER_MSP).app
  const send = async (statement: SignedStatement): Promise<Answered> => await post(app, '/v1/erasures', { statement })
  t.match(await send(signErasure(record, patient, stranger.identity)), { status: 400, body: { code: 'SIGNATURE_INVALID' } })
  t.match(await send(signErasure(record, stranger)), { status: 409, body: { code: 'RECORD_CONFLICT' } })
  t.match(await send(signErasure({ ...record, recordId: '00'.repeat(16) })), { status: 404, body: { code: 'RECORD_UNKNOWN' } })
  t.match(await send(signWithdrawal(record)), { status: 400, body: { code: 'STATEMENT_INVALID' } })
  t.same((await hospitalsWith(record)).length, 3)
})

t.test('a manifest that names a stranger\'s content takes nothing with it when it ends', async (t) => {
  const victim = await addSealed()
  const thief = await bindPractitioner(world)
  const { members } = createManifest(thief, patient)
  const { cid } = victim
  const { value } = await thief.ledger.registerRecord(sign(world, 'RecordManifest', { ...members, cid }, thief.requestSigning))
  const statement = signWithdrawal({ ...victim, recordId: members.recordId, manifestId: value.manifest.id }, thief)
  await thief.ledger.withdrawRecord(statement)
  await destroyed(statement)
  t.same((await hospitalsWith(victim)).length, 3)
  t.match(await sharing.of(OTHER).app.contents.find(cid), { cid })
})

t.test('nothing is destroyed on a peer\'s word: the end must be signed by whoever may end it', async (t) => {
  const [record, decoy] = [await addSealed(), await addSealed()]
  const forged = signErasure(record, patient, SecretKey.random())
  const end = { id: statementId(forged.body), statement: forged, txId: 'ab'.repeat(32), time: Date.now(), submittedBy: 'CoreMSP' }
  const real = signErasure(decoy)
  const versions = [{ recordId: record.recordId, version: 1, wrapHash: record.wrapHash }]
  peers.state = (transaction, value) => {
    if (transaction === TRANSACTIONS.recordsGetOrder) return { order: end, versions, destructions: [] } satisfies RecordOrder
    const isRecord = transaction === TRANSACTIONS.recordsGet && (value as RecordState | undefined)?.recordId === record.recordId
    return isRecord ? { ...value as RecordState, end } : undefined
  }
  t.teardown(() => { peers.state = () => undefined })
  await ledger.eraseRecords(real)
  const { log } = sharing.of(OTHER)
  await until(() => log.some((line) => line.includes('end-records') && line.includes('STATEMENT_UNPROVEN')))
  t.same((await hospitalsWith(record)).length, 3)
  peers.state = (transaction, value) => transaction === TRANSACTIONS.recordsGetOrder
    ? { ...value as RecordOrder, versions: [...(value as RecordOrder).versions, ...versions] }
    : undefined
  await ledger.eraseRecords(signErasure(await addSealed()))
  await until(() => log.some((line) => line.includes('end-records') && line.includes('did not end version')))
  t.same((await hospitalsWith(record)).length, 3, 'nor for an order that did not end it')
  peers.state = () => undefined
  await destroyed(real)
  t.same(await hospitalsWith(decoy), [])
  t.same((await hospitalsWith(record)).length, 3)
})

t.test('a backup from before the end brings nothing back once its hospital has read the ledger again', async (t) => {
  const [record, neighbour] = [await addSealed(), await addSealed()]
  const { config, app } = sharing.of(READER_MSP)
  await app.events.catchUp()
  const backup = await mkdtemp(join(tmpdir(), 'epione-backup-'))
  t.teardown(() => rm(backup, { recursive: true, force: true }))
  await sharing.of(READER_MSP).close()
  await cp(config.dataDir, backup, { recursive: true })
  const running = await sharing.start(READER_MSP)
  const statement = signErasure(record)
  await erase(record, statement)
  await destroyed(statement)
  t.same(await hospitalsWith(record), [])

  await running.close()
  await rm(config.dataDir, { recursive: true })
  await cp(backup, config.dataDir, { recursive: true })
  const restored = await sharing.start(READER_MSP)
  await restored.app.events.catchUp()
  await until(async () => (await hospitalsWith(record)).length === 0)
  t.same((await hospitalsWith(neighbour)).length, 3)
  t.equal((await orderOf(statement)).destructions.length, 3, 'and it is said once')

  t.test('so that phrase, ledger, ciphertext and that backup together open nothing of it', async (t) => {
    const shown = await ledger.getRecord(record.recordId)
    t.equal(JSON.stringify(shown).includes(toHex(record.wrap)), false, 'the ledger holds a hash of the wrap, and no capsule')
    for (const { app: { store: { db } } } of sharing.gateways.values()) {
      t.same(await db.selectFrom('wraps').select('wrap').where('patient_id', '=', patient.patientId)
        .where('wrap_hash', '=', record.wrapHash).execute(), [])
    }
    const files = await readdir(config.dataDir, { recursive: true, withFileTypes: true })
    for (const file of files.filter((f) => f.isFile())) {
      const bytes = await readFile(join(file.parentPath, file.name))
      t.equal(bytes.includes(Buffer.from(record.wrap)), false, `${file.name} holds no wrap of it`)
    }
    t.match(await get(`/v1/records/${record.recordId}/versions/1/wrap`, sharing.of(READER_MSP).session(patient, {
      record: { recordId: record.recordId, version: 1 }
    }), restored), { status: 410, body: { code: 'RECORD_ENDED' } })
    const session = restored.session(patient, { record: { recordId: neighbour.recordId, version: 1 } })
    t.match(await get(`/v1/records/${neighbour.recordId}/versions/1/wrap`, session, restored), {
      status: 200, body: { wrap: toHex(neighbour.wrap) }
    })
  })
})

t.test('a compartment is erased by one statement: records, search keys and kfrags at every hospital, which tell by equal tallies', async (t) => {
  const [compartment, other] = patient.compartments
  const { label } = compartment
  const records = [await addSealed(), await addSealed()]
  const held = await sharing.activate()
  const late = await sharing.createGrant()
  await sharing.commit(late, 'CoreMSP', READER_MSP)
  const eventId = await sharing.permit(held, records)
  const [wrapHash] = [randomBytes(32)].map(toHex)
  for (const { app: { store: { db } } } of sharing.gateways.values()) {
    const key = { patient_id: patient.patientId, label, epoch: 1, issue: 1, wrap_hash: wrapHash ?? '', statement_id: '00'.repeat(32) }
    await db.insertInto('search_keys').values(key).execute()
    await storeWrap(db, {
      hash: wrapHash ?? '', wrap: '00'.repeat(170), owner: `patient:${patient.patientId}`, patientId: patient.patientId, subject: { patientId: patient.patientId }
    }, Date.now())
  }
  const order = (epoch: number): SignedStatement =>
    sign(world, 'Erasure', { patientId: patient.patientId, compartments: [{ label, epoch }] }, patient.identity)
  t.match(await post(core().app, '/v1/erasures', { statement: order(1) }), { status: 409, body: { code: 'COMPARTMENT_IN_USE' } })
  const raised: TestPatient = { ...patient, compartments: [{ ...compartment, epoch: 2, secret: SecretKey.random() }, other] }
  const members = { ...directoryMembers(raised), version: 2, previous: patient.directoryId }
  await ledger.publishDirectory(sign(world, 'KeyDirectory', members, patient.identity))
  const statement = order(1)
  t.match(await post(core().app, '/v1/erasures', { statement }), { status: 201, body: { orderId: statementId(statement.body), versions: [] } })
  const { destructions } = await destroyed(statement)
  interface Said { wraps: { count: number, root: string }, kfrags: { count: number } }
  const said = destructions.map(({ statement: { body } }) => JSON.parse(body) as Said)
  t.equal(new Set(said.map(({ wraps }) => wraps.root)).size, 1)
  t.ok(said.every(({ wraps, kfrags }) => wraps.count >= 2 && kfrags.count >= 2))
  for (const record of records) t.same(await hospitalsWith(record), [])
  for (const [mspId, { app: { store: { db } } }] of sharing.gateways) {
    t.same(await db.selectFrom('kfrags').select('kfrag_id').where('label', '=', label).execute(), [], `${mspId}: kfrags`)
    t.same(await db.selectFrom('search_keys').select('issue').where('label', '=', label).execute(), [], `${mspId}: search keys`)
    t.same(await db.selectFrom('wraps').select('wrap_hash').where('wrap_hash', '=', wrapHash ?? '').execute(), [], `${mspId}: their wraps`)
  }
  t.match(JSON.stringify((await sharing.collect(eventId)).body), /RECORD_ENDED|CONSENT_ENDED/, 'a permit from before')
  await sharing.grant(late)
  for (const [mspId, { app: { store: { db } } }] of sharing.gateways) {
    t.same(await db.selectFrom('kfrags').select('kfrag_id').where('consent_id', '=', late.consentId).execute(), [], `${mspId}: none is taken any more`)
  }
  t.match(await post(core().app, '/v1/erasures', { statement: order(1) }), { status: 410, body: { code: 'COMPARTMENT_ERASED' } })
})
