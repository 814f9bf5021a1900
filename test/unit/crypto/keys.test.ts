import { createECDH, createHash } from 'node:crypto'
import { inspect } from 'node:util'
import { exportSecret, PublicKey, SecretKey, toHex } from '@epione/crypto'
import t from 'tap'
import { BAD_POINTS, GROUP_ORDER, refuses, seeded } from './support.ts'

t.test('a public key is the compressed point that OpenSSL computes', (t) => {
  for (const name of ['a', 'b', 'c']) {
    const secret = SecretKey.random(seeded(name))
    const peer = createECDH('secp256k1')
    peer.setPrivateKey(exportSecret(secret))
    t.equal(secret.publicKey().toHex(), peer.getPublicKey('hex', 'compressed'))
  }
  t.end()
})

t.test('a public key decodes from 33 bytes and from hex and encodes to the same', (t) => {
  const key = SecretKey.random(seeded('key')).publicKey()
  t.strictSame(PublicKey.fromBytes(key.toBytes()).toBytes(), key.toBytes())
  t.ok(PublicKey.fromHex(key.toHex()).equals(key))
  t.notOk(key.equals(SecretKey.random(seeded('other')).publicKey()))
  t.equal(JSON.stringify({ key }), `{"key":"${key.toHex()}"}`)
  t.end()
})

t.test('every other form of a point is refused', (t) => {
  const key = SecretKey.random(seeded('key')).publicKey()
  for (const [what, bytes] of BAD_POINTS) refuses(t, 'POINT_INVALID', () => PublicKey.fromBytes(bytes), what)
  const peer = createECDH('secp256k1')
  peer.setPrivateKey(exportSecret(SecretKey.random(seeded('key'))))
  refuses(t, 'POINT_INVALID', () => PublicKey.fromBytes(peer.getPublicKey(null, 'uncompressed')), 'uncompressed')
  refuses(t, 'POINT_INVALID', () => PublicKey.fromBytes(peer.getPublicKey(null, 'hybrid')), 'hybrid')
  refuses(t, 'POINT_INVALID', () => PublicKey.fromBytes(key.toBytes().subarray(1)), 'too short')
  refuses(t, 'POINT_INVALID', () => PublicKey.fromBytes(Buffer.concat([key.toBytes(), Buffer.of(0)])), 'too long')
  refuses(t, 'POINT_INVALID', () => PublicKey.fromBytes(Uint8Array.of(0)), 'identity in one byte')
  refuses(t, 'HEX_INVALID', () => PublicKey.fromHex(key.toHex().toUpperCase()), 'uppercase')
  t.end()
})

t.test('a secret scalar is above zero and below the group order', (t) => {
  const largest = Buffer.from(GROUP_ORDER)
  largest[31] = 0x40
  t.strictSame(exportSecret(SecretKey.fromBytes(largest)), new Uint8Array(largest))
  refuses(t, 'SCALAR_INVALID', () => SecretKey.fromBytes(new Uint8Array(32)), 'zero')
  refuses(t, 'SCALAR_INVALID', () => SecretKey.fromBytes(GROUP_ORDER), 'the order')
  refuses(t, 'SCALAR_INVALID', () => SecretKey.fromBytes(new Uint8Array(32).fill(255)), 'more than the order')
  refuses(t, 'LENGTH_INVALID', () => SecretKey.fromBytes(new Uint8Array(31).fill(1)), 'too short')
  refuses(t, 'LENGTH_INVALID', () => SecretKey.fromBytes(new Uint8Array(33).fill(1)), 'too long')
  t.end()
})

t.test('a secret key shows itself neither in JSON, text nor to inspect', (t) => {
  const key = SecretKey.random()
  const hex = toHex(exportSecret(key))
  const shown = [
    inspect(key, { depth: 9, showHidden: true }), JSON.stringify({ key }), String(key),
    inspect({ nested: [key] }, { depth: 9 })
  ]
  for (const text of shown) {
    t.notMatch(text, new RegExp(hex.slice(0, 12)))
    t.match(text, /\[SecretKey\]/)
  }
  t.end()
})

t.test('changing exported, encoded or given bytes does not change the key', (t) => {
  const given = Buffer.alloc(32, 7)
  const key = SecretKey.fromBytes(given)
  given.fill(9)
  const publicBytes = Buffer.from(key.publicKey().toBytes())
  const decoded = PublicKey.fromBytes(publicBytes)
  publicBytes.fill(0)
  t.equal(toHex(exportSecret(key)), '07'.repeat(32))
  t.ok(decoded.equals(key.publicKey()))
  const before = toHex(exportSecret(key))
  exportSecret(key).fill(0)
  key.publicKey().toBytes().fill(0)
  t.equal(toHex(exportSecret(key)), before)
  t.ok(PublicKey.fromBytes(key.publicKey().toBytes()))
  t.end()
})

t.test('a fingerprint is the first 96 bits of the tagged hash, in groups that can be read aloud', (t) => {
  const key = SecretKey.random(seeded('key')).publicKey()
  const digest = createHash('sha256').update('epione/fingerprint').update(key.toBytes()).digest('hex')
  t.match(key.fingerprint(), /^([0-9a-f]{4}-){5}[0-9a-f]{4}$/)
  t.equal(key.fingerprint().replaceAll('-', ''), digest.slice(0, 24))
  t.end()
})
