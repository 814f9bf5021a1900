import { readFileSync } from 'node:fs'
import { common } from '@hyperledger/fabric-protos'
import { concatBytes, sha256, toHex, utf8 } from '@epione/crypto'
import {
  BlockError, EVENT_BYTES_MAX, checkBlock, blockLeafHash, parseBlock, parseEventPayload, parseStoredBlock,
  proveTransaction, readEnvelope, readEvents, readVarint
} from '@epione/ledger/blocks'
import type { PeerBlock } from '@epione/ledger/blocks'
import t from 'tap'
import { toLedgerBytes, toStoredBytes } from '../../helpers/ledgers/serialize.ts'
import { serializeMemoryBlock } from '../../helpers/memory-block.ts'

const FILE = new URL('../../vectors/fabric-blocks.json', import.meta.url)
const { blocks } = JSON.parse(readFileSync(FILE, 'utf8')) as { blocks: { bytes: string }[] }
const recorded = blocks.map(({ bytes }) => parseBlock(Buffer.from(bytes, 'base64')))
const ROUNDS = process.env['SLOW'] === '1' ? 100_000 : 5_000
/** Generous: a mutated block of some 20 kB takes well under a millisecond. */
const MS_PER_ROUND = 20
const HEAP_BYTES = 512 * 1024 * 1024

const GARBAGE = new Uint8Array(64).fill(0xff)
const nested = (depth: number): Uint8Array => concatBytes(new Uint8Array(depth).fill(0x7b), new Uint8Array(depth).fill(0x7c))
const empties =
  (count: number): Uint8Array => {
    const bytes =
    new Uint8Array(count * 2); for (let i = 0; i < count; i++) bytes[2 * i] = 0x0a; return bytes
  }

/** An envelope of an endorser transaction with these data. */
function envelopeOf (data: Uint8Array, header: Partial<{ type: number, channel: string }> = {}): Uint8Array {
  const channelHeader = new common.ChannelHeader()
  channelHeader.setType(header.type ?? common.HeaderType.ENDORSER_TRANSACTION)
  channelHeader.setChannelId(header.channel ?? 'records')
  channelHeader.setTxId(toHex(sha256(data)))
  const both = new common.Header()
  both.setChannelHeader(channelHeader.serializeBinary())
  const payload = new common.Payload()
  payload.setHeader(both)
  payload.setData(data)
  const envelope = new common.Envelope()
  envelope.setPayload(payload.serializeBinary())
  return envelope.serializeBinary()
}

/** Envelope of a transaction with an event, as contracts emit it. */
function emitted (name: string, payload: Uint8Array): Uint8Array {
  const block = serializeMemoryBlock({ blockNumber: 1n, events: [{ name, payload, txId: 'aa', blockNumber: 1n }] })
  return parseBlock(block).envelopes[0] ?? new Uint8Array()
}

const good = emitted('AccessDecided', utf8('{}'))
const shown = (
  envelopes: Uint8Array[],
  codes: number[]
): PeerBlock => ({ ...recorded[1] as PeerBlock, envelopes, codes: Uint8Array.from(codes) })

t.test('what a member had ordered and a peer found invalid is not opened, and hides nothing beside it', (t) => {
  const block = shown([envelopeOf(GARBAGE), good, GARBAGE, new Uint8Array(), envelopeOf(nested(100_000))], [2, 0, 255, 1, 5])
  const { events, unreadable } = readEvents(block, 'epione')
  t.match(events, [{ index: 1, name: 'AccessDecided' }])
  t.same(unreadable, [])
  t.equal(proveTransaction(block, 1).txPath.length, 3, 'its raw bytes are leaves all the same')
  t.type(blockLeafHash(block), Uint8Array)
  t.end()
})

t.test('a valid transaction that cannot be read is no event, with its index and a code, and stops nothing', (t) => {
  const large = emitted('AccessDecided', new Uint8Array(EVENT_BYTES_MAX + 1))
  const { events, unreadable } = readEvents(
    shown([envelopeOf(GARBAGE), good, GARBAGE, large, new Uint8Array(), envelopeOf(nested(20_000))], [0, 0, 0, 0, 0, 0]),
    'epione'
  )
  t.match(events, [{ index: 1 }])
  t.same(unreadable.map(({ index, code }) => [index, code]), [
    [0, 'ENVELOPE_MALFORMED'], [2, 'ENVELOPE_MALFORMED'], [3, 'EVENT_TOO_LARGE'], [5, 'ENVELOPE_MALFORMED']
  ])
  t.end()
})

t.test('envelopes are read as the peers\' decoder reads them', (t) => {
  const unknown = Uint8Array.of(0xfa, 0x3f, 1, 0)
  t.equal(readEnvelope(concatBytes(unknown, good, unknown))?.event?.name, 'AccessDecided', 'unknown fields are skipped')
  t.equal(readEnvelope(concatBytes(good, nested(100)))?.event?.name, 'AccessDecided', 'and groups')
  t.equal(readEnvelope(concatBytes(good, Uint8Array.of(0x08, 1)))?.event?.name, 'AccessDecided', 'and known ones of another wire type')
  const creator = new common.SignatureHeader()
  creator.setCreator(utf8('somebody'))
  const signed = new common.Header()
  signed.setSignatureHeader(creator.serializeBinary())
  const payload = new common.Payload()
  payload.setHeader(signed)
  const split = new common.Envelope()
  split.setPayload(concatBytes(payload.serializeBinary(), common.Envelope.deserializeBinary(good).getPayload_asU8()))
  t.match(
    readEnvelope(split.serializeBinary()),
    { creator: utf8('somebody'), event: { name: 'AccessDecided' } },
    'a message in two parts is one'
  )
  t.equal(readEnvelope(envelopeOf(new Uint8Array(), { type: common.HeaderType.CONFIG })), undefined)
  t.equal(readEnvelope(envelopeOf(new Uint8Array()))?.event, undefined, 'no action, no event')
  t.equal(readEnvelope(envelopeOf(empties(100_000)))?.event, undefined)
  const text = new common.ChannelHeader()
  text.setType(common.HeaderType.ENDORSER_TRANSACTION)
  const badText = concatBytes(text.serializeBinary(), Uint8Array.of(0x2a, 2, 0xff, 0xfe))
  const both = new common.Header()
  both.setChannelHeader(badText)
  const carrier = new common.Payload()
  carrier.setHeader(both)
  const envelope = new common.Envelope()
  envelope.setPayload(carrier.serializeBinary())
  t.throws(() => readEnvelope(envelope.serializeBinary()), { code: 'ENVELOPE_MALFORMED' }, 'an id that is no UTF-8')
  t.end()
})

t.test('varints and lengths out of range are refused, wherever they stand', (t) => {
  const cases: Array<[string, number[]]> = [
    [
      'ends in a tag', [0x80]
    ], [
      'ends in a length', [0x0a, 0x80]
    ], ['longer than what is left', [0x0a, 2, 0]], ['over 32 bits', [0x0a, 0xff, 0xff, 0xff, 0xff, 0x7f]],
    [
      'eleven bytes', [0x08, ...new Array<number>(10).fill(0xff), 1]
    ], [
      'over 64 bits', [0x08, ...new Array<number>(9).fill(0xff), 2]
    ], ['field 0', [0x02, 0]], ['wire type 6', [0x0e]], ['wire type 7', [0x0f]],
    [
      'a group without end', [0x0b]
    ], [
      'an end without group', [0x0c]
    ], ['another group\'s end', [0x0b, 0x14]], ['a short fixed64', [0x09, 1]], ['a short fixed32', [0x0d, 1]]
  ]
  for (const [name, bytes] of cases) t.throws(() => readEnvelope(Uint8Array.from(bytes)), { code: 'ENVELOPE_MALFORMED' }, name)
  t.doesNotThrow(() => readEnvelope(Uint8Array.from([0x08, ...new Array<number>(9).fill(0xff), 1])), 'the largest number of 64 bits')
  t.end()
})

t.test('an event is JSON of bounded depth in UTF-8', (t) => {
  t.same(parseEventPayload(utf8('{"a":["[[[[\\"{"]}')), { a: ['[[[["{'] })
  const deep = (depth: number): Uint8Array => utf8('['.repeat(depth) + ']'.repeat(depth))
  t.doesNotThrow(() => parseEventPayload(deep(32)))
  for (const bytes of [
    deep(33), deep(400_000), utf8(''), utf8('{'), utf8('\\'), Uint8Array.of(0x22, 0xff, 0x22), GARBAGE
  ]) t.throws(() => parseEventPayload(bytes), { code: 'EVENT_MALFORMED' })
  t.end()
})

t.test(`${ROUNDS} mutated blocks and envelopes give blocks, events or typed refusals, in bounded time and memory`, (t) => {
  const random = xorshift(20_261_128)
  const whole = recorded.filter((block) => toLedgerBytes(block).length < 64 * 1024)
  const codes = new Set<string>()
  const [startedAt, heapBefore] = [performance.now(), process.memoryUsage().heapUsed]
  for (let round = 0; round < ROUNDS; round++) {
    const block = whole[random(whole.length)] as PeerBlock
    codes.add(outcome(() => { read(mutateBlock(block, round, random)) }))
  }
  t.ok(performance.now() - startedAt < ROUNDS * MS_PER_ROUND)
  t.ok(process.memoryUsage().heapUsed - heapBefore < HEAP_BYTES)
  for (const expected of [
    'ok', 'BLOCK_MALFORMED', 'BLOCK_INCOMPLETE', 'DATA_HASH_MISMATCH', 'CHAIN_BROKEN', 'unreadable'
  ]) t.ok(codes.has(expected), `${expected} was among them`)
  t.end()

  /** All that a gateway and an anchor service do with a block. */
  function read (block: PeerBlock): void {
    const { unreadable } = readEvents({ ...block, codes: block.codes.map(() => 0) }, 'epione')
    readEvents(block, 'epione').events.forEach(({ payload }) => { outcome(() => { parseEventPayload(payload) }) })
    if (unreadable.length > 0) codes.add('unreadable')
    blockLeafHash(block)
    if (block.envelopes.length > 0) proveTransaction(block, 0)
    checkBlock(block, block.number === 0n ? undefined : recorded.find((other) => other.number === block.number)?.previousHash)
  }
})

/** A byte changed, removed, added, or an envelope replaced, in the form of a peer's stream or of its block files. */
function mutateBlock (block: PeerBlock, round: number, random: (below: number) => number): PeerBlock {
  const envelopes = [...block.envelopes]
  const at = random(envelopes.length)
  if (round % 4 === 0) return parseBlock(mutate(toLedgerBytes(block), random))
  if (round % 4 === 1) return parseStoredBlock(mutate(withoutLength(toStoredBytes(block)), random))
  envelopes[at] = round % 4 === 2 ? mutate(envelopes[at] ?? new Uint8Array(), random) : hostile(random)
  const dataHash = random(2) === 0 ? block.dataHash : sha256(concatBytes(...envelopes))
  return parseBlock(toLedgerBytes({ ...block, envelopes, dataHash }))
}

function withoutLength (bytes: Uint8Array): Uint8Array {
  return bytes.subarray(readVarint(bytes, 0)?.end)
}

function mutate (bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  // Half of the changes hit the header, which is a small part of a block.
  const position = random(random(2) === 0 ? Math.min(bytes.length, 100) : bytes.length)
  const kind = random(5)
  if (kind === 0) return bytes.slice(0, position)
  if (kind === 1) return concatBytes(bytes.slice(0, position), bytes.slice(position + random(16)))
  if (kind === 2) {
    return concatBytes(bytes.slice(0, position), Uint8Array.from({ length: random(12) }, () => random(256)), bytes.slice(position))
  }
  if (kind === 3) return concatBytes(bytes, bytes.slice(position))
  return bytes.with(position, random(256))
}

function hostile (random: (below: number) => number): Uint8Array {
  const made = [
    GARBAGE, new Uint8Array(), envelopeOf(GARBAGE), envelopeOf(nested(random(2_000))),
    envelopeOf(empties(random(2_000))), mutate(good, random), emitted('AccessDecided', nested(random(500)))
  ]
  return made[random(made.length)] ?? GARBAGE
}

function outcome (work: () => void): string {
  try {
    work()
    return 'ok'
  } catch (error) {
    if (error instanceof BlockError) return error.code
    throw error
  }
}

/** The same numbers each time. */
function xorshift (seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return below === 0 ? 0 : (state >>> 0) % below
  }
}
