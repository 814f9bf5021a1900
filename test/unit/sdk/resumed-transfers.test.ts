import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UndiciTransport } from '@epione/cli'
import t from 'tap'
import { addRecord, Gateways, getRecord, makeCard, MemoryDestination, unreachable } from '@epione/sdk'
import type { GatewayInfo, HttpAnswer, HttpDownload, HttpRequest, PatientContext, PractitionerContext, SpooledRecord, Transport, UploadSpool } from '@epione/sdk'
import { Hospitals } from '../../helpers/client/hospitals.ts'

const MIB = 1024 * 1024
const hospitals = await Hospitals.open(t)
const { core } = hospitals
const patient = await hospitals.patient()
const author = await hospitals.physician(core)
const { card } = await makeCard(patient)

/** Breaks what goes through it; what it passes on is real. */
class Line implements Transport {
  readonly #real: Transport
  /** Bytes of uploads after which the connection breaks, once each. */
  breaksUp: number[] = []
  breaksDown: number[] = []
  /** Thrown in place of the answer to a request whose path begins so, once. */
  losesAnswerOf: string | undefined
  /** Bytes of uploads, and of downloads, that went through. */
  up = 0
  down = 0
  corrupt: ((piece: Uint8Array) => Uint8Array) | undefined

  constructor (real: Transport) {
    this.#real = real
  }

  async request (request: HttpRequest): Promise<HttpAnswer> {
    const { upload } = request
    if (upload === undefined) {
      const answer = await this.#real.request(request)
      if (this.losesAnswerOf === undefined || !request.path.startsWith(this.losesAnswerOf)) return answer
      this.losesAnswerOf = undefined
      throw new Error('killed')
    }
    const limit = this.breaksUp.shift() ?? Infinity
    const broken = new Error('broken')
    const count = (bytes: number): void => { this.up += bytes }
    const cut = async function * (): AsyncGenerator<Uint8Array, void, void> {
      let passed = 0
      for await (const piece of upload) {
        passed += piece.length
        if (passed > limit) throw broken
        count(piece.length)
        yield piece
      }
    }
    return await this.#real.request({ ...request, upload: cut() }).catch((error: unknown) => {
      throw error === broken ? unreachable('the gateway', error) : error
    })
  }

  async download (request: HttpRequest): Promise<HttpDownload | HttpAnswer> {
    const answer = await this.#real.download(request)
    if (!('stream' in answer)) return answer
    const limit = this.breaksDown.shift() ?? Infinity
    const isPart = request.headers?.['range'] !== undefined
    const change = isPart ? this.corrupt ?? ((piece) => piece) : (piece: Uint8Array) => piece
    const count = (bytes: number): void => { this.down += bytes }
    const cut = async function * (): AsyncGenerator<Uint8Array, void, void> {
      let passed = 0
      for await (const piece of answer.stream) {
        passed += piece.length
        if (passed > limit) throw unreachable('the gateway', new Error('broken'))
        count(piece.length)
        yield change(piece)
      }
    }
    return { ...answer, stream: cut() }
  }

  async close (): Promise<void> {
    await this.#real.close()
  }
}

class MemorySpool implements UploadSpool {
  state: SpooledRecord | undefined
  content = Buffer.alloc(0)
  /** How often something was sealed into it. */
  writes = 0

  load (): Promise<SpooledRecord | undefined> { return Promise.resolve(structuredClone(this.state)) }
  async write (ciphertext: AsyncIterable<Uint8Array>): Promise<void> {
    this.writes += 1
    const pieces: Uint8Array[] = []
    for await (const piece of ciphertext) pieces.push(piece)
    this.content = Buffer.concat(pieces)
  }

  keep (record: SpooledRecord): Promise<void> {
    this.state = structuredClone(record)
    return Promise.resolve()
  }

  async * read (from: number): AsyncGenerator<Uint8Array, void, void> {
    for (let at = from; at < this.content.length; at += 65_536) yield await Promise.resolve(this.content.subarray(at, at + 65_536))
  }

  drop (): Promise<void> {
    this.state = undefined
    return Promise.resolve()
  }
}

/** The gateway itself and not what stands before it, so that bytes stream as they do in earnest. */
function pastFront (info: GatewayInfo): GatewayInfo {
  const port = hospitals.all.find(({ mspId }) => mspId === info.mspId)?.gateway.config.listen.port
  return { ...info, url: `https://localhost:${String(port)}` }
}

/** Somebody with a line to the own gateway that a test can break. */
function wired<C extends PatientContext | PractitionerContext> (context: C): { context: C, line: Line, lines: Line[] } {
  let own: Line | undefined
  const lines: Line[] = []
  const gateways = new Gateways(hospitals.all.map(({ info }) => info), {
    connect: (info) => {
      const line = new Line(new UndiciTransport(pastFront(info)))
      lines.push(line)
      if (info.mspId === core.info.mspId) own = line
      return line
    }
  })
  t.teardown(() => gateways.close())
  if (own === undefined) throw new Error(`no line to ${gateways.own.info.mspId}`)
  return { context: { ...context, gateways }, line: own, lines }
}

async function * pieces (bytes: Buffer): AsyncGenerator<Uint8Array, void, void> {
  for (let at = 0; at < bytes.length; at += 100_000) yield await Promise.resolve(bytes.subarray(at, at + 100_000))
}

const options = (bytes: Buffer, spool: UploadSpool): Parameters<typeof addRecord>[1] =>
  ({ source: pieces(bytes), category: 'summary', mediaClass: 'document', card, spool })

async function open (recordId: string): Promise<Buffer> {
  const to = new MemoryDestination()
  await getRecord(patient, { recordId, to })
  return Buffer.concat(to.pieces ?? [])
}

t.test('an upload whose connection breaks goes on where the gateway has it', async (t) => {
  const { context, line } = wired(author)
  const [bytes, spool] = [randomBytes(6 * MIB), new MemorySpool()]
  line.breaksUp = [3 * MIB, 2 * MIB]
  const { recordId } = await addRecord(context, options(bytes, spool))
  t.ok(line.up < 9.5 * MIB, `${String(line.up)} bytes were sent`)
  t.equal(spool.state, undefined, 'nothing is kept once it is registered')
  t.ok((await open(recordId)).equals(bytes))
})

t.test('an upload that was killed is gone on with by the next, which seals nothing anew', async (t) => {
  const { context, line } = wired(author)
  const [bytes, spool] = [randomBytes(4 * MIB), new MemorySpool()]
  line.losesAnswerOf = '/v1/uploads/'
  await t.rejects(addRecord(context, options(bytes, spool)), { message: 'killed' })
  const before = spool.state
  t.type(before?.uploadId, 'string')
  line.breaksUp = [2 * MIB]
  const { recordId, cid } = await addRecord(context, options(bytes, spool))
  t.same([recordId, cid, spool.writes], [before?.recordId, before?.cid, 1])
  t.ok((await open(recordId)).equals(bytes))
})

t.test('a registration that was killed after it was sent counts once', async (t) => {
  const { context, line } = wired(author)
  const [bytes, spool] = [randomBytes(MIB), new MemorySpool()]
  line.losesAnswerOf = '/v1/records'
  await t.rejects(addRecord(context, options(bytes, spool)), { message: 'killed' })
  const signed = spool.state?.registration?.own
  const sent = line.up
  const { recordId, manifestId, txId } = await addRecord(context, options(bytes, spool))
  t.match({ recordId, manifestId, txId }, { recordId: signed?.recordId, manifestId: signed?.manifestId, txId: String })
  t.equal(line.up, sent, 'no byte went twice')
  t.equal(spool.state, undefined)
})

t.test('an upload that is gone is begun anew, and what the spool holds of another record is not used', async (t) => {
  const { context, line } = wired(author)
  const [bytes, spool] = [randomBytes(MIB), new MemorySpool()]
  line.losesAnswerOf = '/v1/uploads/'
  await t.rejects(addRecord(context, options(bytes, spool)), { message: 'killed' })
  if (spool.state !== undefined) spool.state.uploadId = 'f'.repeat(32)
  const { recordId } = await addRecord(context, options(bytes, spool))
  t.ok((await open(recordId)).equals(bytes))
  spool.state = { recordId: 'a'.repeat(32), version: 7, contentKey: 'b'.repeat(64), cid: 'b'.repeat(59), contentHash: 'c'.repeat(64), sizeBytes: 1, sealedBytes: 1 }
  const next = await addRecord(context, { ...options(bytes, spool), amends: { recordId } })
  t.match(next, { recordId, version: 2 })
})

t.test('a spool whose bytes changed registers nothing', async (t) => {
  const { context, line } = wired(author)
  const [bytes, spool] = [randomBytes(MIB), new MemorySpool()]
  line.losesAnswerOf = '/v1/uploads/'
  await t.rejects(addRecord(context, options(bytes, spool)), { message: 'killed' })
  spool.content[500_000] = (spool.content[500_000] ?? 0) ^ 1
  await t.rejects(addRecord(context, options(bytes, spool)), { code: 'CONTENT_MODIFIED' })
  await t.rejects(addRecord(context, { ...options(bytes, spool), indexed: false }), { code: 'REFUSED', details: { gatewayCode: 'CONTENT_MISMATCH' } })
})

t.test('a download goes on at the byte where it broke off, and what comes then is proven like the rest', async (t) => {
  const bytes = randomBytes(5 * MIB)
  const { recordId } = await addRecord(author, { source: pieces(bytes), category: 'summary', mediaClass: 'document', card })
  const { context, line, lines } = wired(patient)
  const read = async (): Promise<Buffer> => {
    const to = new MemoryDestination()
    await getRecord(context, { recordId, to })
    return Buffer.concat(to.pieces ?? [])
  }
  line.breaksDown = [MIB, MIB, 2 * MIB]
  t.ok((await read()).equals(bytes))
  t.ok(line.down < 5.5 * MIB, `${String(line.down)} bytes came`)
  line.breaksDown = [MIB]
  line.corrupt = (piece) => Uint8Array.from(piece, (byte, at) => at === 100 ? byte ^ 1 : byte)
  t.ok((await read()).equals(bytes), 'another hospital is asked')
  t.ok(lines.some((other) => other !== line && other.down > bytes.length))
  for (const each of lines) Object.assign(each, { breaksDown: [MIB], corrupt: line.corrupt })
  await t.rejects(read(), { code: 'CONTENT_MODIFIED' })
})

t.test('a download that never gets on is left, and another hospital is asked', async (t) => {
  const bytes = randomBytes(MIB)
  const { recordId } = await addRecord(author, { source: pieces(bytes), category: 'summary', mediaClass: 'document', card })
  const { context, line, lines } = wired(patient)
  line.breaksDown = Array.from({ length: 12 }, () => 0)
  const to = new MemoryDestination()
  await getRecord(context, { recordId, to })
  t.ok(Buffer.concat(to.pieces ?? []).equals(bytes))
  t.ok(lines.some((other) => other !== line && other.down > bytes.length))
  t.equal(line.breaksDown.length, 5, 'asked seven times')
})

t.test('a part is opened from the chunks in which it lies, wherever the content is, and from right ones alone', async (t) => {
  const bytes = randomBytes(5 * MIB)
  const { recordId } = await addRecord(author, { source: pieces(bytes), category: 'summary', mediaClass: 'document', card })
  const { context, line, lines } = wired(patient)
  const read = async (part: { start: number, end?: number }): Promise<Buffer> => {
    const to = new MemoryDestination()
    const { opened } = await getRecord(context, { recordId, to, part })
    t.match(opened, { part: { start: part.start, of: bytes.length } })
    return Buffer.concat(to.pieces ?? [])
  }
  t.ok((await read({ start: 3 * MIB, end: 3 * MIB + 99 })).equals(bytes.subarray(3 * MIB, 3 * MIB + 100)))
  t.ok(line.down < 300_000, `${String(line.down)} bytes came`)
  t.ok((await read({ start: bytes.length - 10 })).equals(bytes.subarray(-10)))
  t.ok((await read({ start: bytes.length - 10, end: Number.MAX_SAFE_INTEGER })).equals(bytes.subarray(-10)), 'cut to the end')
  for (const part of [{ start: bytes.length }, { start: 5, end: 4 }, { start: -1 }, { start: 0.5 }]) {
    await t.rejects(read(part), { code: 'PART_INVALID', details: { sizeBytes: bytes.length } })
  }
  // It goes on at the byte where it broke off, of the part.
  line.breaksDown = [Infinity, 100_000]
  t.ok((await read({ start: MIB, end: 2 * MIB - 1 })).equals(bytes.subarray(MIB, 2 * MIB)))

  const flip = (piece: Uint8Array): Uint8Array => Uint8Array.from(piece, (byte, at) => at === 0 ? byte ^ 1 : byte)
  line.corrupt = flip
  t.ok((await read({ start: 0, end: 9 })).equals(bytes.subarray(0, 10)), 'another hospital is asked')
  for (const each of lines) each.corrupt = flip
  await t.rejects(read({ start: 0, end: 9 }), { code: 'CONTENT_MODIFIED' })
})

t.test('a hospital that has no copy proves a part of another\'s, and so does one whose file rotted', async (t) => {
  const bytes = randomBytes(MIB)
  const { recordId } = await addRecord(author, { source: pieces(bytes), category: 'summary', mediaClass: 'document', card })
  const { record: { cid = '' } } = await getRecord(patient, { recordId })
  const { gateway: { config: { dataDir } } } = core
  const file = join(dataDir, 'contents', cid.slice(-2), cid)
  const stored = await readFile(file)
  await writeFile(file, stored.map((byte, at) => at === 600_000 ? byte ^ 1 : byte))
  const holders: boolean[] = []
  for (const first of hospitals.all) {
    holders.push(await first.gateway.app.contents.find(cid) !== undefined)
    const order = [first, ...hospitals.all.filter((other) => other !== first)].map(({ info }) => info)
    const gateways = new Gateways(order, { connect: (info) => new UndiciTransport(pastFront(info)) })
    const to = new MemoryDestination()
    await getRecord({ ...patient, gateways }, { recordId, to, part: { start: 600_000, end: 600_009 } })
    await gateways.close()
    t.ok(Buffer.concat(to.pieces ?? []).equals(bytes.subarray(600_000, 600_010)), first.mspId)
  }
  t.ok(holders.includes(true) && holders.includes(false))
})
