import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { ContentHasher, openContent, sealContent, SecretKey } from '@epione/crypto'
import { CidHasher } from '@epione/crypto/cid'
import t from 'tap'
import { SLOW } from './support.ts'

const MIB = 1_048_576
const SIZE_BYTES = (SLOW ? 2_048 : 64) * MIB
const PIECE_BYTES = 65_536
const SAMPLE_BYTES = SIZE_BYTES / 16
/** Room for a few chunks on their way; keeping the record would take three quarters of its size. */
const ALLOWED_BYTES = 8 * MIB

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

function usedBytes (): number {
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

async function * record (sizeBytes: number): AsyncGenerator<Uint8Array, void, void> {
  for (let sent = 0; sent < sizeBytes; sent += PIECE_BYTES) {
    yield await Promise.resolve(
      new Uint8Array(PIECE_BYTES).fill(sent / PIECE_BYTES)
    )
  }
}

t.test('sealing, hashing, addressing and opening a large record takes the memory of a small one', async (t) => {
  const authorKey = SecretKey.random().publicKey()
  const request = { recordId: 'ab'.repeat(16), recordVersion: 1, authorKey }
  const sealed = sealContent(request, record(SIZE_BYTES))
  const [hasher, cid] = [new ContentHasher(), new CidHasher()]
  async function * stored (): AsyncGenerator<Uint8Array, void, void> {
    for await (const piece of cid.through(sealed.ciphertext)) {
      hasher.update(piece)
      yield piece
    }
  }
  const samples: number[] = []
  let [opened, nextSample] = [0, SAMPLE_BYTES]
  for await (const piece of openContent({ ...request, contentKey: sealed.contentKey }, stored())) {
    opened += piece.length
    if (opened < nextSample) continue
    samples.push(usedBytes())
    nextSample += SAMPLE_BYTES
  }
  t.equal(opened, SIZE_BYTES)
  t.strictSame(hasher.digest().contentHash, (await sealed.result).contentHash)
  t.match(await cid.cid(), /^bafybei/)
  t.equal(samples.length, 16)
  // Buffers are freed in the background, so single samples jump; what is kept shows in the lowest of several.
  const growth = Math.min(...samples.slice(-4)) - Math.min(...samples.slice(0, 4))
  t.ok(growth < ALLOWED_BYTES, `grew by ${growth} bytes over ${SIZE_BYTES}`)
})
