import {
  CHUNK_BYTES, concatBytes, ContentOutliner, HEADER_BYTES, outlineBytesMax, SEALED_CHUNK_BYTES, sealContent, SecretKey, VerifiedOutline
} from '@epione/crypto'
import type { OpenRequest, Part } from '@epione/crypto'
import fc from 'fast-check'
import t from 'tap'
import { collect, flipBit, runs, seeded, streamOf } from './support.ts'

const AUTHOR = SecretKey.random(seeded('author')).publicKey()
const SEALING = { recordId: '00112233445566778899aabbccddeeff', recordVersion: 3, authorKey: AUTHOR }
const HASH_BYTES = 32
const FIXED_BYTES = 8 + HEADER_BYTES

interface Sealed { plaintext: Uint8Array, ciphertext: Uint8Array, outline: Uint8Array, contentHash: Uint8Array, request: OpenRequest }

async function seal (plaintext: Uint8Array, pieceBytes = 65_536): Promise<Sealed> {
  const sealed = sealContent(SEALING, streamOf(plaintext))
  const ciphertext = await collect(sealed.ciphertext)
  const { contentHash } = await sealed.result
  const outliner = new ContentOutliner()
  for (let at = 0; at < ciphertext.length; at += pieceBytes) outliner.update(ciphertext.subarray(at, at + pieceBytes))
  const made = outliner.finish()
  t.same(made.contentHash, contentHash)
  return { plaintext, ciphertext, outline: made.outline, contentHash, request: { ...SEALING, contentKey: sealed.contentKey } }
}

async function open ({ request, ciphertext, outline, contentHash }: Sealed, part: Part, served = ciphertext): Promise<Uint8Array> {
  const verified = VerifiedOutline.verify(outline, contentHash)
  const { start, end } = verified.sealedPart(part)
  return await collect(verified.open(request, part, streamOf(served.subarray(start, end + 1))))
}

const large = await seal(seeded('plaintext')(3 * CHUNK_BYTES + 1_000))

t.test('any part of contents of any size opens from its chunks alone', async (t) => {
  const sizes = [1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 2 * CHUNK_BYTES + 7]
  const contents = await Promise.all(sizes.map(async (size) => await seal(seeded('plain')(size), 1 + size % 9_999)))
  await fc.assert(fc.asyncProperty(fc.constantFrom(...contents, large), fc.nat(), fc.nat(), async (content, a, b) => {
    const { plaintext, outline, contentHash, ciphertext } = content
    const start = a % plaintext.length
    const end = start + b % (plaintext.length - start)
    const verified = VerifiedOutline.verify(outline, contentHash)
    const sealed = verified.sealedPart({ start, end })
    const chunks = Math.floor(end / CHUNK_BYTES) - Math.floor(start / CHUNK_BYTES) + 1
    return Buffer.from(await open(content, { start, end })).equals(plaintext.subarray(start, end + 1)) &&
      sealed.end - sealed.start < chunks * SEALED_CHUNK_BYTES && verified.plainBytes === plaintext.length &&
      verified.sizeBytes === ciphertext.length && outline.length === outlineBytesMax(ciphertext.length)
  }), runs(40))
  t.pass()
})

t.test('an empty record has an outline, and no part', async (t) => {
  const { outline, contentHash } = await seal(new Uint8Array(0))
  const verified = VerifiedOutline.verify(outline, contentHash)
  t.equal(verified.plainBytes, 0)
  t.throws(() => verified.sealedPart({ start: 0, end: 0 }), RangeError)
})

t.test('a part beyond the end, or that ends before it begins, is refused', (t) => {
  const verified = VerifiedOutline.verify(large.outline, large.contentHash)
  const { plainBytes } = verified
  for (const [start, end] of [[-1, 0], [5, 4], [0, plainBytes], [plainBytes, plainBytes], [NaN, 1], [0, Infinity]] as const) {
    t.throws(() => verified.sealedPart({ start, end }), RangeError, `${String(start)} to ${String(end)}`)
  }
  t.end()
})

t.test('an outline that differs anywhere from the content\'s is refused', async (t) => {
  const { outline, contentHash } = large
  for (const at of [0, 6, 7, 8, 100, FIXED_BYTES - 1, FIXED_BYTES, outline.length - 1]) {
    t.throws(() => VerifiedOutline.verify(flipBit(outline, at), contentHash), { name: 'CryptoError' }, `byte ${String(at)}`)
  }
  for (const cut of [0, 7, FIXED_BYTES - 1, FIXED_BYTES, outline.length - HASH_BYTES, outline.length - 1]) {
    t.throws(() => VerifiedOutline.verify(outline.subarray(0, cut), contentHash), { name: 'CryptoError' }, `${String(cut)} bytes`)
  }
  t.throws(() => VerifiedOutline.verify(concatBytes(outline, outline.subarray(-HASH_BYTES)), contentHash), { code: 'CONTENT_HASH_MISMATCH' })
  const other = await seal(seeded('other')(3 * CHUNK_BYTES + 1_000))
  t.throws(() => VerifiedOutline.verify(other.outline, contentHash), { code: 'CONTENT_HASH_MISMATCH' })
})

t.test('a chunk that differs, is another, is cut or followed by more opens nothing of it', async (t) => {
  const part = { start: CHUNK_BYTES + 5, end: CHUNK_BYTES + 9 }
  const verified = VerifiedOutline.verify(large.outline, large.contentHash)
  const { start, end } = verified.sealedPart(part)
  const chunk = large.ciphertext.slice(start, end + 1)
  const served = async (bytes: Uint8Array): Promise<Uint8Array> => await collect(verified.open(large.request, part, streamOf(bytes)))
  t.same(await served(chunk), large.plaintext.subarray(part.start, part.end + 1))
  const others = [
    flipBit(chunk, 0), flipBit(chunk, chunk.length - 1), chunk.subarray(1), chunk.subarray(0, -1), new Uint8Array(0),
    large.ciphertext.slice(HEADER_BYTES, HEADER_BYTES + SEALED_CHUNK_BYTES), concatBytes(chunk, Uint8Array.of(0))
  ]
  for (const bytes of others) await t.rejects(served(bytes), { code: 'CONTENT_HASH_MISMATCH' })
})

t.test('a chunk made by somebody who has the content key is none of the author\'s', async (t) => {
  const { contentKey } = large.request
  const forged = sealContent({ ...SEALING, contentKey }, streamOf(seeded('forged')(3 * CHUNK_BYTES + 1_000)))
  const ciphertext = await collect(forged.ciphertext)
  await t.rejects(open(large, { start: 0, end: 9 }, ciphertext), { code: 'CONTENT_HASH_MISMATCH' })
})

t.test('another record, version, author or key is refused before anything is released', async (t) => {
  const wrong: Array<[Partial<OpenRequest>, string]> = [
    [{ recordId: 'f'.repeat(32) }, 'HEADER_INVALID'], [{ recordVersion: 4 }, 'HEADER_INVALID'],
    [{ authorKey: SecretKey.random().publicKey() }, 'HEADER_INVALID'], [{ contentKey: seeded('key')(32) }, 'COMMITMENT_MISMATCH']
  ]
  for (const [members, code] of wrong) {
    await t.rejects(open({ ...large, request: { ...large.request, ...members } }, { start: 0, end: 9 }), { code })
  }
})
