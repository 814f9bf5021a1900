import { mkdir, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { sealContent, SecretKey, toHex } from '@epione/crypto'
import { DEFAULT_LIMITS } from '../../../gateway/src/http/limits.ts'
import { ContentStore } from '../../../gateway/src/records/content-store.ts'
import { sweepUnnamed } from '../../../gateway/src/records/sweep.ts'
import { storeWrap } from '../../../gateway/src/records/wraps.ts'
import t from 'tap'
import type {} from '../../../gateway/src/ledger/ledger-plugin.ts'
import { dial, footprint, readToEnd, SLOW, told } from '../../helpers/flood.ts'
import { createRecordId, sealZeros } from '../../helpers/gateway-client.ts'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import type { TestGateway } from '../../helpers/gateway.ts'
import { bindPractitioner, createManifest, publishPatient, sign } from '../../helpers/ledger-fixtures.ts'
import { until } from '../../helpers/sharing.ts'

const HOUR_MS = 3_600_000
const MIB = 2 ** 20

async function upload ({ app }: TestGateway, authorization: string, payload: Buffer): Promise<{ status: number, code: unknown }> {
  const response = await app.inject({
    method: 'POST',
    url: '/v1/contents',
    headers: { authorization, 'content-type': 'application/octet-stream' },
    payload
  })
  return { status: response.statusCode, code: response.json<{ code?: unknown }>().code }
}

async function seal (bytes: number): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of sealZeros(createRecordId(), bytes)) pieces.push(piece)
  return Buffer.concat(pieces)
}

t.test('whoever fills a store without registering is refused, others are not, and what is registered counts no longer', async (t) => {
  const uploads = SLOW ? 60 : 6
  const gateway = await buildGateway(t, {
    config: { limits: { ...DEFAULT_LIMITS, unnamedBytesPerCaller: uploads * MIB / 2, unnamedBytes: uploads * 8 * MIB } }
  })
  const patient = await publishPatient(gateway.consortium.world)
  const other = await publishPatient(gateway.consortium.world)
  const before = await footprint(gateway)
  const answers = []
  for (let i = 0; i < uploads; i += 1) answers.push(await upload(gateway, gateway.session(patient), await seal(MIB - 200_000)))
  const cost = await told(t, gateway, before, `${String(uploads)} uploads of a mebibyte`)
  // SQLite's log grows to 4 MiB before it is folded in.
  t.ok(cost.diskBytes < (uploads / 2 + 5) * MIB)
  const taken = answers.filter(({ status }) => status === 201).length
  t.ok(taken >= uploads / 2 && taken < uploads, `${String(taken)} were taken`)
  t.same(answers.at(-1), { status: 429, code: 'QUOTA_EXCEEDED' })
  t.same(await readdir(join(gateway.config.dataDir, 'contents', 'incoming')), [])
  t.match(await upload(gateway, gateway.session(other), await seal(MIB / 2)), { status: 201 })
  const { db } = gateway.app.store
  for (const { cid } of await db.selectFrom('contents').select('cid').execute()) await gateway.app.contents.markNamed(cid)
  await until(async () => (await upload(gateway, gateway.session(patient), await seal(MIB / 2))).status === 201)
})

t.test('a promise takes no place, what has come does, and both are free at once when an upload ends', async (t) => {
  const gateway = await buildGateway(t, { config: { limits: { ...DEFAULT_LIMITS, unnamedBytesPerCaller: 10 * MIB, uploadsPerCaller: 2 } } })
  const { quota } = gateway.app
  await t.rejects(quota.begin('staff:a', 11 * MIB), { code: 'QUOTA_EXCEEDED' }, 'what can never be taken is refused before it comes')
  const first = await quota.begin('staff:a', 9 * MIB)
  const second = await quota.begin('staff:a', 9 * MIB)
  await t.rejects(quota.begin('staff:a', 0), { code: 'QUOTA_EXCEEDED' }, 'a third one')
  await first.grow(6 * MIB)
  await t.rejects(second.grow(5 * MIB), { code: 'QUOTA_EXCEEDED' }, 'more than there is place for')
  second.end()
  first.end()
  const again = await quota.begin('staff:a', 10 * MIB)
  await again.grow(10 * MIB)
  again.end()
})

t.test('nobody takes the place of others: members have their own, patients none of the staff\'s, and a few never take all', async (t) => {
  const gateway = await buildGateway(t, {
    config: { limits: { ...DEFAULT_LIMITS, unnamedBytesPerPeer: 64 * MIB, unnamedBytesPerCaller: 64 * MIB, unnamedBytes: 64 * MIB } }
  })
  const { quota } = gateway.app
  const takeAll = async (owner: string): Promise<number> => {
    const upload = await quota.begin(owner, 0)
    let taken = 0
    try {
      for (;; taken += 1) await upload.grow(16_384)
    } catch {
      return taken * 16_384
    }
  }
  t.equal(await takeAll('peer:Regional1MSP'), 64 * MIB)
  t.equal(await takeAll('peer:Regional2MSP'), 64 * MIB, 'another member\'s place is its own')
  t.equal(await takeAll('staff:a'), 16 * MIB)
  t.equal(Math.round(await takeAll('staff:b') / MIB), 12, 'a quarter of what the first leaves')
  const patients: number[] = []
  for (let i = 0; i < 40; i += 1) patients.push(await takeAll(`patient:${String(i)}`))
  t.equal(patients[0], 4 * MIB)
  t.ok(Number(patients.at(-1)) > 200_000, `the fortieth patient still had ${String(patients.at(-1))}`)
  t.ok(await takeAll('staff:c') > 8 * MIB, 'patients take nothing of the staff\'s')
})

t.test('many tiny contents count for what they cost beside a large one, also after a start', async (t) => {
  const gateway = await buildGateway(t)
  const { contents, store, config } = gateway.app
  const put = async (bytes: number): Promise<string> =>
    (await contents.receive(Readable.from([await seal(bytes)]), { maxBytes: 2 * MIB, owner: 'staff:a' })).cid
  const large = await put(MIB)
  const size = (await contents.find(large))?.sizeBytes ?? 0
  const tiny = [await put(10), await put(10), await put(10)]
  t.equal(contents.unnamed.of('staff:a'), size + 3 * 65_536)
  t.equal((await ContentStore.open(join(config.dataDir, 'contents'), { db: store.db, clock: Date.now, isAlone: true })).unnamed.of('staff:a'), size + 3 * 65_536)
  await contents.receive(await contents.read(large), { maxBytes: 2 * MIB, owner: 'staff:b' })
  t.equal(contents.unnamed.of('staff:b'), 0, 'what lies here already is whose it was')
  await contents.markNamed(large)
  const row = await store.db.selectFrom('contents').select('created_at').where('cid', '=', String(tiny[0])).executeTakeFirstOrThrow()
  t.equal(await contents.remove(String(tiny[0]), row.created_at), true)
  await contents.recount()
  t.equal(contents.unnamed.of('staff:a'), 2 * 65_536)
  t.equal(contents.unnamed.of('staff'), 2 * 65_536)
})

t.test('an upload that only drips is ended, and its place is free when its line breaks', async (t) => {
  const gateway = await buildGateway(t, {
    listen: true,
    config: { limits: { ...DEFAULT_LIMITS, uploadsPerCaller: 1, idleStreamSeconds: 1 } }
  })
  const patient = await publishPatient(gateway.consortium.world)
  const begin = async (): ReturnType<typeof dial> => {
    const socket = await dial(t, gateway)
    socket.write(
      `POST /v1/contents HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/octet-stream\r\nauthorization: ${gateway.session(patient)}\r\ncontent-length: 5000000\r\n\r\n`
    )
    await until(async () => (await readdir(join(gateway.config.dataDir, 'contents', 'incoming'))).length === 1)
    return socket
  }
  const dripping = await begin()
  const drip = setInterval(() => { dripping.write('x') }, 200)
  t.teardown(() => { clearInterval(drip) })
  t.match(await readToEnd(dripping), /^HTTP\/1\.1 408/)
  clearInterval(drip)
  const broken = await begin()
  broken.destroy()
  await until(async () => (await readdir(join(gateway.config.dataDir, 'contents', 'incoming'))).length === 0)
  await until(async () => (await upload(gateway, gateway.session(patient), await seal(1000))).status === 201)
})

t.test('after a day contents and wraps stay that a record names, and no others; what a crash left goes, too', async (t) => {
  let now = Date.now()
  const consortium = await createConsortium(t, { clock: () => now })
  const gateway = await buildGateway(t, { consortium })
  const { world } = consortium
  const { app } = gateway
  const { db } = app.store
  const [author, patient] = [await bindPractitioner(world), await publishPatient(world)]
  const { members, wrap } = createManifest(author, patient)
  const sealed = await buffer(
    sealContent(
      { recordId: members.recordId, recordVersion: 1, authorKey: author.requestSigning.publicKey() },
      Readable.from([Buffer.from('words')])
    ).ciphertext
  )
  const named = await app.contents.receive(Readable.from([sealed]), { maxBytes: MIB })
  await storeWrap(db, { hash: members.wrapHash, wrap: toHex(wrap), owner: 'staff:author', patientId: patient.patientId, subject: members }, now)
  // Nobody marks them here, as when this gateway dies right after the ledger took the record.
  await author.ledger.registerRecord(
    sign(world, 'RecordManifest', { ...members, cid: named.cid, contentHash: named.contentHash }, author.requestSigning)
  )
  const rival = await buffer(
    sealContent(
      { recordId: members.recordId, recordVersion: 1, authorKey: SecretKey.random().publicKey() },
      Readable.from([Buffer.from('other words')])
    ).ciphertext
  )
  const unnamed = [
    await app.contents.receive(Readable.from([rival]), { maxBytes: MIB }),
    await app.contents.receive(Readable.from([await seal(1000)]), { maxBytes: MIB })
  ]
  await storeWrap(db, { hash: 'ab'.repeat(32), wrap: toHex(wrap), owner: 'staff:author', patientId: patient.patientId, subject: members }, now)
  const sweep = async (remove = true): Promise<unknown> =>
    await sweepUnnamed({ remove, db, contents: app.contents, clock: () => now, log: app.log, ledger: app.ledger.gateway })

  now += 23 * HOUR_MS
  t.same(await sweep(), { contents: 0, wraps: 0, escrows: 0, entries: 0 })
  await app.contents.ask(unnamed[1]?.cid ?? '')
  now += 2 * HOUR_MS
  t.same(await sweep(false), { contents: 0, wraps: 0, escrows: 0, entries: 0 }, 'nothing goes while others may know more')
  t.same(await sweep(), { contents: 1, wraps: 1, escrows: 0, entries: 0 })
  t.match(await app.contents.find(named.cid), named)
  t.equal((await buffer(await app.contents.read(named.cid))).length, sealed.length)
  t.equal(await app.contents.find(unnamed[0]?.cid ?? ''), undefined)
  await t.rejects(app.contents.read(unnamed[0]?.cid ?? ''), { code: 'CONTENT_UNKNOWN' })
  t.match(await app.contents.find(unnamed[1]?.cid ?? ''), unnamed[1], 'asked for an hour ago')
  t.same((await db.selectFrom('wraps').select('wrap_hash').execute()).map((row) => row.wrap_hash), [members.wrapHash])
  now += 25 * HOUR_MS
  t.same(await sweep(), { contents: 1, wraps: 0, escrows: 0, entries: 0 })

  const stray = join(gateway.config.dataDir, 'contents', 'zz')
  await mkdir(stray, { recursive: true })
  await writeFile(join(stray, 'bzz'), 'left by a crash')
  await utimes(join(stray, 'bzz'), 1, 1)
  await mkdir(join(stray, 'czz'))
  await utimes(join(stray, 'czz'), 1, 1)
  await writeFile(join(stray, 'dzz'), 'left by a crash')
  await utimes(join(stray, 'dzz'), 1, 1)
  t.equal(await app.contents.removeStrays(Date.now() - HOUR_MS, app.log), 2, 'a folder in the place of a file keeps no other from going')
  t.match(gateway.log.filter((line) => line.includes('among the contents')), [/"name":"czz"/])
  t.match(await app.contents.find(named.cid), named)
})

t.test('what the ledger names counts for nobody as soon as its block is read, whatever other hospitals say', async (t) => {
  const gateway = await buildGateway(t)
  const { app, consortium: { world } } = gateway
  const { db } = app.store
  const [author, patient] = [await bindPractitioner(world), await publishPatient(world)]
  const { members, wrap } = createManifest(author, patient)
  const content = await app.contents.receive(Readable.from([await seal(1000)]), { maxBytes: MIB })
  await storeWrap(db, { hash: members.wrapHash, wrap: toHex(wrap), owner: 'staff:author', patientId: patient.patientId, subject: members }, Date.now())
  await author.ledger.registerRecord(
    sign(world, 'RecordManifest', { ...members, cid: content.cid, contentHash: content.contentHash }, author.requestSigning)
  )
  await app.events.catchUp()
  t.same(await db.selectFrom('contents').select('named').execute(), [{ named: 1 }])
  t.same(await db.selectFrom('wraps').select('named').execute(), [{ named: 1 }])
})

t.test('a content that cannot be read now is kept, and keeps no other from its turn', async (t) => {
  let now = Date.now()
  const consortium = await createConsortium(t, { clock: () => now })
  const gateway = await buildGateway(t, { consortium })
  const { app, app: { contents, store: { db } } } = gateway
  const stored = []
  for (let i = 0; i < 3; i += 1) stored.push(await contents.receive(Readable.from([await seal(1000)]), { maxBytes: MIB }))
  const [broken = ''] = stored.map(({ cid }) => cid).sort()
  const path = join(gateway.config.dataDir, 'contents', broken.slice(-2), broken)
  await rm(path)
  await symlink(path, path)
  now += 25 * HOUR_MS
  const removed = await sweepUnnamed({ remove: true, db, contents, clock: () => now, log: app.log, ledger: app.ledger.gateway })
  t.same(removed, { contents: 2, wraps: 0, escrows: 0, entries: 0 })
  t.match(await db.selectFrom('contents').select('cid').execute(), [{ cid: broken }])
  t.equal(await contents.find(broken), undefined, 'it is fetched from another hospital meanwhile')
  t.match(gateway.log.filter((line) => line.includes('it stays')), [new RegExp(broken)])
})
