import { createDecipheriv, createHash, hkdfSync } from 'node:crypto'
import {
  CHUNK_BYTES, concatBytes, ContentHasher, createWrap, HEADER_BYTES, inclusionProof, isContentOf, leafHash, merkleRoot, openContent,
  parseContentHeader, randomBytes, SEALED_CHUNK_BYTES, sealContent, SecretKey, toHex, verifyInclusion
} from '@epione/crypto'
import type { OpenRequest, SealResult } from '@epione/crypto'
import fc from 'fast-check'
import t from 'tap'
import { collect, flipBit, refusesLater, runs, seeded, streamOf } from './support.ts'
import { PLACE } from '../../helpers/places.ts'

const RECORD_ID = '00112233445566778899aabbccddeeff'
const AUTHOR = SecretKey.random(seeded('author')).publicKey()
const SEALING = { recordId: RECORD_ID, recordVersion: 3, authorKey: AUTHOR }
const TAG_BYTES = 16

interface Sealed { plaintext: Uint8Array, ciphertext: Uint8Array, opening: OpenRequest & { contentHash: Uint8Array }, result: SealResult }

async function seal (plaintext: Uint8Array, pieceBytes?: number): Promise<Sealed> {
  const sealed = sealContent(SEALING, streamOf(plaintext, pieceBytes))
  const ciphertext = await collect(sealed.ciphertext)
  const result = await sealed.result
  return { plaintext, ciphertext, result, opening: { ...SEALING, contentKey: sealed.contentKey, contentHash: result.contentHash } }
}

async function open (request: OpenRequest, ciphertext: Uint8Array, pieceBytes?: number): Promise<Uint8Array> {
  return collect(openContent(request, streamOf(ciphertext, pieceBytes)))
}

/** What is released before the error, and the error's code. */
async function openUntilRefused (request: OpenRequest, ciphertext: Uint8Array): Promise<{ released: Uint8Array, code: string }> {
  const pieces: Uint8Array[] = []
  try {
    for await (const piece of openContent(request, streamOf(ciphertext))) pieces.push(piece)
  } catch (error) {
    return { released: Buffer.concat(pieces), code: (error as { code: string }).code }
  }
  return { released: Buffer.concat(pieces), code: 'none' }
}

function chunksOf (ciphertext: Uint8Array): Uint8Array[] {
  const chunks: Uint8Array[] = []
  for (let start = HEADER_BYTES; start < ciphertext.length; start += SEALED_CHUNK_BYTES) {
    chunks.push(
      ciphertext.subarray(start, start + SEALED_CHUNK_BYTES)
    )
  }
  return chunks
}

function hashOf (ciphertext: Uint8Array, pieceBytes = 65_536): { contentHash: Uint8Array, sizeBytes: number } {
  const hasher = new ContentHasher()
  for (let start = 0; start < ciphertext.length; start += pieceBytes) hasher.update(ciphertext.subarray(start, start + pieceBytes))
  return hasher.digest()
}

const THREE_CHUNKS = seeded('plaintext')(2 * CHUNK_BYTES + 100_000)

t.test('records of every size around the chunk borders come back as they were', async (t) => {
  for (const size of [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 2 * CHUNK_BYTES + 1]) {
    const plaintext = seeded(`size ${size}`)(size)
    const { ciphertext, opening, result } = await seal(plaintext)
    t.equal(Buffer.compare(await open(opening, ciphertext), plaintext), 0, `${size} bytes`)
    t.equal(result.plaintextBytes, size)
    t.equal(result.sizeBytes, ciphertext.length)
    t.equal(ciphertext.length, HEADER_BYTES + size + TAG_BYTES * Math.max(1, Math.ceil(size / CHUNK_BYTES)))
  }
})

t.test('the pieces in which bytes come change nothing', async (t) => {
  const size = fc.oneof(
    fc.integer({ min: 0, max: 600_000 }),
    fc.constantFrom(CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES)
  )
  const piece = fc.oneof(fc.integer({ min: 500, max: 700_000 }), fc.constantFrom(CHUNK_BYTES, SEALED_CHUNK_BYTES, HEADER_BYTES))
  await fc.assert(fc.asyncProperty(size, piece, piece, piece, async (bytes, sealPiece, openPiece, hashPiece) => {
    const { plaintext, ciphertext, opening, result } = await seal(seeded('any')(bytes), sealPiece)
    t.equal(Buffer.compare(await open(opening, ciphertext, openPiece), plaintext), 0)
    t.strictSame(hashOf(ciphertext, hashPiece), { contentHash: result.contentHash, sizeBytes: result.sizeBytes })
  }), runs(12))
})

t.test('pieces of one byte and empty pieces are pieces too', async (t) => {
  const { ciphertext, opening, plaintext } = await seal(seeded('small')(300), 1)
  t.equal(Buffer.compare(await open(opening, ciphertext, 1), plaintext), 0)
  async function * withEmpty (): AsyncGenerator<Uint8Array> {
    for await (const piece of streamOf(ciphertext, 100)) {
      yield new Uint8Array(0)
      yield piece
    }
    yield new Uint8Array(0)
  }
  t.equal(Buffer.compare(await collect(openContent(opening, withEmpty())), plaintext), 0)
})

t.test('the header has the documented 123 bytes', async (t) => {
  const { ciphertext, opening } = await seal(seeded('header')(10))
  const header = Buffer.from(ciphertext.subarray(0, HEADER_BYTES))
  t.equal(HEADER_BYTES, 123)
  t.equal(header.readUInt8(0), 1, 'version')
  t.equal(header.readUInt8(1), 1, 'suite')
  t.equal(header.toString('hex', 2, 18), RECORD_ID)
  t.equal(header.readUInt32BE(18), 3, 'record version')
  t.equal(header.toString('hex', 22, 55), AUTHOR.toHex())
  t.equal(header.readUInt32BE(55), 262_144, 'chunk size')
  const salt = header.subarray(59, 91)
  t.equal(header.toString('hex', 91), Buffer.from(hkdfSync('sha256', opening.contentKey, salt, 'commit', 32)).toString('hex'), 'commitment')
  const parsed = parseContentHeader(header)
  t.equal(parsed.recordId, RECORD_ID)
  t.equal(parsed.recordVersion, 3)
  t.ok(parsed.authorKey.equals(AUTHOR))
  t.equal(toHex(parsed.salt), salt.toString('hex'))
})

t.test('a reader written from the protocol alone opens the chunks', async (t) => {
  const { ciphertext, opening, plaintext } = await seal(THREE_CHUNKS)
  const header = ciphertext.subarray(0, HEADER_BYTES)
  const info = Buffer.concat([Buffer.from('stream'), createHash('sha256').update(header).digest()])
  const okm = Buffer.from(hkdfSync('sha256', opening.contentKey, header.subarray(59, 91), info, 39))
  const chunks = chunksOf(ciphertext)
  const opened = chunks.map((chunk, index) => {
    const nonce = Buffer.concat([okm.subarray(32), Buffer.of(0, 0, 0, index, index === chunks.length - 1 ? 1 : 0)])
    const decipher = createDecipheriv('aes-256-gcm', okm.subarray(0, 32), nonce)
    decipher.setAuthTag(chunk.subarray(-TAG_BYTES))
    return Buffer.concat([decipher.update(chunk.subarray(0, -TAG_BYTES)), decipher.final()])
  })
  t.equal(Buffer.compare(Buffer.concat(opened), plaintext), 0)
})

t.test('the content hash covers size and tree, and any chunk is proven alone', async (t) => {
  const { ciphertext, result } = await seal(THREE_CHUNKS)
  const leaves = [ciphertext.subarray(0, HEADER_BYTES), ...chunksOf(ciphertext)].map(leafHash)
  const root = merkleRoot(leaves)
  const size = Buffer.alloc(8)
  size.writeBigUInt64BE(BigInt(ciphertext.length))
  t.equal(toHex(result.contentHash), createHash('sha256').update('epione/content').update(size).update(root).digest('hex'))
  leaves.forEach((leaf, index) => {
    t.doesNotThrow(() => verifyInclusion({ leafHash: leaf, index, treeSize: leaves.length, proof: inclusionProof(leaves, index), root }))
  })
})

t.test('sealing twice gives other bytes, also under one content key', async (t) => {
  const contentKey = randomBytes(32)
  const once = await collect(sealContent({ ...SEALING, contentKey }, streamOf(THREE_CHUNKS)).ciphertext)
  const twice = await collect(sealContent({ ...SEALING, contentKey }, streamOf(THREE_CHUNKS)).ciphertext)
  t.notSame(once.subarray(0, HEADER_BYTES), twice.subarray(0, HEADER_BYTES))
  t.not(Buffer.compare(once.subarray(HEADER_BYTES), twice.subarray(HEADER_BYTES)), 0)
  t.notSame(sealContent(SEALING, streamOf(THREE_CHUNKS)).contentKey, sealContent(SEALING, streamOf(THREE_CHUNKS)).contentKey)
})

t.test('a flipped bit anywhere is refused, and nothing of its chunk is released', async (t) => {
  const { ciphertext, opening, plaintext } = await seal(THREE_CHUNKS)
  for (const index of [...Array(HEADER_BYTES).keys()].filter((position) => position % 5 === 0)) {
    const { released, code } = await openUntilRefused(opening, flipBit(ciphertext, index, index % 8))
    t.equal(released.length, 0)
    t.match(code, /^(HEADER_INVALID|COMMITMENT_MISMATCH)$/, `header byte ${index}`)
  }
  for (const chunk of [0, 1, 2]) {
    const start = HEADER_BYTES + chunk * SEALED_CHUNK_BYTES
    for (const index of [start, start + 50_000, Math.min(start + SEALED_CHUNK_BYTES, ciphertext.length) - 1]) {
      const { released, code } = await openUntilRefused(opening, flipBit(ciphertext, index, 3))
      t.equal(code, 'CONTENT_MODIFIED', `chunk ${chunk}`)
      t.equal(Buffer.compare(released, plaintext.subarray(0, chunk * CHUNK_BYTES)), 0, 'only the chunks before')
    }
  }
})

t.test('a header that was changed but for what is expected of it still opens nothing', async (t) => {
  const { ciphertext, opening } = await seal(seeded('small')(100))
  const otherAuthor = SecretKey.random(seeded('other author')).publicKey()
  const changed = Buffer.concat([ciphertext.subarray(0, 22), otherAuthor.toBytes(), ciphertext.subarray(55)])
  const { contentKey, recordId, recordVersion } = opening
  await refusesLater(
    t,
    'CONTENT_MODIFIED',
    open({ contentKey, recordId, recordVersion }, changed),
    'the stream key hangs on the whole header'
  )
})

t.test('a content cut at a chunk border, inside a chunk, a tag or the header is refused', async (t) => {
  const { ciphertext, opening } = await seal(THREE_CHUNKS)
  const cuts: [number, string][] = [
    [
      0, 'CONTENT_TRUNCATED'
    ], [HEADER_BYTES - 1, 'CONTENT_TRUNCATED'], [HEADER_BYTES, 'CONTENT_TRUNCATED'], [HEADER_BYTES + 1, 'CONTENT_TRUNCATED'],
    [HEADER_BYTES + 15, 'CONTENT_TRUNCATED'], [HEADER_BYTES + SEALED_CHUNK_BYTES, 'CONTENT_TRUNCATED'],
    [HEADER_BYTES + 2 * SEALED_CHUNK_BYTES, 'CONTENT_TRUNCATED'], [HEADER_BYTES + 2 * SEALED_CHUNK_BYTES + 7, 'CONTENT_TRUNCATED'],
    [HEADER_BYTES + 16, 'CONTENT_MODIFIED'], [HEADER_BYTES + 70_000, 'CONTENT_MODIFIED'], [ciphertext.length - 1, 'CONTENT_MODIFIED']
  ]
  for (const [length, code] of cuts) {
    t.equal(
      (await openUntilRefused(opening, ciphertext.subarray(0, length))).code,
      code,
    `${length} bytes`
    )
  }
})

t.test('a content with bytes or chunks added at its end is refused', async (t) => {
  const { ciphertext, opening } = await seal(THREE_CHUNKS.subarray(0, 2 * CHUNK_BYTES))
  const last = chunksOf(ciphertext)[1] ?? new Uint8Array()
  for (const added of [Buffer.of(0), new Uint8Array(TAG_BYTES), last]) {
    t.equal((await openUntilRefused(opening, concatBytes(ciphertext, added))).code, 'CONTENT_MODIFIED', `${added.length} bytes`)
  }
})

t.test('reordered, doubled, dropped and foreign chunks are refused', async (t) => {
  const sealed = await seal(THREE_CHUNKS)
  const header = sealed.ciphertext.subarray(0, HEADER_BYTES)
  const [a, b, c] = chunksOf(sealed.ciphertext) as [Uint8Array, Uint8Array, Uint8Array]
  const [foreign] = chunksOf((await seal(THREE_CHUNKS)).ciphertext) as [Uint8Array]
  const arrangements: [string, Uint8Array[]][] = [
    ['reordered', [b, a, c]], ['doubled', [a, a, b, c]], ['dropped', [b, c]], ['first only with last', [a, c]],
    ['foreign', [foreign, b, c]]
  ]
  for (const [what, chunks] of arrangements) {
    t.equal(
      (await openUntilRefused(sealed.opening, concatBytes(header, ...chunks))).code,
      'CONTENT_MODIFIED',
      what
    )
  }
})

t.test('an empty record is one empty last chunk, which no other record ends in', async (t) => {
  const { ciphertext, opening, result } = await seal(new Uint8Array(0))
  t.equal(ciphertext.length, HEADER_BYTES + TAG_BYTES)
  t.equal(result.plaintextBytes, 0)
  t.equal((await open(opening, ciphertext)).length, 0)
  await refusesLater(t, 'CONTENT_TRUNCATED', open(opening, ciphertext.subarray(0, HEADER_BYTES)), 'no chunk at all')
  const full = await seal(THREE_CHUNKS.subarray(0, CHUNK_BYTES))
  t.throws(() => hashOf(concatBytes(full.ciphertext, new Uint8Array(TAG_BYTES))), { code: 'CONTENT_MODIFIED' })
})

t.test('a wrong content key is found by the commitment before anything is released', async (t) => {
  const { ciphertext, opening } = await seal(THREE_CHUNKS)
  t.strictSame(await openUntilRefused({ ...opening, contentKey: flipBit(opening.contentKey, 31) }, ciphertext), {
    released: Buffer.alloc(0),
    code: 'COMMITMENT_MISMATCH'
  })
  await t.rejects(open({ ...opening, contentKey: new Uint8Array(31) }, ciphertext), RangeError)
})

t.test('the content of another record, version or author is refused', async (t) => {
  const { ciphertext, opening } = await seal(seeded('small')(100))
  await refusesLater(t, 'HEADER_INVALID', open({ ...opening, recordId: 'ff'.repeat(16) }, ciphertext), 'record')
  await refusesLater(t, 'HEADER_INVALID', open({ ...opening, recordVersion: 2 }, ciphertext), 'version: an old one replayed')
  await refusesLater(t, 'HEADER_INVALID', open({ ...opening, authorKey: SecretKey.random().publicKey() }, ciphertext), 'author')
})

t.test('a content that is sound in itself but not the one in the manifest is refused at its end', async (t) => {
  const contentKey = randomBytes(32)
  const seals = [0, 1].map(() => sealContent({ ...SEALING, contentKey }, streamOf(THREE_CHUNKS)))
  const [first, second] = await Promise.all(
    seals.map(async (sealed) => ({ ciphertext: await collect(sealed.ciphertext), ...await sealed.result }))
  )
  if (first === undefined || second === undefined) throw new TypeError('two were sealed')
  t.ok(await open({ ...SEALING, contentKey, contentHash: first.contentHash }, first.ciphertext))
  await refusesLater(
    t,
    'CONTENT_HASH_MISMATCH',
    open({ ...SEALING, contentKey, contentHash: second.contentHash }, first.ciphertext),
    'same key, other salt'
  )
})

t.test('a header with another version, suite, chunk size, point or length is refused', async (t) => {
  const { ciphertext } = await seal(new Uint8Array(0))
  const header = ciphertext.subarray(0, HEADER_BYTES)
  const changed = (
    start: number,
    ...values: number[]
  ): Uint8Array => Buffer.concat([header.subarray(0, start), Buffer.from(values), header.subarray(start + values.length)])
  const bad: [string, Uint8Array][] = [
    [
      'version', changed(0, 2)
    ], ['suite', changed(1, 0)], ['chunk size', changed(55, 0, 8, 0, 0)], ['record version 0', changed(18, 0, 0, 0, 0)],
    ['identity', changed(22, ...new Uint8Array(33))], ['too short', header.subarray(1)], ['too long', concatBytes(header, Uint8Array.of(0))]
  ]
  t.ok(parseContentHeader(header))
  for (const [what, bytes] of bad) t.throws(() => parseContentHeader(bytes), { name: 'CryptoError', code: 'HEADER_INVALID' }, what)
})

t.test('a hasher refuses ciphertext that ends where no content ends, and work after its digest', async (t) => {
  const { ciphertext } = await seal(THREE_CHUNKS)
  for (const length of [0, 122, 123, 124, 138, HEADER_BYTES + SEALED_CHUNK_BYTES + 15]) {
    t.throws(() => hashOf(ciphertext.subarray(0, length)), { code: 'CONTENT_TRUNCATED' }, `${length} bytes`)
  }
  const hasher = new ContentHasher()
  hasher.update(ciphertext)
  t.ok(hasher.digest())
  t.throws(() => hasher.digest(), TypeError)
  t.throws(() => hasher.update(ciphertext), TypeError)
})

t.test('a source that fails fails the ciphertext and its result with the same error', async (t) => {
  const failure = new Error('disk gone')
  async function * failing (): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(new Uint8Array(300_000))
    throw failure
  }
  const sealed = sealContent(SEALING, failing())
  await t.rejects(collect(sealed.ciphertext), failure)
  await t.rejects(sealed.result, failure)
})

t.test('a reader who stops early closes the source, and the result does not stay open', async (t) => {
  let closed = false
  async function * source (): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield await Promise.resolve(new Uint8Array(CHUNK_BYTES))
    } finally {
      closed = true
    }
  }
  const sealed = sealContent(SEALING, source())
  let count = 0
  for await (const piece of sealed.ciphertext) if (piece.length > 0 && ++count === 3) break
  t.equal(closed, true)
  await t.rejects(sealed.result, TypeError)
})

t.test('wrong arguments are named before anything is sealed', async (t) => {
  const source = streamOf(new Uint8Array(1))
  for (const recordVersion of [0, -1, 1.5, 2 ** 32]) t.throws(() => sealContent({ ...SEALING, recordVersion }, source), RangeError)
  t.throws(() => sealContent({ ...SEALING, recordId: 'ab' }, source), { code: 'HEX_INVALID' })
  t.throws(() => sealContent({ ...SEALING, contentKey: new Uint8Array(16) }, source), RangeError)
  async function * text (): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve('text' as unknown as Uint8Array)
  }
  await t.rejects(collect(sealContent(SEALING, text()).ciphertext), TypeError)
})

t.test('a sealed record tells nothing of its plaintext and key', async (t) => {
  const marker = Buffer.from('a distinctive string of the record')
  const { ciphertext, opening } = await seal(concatBytes(marker, new Uint8Array(1_000), marker))
  const wrap = createWrap(AUTHOR, opening.contentKey, PLACE)
  for (const bytes of [ciphertext, wrap]) {
    t.equal(Buffer.from(bytes).includes(marker), false)
    t.equal(Buffer.from(bytes).includes(Buffer.from(opening.contentKey)), false)
  }
})

t.test('bytes are the content of a hash, or are not, whatever they are', async (t) => {
  const { ciphertext, result } = await seal(new Uint8Array(CHUNK_BYTES + 1))
  const hash = toHex(result.contentHash)
  t.equal(isContentOf(ciphertext, hash), true)
  for (const other of [new Uint8Array(), ciphertext.subarray(0, HEADER_BYTES), ciphertext.subarray(1), ciphertext.subarray(0, -1)]) {
    t.equal(isContentOf(other, hash), false)
  }
  t.equal(isContentOf(ciphertext, '00'.repeat(32)), false)
})
