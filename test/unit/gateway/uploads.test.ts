import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DefaultHttpStack, Upload } from 'tus-js-client'
import t from 'tap'
import { DEFAULT_LIMITS } from '../../../gateway/src/http/limits.ts'
import { UNDESCRIBED } from '../../../gateway/src/http/problem-details.ts'
import type {} from '../../../gateway/src/records/contents-plugin.ts'
import type {} from '../../../gateway/src/store/room-plugin.ts'
import { dial, readToEnd } from '../../helpers/flood.ts'
import { createRecordId, sealZeros } from '../../helpers/gateway-client.ts'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import type { Teardown, TestGateway } from '../../helpers/gateway.ts'
import { publishPatient } from '../../helpers/ledger-fixtures.ts'
import type { TestPatient } from '../../helpers/ledger-fixtures.ts'

const MIB = 2 ** 20
const PART = 'application/offset+octet-stream'

interface Answer { status: number, headers: Record<string, unknown>, body: Record<string, unknown> }
type Method = 'POST' | 'PATCH' | 'HEAD' | 'GET' | 'DELETE' | 'OPTIONS'

async function seal (bytes: number): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of sealZeros(createRecordId(), bytes)) pieces.push(piece)
  return Buffer.concat(pieces)
}

async function ask (
  gateway: TestGateway, method: Method, url: string, who: TestPatient, headers: Record<string, string> = {}, payload?: Buffer
): Promise<Answer> {
  const answer = await gateway.app.inject({
    method,
    url,
    headers: { authorization: gateway.session(who), 'tus-resumable': '1.0.0', ...headers },
    ...(payload !== undefined && { payload })
  })
  return { status: answer.statusCode, headers: answer.headers, body: answer.body === '' ? {} : answer.json<Record<string, unknown>>() }
}

async function begin (gateway: TestGateway, who: TestPatient, length: number, cid?: string): Promise<string> {
  const metadata = cid === undefined ? {} : { 'upload-metadata': `cid ${Buffer.from(cid).toString('base64')}` }
  const { status, headers, body } = await ask(gateway, 'POST', '/v1/uploads', who, { 'upload-length': String(length), ...metadata })
  if (status !== 201) throw new Error(`${String(status)} ${JSON.stringify(body)}`)
  return String(headers['location'])
}

async function append (gateway: TestGateway, who: TestPatient, url: string, offset: number, part: Buffer): Promise<Answer> {
  return await ask(gateway, 'PATCH', url, who, { 'upload-offset': String(offset), 'content-type': PART }, part)
}

async function offsetOf (gateway: TestGateway, who: TestPatient, url: string): Promise<number> {
  return Number((await ask(gateway, 'HEAD', url, who)).headers['upload-offset'])
}

/** CID and hash as the upload in one piece takes them. */
async function storeWhole (gateway: TestGateway, who: TestPatient, payload: Buffer): Promise<Record<string, unknown>> {
  return (await ask(gateway, 'POST', '/v1/contents', who, { 'content-type': 'application/octet-stream' }, payload)).body
}

/** Lines of the log that say of a refusal that the API document does not name it. */
const undescribed = ({ log }: TestGateway): string[] => log.filter((line) => line.includes(UNDESCRIBED))

const filesOf = async ({ config }: TestGateway): Promise<string[]> => await readdir(join(config.dataDir, 'contents', 'uploads'))

interface Setup { gateway: TestGateway, owner: TestPatient, other: TestPatient }

async function setUp (t: Teardown, options: Parameters<typeof buildGateway>[1] = {}): Promise<Setup> {
  const gateway = await buildGateway(t, options)
  const { world } = gateway.consortium
  return { gateway, owner: await publishPatient(world), other: await publishPatient(world) }
}

t.test('a foreign client, unmodified, uploads in parts, breaks off, and goes on where it stopped', async (t) => {
  const { gateway, owner } = await setUp(t, { listen: true })
  const content = await seal(5 * MIB)
  const ca = gateway.consortium.network.organizations.find((o) => o.mspId === gateway.mspId)?.tlsCaPem
  const calls: string[] = []
  const start = (url: string | null, until: number): Promise<string> => new Promise((resolve, reject) => {
    const upload = new Upload(content, {
      endpoint: `${gateway.config.publicUrl}/v1/uploads`,
      ...(url !== null && { uploadUrl: url }),
      httpStack: new DefaultHttpStack({ ca }),
      chunkSize: MIB,
      retryDelays: null,
      onBeforeRequest: (request) => {
        calls.push(request.getMethod())
        // Each session opens one request.
        request.setHeader('authorization', gateway.session(owner))
      },
      onChunkComplete: (_size, accepted) => {
        if (accepted < until) return
        upload.abort().then(() => { resolve(String(upload.url)) }, reject)
      },
      onError: reject,
      onSuccess: () => { resolve(String(upload.url)) }
    })
    upload.start()
  })
  const url = await start(null, 2 * MIB)
  const path = new URL(url).pathname
  t.equal(await offsetOf(gateway, owner, path), 2 * MIB)
  await start(url, Infinity)
  t.ok(calls.filter((method) => method === 'PATCH').length >= 6 && calls.includes('HEAD'))
  const { body } = await ask(gateway, 'GET', path, owner)
  const whole = await storeWhole(gateway, owner, content)
  t.same(body['content'], whole, 'the same CID and content hash as in one piece')
  t.match(await gateway.app.contents.find(String(whole['cid'])), { sizeBytes: content.length })
  t.same(await filesOf(gateway), [], 'nothing is left of the parts')
})

t.test('what tus says of itself, and requests that are none of it', async (t) => {
  const { gateway, owner } = await setUp(t)
  t.match(await ask(gateway, 'OPTIONS', '/v1/uploads', owner), {
    status: 204, headers: { 'tus-version': '1.0.0', 'tus-extension': 'creation,expiration,termination', 'tus-max-size': String(gateway.config.maxContentBytes) }
  })
  const create = async (headers: Record<string, string>): Promise<Answer> => await ask(gateway, 'POST', '/v1/uploads', owner, headers)
  t.match(await create({ 'upload-length': '10', 'tus-resumable': '0.2.2' }), { status: 400, body: { code: 'REQUEST_INVALID' }, headers: { 'tus-resumable': '1.0.0' } })
  for (const length of ['-1', '1.5', '1e3', '', ' ', '0x10', '9'.repeat(40)]) {
    const { status, body } = await create({ 'upload-length': length })
    t.ok(status === 400 || status === 413, `${length}: ${JSON.stringify(body)}`)
  }
  t.match(await create({ 'upload-length': '0' }), { status: 400, body: { code: 'CONTENT_EMPTY' } })
  t.match(await create({}), { status: 400, body: { code: 'REQUEST_INVALID' } })
  t.match(await create({ 'upload-defer-length': '1' }), { status: 400, body: { code: 'REQUEST_INVALID' } }, 'a length that is said later is not taken')
  t.match(await create({ 'upload-length': String(2 ** 33) }), { status: 413, body: { code: 'CONTENT_TOO_LARGE' } })
  t.match(await create({ 'upload-length': '10', 'upload-concat': 'partial' }), { status: 400 })
  t.match(await create({ 'upload-length': '10', 'upload-metadata': `cid ${btoa('../../etc/passwd')}` }), { status: 400, body: { code: 'REQUEST_INVALID' } })
  t.match(await create({ 'upload-length': '10', 'content-type': PART }), { status: 415 })
  const url = await begin(gateway, owner, 300_000)
  t.match(await ask(gateway, 'PATCH', url, owner, { 'content-type': PART }, Buffer.alloc(10)), { status: 400, body: { code: 'REQUEST_INVALID' } })
  t.match(await ask(gateway, 'PATCH', url, owner, { 'content-type': 'application/octet-stream', 'upload-offset': '0' }, Buffer.alloc(10)), { status: 415 })
  t.match(await ask(gateway, 'PATCH', url, owner, { 'content-type': PART, 'upload-offset': '-1' }, Buffer.alloc(10)), { status: 400 })
  t.same(undescribed(gateway), [])
})

t.test('an upload is its owner\'s alone, on every call, and an id names nothing but an upload', async (t) => {
  const { gateway, owner, other } = await setUp(t)
  const content = await seal(1_000)
  const url = await begin(gateway, owner, content.length)
  for (const method of ['HEAD', 'GET', 'DELETE'] as const) t.equal((await ask(gateway, method, url, other)).status, 404, method)
  t.match(await append(gateway, other, url, 0, content), { status: 404, body: { code: 'UPLOAD_UNKNOWN' } })
  t.match(await gateway.app.inject({ method: 'HEAD', url, headers: { 'tus-resumable': '1.0.0' } }), { statusCode: 401 })
  t.match(await gateway.app.inject({ method: 'POST', url: '/v1/uploads', headers: { 'tus-resumable': '1.0.0', 'upload-length': '10' } }), { statusCode: 401 })
  for (const name of ['..', '%2e%2e', '..%2f..%2fserver.db', '%00', url.slice(12).toUpperCase(), `${url.slice(12)}%2f..`, 'a'.repeat(33), 'é']) {
    for (const method of ['HEAD', 'GET', 'PATCH', 'DELETE'] as const) {
      const { status } = await ask(gateway, method, `/v1/uploads/${name}`, owner, method === 'PATCH' ? { 'upload-offset': '0', 'content-type': PART } : {}, method === 'PATCH' ? content : undefined)
      t.ok(status === 404 || status === 400, `${method} ${name}: ${String(status)}`)
    }
  }
  t.equal(await offsetOf(gateway, owner, url), 0, 'nothing of it touched the upload')
  t.match(await append(gateway, owner, url, 0, content), { status: 204 })
  t.match(await ask(gateway, 'DELETE', url, owner), { status: 204 })
  t.match(await gateway.app.contents.find(String((await storeWhole(gateway, owner, content))['cid'])), { sizeBytes: content.length })
  t.match(await ask(gateway, 'HEAD', url, owner), { status: 404 })
  t.same(undescribed(gateway), [])
})

t.test('an upload goes on only where it is, and never beyond the length that it was begun for', async (t) => {
  const { gateway, owner } = await setUp(t)
  const content = await seal(2 * MIB)
  const url = await begin(gateway, owner, content.length)
  t.match(await append(gateway, owner, url, 5, content.subarray(5)), { status: 409, body: { code: 'UPLOAD_CONFLICT' } })
  t.match(await append(gateway, owner, url, 0, content.subarray(0, MIB)), { status: 204, headers: { 'upload-offset': String(MIB) } })
  t.match(await append(gateway, owner, url, 0, content.subarray(0, MIB)), { status: 409 }, 'sent again')
  t.match(await append(gateway, owner, url, MIB, Buffer.concat([content.subarray(MIB), Buffer.alloc(1)])), { status: 413, body: { code: 'CONTENT_TOO_LARGE' } })
  t.equal(await offsetOf(gateway, owner, url), MIB)
  t.match(await append(gateway, owner, url, MIB, content.subarray(MIB)), { status: 204 })
  t.match(await append(gateway, owner, url, content.length, Buffer.alloc(0)), { status: 204 }, 'a finished one stays finished')
  t.same(undescribed(gateway), [])
})

t.test('two requests that write to one upload leave one whole content, or say where it is', async (t) => {
  const { gateway, owner } = await setUp(t)
  const content = await seal(3 * MIB)
  const url = await begin(gateway, owner, content.length)
  const answers = await Promise.all([0, 1, 2].map(async () => await append(gateway, owner, url, 0, content)))
  t.same(answers.map(({ status }) => status).sort(), [204, 409, 409])
  t.match((await ask(gateway, 'GET', url, owner)).body, { content: { sizeBytes: content.length } })
})

t.test('bytes that are not what they must be are not kept, whoever promised what', async (t) => {
  const { gateway, owner } = await setUp(t)
  const [content, another] = [await seal(400_000), await seal(400_000)]
  const { cid } = await storeWhole(gateway, owner, content)
  const url = await begin(gateway, owner, another.length, String(cid))
  t.match(await append(gateway, owner, url, 0, another), { status: 400, body: { code: 'CONTENT_MISMATCH' } })
  t.match(await ask(gateway, 'HEAD', url, owner), { status: 404 })
  const junk = await begin(gateway, owner, 130)
  t.match(await append(gateway, owner, junk, 0, Buffer.alloc(130)), { status: 400, body: { code: 'CONTENT_EMPTY' } }, 'no sealed content')
  const right = await begin(gateway, owner, content.length, String(cid))
  t.match(await append(gateway, owner, right, 0, content.subarray(0, 1_000)), { status: 204 })
  t.match(await append(gateway, owner, right, 1_000, content.subarray(1_000)), { status: 204 })
  t.same(undescribed(gateway), [])
  t.same(await filesOf(gateway), [])
})

t.test('uploads go on after the gateway was killed, also between the last byte and the store', async (t) => {
  const consortium = await createConsortium(t)
  const first = await buildGateway(t, { consortium })
  const owner = await publishPatient(consortium.world)
  const content = await seal(2 * MIB)
  const { cid, contentHash } = await storeWhole(first, owner, content)
  const [half, all] = [await begin(first, owner, content.length), await begin(first, owner, content.length)]
  const [unnamed, wrong] = [await seal(300_000), await seal(300_000)]
  const [last, other] = [await begin(first, owner, unnamed.length), await begin(first, owner, wrong.length, String(cid))]
  await append(first, owner, half, 0, content.subarray(0, MIB))
  await first.close()
  // As a process leaves it that died after it had named the content: the file is whole and in its place among the uploads.
  const second = await buildGateway(t, { consortium })
  await writeFile(join(second.config.dataDir, 'contents', 'uploads', all.slice(12)), content)
  await second.app.store.db.updateTable('uploads').set({ cid: String(cid), content_hash: String(contentHash) }).where('id', '=', all.slice(12)).execute()
  t.equal(await offsetOf(second, owner, half), MIB)
  t.match(await append(second, owner, half, MIB, content.subarray(MIB)), { status: 204 })
  const asked = await Promise.all(['GET', 'GET', 'HEAD', 'GET', 'HEAD'].map(async (method) => await ask(second, method as Method, all, owner)))
  t.same(asked.map(({ status }) => status), [200, 200, 200, 200, 200], 'whoever asks while it moves is told the same')
  t.match((await ask(second, 'GET', all, owner)).body, { offset: content.length, content: { cid } })
  // And one that died when the last byte was there, and nothing was named: a client that finds all bytes there asks no more.
  for (const [url, bytes] of [[last, unnamed], [other, wrong]] as const) await writeFile(join(second.config.dataDir, 'contents', 'uploads', url.slice(12)), bytes)
  t.equal(await offsetOf(second, owner, last), unnamed.length)
  const { content: stored } = (await ask(second, 'GET', last, owner)).body as { content?: { cid: string } }
  t.match(await second.app.contents.find(String(stored?.cid)), { sizeBytes: unnamed.length })
  t.match(await ask(second, 'HEAD', other, owner), { status: 404 }, 'bytes with another CID than was said')
  t.match((await ask(second, 'GET', half, owner)).body, { content: { cid, contentHash } })
  t.same(await filesOf(second), [])
  await second.app.contents.recount()
  t.ok(second.app.contents.unnamed.of(`patient:${owner.patientId}`) < 2.5 * MIB, 'counted once')
})

t.test('unfinished uploads count, are bounded in number, and are removed in time', async (t) => {
  let now = Date.now()
  const consortium = await createConsortium(t, { clock: () => now })
  const { gateway, owner, other } = await setUp(t, {
    consortium, config: { limits: { ...DEFAULT_LIMITS, openUploadsPerCaller: 3, uploadHours: 2, unnamedBytesPerCaller: 2 * MIB } }
  })
  const name = `patient:${owner.patientId}`
  const { contents, uploads, log } = gateway.app
  const content = await seal(MIB)
  t.match(await ask(gateway, 'POST', '/v1/uploads', owner, { 'upload-length': String(3 * MIB) }), { status: 429, body: { code: 'QUOTA_EXCEEDED' } })
  const first = await begin(gateway, owner, content.length)
  for (const length of [10_000, 10_000]) await begin(gateway, owner, length)
  t.match(await ask(gateway, 'POST', '/v1/uploads', owner, { 'upload-length': '10' }), { status: 429, headers: { 'retry-after': '600' } })
  t.match(await ask(gateway, 'POST', '/v1/uploads', other, { 'upload-length': '10' }), { status: 201 })
  t.equal(contents.unnamed.of(name), 3 * 65_536)
  await append(gateway, owner, first, 0, content.subarray(0, 600_000))
  t.equal(contents.unnamed.of(name), 600_000 + 2 * 65_536)
  await contents.recount()
  t.equal(contents.unnamed.of(name), 600_000 + 2 * 65_536, 'counted anew it is the same')
  await writeFile(join(gateway.config.dataDir, 'contents', 'uploads', '0'.repeat(32)), 'of a process that died')
  now += 2 * 3_600_000 + 1_000
  t.match(await ask(gateway, 'HEAD', first, owner), { status: 410 })
  t.match(await append(gateway, owner, first, 600_000, content.subarray(600_000)), { status: 410, body: { code: 'UPLOAD_EXPIRED' } })
  t.equal(await uploads.removeExpired(log), 4)
  t.same(await filesOf(gateway), ['0'.repeat(32)], 'a file without a row is young yet')
  t.equal(contents.unnamed.of(name), 0)
  t.match(await ask(gateway, 'HEAD', first, owner), { status: 404 })
  t.same(undescribed(gateway), [])
})

t.test('a full disk refuses a part and keeps what was there; an upload can be given up all the same', async (t) => {
  let free = 2 ** 40
  const { gateway, owner } = await setUp(t, { ports: { freeBytes: () => Promise.resolve(free) } })
  const content = await seal(3 * MIB)
  const url = await begin(gateway, owner, content.length)
  await append(gateway, owner, url, 0, content.subarray(0, MIB))
  free = 0
  t.ok(await gateway.app.room.left() < 0)
  t.match(await append(gateway, owner, url, MIB, content.subarray(MIB)), { status: 507, body: { code: 'STORAGE_FULL' } })
  t.equal(await offsetOf(gateway, owner, url), MIB)
  t.match(await ask(gateway, 'DELETE', url, owner), { status: 204 })
  t.same(await filesOf(gateway), [])
})

t.test('an upload that trickles is ended, keeps what came, and does not hold the next request off', async (t) => {
  const { gateway, owner } = await setUp(t, { listen: true, config: { limits: { ...DEFAULT_LIMITS, idleStreamSeconds: 1 } } })
  const content = await seal(MIB)
  const url = await begin(gateway, owner, content.length)
  const socket = await dial(t, gateway)
  const head = [
    `PATCH ${url} HTTP/1.1`, 'host: localhost', `authorization: ${gateway.session(owner)}`, 'tus-resumable: 1.0.0', 'upload-offset: 0',
    `content-type: ${PART}`, `content-length: ${String(content.length)}`, 'connection: close'
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  const trickle = setInterval(() => { if (socket.writable) socket.write(content.subarray(0, 1)) }, 100)
  t.teardown(() => { clearInterval(trickle) })
  t.match(await readToEnd(socket), /408|^$/)
  clearInterval(trickle)
  const offset = await offsetOf(gateway, owner, url)
  t.match(await append(gateway, owner, url, offset, content.subarray(offset)), { status: offset === 0 ? 204 : 400 })
})
