import { mkdir, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { sealContent, SecretKey, toHex } from '@epione/crypto'
import { DEFAULT_LIMITS } from '../../../gateway/src/limits.ts'
import { sweepUnnamed } from '../../../gateway/src/content/sweep.ts'
import { storeWrap } from '../../../gateway/src/records/wraps.ts'
import t from 'tap'
import type {} from '../../../gateway/src/plugins/ledger.ts'
import { footprint, SLOW, told } from '../../helpers/flood.ts'
import { createRecordId, sealZeros } from '../../helpers/gateway-client.ts'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import type { TestGateway } from '../../helpers/gateway.ts'
import { bindPractitioner, createManifest, publishPatient, sign } from '../../helpers/ledger-fixtures.ts'

const HOUR_MS = 3_600_000
const MIB = 2 ** 20

async function upload ({ app }: TestGateway, authorization: string, payload: Buffer): Promise<{ status: number, code: unknown }> {
  const response = await app.inject({ method: 'POST', url: '/v1/contents', headers: { authorization, 'content-type': 'application/octet-stream' }, payload })
  return { status: response.statusCode, code: response.json<{ code?: unknown }>().code }
}

async function seal (bytes: number): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of sealZeros(createRecordId(), bytes)) pieces.push(piece)
  return Buffer.concat(pieces)
}

t.test('whoever fills a store without registering is refused, others are not, and what is registered counts no longer', async (t) => {
  const uploads = SLOW ? 60 : 6
  const gateway = await buildGateway(t, { config: { limits: { ...DEFAULT_LIMITS, unnamedBytesPerCaller: uploads * MIB / 2, unnamedBytes: uploads * MIB } } })
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
  t.match(await upload(gateway, gateway.session(patient), await seal(MIB / 2)), { status: 201 })
})

t.test('a size that is promised counts from the first byte on, and so do uploads at once', async (t) => {
  const gateway = await buildGateway(t, { config: { limits: { ...DEFAULT_LIMITS, unnamedBytesPerCaller: 10 * MIB, uploadsPerCaller: 2 } } })
  const { quota } = gateway.app
  const first = await quota.begin('staff:a', 6 * MIB)
  await t.rejects(quota.begin('staff:a', 6 * MIB), { code: 'QUOTA_EXCEEDED' })
  const second = await quota.begin('staff:a', 0)
  await t.rejects(quota.begin('staff:a', 0), { code: 'QUOTA_EXCEEDED' }, 'a third one')
  await t.rejects(second.grow(5 * MIB), { code: 'QUOTA_EXCEEDED' }, 'more than was said')
  second.end()
  first.end()
  const again = await quota.begin('staff:a', 9 * MIB)
  again.end()
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
  const sealed = await buffer(sealContent({ recordId: members.recordId, recordVersion: 1, authorKey: author.requestSigning.publicKey() }, Readable.from([Buffer.from('words')])).ciphertext)
  const named = await app.contents.receive(Readable.from([sealed]), { maxBytes: MIB })
  await storeWrap(db, { hash: members.wrapHash, wrap: toHex(wrap), recordId: members.recordId, version: 1 }, now)
  // Nobody marks them here, as when this gateway dies right after the ledger took the record.
  await author.ledger.registerRecord(sign(world, 'RecordManifest', { ...members, cid: named.cid, contentHash: named.contentHash }, author.requestSigning))
  const rival = await buffer(sealContent({ recordId: members.recordId, recordVersion: 1, authorKey: SecretKey.random().publicKey() }, Readable.from([Buffer.from('other words')])).ciphertext)
  const unnamed = [await app.contents.receive(Readable.from([rival]), { maxBytes: MIB }), await app.contents.receive(Readable.from([await seal(1000)]), { maxBytes: MIB })]
  await storeWrap(db, { hash: 'ab'.repeat(32), wrap: toHex(wrap), recordId: 'cd'.repeat(16), version: 1 }, now)
  const sweep = async (remove = true): Promise<unknown> => await sweepUnnamed({ remove, db, contents: app.contents, clock: () => now, log: app.log, getRecord: (recordId, version) => app.ledger.gateway.getRecord(recordId, version) })

  now += 23 * HOUR_MS
  t.same(await sweep(), { contents: 0, wraps: 0 })
  await app.contents.ask(unnamed[1]?.cid ?? '')
  now += 2 * HOUR_MS
  t.same(await sweep(false), { contents: 0, wraps: 0 }, 'nothing goes while others may know more')
  t.same(await sweep(), { contents: 1, wraps: 1 })
  t.match(await app.contents.find(named.cid), named)
  t.equal((await buffer(await app.contents.read(named.cid))).length, sealed.length)
  t.equal(await app.contents.find(unnamed[0]?.cid ?? ''), undefined)
  await t.rejects(app.contents.read(unnamed[0]?.cid ?? ''), { code: 'CONTENT_UNKNOWN' })
  t.match(await app.contents.find(unnamed[1]?.cid ?? ''), unnamed[1], 'asked for an hour ago')
  t.same((await db.selectFrom('wraps').select('wrap_hash').execute()).map((row) => row.wrap_hash), [members.wrapHash])
  now += 25 * HOUR_MS
  t.same(await sweep(), { contents: 1, wraps: 0 })

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
  await storeWrap(db, { hash: members.wrapHash, wrap: toHex(wrap), recordId: members.recordId, version: 1 }, Date.now())
  await author.ledger.registerRecord(sign(world, 'RecordManifest', { ...members, cid: content.cid, contentHash: content.contentHash }, author.requestSigning))
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
  const removed = await sweepUnnamed({ remove: true, db, contents, clock: () => now, log: app.log, getRecord: (recordId, version) => app.ledger.gateway.getRecord(recordId, version) })
  t.same(removed, { contents: 2, wraps: 0 })
  t.match(await contents.find(broken), { cid: broken })
  t.match(gateway.log.filter((line) => line.includes('it stays')), [new RegExp(broken)])
})
