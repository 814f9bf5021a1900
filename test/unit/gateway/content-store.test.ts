import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { sealContent, SecretKey, toHex } from '@epione/crypto'
import { cidOf } from '@epione/crypto/cid'
import { ContentStore } from '../../../gateway/src/records/content-store.ts'
import { openStore } from '../../../gateway/src/store/store.ts'
import type { Teardown } from '../../helpers/gateway.ts'

const LIMIT = { maxBytes: 2 ** 30 }

async function seal (plaintext: Uint8Array): Promise<{ bytes: Buffer, contentHash: string }> {
  const { ciphertext, result } = sealContent(
    { recordId: toHex(randomBytes(16)), recordVersion: 1, authorKey: SecretKey.random().publicKey() },
    pieces(plaintext, 65_536)
  )
  const parts: Uint8Array[] = []
  for await (const part of ciphertext) parts.push(part)
  return { bytes: Buffer.concat(parts), contentHash: toHex((await result).contentHash) }
}

async function * pieces (bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < bytes.length; offset += size) yield await Promise.resolve(bytes.subarray(offset, offset + size))
}

async function createStore (t: Teardown): Promise<{ directory: string, open: (how?: { isAlone: boolean }) => Promise<ContentStore> }> {
  const directory = await mkdtemp(join(tmpdir(), 'epione-contents-'))
  const store = await openStore({ directory: join(directory, 'store') })
  t.teardown(async () => {
    await store.close()
    await rm(directory, { recursive: true })
  })
  return { directory, open: ({ isAlone } = { isAlone: true }) => ContentStore.open(join(directory, 'contents'), { db: store.db, clock: Date.now, isAlone }) }
}

t.test('content is found by the CID and hash of its own bytes, however it arrives', async (t) => {
  const { open } = await createStore(t)
  const contents = await open()
  const { bytes, contentHash } = await seal(randomBytes(3_000_000))
  for (const size of [1_000_000, 16_384]) {
    const stored = await contents.receive(pieces(bytes, size), LIMIT)
    t.same(stored, { cid: await cidOf(pieces(bytes, 700_000)), contentHash, sizeBytes: bytes.length })
    t.same(await contents.find(stored.cid), stored)
    const read = await contents.read(stored.cid)
    t.equal(digest(await read.toArray() as Buffer[]), digest([bytes]))
  }
})

t.test('a gateway that starts removes no upload that another one on its folder receives, but what was left', async (t) => {
  const { directory, open } = await createStore(t)
  const contents = await open()
  const { bytes } = await seal(randomBytes(300_000))
  const incoming = join(directory, 'contents', 'incoming')
  await writeFile(join(incoming, 'left'), 'left')
  await utimes(join(incoming, 'left'), 1, 1)
  const half = Promise.withResolvers<undefined>()
  const opened = Promise.withResolvers<undefined>()
  const slowly = async function * (): AsyncGenerator<Uint8Array> {
    yield bytes.subarray(0, 200_000)
    half.resolve(undefined)
    await opened.promise
    yield bytes.subarray(200_000)
  }
  const receiving = contents.receive(slowly(), LIMIT)
  await half.promise
  await open({ isAlone: false })
  t.equal((await readdir(incoming)).length, 1)
  opened.resolve(undefined)
  const { cid } = await receiving
  t.equal((await contents.find(cid))?.sizeBytes, bytes.length)
})

t.test('a range is read without the rest', async (t) => {
  const { open } = await createStore(t)
  const contents = await open()
  const { bytes } = await seal(randomBytes(400_000))
  const { cid } = await contents.receive(pieces(bytes, 100_000), LIMIT)
  const part = await contents.read(cid, { start: 300_000, end: 300_009 })
  t.equal(digest(await part.toArray() as Buffer[]), digest([bytes.subarray(300_000, 300_010)]))
})

t.test('what is no sealed content, too large, another\'s or broken off leaves nothing behind', async (t) => {
  const { directory, open } = await createStore(t)
  const contents = await open()
  const { bytes } = await seal(randomBytes(100_000))
  await t.rejects(contents.receive(pieces(Buffer.alloc(0), 1), LIMIT), { code: 'CONTENT_EMPTY' })
  await t.rejects(contents.receive(pieces(Buffer.alloc(60), 60), LIMIT), { code: 'CONTENT_EMPTY' })
  await t.rejects(contents.receive(pieces(bytes, 65_536), { maxBytes: 1_000 }), { code: 'CONTENT_TOO_LARGE' })
  const flipped = Buffer.from(bytes)
  flipped[5_000] = (flipped[5_000] ?? 0) ^ 1
  const expectedCid = await cidOf(pieces(bytes, 65_536))
  await t.rejects(contents.receive(pieces(flipped, 65_536), { ...LIMIT, expectedCid }), { code: 'CONTENT_MISMATCH' })
  await t.rejects(contents.receive(breakOff(bytes), LIMIT), { code: 'CONTENT_INTERRUPTED' })
  t.equal(await contents.find(expectedCid), undefined)
  t.same(await readdir(join(directory, 'contents')), ['incoming', 'torn'])
  t.same(await readdir(join(directory, 'contents', 'incoming')), [])
  await t.rejects(contents.read(expectedCid), { code: 'CONTENT_UNKNOWN' })
})

t.test('what a killed process left is removed at the next start', async (t) => {
  const { directory, open } = await createStore(t)
  await open()
  await writeFile(join(directory, 'contents', 'incoming', 'half'), 'bytes')
  await open()
  t.same(await readdir(join(directory, 'contents', 'incoming')), [])
})

async function * breakOff (bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes.subarray(0, 70_000))
  throw new Error('connection reset')
}

function digest (parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}
