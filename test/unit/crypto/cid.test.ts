import { createHash } from 'node:crypto'
import { concatBytes, sha256, toBase32 } from '@epione/crypto'
import { CID_CHUNK_BYTES, CID_LINKS, CidHasher, cidOf } from '@epione/crypto/cid'
import { leafCid } from '@epione/crypto'
import t from 'tap'
import { collect, seeded, SLOW, streamOf } from './support.ts'

const RAW = 0x55
const DAG_PB = 0x70

interface Node { cid: Uint8Array, fileBytes: number, totalBytes: number }

function varint (value: number): Uint8Array {
  const bytes: number[] = []
  while (value > 127) {
    bytes.push((value % 128) | 128)
    value = Math.floor(value / 128)
  }
  return Uint8Array.of(...bytes, value)
}

function cidBytes (codec: number, digest: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(1, codec, 0x12, 32), digest)
}

/** The inner node of dag-pb and UnixFS once more, from their schemas: links first, then the file's sizes. */
function innerNode (children: Node[]): Node {
  const links = children.map(({ cid, totalBytes }) => {
    const link = concatBytes(Uint8Array.of(0x0a, cid.length), cid, Uint8Array.of(0x12, 0), Uint8Array.of(0x18), varint(totalBytes))
    return concatBytes(Uint8Array.of(0x12), varint(link.length), link)
  })
  const fileBytes = children.reduce((sum, child) => sum + child.fileBytes, 0)
  const sizes = children.map((child) => concatBytes(Uint8Array.of(0x20), varint(child.fileBytes)))
  const unixfs = concatBytes(Uint8Array.of(0x08, 2, 0x18), varint(fileBytes), ...sizes)
  const block = concatBytes(...links, Uint8Array.of(0x0a), varint(unixfs.length), unixfs)
  return {
    cid: cidBytes(DAG_PB, sha256(block)),
    fileBytes,
    totalBytes: block.length + children.reduce((sum, child) => sum + child.totalBytes, 0)
  }
}

function expectedCid (leaves: Node[]): string {
  let level = leaves
  while (level.length > 1) {
    level = Array.from({
      length: Math.ceil(level.length / CID_LINKS)
    }, (_, index) => innerNode(level.slice(index * CID_LINKS, (index + 1) * CID_LINKS)))
  }
  return `b${toBase32(level[0]?.cid ?? new Uint8Array())}`
}

function leaf (bytes: Uint8Array): Node {
  return { cid: cidBytes(RAW, sha256(bytes)), fileBytes: bytes.length, totalBytes: bytes.length }
}

function leavesOf (bytes: Uint8Array): Node[] {
  const count = Math.max(1, Math.ceil(bytes.length / CID_CHUNK_BYTES))
  return Array.from({ length: count }, (_, index) => leaf(bytes.subarray(index * CID_CHUNK_BYTES, (index + 1) * CID_CHUNK_BYTES)))
}

t.test('the constants are those of the profile unixfs-v1-2025', (t) => {
  t.equal(CID_CHUNK_BYTES, 1_048_576)
  t.equal(CID_LINKS, 1_024)
  t.end()
})

t.test('bytes up to 1 MiB are one raw block', async (t) => {
  t.equal(
    await cidOf(streamOf(new Uint8Array(0))),
    'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku',
    'the well-known CID of nothing'
  )
  for (const size of [1, 1_024, CID_CHUNK_BYTES]) {
    const bytes = seeded(`raw ${size}`)(size)
    t.equal(await cidOf(streamOf(bytes)), `b${toBase32(cidBytes(RAW, createHash('sha256').update(bytes).digest()))}`, `${size} bytes`)
  }
})

t.test('longer bytes are a balanced tree of raw leaves', async (t) => {
  for (const size of [CID_CHUNK_BYTES + 1, 2 * CID_CHUNK_BYTES, 2 * CID_CHUNK_BYTES + 500_000]) {
    const bytes = seeded(`tree ${size}`)(size)
    t.equal(await cidOf(streamOf(bytes, 100_000)), expectedCid(leavesOf(bytes)), `${size} bytes`)
  }
})

t.test('a tree of more than 1,024 leaves has a second level', {
  skip: SLOW ? false : 'SLOW=1 hashes the gigabyte that this takes'
}, async (t) => {
  const same = new Uint8Array(CID_CHUNK_BYTES)
  const count = CID_LINKS + 2
  async function * source (): AsyncGenerator<Uint8Array, void, void> {
    for (let index = 0; index < count; index++) yield await Promise.resolve(same)
  }
  t.equal(await cidOf(source()), expectedCid(Array.from({ length: count }, () => leaf(same))))
})

t.test('the pieces in which bytes come do not change the CID, other bytes do', async (t) => {
  const bytes = seeded('pieces')(1_500_000)
  const cid = await cidOf(streamOf(bytes))
  for (const pieceBytes of [999, 262_160, 2_000_000]) t.equal(await cidOf(streamOf(bytes, pieceBytes)), cid)
  bytes[1_400_000] = (bytes[1_400_000] ?? 0) ^ 1
  t.not(await cidOf(streamOf(bytes)), cid)
})

t.test('a CID is taken from bytes on their way elsewhere', async (t) => {
  const bytes = seeded('way')(1_200_000)
  const through = new CidHasher()
  t.equal(Buffer.compare(await collect(through.through(streamOf(bytes))), bytes), 0)
  t.equal(await through.cid(), await cidOf(streamOf(bytes)))
  const pushed = new CidHasher()
  for await (const piece of streamOf(bytes)) await pushed.update(piece)
  t.equal(await pushed.cid(), await cidOf(streamOf(bytes)))
  t.equal(await new CidHasher().cid(), await cidOf(streamOf(new Uint8Array(0))), 'nothing pushed')
})

t.test('pieces after the end, or before the last was taken, are refused', async (t) => {
  const hasher = new CidHasher()
  await hasher.update(new Uint8Array(10))
  await hasher.cid()
  await t.rejects(hasher.update(new Uint8Array(1)), TypeError)
  const hurried = new CidHasher()
  const first = hurried.update(new Uint8Array(10))
  await t.rejects(hurried.update(new Uint8Array(10)), TypeError)
  await first
  t.match(await hurried.cid(), /^bafkrei/)
})

t.test('a content of one leaf has the same CID without a tree', async (t) => {
  for (const size of [1, 123, 262_160, 1_048_576]) {
    const bytes = new Uint8Array(size).fill(size % 251)
    t.equal(leafCid(bytes), await cidOf(streamOf(bytes)), `${size} bytes`)
  }
  for (const size of [0, 1_048_577]) t.throws(() => leafCid(new Uint8Array(size)), RangeError)
})

t.test('a source that fails fails its CID', async (t) => {
  async function * failing (): AsyncGenerator<Uint8Array, void, void> {
    yield await Promise.resolve(new Uint8Array(10))
    throw new Error('disk gone')
  }
  await t.rejects(cidOf(failing()), { message: 'disk gone' })
  await t.rejects(collect(new CidHasher().through(failing())), { message: 'disk gone' })
})
