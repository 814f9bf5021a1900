import { createECDH, hkdfSync } from 'node:crypto'
import fc from 'fast-check'
import t from 'tap'
import {
  createWrap, decapsulateOriginal, deriveIndexKeys, deriveKeyRing, EMPTY_CHAIN, exportSecret, extendChain, FORMER_SEARCH_KEY_BYTES,
  generatePhrase, headsRoot, INDEX_ENTRY_BYTES, INDEX_SLOTS_MAX, indexEntryHash, keywordTag, openFormerSearchKey, openIndexEntry,
  openWrapOriginal, parseWrap, readIndexEntry, sealFormerSearchKey, sealIndexEntry, searchKeyOf, SecretKey, toHex, verifyChain,
  WRAP_BYTES, wrapSearchKey
} from '@epione/crypto'
import type { ChainHead, ChainLink, WriterHead } from '@epione/crypto'
import { flipBit, refuses, runs, seeded } from './support.ts'
import { PLACE } from '../../helpers/places.ts'

const PATIENT = deriveKeyRing(generatePhrase())
const AUTHOR = deriveKeyRing(generatePhrase())
const COMPARTMENT = { patientId: 'a'.repeat(32), label: new Uint8Array(32).fill(7), epoch: 2, issue: 3 }
const search = PATIENT.search('imaging', 2, 3)
const indexing = AUTHOR.indexing(COMPARTMENT)
const KEYS = deriveIndexKeys(COMPARTMENT, { author: indexing, searchKey: search.publicKey() })
const VERSION = { recordId: 'cd'.repeat(16), version: 1 }

t.test('author and patient find the same keys, and nobody else does', (t) => {
  t.strictSame(deriveIndexKeys(COMPARTMENT, { search, indexKey: indexing.publicKey() }), KEYS)
  const others = [
    deriveIndexKeys(COMPARTMENT, { search: PATIENT.search('imaging', 2, 4), indexKey: indexing.publicKey() }),
    deriveIndexKeys(COMPARTMENT, { search, indexKey: deriveKeyRing(generatePhrase()).indexing(COMPARTMENT).publicKey() }),
    ...[{ issue: 4 }, { epoch: 3 }, { label: new Uint8Array(32) }, { patientId: 'b'.repeat(32) }]
      .map((other) => deriveIndexKeys({ ...COMPARTMENT, ...other }, { search, indexKey: indexing.publicKey() }))
  ]
  for (const other of others) {
    t.notSame(other.entryKey, KEYS.entryKey)
    t.notSame(other.tagKey, KEYS.tagKey)
  }
  t.notSame(KEYS.entryKey, KEYS.tagKey)
  t.end()
})

t.test('the keys are the documented ones, by OpenSSL', (t) => {
  const peer = createECDH('secp256k1')
  peer.setPrivateKey(exportSecret(indexing))
  const shared = peer.computeSecret(search.publicKey().toBytes())
  const numbers = Buffer.alloc(8)
  numbers.writeUInt32BE(2, 0)
  numbers.writeUInt32BE(3, 4)
  const info = Buffer.concat([Buffer.from(`epione/index${COMPARTMENT.patientId}`), COMPARTMENT.label, numbers])
  const salt = Buffer.concat([search.publicKey().toBytes(), indexing.publicKey().toBytes()])
  const found = [2, 3].map((prefix) => toHex(new Uint8Array(hkdfSync('sha256', Buffer.concat([Buffer.of(prefix), shared]), salt, info, 64))))
  t.ok(found.includes(toHex(KEYS.entryKey) + toHex(KEYS.tagKey)))
  t.end()
})

t.test('an entry read from its hex is the sealed one with its name; other lengths, and what is no hex, are refused', (t) => {
  const sealed = sealIndexEntry(KEYS, VERSION, { keywords: ['word:cough'], days: [20_000] })
  const read = readIndexEntry(toHex(sealed))
  t.strictSame(read.sealed, sealed)
  t.equal(read.hash, toHex(indexEntryHash(sealed)))
  t.strictSame(openIndexEntry(KEYS, VERSION, read.sealed).days, [20_000])
  refuses(t, 'INDEX_ENTRY_INVALID', () => readIndexEntry(toHex(sealed).slice(2)), 'a shorter one')
  refuses(t, 'INDEX_ENTRY_INVALID', () => readIndexEntry(toHex(sealed).slice(1)), 'half a byte less')
  refuses(t, 'INDEX_ENTRY_INVALID', () => readIndexEntry(''), 'nothing')
  refuses(t, 'HEX_INVALID', () => readIndexEntry(`x${toHex(sealed).slice(1)}`), 'no hex')
  refuses(t, 'HEX_INVALID', () => readIndexEntry(`${toHex(sealed).slice(0, -1)}g`), 'nor at its end')
  t.strictSame(readIndexEntry(toHex(sealed).toUpperCase()), read, 'the hash names the bytes, however they are spelt')
  t.not(readIndexEntry(`${toHex(sealed).slice(0, -1)}${toHex(sealed).endsWith('0') ? '1' : '0'}`).hash, read.hash, 'other bytes have another')
  t.end()
})

t.test('what an author seals as keywords and days opens as their tags and those days', (t) => {
  const keyword = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }).filter((k) => new TextEncoder().encode(k).length <= 256)
  const days = fc.array(fc.integer({ min: -719_162, max: 2_932_896 }), { maxLength: 40 })
  fc.assert(fc.property(fc.array(keyword, { maxLength: 200 }), days, (keywords, days) => {
    const sealed = sealIndexEntry(KEYS, VERSION, { keywords, days })
    const { tags, days: found } = openIndexEntry(KEYS, VERSION, sealed)
    t.ok(keywords.every((k) => tags.has(keywordTag(KEYS, k))))
    t.equal(tags.size, new Set(keywords).size)
    t.strictSame(found, [...new Set(days)].sort((a, b) => a - b))
  }), runs(20))
  t.end()
})

t.test('an entry shows its size class and nothing else: of one author two entries with one keyword have no bytes in common', (t) => {
  const seal = (version: number): Uint8Array => sealIndexEntry(KEYS, { ...VERSION, version }, { keywords: ['a'] })
  const [one, two] = [seal(1), seal(2)]
  t.equal(one.length, INDEX_ENTRY_BYTES.min)
  t.equal(sealIndexEntry(KEYS, VERSION, { keywords: [] }).length, one.length)
  const words = Array.from({ length: INDEX_SLOTS_MAX }, (_, i) => `w${String(i)}`)
  t.equal(sealIndexEntry(KEYS, VERSION, { keywords: words.slice(0, 16) }).length, one.length)
  t.equal(sealIndexEntry(KEYS, VERSION, { keywords: words.slice(0, 16), days: [1] }).length, one.length + 16 * 8)
  t.equal(sealIndexEntry(KEYS, VERSION, { keywords: words }).length, INDEX_ENTRY_BYTES.max)
  t.throws(() => sealIndexEntry(KEYS, VERSION, { keywords: words, days: [1] }), RangeError)
  for (let at = 0; at + 8 <= one.length; at += 8) t.notOk(Buffer.from(two).includes(Buffer.from(one.subarray(at, at + 8))))
  t.end()
})

t.test('an entry opens for its record version, author and issue alone, and unchanged', (t) => {
  const sealed = sealIndexEntry(KEYS, VERSION, { keywords: ['a', 'b'], days: [19_000] }, seeded('entry'))
  const open = (keys = KEYS, of = VERSION, bytes = sealed): unknown => openIndexEntry(keys, of, bytes)
  const other = deriveIndexKeys({ ...COMPARTMENT, issue: 4 }, { author: indexing, searchKey: search.publicKey() })
  refuses(t, 'INDEX_ENTRY_INVALID', () => open(other), 'another issue')
  refuses(t, 'INDEX_ENTRY_INVALID', () => open(KEYS, { ...VERSION, version: 2 }), 'another version')
  refuses(t, 'INDEX_ENTRY_INVALID', () => open(KEYS, { ...VERSION, recordId: 'ce'.repeat(16) }), 'another record')
  for (let at = 0; at < sealed.length; at++) {
    refuses(t, 'INDEX_ENTRY_INVALID', () => open(KEYS, VERSION, flipBit(sealed, at)), `byte ${String(at)}`)
  }
  for (const bytes of [sealed.subarray(1), new Uint8Array(0), new Uint8Array(INDEX_ENTRY_BYTES.max + 1)]) {
    refuses(t, 'INDEX_ENTRY_INVALID', () => open(KEYS, VERSION, bytes), 'no length of an entry')
    refuses(t, 'INDEX_ENTRY_INVALID', () => indexEntryHash(bytes), 'no length of an entry')
  }
  t.throws(() => keywordTag(KEYS, ''), RangeError)
  t.throws(() => keywordTag(KEYS, 'x'.repeat(257)), RangeError)
  t.throws(() => sealIndexEntry(KEYS, VERSION, { keywords: [], days: [0.5] }), RangeError)
  t.end()
})

t.test('the search secret travels as a wrap of its compartment, and one re-encryption opens every issue of the epoch', (t) => {
  const compartment = PATIENT.compartment('imaging', 2)
  const wrap = wrapSearchKey(compartment.publicKey(), search, PLACE)
  t.equal(wrap.length, WRAP_BYTES)
  t.ok(decapsulateOriginal(compartment, parseWrap(wrap, PLACE).capsule), 'proxies re-encrypt its capsule as any')
  const secret = openWrapOriginal(wrap, PLACE, compartment)
  t.ok(searchKeyOf(secret, search.publicKey()).publicKey().equals(search.publicKey()))
  refuses(t, 'SEALED_INVALID', () => searchKeyOf(secret, indexing.publicKey()), 'another published key')
  refuses(t, 'SCALAR_INVALID', () => searchKeyOf(new Uint8Array(32), search.publicKey()), 'zero')
  const other = openWrapOriginal(createWrap(compartment.publicKey(), new Uint8Array(32).fill(1), PLACE), PLACE, compartment)
  refuses(t, 'SEALED_INVALID', () => searchKeyOf(other, search.publicKey()), 'a content key')

  const former = PATIENT.search('imaging', 2, 2)
  const sealed = sealFormerSearchKey(former, search.publicKey(), COMPARTMENT)
  t.equal(sealed.length, FORMER_SEARCH_KEY_BYTES)
  t.strictSame(exportSecret(openFormerSearchKey(sealed, search, former.publicKey(), COMPARTMENT)), exportSecret(former))
  refuses(t, 'SEALED_INVALID', () => openFormerSearchKey(sealed, search, search.publicKey(), COMPARTMENT), 'not the one before')
  refuses(t, 'SEALED_INVALID', () => openFormerSearchKey(sealed, search, former.publicKey(), { ...COMPARTMENT, issue: 4 }), 'another issue')
  refuses(t, 'SEALED_INVALID', () => openFormerSearchKey(sealed, SecretKey.random(), former.publicKey(), COMPARTMENT), 'a stranger')
  t.end()
})

const hash = (name: string): string => toHex(seeded(name)(32))
const link = (n: number, kind: 'in' | 'out' = 'in'): ChainLink => {
  const named = { recordId: hash(`r${String(n)}`).slice(0, 32), version: n + 1, statementId: hash(`s${String(n)}`) }
  return kind === 'out' ? { kind, ...named } : { kind, ...named, entryHash: hash(`e${String(n)}`), indexKey: `02${hash(`k${String(n)}`)}`, epoch: 1, issue: n + 1, truncated: n === 3 }
}

t.test('a chain is whole, or it is refused: nothing is left out, added, changed or moved, from the first or from any known head', (t) => {
  const links = [link(0), link(1), link(2, 'out'), link(3), link(4)]
  const heads = links.reduce<ChainHead[]>((all, next) => [...all, extendChain(all.at(-1) ?? EMPTY_CHAIN, next)], [EMPTY_CHAIN])
  const [head] = heads.slice(-1)
  if (head === undefined) throw new TypeError('a chain has a head')
  for (const [known, from] of heads.entries()) t.doesNotThrow(() => { verifyChain(head, links.slice(known), from) })
  const [first, second, third, ...rest] = links
  if (first === undefined || second === undefined || third === undefined) throw new TypeError('there are five')
  const wrong: Record<string, ChainLink[]> = {
    'no first': links.slice(1),
    'no last': links.slice(0, -1),
    'none in the middle': [first, third, ...rest],
    'two exchanged': [second, first, third, ...rest],
    'one invented': [...links, link(5)],
    'one in place of another': [first, link(6), third, ...rest],
    'an entry for a taking out': [first, second, link(2), ...rest],
    'another entry': [{ ...link(0), entryHash: hash('other') } as ChainLink, second, third, ...rest],
    'another index key': [{ ...link(0), indexKey: `02${hash('other')}` } as ChainLink, second, third, ...rest],
    'another epoch': [{ ...link(0), epoch: 2 } as ChainLink, second, third, ...rest],
    'another issue': [{ ...link(0), issue: 2 } as ChainLink, second, third, ...rest],
    'truncated by nobody': [{ ...link(0), truncated: true } as ChainLink, second, third, ...rest],
    none: []
  }
  for (const [what, shown] of Object.entries(wrong)) refuses(t, 'CHAIN_BROKEN', () => { verifyChain(head, shown) }, what)
  refuses(t, 'CHAIN_BROKEN', () => { verifyChain(head, links.slice(2), heads[1]) }, 'not after this head')
  t.end()
})

t.test('the root over heads tells each writer, and their order is one', (t) => {
  const heads: WriterHead[] = ['a', 'b', 'c'].map((writer, n) => ({ writer, ...extendChain(EMPTY_CHAIN, link(n)) }))
  const root = headsRoot(heads)
  const [a, b, c] = heads
  if (a === undefined || b === undefined || c === undefined) throw new TypeError('there are three')
  const others = [[a, b], [b, c], [a, { ...b, count: 2 }, c], [a, { ...b, digest: c.digest }, c], [a, b, { ...c, writer: 'd' }]]
  t.equal(new Set([root, ...others.map(headsRoot)]).size, others.length + 1)
  refuses(t, 'CHAIN_BROKEN', () => headsRoot([b, a, c]), 'out of order')
  refuses(t, 'CHAIN_BROKEN', () => headsRoot([a, a, b]), 'one twice')
  t.end()
})
