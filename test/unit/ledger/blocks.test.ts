import { readFileSync } from 'node:fs'
import { createHmac } from 'node:crypto'
import {
  blockHeaderHash, canonicalize, concatBytes, fromHex, leafHash, merkleRoot, sha256, toHex, utf8, verifyInclusion
} from '@epione/crypto'
import {
  batchRoot, blockLeafHash, checkBlock, headerHashOf, findValidTransaction, isCanonicalEnvelope, parseBlock,
  proveItem, proveTransaction, readEnvelope, txLeafHashes, txRootOf
} from '@epione/ledger/blocks'
import t from 'tap'
import { toLedgerBytes } from '../../helpers/ledgers/serialize.ts'
import { serializeMemoryBlock } from '../../helpers/memory-block.ts'
import { listedBlock } from '../../helpers/proofs.ts'
import type { PeerBlock } from '@epione/ledger/blocks'

const u32 = (number: number): Uint8Array => Uint8Array.of(number >>> 24, number >>> 16, number >>> 8, number)

interface Recorded { number: number, headerHash: string, codes: number[], bytes: string }

const { blocks: recorded } = JSON.parse(
  readFileSync(new URL('../../vectors/fabric-blocks.json', import.meta.url), 'utf8')
) as { blocks: Recorded[] }
const blocks = recorded.map((one) => ({ ...one, block: parseBlock(Buffer.from(one.bytes, 'base64')) }))
const numbered = (number: number): PeerBlock => {
  const found = blocks.find((one) => one.number === number)
  if (found === undefined) throw new Error(`no recorded block ${number}`)
  return found.block
}
/** A block with an event, in which one of two transactions lost a conflict. */
const contested = blocks.find(({ codes }) => codes.length > 1 && codes.includes(11))?.block ?? numbered(-1)

for (const { number, headerHash, block } of blocks) {
  t.test(`block ${number} has the header hash that Fabric's next block names`, (t) => {
    t.equal(block.number, BigInt(number))
    t.equal(toHex(headerHashOf(block)), headerHash)
    const { malformed } = checkBlock(block, number === 0 ? undefined : block.previousHash)
    t.same(malformed, [])
    t.end()
  })
}

t.test('a header number is the shortest DER integer, with a zero byte before a set top bit', (t) => {
  const numbers: Array<[number, string]> = [
    [0, '00'], [1, '01'], [127, '7f'], [128, '0080'], [255, '00ff'], [256, '0100'], [32768, '008000'],
    [2 ** 32, '0100000000']
  ]
  for (const [number, hex] of numbers) {
    const integer = fromHex(hex)
    const body = concatBytes(
      Uint8Array.of(2, integer.length),
      integer,
      Uint8Array.of(4, 32),
      new Uint8Array(32),
      Uint8Array.of(4, 32),
      new Uint8Array(32)
    )
    t.same(
      blockHeaderHash(number, new Uint8Array(32), new Uint8Array(32)),
      sha256(concatBytes(Uint8Array.of(0x30, body.length), body)),
      String(number)
    )
  }
  t.throws(() => blockHeaderHash(1, new Uint8Array(128), new Uint8Array(32)), RangeError)
  t.throws(() => blockHeaderHash(-1, new Uint8Array(32), new Uint8Array(32)), RangeError)
  t.end()
})

t.test('a changed envelope, another block before it, and a wrong first block are refused', (t) => {
  const block = numbered(128)
  const [first = new Uint8Array()] = block.envelopes
  const flipped = { ...block, envelopes: [first.with(100, (first[100] ?? 0) ^ 1)] }
  t.throws(() => checkBlock(flipped, block.previousHash), { code: 'DATA_HASH_MISMATCH' })
  t.throws(() => checkBlock(block, headerHashOf(numbered(3))), { code: 'CHAIN_BROKEN' })
  t.throws(() => checkBlock(block, undefined), { code: 'CHAIN_BROKEN' })
  t.end()
})

t.test('an envelope with moved boundaries keeps the data hash but is reported', (t) => {
  const [first = new Uint8Array(), second = new Uint8Array()] = contested.envelopes
  const joined = concatBytes(first, second)
  const moved = { ...contested, envelopes: [joined.slice(0, first.length - 3), joined.slice(first.length - 3)] }
  t.same(checkBlock(moved, contested.previousHash).malformed, [0, 1])
  t.not(toHex(txRootOf(moved)), toHex(txRootOf(contested)), 'its leaf hashes the stored bytes')
  t.notOk(isCanonicalEnvelope(concatBytes(first, Uint8Array.of(0x1a, 0))), 'an unknown field is not of Fabric')
  t.notOk(isCanonicalEnvelope(new Uint8Array([0xff])))
  t.end()
})

t.test('a transaction is proved to its block and the block to its batch, the code included', (t) => {
  const proof = proveTransaction(contested, 1)
  t.equal(proof.code, contested.codes[1])
  const leaves = txLeafHashes(contested)
  const claim = {
    leafHash: leaves[1] ?? new Uint8Array(),
    index: 1,
    treeSize: contested.envelopes.length,
    proof: proof.txPath,
    root: txRootOf(contested)
  }
  verifyInclusion(claim)
  const shownValid = { ...contested, codes: contested.codes.map(() => 0) }
  t.throws(() => verifyInclusion({ ...claim, root: txRootOf(shownValid) }), { code: 'PROOF_INVALID' })
  t.not(toHex(blockLeafHash(shownValid)), toHex(blockLeafHash(contested)))
  t.same(
    batchRoot([blockLeafHash(contested), blockLeafHash(numbered(256))]),
    merkleRoot([blockLeafHash(contested), blockLeafHash(numbered(256))])
  )
  t.throws(() => proveTransaction(contested, contested.envelopes.length), RangeError)
  t.end()
})

t.test('the leaf of a transaction with a list also commits to its events, each behind a salt of its own', (t) => {
  const { block, events } = listedBlock(1)
  const [envelope = new Uint8Array()] = block.envelopes
  const { channel, txId } = readEnvelope(envelope) ?? { channel: '', txId: '' }
  const key = sha256(concatBytes(utf8('epione/item-salt'), envelope))
  const salts = [0, 1, 2].map((index) => new Uint8Array(createHmac('sha256', key).update(u32(index)).digest()))
  const leaves = events.map((event, index) =>
    leafHash(concatBytes(salts[index] ?? key, utf8(canonicalize({ channel, chaincode: 'epione', txId, event })))))
  const leaf = concatBytes(u32(0), Uint8Array.of(0), sha256(envelope), u32(3), merkleRoot(leaves))
  t.equal(leaf.length, 73)
  t.same(txLeafHashes(block), [leafHash(leaf)])
  const shown = proveItem(envelope, (event) => event !== null && (event as { eventId: string }).eventId === events[2]?.['eventId'])
  t.match(shown, { index: 2, count: 3, salt: salts[2], root: merkleRoot(leaves), chaincode: 'epione', channel: 'records', txId })
  t.equal(proveItem(envelope, () => false), undefined)
  t.end()
})

t.test('what took no effect, is no list, or cannot be read as one has a leaf as any other', (t) => {
  const { block, events } = listedBlock(1)
  const plain = ({ envelopes: [envelope = new Uint8Array()], codes: [code = 0] }: Pick<PeerBlock, 'envelopes' | 'codes'>): Uint8Array[] =>
    [leafHash(concatBytes(u32(0), Uint8Array.of(code), sha256(envelope)))]
  const rejected = { ...block, codes: Uint8Array.of(11) }
  t.same(txLeafHashes(rejected), plain(rejected))
  const [envelope = new Uint8Array()] = block.envelopes
  const unknownField = { ...block, envelopes: [concatBytes(envelope, Uint8Array.of(0x1a, 0))] }
  t.same(txLeafHashes(unknownField), plain(unknownField))
  const named = (payload: string, name = 'AccessesDecided'): PeerBlock =>
    parseBlock(serializeMemoryBlock({ blockNumber: 1n, events: [{ blockNumber: 1n, name, txId: 'ab'.repeat(32), payload: utf8(payload) }] }))
  const list = JSON.stringify({ items: events.map((event) => ({ event })) })
  t.not(toHex(txLeafHashes(named(list))[0] ?? new Uint8Array()), toHex(plain(named(list))[0] ?? new Uint8Array()))
  const others: Array<[payload: string, name?: string]> = [
    ['no JSON'], ['null'], ['[]'], ['{"items":[]}'], ['{"items":[{"code":"X"}]}'], ['{"items":[{"event":1.5}]}'],
    [JSON.stringify({ items: Array.from({ length: 33 }, () => ({ event: {} })) })], [list, 'AccessDecided'], [list, 'LogNoted']
  ]
  for (const [payload, name] of others) {
    const odd = named(payload, name)
    t.same(txLeafHashes(odd), plain(odd), payload.slice(0, 40))
    t.equal(proveItem(odd.envelopes[0] ?? new Uint8Array(), () => true), undefined)
  }
  t.end()
})

t.test('a block leaf is 00, number, header hash, commit hash and transaction root', (t) => {
  const block = numbered(255)
  const data = concatBytes(fromHex('00000000000000ff'), headerHashOf(block), block.commitHash, txRootOf(block))
  t.same(blockLeafHash(block), leafHash(data))
  t.same(numbered(0).commitHash, new Uint8Array(32), 'block 0 has no commit hash')
  t.not(toHex(block.commitHash), '00'.repeat(32))
  t.end()
})

t.test('an envelope tells its transaction and chaincode event; a configuration tells none', (t) => {
  const contents = readEnvelope(contested.envelopes[0] ?? new Uint8Array())
  t.equal(contents?.event?.name, 'AccessDecided')
  t.equal(contents?.event?.chaincode, 'epione')
  t.match(contents?.txId, /^[0-9a-f]{64}$/)
  const { time } = JSON.parse(Buffer.from(contents?.event?.payload ?? []).toString()) as { time: number }
  t.equal(contents?.timeMs, time, 'its time is the one that contracts see')
  t.equal(readEnvelope(numbered(0).envelopes[0] ?? new Uint8Array()), undefined)
  t.throws(() => readEnvelope(new Uint8Array([0xff, 0xff])), { code: 'ENVELOPE_MALFORMED' })
  t.end()
})

t.test('a block without its codes, its commit hash or its header is no block of a peer', (t) => {
  const block = numbered(127)
  const without = (index: number): Uint8Array =>
    toLedgerBytes({ ...block, metadata: block.metadata.map((entry, i) => i === index ? new Uint8Array() : entry) })
  t.throws(() => parseBlock(without(2)), { code: 'BLOCK_INCOMPLETE' })
  t.throws(() => parseBlock(without(4)), { code: 'BLOCK_INCOMPLETE' })
  t.throws(() => parseBlock(new Uint8Array()), { code: 'BLOCK_MALFORMED' })
  t.throws(() => parseBlock(toLedgerBytes({ ...block, dataHash: new Uint8Array(31) })), { code: 'BLOCK_MALFORMED' })
  t.throws(() => parseBlock(toLedgerBytes({ ...block, previousHash: new Uint8Array() })), { code: 'BLOCK_MALFORMED' })
  t.end()
})

t.test('a transaction id that is there twice is that of the copy that took effect', (t) => {
  const block = numbered(255)
  const [envelope = new Uint8Array()] = block.envelopes
  const txId = readEnvelope(envelope)?.txId ?? ''
  t.equal(findValidTransaction({ envelopes: [envelope, envelope], codes: Uint8Array.of(9, 0) }, txId), 1)
  t.equal(findValidTransaction({ envelopes: [envelope], codes: Uint8Array.of(9) }, txId), undefined)
  t.equal(findValidTransaction(contested, txId), undefined, 'of another block')
  const lost = contested.codes.indexOf(11)
  t.equal(
    findValidTransaction(contested, readEnvelope(contested.envelopes[lost] ?? new Uint8Array())?.txId ?? ''),
    undefined,
    'one that lost a conflict'
  )
  t.end()
})

t.test('an envelope tells what its chaincode was called with', (t) => {
  const calls = blocks.flatMap(({ block }) => block.envelopes.flatMap((envelope) => readEnvelope(envelope) ?? []))
  const named = calls.map(({ args }) => args.map((arg) => new TextDecoder().decode(arg)))
  t.ok(named.some(([transaction = '', ...args]) => /^[A-Z]\w+:[A-Z]\w+$/.test(transaction) && args.length > 0))
  t.end()
})
