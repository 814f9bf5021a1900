import { createHash, createHmac, hkdfSync, pbkdf2Sync } from 'node:crypto'
import { inspect } from 'node:util'
import {
  compartmentLabelOf, deriveKeyRing, exportSecret, exportSeeds, generatePhrase, patientIdOf, PURPOSES, ringOfSeeds, toBase32, toHex
} from '@epione/crypto'
import type { SecretKey } from '@epione/crypto'
import * as umbral from '@nucypher/umbral-pre'
import t from 'tap'
import { seeded } from './support.ts'

const PHRASE = 'letter advice cage absurd amount doctor acoustic avoid letter advice cage above'
const ORDER = BigInt('0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141')

/** BIP39 and hardened BIP32 once more, from their texts and node:crypto alone. */
function purposeSeed (phrase: string, use: number): Buffer {
  const seed = pbkdf2Sync(phrase, 'mnemonic', 2048, 64, 'sha512')
  let node = createHmac('sha512', 'Bitcoin seed').update(seed).digest()
  for (const index of [7413, use]) {
    const position = Buffer.alloc(4)
    position.writeUInt32BE(0x80000000 + index)
    const child = createHmac('sha512', node.subarray(32)).update(Buffer.concat([Buffer.of(0), node.subarray(0, 32), position])).digest()
    const key = (BigInt(`0x${child.toString('hex', 0, 32)}`) + BigInt(`0x${node.toString('hex', 0, 32)}`)) % ORDER
    node = Buffer.concat([Buffer.from(key.toString(16).padStart(64, '0'), 'hex'), child.subarray(32)])
  }
  return node.subarray(0, 32)
}

function expectedKey (use: number, label: string): string {
  const factory = umbral.SecretKeyFactory.fromSecureRandomness(purposeSeed(PHRASE, use))
  return toHex(factory.makeKey(Buffer.from(label)).toBEBytes())
}

function hexOf (key: SecretKey): string {
  return toHex(exportSecret(key))
}

t.test('a key that receives re-encryptions is no other key of the phrase: it enters no other Diffie-Hellman', (t) => {
  const ring = deriveKeyRing(PHRASE)
  const { signing, receiving } = ring.guardian('a'.repeat(32))
  const receivers = [1, 2, 3].map((number) => hexOf(ring.receiving(number)))
  const others = [ring.identity(), ring.compartment('imaging'), ring.kfragSigning(), ring.requestSigning(), signing, receiving].map(hexOf)
  t.equal(new Set([...receivers, ...others]).size, receivers.length + others.length)
  t.end()
})

t.test('each key is the umbral-pre label key below its BIP32 purpose seed', (t) => {
  const ring = deriveKeyRing(PHRASE)
  t.equal(hexOf(ring.identity()), expectedKey(0, 'key/1'))
  t.equal(hexOf(ring.identity(3)), expectedKey(0, 'key/3'))
  t.equal(hexOf(ring.compartment('imaging')), expectedKey(1, 'imaging/1'))
  t.equal(hexOf(ring.compartment('imaging', 12)), expectedKey(1, 'imaging/12'))
  t.equal(hexOf(ring.kfragSigning()), expectedKey(2, 'key/1'))
  t.equal(hexOf(ring.receiving()), expectedKey(3, 'key/1'))
  t.equal(hexOf(ring.requestSigning(2)), expectedKey(4, 'key/2'))
  t.end()
})

t.test('a device that writes roll-ups is of the phrase, each stream, compartment and number its own', (t) => {
  const ring = deriveKeyRing(PHRASE)
  const [stream, label] = ['ab'.repeat(16), 'cd'.repeat(32)]
  const { key, salt } = ring.rollUp({ stream, label, number: 1 })
  const place = `roll-up/${stream}/${label}/1`
  const mac = (text: string): string => createHmac('sha256', purposeSeed(PHRASE, 6)).update(text).digest('hex')
  t.equal(hexOf(key), expectedKey(6, place))
  t.equal(toHex(salt), mac(`epione/roll-up/kinds/${place}`))
  const others = [
    { stream, label, number: 2 }, { stream: label.slice(0, 32), label, number: 1 }, { stream, label: stream.repeat(2), number: 1 }
  ]
  t.equal(new Set([key, ...others.map((other) => ring.rollUp(other).key)].map(hexOf)).size, 4)
  for (const wrong of [{ stream: 'ab', label, number: 1 }, { stream, label: 'x'.repeat(64), number: 1 }, { stream, label, number: 0 }]) {
    t.throws(() => ring.rollUp(wrong), RangeError)
  }
  t.end()
})

t.test('a record that has a name elsewhere has an id that its author finds again, and nobody else', (t) => {
  const ring = deriveKeyRing(PHRASE)
  const mac = createHmac('sha256', purposeSeed(PHRASE, 5)).update('epione/named-record/fhir/a').digest('hex')
  t.equal(toHex(ring.namedRecordId('fhir/a')), mac.slice(0, 32))
  t.not(toHex(ring.namedRecordId('fhir/b')), mac.slice(0, 32))
  t.end()
})

t.test('label keys follow RFC 5869 and the tagged hash of the byte reference', (t) => {
  const info = Buffer.from('KEY_DERIVATION/key/1')
  const okm = Buffer.from(hkdfSync('sha256', purposeSeed(PHRASE, PURPOSES.identity), Buffer.alloc(0), info, 64))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(info.length)
  const digest = createHash('sha256').update(length).update(info).update(okm).digest('hex')
  const scalar = BigInt(`0x${digest}`) % (ORDER - 1n) + 1n
  t.equal(hexOf(deriveKeyRing(PHRASE).identity()), scalar.toString(16).padStart(64, '0'))
  t.end()
})

t.test('the same phrase finds every key again, another phrase none', (t) => {
  const keys = (phrase: string): string[] => {
    const ring = deriveKeyRing(phrase)
    return [
      ring.identity(), ring.identity(2), ring.compartment('a'), ring.compartment('a', 2), ring.compartment('b'),
      ring.kfragSigning(), ring.receiving(), ring.requestSigning()
    ].map(hexOf)
  }
  const [first, again, other] = [keys(PHRASE), keys(PHRASE), keys(generatePhrase(12, seeded('other')))]
  t.strictSame(again, first)
  t.equal(new Set([...first, ...other]).size, 16, 'no key serves twice')
  t.end()
})

t.test('a label is opened by its category and salt, and by no other', (t) => {
  const ring = deriveKeyRing(PHRASE)
  const salt = ring.labelSalt('imaging')
  t.equal(toHex(salt), createHmac('sha256', purposeSeed(PHRASE, PURPOSES.labels)).update('imaging').digest('hex'))
  t.equal(toHex(ring.compartmentLabel('imaging')), createHash('sha256').update('epione/label').update(salt).update('imaging').digest('hex'))
  t.strictSame(compartmentLabelOf('imaging', salt), ring.compartmentLabel('imaging'))
  t.notSame(compartmentLabelOf('imaging', ring.labelSalt('lab')), ring.compartmentLabel('imaging'))
  t.notSame(compartmentLabelOf('lab', salt), ring.compartmentLabel('lab'))
  t.end()
})

t.test('the patient id is 32 base32 characters of the hash of the first identity key', (t) => {
  const key = deriveKeyRing(PHRASE).identity().publicKey()
  const digest = createHash('sha256').update('epione/patient').update(key.toBytes()).digest()
  t.equal(patientIdOf(key), toBase32(digest.subarray(0, 20)))
  t.match(patientIdOf(key), /^[a-z2-7]{32}$/)
  t.end()
})

t.test('a category that could be taken for another label, or a number below 1, is refused', (t) => {
  const ring = deriveKeyRing(PHRASE)
  for (const category of ['', 'a/1', 'a b', '-a', 'ä', 'x'.repeat(65)]) {
    t.throws(() => ring.compartment(category), RangeError, category)
    t.throws(() => ring.labelSalt(category), RangeError, category)
  }
  for (const number of [0, -1, 1.5, Number.NaN]) {
    t.throws(() => ring.identity(number), RangeError, String(number))
    t.throws(() => ring.compartment('a', number), RangeError, String(number))
  }
  t.end()
})

t.test('a key ring shows no secret in JSON or to inspect', (t) => {
  const ring = deriveKeyRing(PHRASE)
  const shown = inspect(ring, { depth: 9, showHidden: true }) + JSON.stringify({ ring })
  t.notMatch(shown, new RegExp(purposeSeed(PHRASE, 0).toString('hex').slice(0, 16)))
  t.equal(JSON.stringify({ ring }), '{"ring":"[KeyRing]"}')
  t.notMatch(inspect(ring, { depth: 9, showHidden: true }), /Uint8Array/)
  t.end()
})

t.test('a ring of some seeds has the same keys for these purposes, and none for others', (t) => {
  const ring = deriveKeyRing(PHRASE)
  for (const wrap of [(bytes: Uint8Array) => bytes, (bytes: Uint8Array) => Buffer.from(bytes)]) {
    const seeds = wrap(exportSeeds(ring, ['receiving', 'recovery']))
    const part = ringOfSeeds(seeds, ['receiving', 'recovery'])
    seeds.fill(0)
    t.equal(hexOf(part.receiving(2)), hexOf(ring.receiving(2)))
    t.equal(hexOf(part.guardian('a'.repeat(32)).signing), hexOf(ring.guardian('a'.repeat(32)).signing))
    t.throws(() => part.identity(), TypeError)
    t.throws(() => part.labelSalt('imaging'), TypeError)
    t.throws(() => exportSeeds(part, ['identity']), TypeError)
  }
  t.throws(() => ringOfSeeds(new Uint8Array(33), ['receiving']), { code: 'LENGTH_INVALID' })
  t.end()
})
