import { once } from 'node:events'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import t from 'tap'
import { sealContent, toHex } from '@epione/crypto'
import { errorCodeOf } from '../../../sdk/src/errors.ts'
import { fetchContent } from '../../../gateway/src/records/fetch-elsewhere.ts'
import { partOf } from '../../../gateway/src/records/send-content.ts'
import { storeWrap } from '../../../gateway/src/records/wraps.ts'
import type { StoredContent } from '../../../gateway/src/records/write-content.ts'
import { bindPractitioner, createManifest, publishPatient, sign } from '../../helpers/ledger-fixtures.ts'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import type { TestGateway } from '../../helpers/gateway.ts'

/* A hospital that has no copy asks the record's origin, then another: an origin that lies or stalls delays, and no more. */

const MIB = 1_048_576
let now = Date.now()
const consortium = await createConsortium(t, { clock: () => now })
const { world } = consortium
const [core, regional, reader] = [
  await buildGateway(t, { consortium, listen: true }),
  await buildGateway(t, { consortium, mspId: 'Regional1MSP', listen: true }),
  await buildGateway(t, { consortium, mspId: 'Regional2MSP', listen: true })
]
const [author, patient] = [await bindPractitioner(world), await publishPatient(world)]

interface Copied { recordId: string, bytes: Buffer, stored: StoredContent, wrap: string, wrapHash: string }

/** A record of the first hospital's, with a copy at the second and none at the reader's. */
async function copyRecord (plaintextBytes: number): Promise<Copied> {
  // Long enough for a hospital that lied to be asked first again.
  now += 11 * 60_000
  const { members, wrap } = createManifest(author, patient)
  const { recordId, wrapHash } = members
  const bytes = await buffer(sealContent(
    { recordId, recordVersion: 1, authorKey: author.requestSigning.publicKey() },
    Readable.from([Buffer.alloc(plaintextBytes, 'words')])
  ).ciphertext)
  const stored = await core.app.contents.receive(Readable.from([bytes]), { maxBytes: 64 * MIB })
  await regional.app.contents.receive(Readable.from([bytes]), { maxBytes: 64 * MIB })
  const { cid, contentHash } = stored
  const sizeClass = Math.ceil(Math.log2(bytes.length))
  await author.ledger.registerRecord(sign(world, 'RecordManifest', { ...members, cid, contentHash, sizeClass }, author.requestSigning))
  for (const { app } of [core, regional]) {
    await storeWrap(
      app.store.db,
      { hash: wrapHash, wrap: toHex(wrap), owner: 'staff:author', patientId: patient.patientId, subject: members },
      Date.now()
    )
  }
  return { recordId, bytes, stored, wrap: toHex(wrap), wrapHash }
}

async function read (
  { recordId }: Copied,
  what = 'content',
  range?: string
): Promise<Awaited<ReturnType<typeof reader.app.inject>>> {
  return await reader.app.inject({
    method: 'GET',
    url: `/v1/records/${recordId}/versions/1/${what}`,
    headers: {
      authorization: reader.session(patient, { record: { recordId, version: 1 } }),
      ...(range === undefined ? {} : { range })
    }
  })
}

function fileOf ({ config }: TestGateway, { stored: { cid } }: Copied): string {
  return join(config.dataDir, 'contents', cid.slice(-2), cid)
}

/** Bytes of the same length of which one bit is another. */
function flip (bytes: Buffer, at: number): Buffer {
  const flipped = Buffer.from(bytes)
  flipped.writeUInt8(flipped.readUInt8(at) ^ 1, at)
  return flipped
}

/** What the origin sends for the next question, instead of what it has. */
function answerOnce ({ app: { contents } }: TestGateway, body: Readable): void {
  const honest = contents.read.bind(contents)
  contents.read = async (cid, range) => {
    if (range !== undefined && range.start === 0) return await honest(cid, range)
    contents.read = honest
    return body
  }
}

function lines (mspId: string): string[] {
  return reader.log.filter((line) => line.includes('passed over') && line.includes(mspId))
}

t.beforeEach(() => { reader.log.length = 0 })

t.test('wrong bytes of the right length are not taken: the next hospital is asked, and the liar last from then on', async (t) => {
  const copied = await copyRecord(100_000)
  await writeFile(fileOf(core, copied), flip(copied.bytes, 90_000))
  const whole = await read(copied)
  t.match(whole, { statusCode: 200, headers: { 'content-length': String(copied.bytes.length) } })
  t.equal(Buffer.compare(whole.rawPayload, copied.bytes), 0)
  t.match(lines('CoreMSP'), [/CoreMSP sent bytes that have the CID/])
  t.same(reader.app.peers.inOrder('CoreMSP'), ['Regional1MSP', 'CoreMSP'])
  t.same(reader.app.peers.inOrder('Regional1MSP'), ['Regional1MSP', 'CoreMSP'])
})

t.test('a part is cut from what is proven as a whole, and so is the end that a range is beyond', async (t) => {
  const copied = await copyRecord(100_000)
  await writeFile(fileOf(core, copied), flip(copied.bytes, 50))
  const part = await read(copied, 'content', 'bytes=20-69')
  t.match(part, { statusCode: 206, headers: { 'content-range': `bytes 20-69/${copied.bytes.length}`, 'content-length': '50' } })
  t.equal(Buffer.compare(part.rawPayload, copied.bytes.subarray(20, 70)), 0)
  t.match(await read(copied, 'content', 'bytes=9999999-'), {
    statusCode: 416,
    headers: { 'content-range': `bytes */${copied.bytes.length}` }
  })
})

t.test('a length that is not of the size class that the manifest signs is not taken', async (t) => {
  const copied = await copyRecord(100_000)
  const { contents } = core.app
  const find = contents.find.bind(contents)
  contents.find = async (cid) => {
    const found = await find(cid)
    return found === undefined ? undefined : { ...found, sizeBytes: 500 }
  }
  answerOnce(core, Readable.from([copied.bytes.subarray(0, 500)]))
  const whole = await read(copied)
  contents.find = find
  t.equal(Buffer.compare(whole.rawPayload, copied.bytes), 0)
  t.match(lines('CoreMSP'), [/CoreMSP promises 500 bytes, which is not size class 17/])
})

t.test('one that breaks off is passed over, whatever came before', async (t) => {
  const copied = await copyRecord(100_000)
  const breaking = async function * (): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(flip(copied.bytes, 10).subarray(0, 70_000))
    throw new Error('the disk is gone')
  }
  answerOnce(core, Readable.from(breaking()))
  t.equal(Buffer.compare((await read(copied)).rawPayload, copied.bytes), 0)
  t.match(lines('CoreMSP'), [/CoreMSP/])
})

t.test('one that sends so slowly that it never quite stalls is asked last from then on', async (t) => {
  const copied = await copyRecord(100_000)
  const dribbling = async function * (): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(copied.bytes.subarray(0, 50_000))
    now += 10_000
    yield copied.bytes.subarray(50_000)
  }
  answerOnce(core, Readable.from(dribbling()))
  t.equal(Buffer.compare((await read(copied)).rawPayload, copied.bytes), 0)
  t.same(reader.app.peers.inOrder('CoreMSP'), ['Regional1MSP', 'CoreMSP'])
})

t.test('one that stalls in the middle of a large content is followed by another, which goes on there', async (t) => {
  const copied = await copyRecord(6 * MIB)
  const stalling = new PassThrough({ highWaterMark: 8 * MIB })
  stalling.write(copied.bytes.subarray(0, 5 * MIB))
  answerOnce(core, stalling)
  const whole = await read(copied)
  t.match(whole, { statusCode: 200 })
  t.equal(Buffer.compare(whole.rawPayload, copied.bytes), 0)
  t.match(lines('CoreMSP'), [/CoreMSP stalled/])
  stalling.destroy()
})

t.test('a large content that is not right never comes to its end, and the next question goes to another hospital', async (t) => {
  const copied = await copyRecord(6 * MIB)
  await writeFile(fileOf(core, copied), flip(copied.bytes, copied.bytes.length - 1))
  t.equal(await read(copied).then(() => 'whole', errorCodeOf), 'LIGHT_ECONNRESET', 'the connection is cut')
  t.match(lines('CoreMSP'), [/CoreMSP sent bytes/])
  t.equal(Buffer.compare((await read(copied)).rawPayload, copied.bytes), 0)
})

t.test('one that lies and then stalls takes no good name from the hospital that goes on for it', async (t) => {
  const copied = await copyRecord(6 * MIB)
  const stalling = new PassThrough({ highWaterMark: 8 * MIB })
  stalling.write(flip(copied.bytes, 10).subarray(0, 5 * MIB))
  answerOnce(core, stalling)
  t.equal(await read(copied).then(() => 'whole', errorCodeOf), 'LIGHT_ECONNRESET', 'the connection is cut')
  stalling.destroy()
  t.match(lines('CoreMSP'), [/CoreMSP stalled/, /CoreMSP, Regional1MSP sent bytes/])
  t.same(reader.app.peers.inOrder('CoreMSP'), ['Regional1MSP', 'CoreMSP'])
})

t.test('of hospitals that are all doubted the one that gave reason last is asked last', (t) => {
  const { peers } = reader.app
  for (const [earlier, later] of [['CoreMSP', 'Regional1MSP'], ['Regional1MSP', 'CoreMSP']] as const) {
    peers.doubt(earlier)
    now += 1
    peers.doubt(later)
    for (const origin of [earlier, later]) t.same(peers.inOrder(origin), [earlier, later])
  }
  t.end()
})

t.test('what comes from another hospital and is read by nobody lets go of its connection at once', { timeout: 20_000 }, async (t) => {
  const copied = await copyRecord(6 * MIB)
  const { recordId, stored: { cid } } = copied
  const record = { recordId, version: 1 }
  for (const wanted of [(body: Readable) => body, (body: Readable) => partOf(body, { start: 20, end: 69 })]) {
    const sending = new PassThrough({ highWaterMark: 8 * MIB })
    sending.write(copied.bytes.subarray(0, 5 * MIB))
    answerOnce(core, sending)
    const closed = once(sending, 'close')
    const session = reader.session(patient, { record }).replace(/^Session /, '')
    const { body } = await fetchContent(reader.app, {
      cid, sizeClass: Math.ceil(Math.log2(copied.bytes.length)), grounds: { session, ...record }, record: { origin: 'CoreMSP' }
    })
    wanted(body).destroy()
    await closed
  }
  t.same(reader.app.peers.inOrder('CoreMSP'), ['CoreMSP', 'Regional1MSP'], 'and is no fault of the hospital that sent it')
})

t.test('a wrap that is not what its hash says is asked for elsewhere, also when it lies in the own store', async (t) => {
  const copied = await copyRecord(1_000)
  const { wrapHash: hash } = copied
  const spoilt = { wrap: new Uint8Array(170) }
  await core.app.store.db.updateTable('wraps').set(spoilt).where('wrap_hash', '=', hash).execute()
  await storeWrap(
    reader.app.store.db,
    { hash, wrap: toHex(spoilt.wrap), owner: 'staff:author', patientId: patient.patientId, subject: { recordId: copied.recordId, version: 1 } },
    Date.now()
  )
  t.same((await read(copied, 'wrap')).json(), { wrap: copied.wrap })
  t.match(lines('CoreMSP'), [/CoreMSP gave another wrap/])
})

t.test('when every hospital lies, nothing is passed on', async (t) => {
  const copied = await copyRecord(100_000)
  for (const gateway of [core, regional]) await writeFile(fileOf(gateway, copied), flip(copied.bytes, 90_000))
  t.match((await read(copied)).json(), { status: 503, code: 'CONTENT_UNAVAILABLE' })
  t.equal(lines('CoreMSP').length, 1)
  t.equal(lines('Regional1MSP').length, 1)
})

t.test('a file of the own store that is torn or gone hides no good copy: it is set aside, and fetched again', async (t) => {
  const { contents } = reader.app
  for (const spoil of [
    async (path: string, bytes: Buffer) => { await writeFile(path, bytes.subarray(0, 50_000)) },
    async (path: string, bytes: Buffer) => { await writeFile(path, Buffer.concat([bytes, bytes])) },
    async (path: string) => { await rm(path) }
  ]) {
    const copied = await copyRecord(100_000)
    await contents.receive(Readable.from([copied.bytes]), { maxBytes: MIB })
    await spoil(fileOf(reader, copied), copied.bytes)
    t.equal(await contents.reportLost(reader.app.log), 1)
    const part = await read(copied, 'content', 'bytes=90000-90009')
    t.match(part, { statusCode: 206 })
    t.equal(Buffer.compare(part.rawPayload, copied.bytes.subarray(90_000, 90_010)), 0)
    t.match(await contents.find(copied.stored.cid), copied.stored, 'it is back')
    t.equal(await contents.reportLost(reader.app.log), 0)
  }
  t.equal((await readdir(join(reader.config.dataDir, 'contents', 'torn'))).length, 2, 'nothing was deleted')
})

t.test('a hospital whose own copy is torn says that it has none, so that the next is asked', async (t) => {
  const copied = await copyRecord(100_000)
  await writeFile(fileOf(core, copied), copied.bytes.subarray(0, 50_000))
  t.equal(Buffer.compare((await read(copied)).rawPayload, copied.bytes), 0)
  t.match(lines('CoreMSP'), [/CONTENT_UNKNOWN/])
})
