import { createECDH, hkdfSync } from 'node:crypto'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { exportSecret, Kfrag, kfragAssociatedData, openSealed, SEALED_OVERHEAD_BYTES, sealTo, SecretKey, toHex, utf8 } from '@epione/crypto'
import fc from 'fast-check'
import t from 'tap'
import { BAD_POINTS, flipBit, makeGrant, refuses, runs, seeded } from './support.ts'

const PROXY = SecretKey.random(seeded('proxy'))
const OTHER = SecretKey.random(seeded('other'))
const PLAINTEXT = utf8('a kfrag on its way')
const DATA = utf8('associated')
const SEALED = sealTo(PROXY.publicKey(), PLAINTEXT, DATA, seeded('sealed'))
const TRANSIT = { consentId: 'ab'.repeat(32), mspId: 'CoreMSP', kfragId: 'cd'.repeat(32) }

t.test('what is sealed opens for its recipient', (t) => {
  t.equal(SEALED.length, PLAINTEXT.length + SEALED_OVERHEAD_BYTES)
  t.strictSame(openSealed(PROXY, SEALED, DATA), PLAINTEXT)
  t.strictSame(sealTo(PROXY.publicKey(), PLAINTEXT, DATA, seeded('sealed')), SEALED, 'replays')
  t.notSame(sealTo(PROXY.publicKey(), PLAINTEXT, DATA), sealTo(PROXY.publicKey(), PLAINTEXT, DATA), 'and is new without')
  t.end()
})

t.test('anything of any length comes back', (t) => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 2_000 }), fc.uint8Array(), (plaintext, data) => {
    t.strictSame(openSealed(PROXY, sealTo(PROXY.publicKey(), plaintext, data), data), plaintext)
  }), runs(10))
  t.end()
})

t.test('the layout is the documented one: ephemeral point, ciphertext, tag', (t) => {
  const [ephemeral, rest] = [SEALED.subarray(0, 33), SEALED.subarray(33)]
  const peer = createECDH('secp256k1')
  peer.setPrivateKey(exportSecret(PROXY))
  // OpenSSL gives the x-coordinate alone; the compressed shared point has one of two prefixes.
  const shared = peer.computeSecret(ephemeral)
  const opened = [2, 3].flatMap((prefix) => {
    const salt = Buffer.concat([ephemeral, PROXY.publicKey().toBytes()])
    const okm = new Uint8Array(hkdfSync('sha256', Buffer.concat([Buffer.of(prefix), shared]), salt, 'epione/sealed', 56))
    try {
      return [xchacha20poly1305(okm.subarray(0, 32), okm.subarray(32), DATA).decrypt(rest)]
    } catch {
      return []
    }
  })
  t.strictSame(opened, [PLAINTEXT])
  t.end()
})

t.test('another key or other associated data opens nothing', (t) => {
  refuses(t, 'SEALED_INVALID', () => openSealed(OTHER, SEALED, DATA), 'other key')
  refuses(t, 'SEALED_INVALID', () => openSealed(PROXY, SEALED, utf8('associated ')), 'other data')
  refuses(t, 'SEALED_INVALID', () => openSealed(PROXY, SEALED, new Uint8Array(0)), 'no data')
  t.end()
})

t.test('any changed or missing byte is refused', (t) => {
  for (let index = 0; index < SEALED.length; index++) {
    refuses(
      t,
      'SEALED_INVALID',
      () => openSealed(PROXY, flipBit(SEALED, index, index % 8), DATA),
    `byte ${index}`
    )
  }
  for (const length of [
    0, 33, 48, SEALED.length - 1
  ]) refuses(t, 'SEALED_INVALID', () => openSealed(PROXY, SEALED.subarray(0, length), DATA), `${length} bytes`)
  refuses(t, 'SEALED_INVALID', () => openSealed(PROXY, Buffer.concat([SEALED, Buffer.of(0)]), DATA), 'trailing byte')
  for (const [what, point] of BAD_POINTS) {
    refuses(
      t,
      'SEALED_INVALID',
      () => openSealed(PROXY, Buffer.concat([point, SEALED.subarray(33)]), DATA),
      what
    )
  }
  t.end()
})

t.test('a kfrag sealed for one consent, organisation and id opens as no other', (t) => {
  const [kfrag] = makeGrant(1, 1).kfrags
  const bytes = kfrag?.toBytes() ?? new Uint8Array()
  const sealed = sealTo(PROXY.publicKey(), bytes, kfragAssociatedData(TRANSIT))
  t.equal(toHex(Kfrag.fromBytes(openSealed(PROXY, sealed, kfragAssociatedData(TRANSIT))).id), toHex(kfrag?.id ?? new Uint8Array()))
  for (const change of [{ consentId: 'ac'.repeat(32) }, { mspId: 'RegionalMSP' }, { kfragId: 'ce'.repeat(32) }]) {
    refuses(
      t,
      'SEALED_INVALID',
      () => openSealed(PROXY, sealed, kfragAssociatedData({ ...TRANSIT, ...change })),
      Object.keys(change).join()
    )
  }
  t.end()
})

t.test('associated data of a kfrag is tag, consent id, kfrag id and MSP id', (t) => {
  t.equal(toHex(kfragAssociatedData(TRANSIT)), toHex(utf8('epione/kfrag')) + TRANSIT.consentId + TRANSIT.kfragId + toHex(utf8('CoreMSP')))
  refuses(t, 'HEX_INVALID', () => kfragAssociatedData({ ...TRANSIT, consentId: 'ab' }), 'short consent id')
  refuses(t, 'HEX_INVALID', () => kfragAssociatedData({ ...TRANSIT, kfragId: TRANSIT.kfragId.toUpperCase() }), 'uppercase kfrag id')
  t.end()
})
