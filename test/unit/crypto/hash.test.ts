import { createHmac, hkdfSync } from 'node:crypto'
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import t from 'tap'
import { fromHex, toHex } from '@epione/crypto'
import { hkdfSha256, hmacSha256 } from '../../../crypto/dist/hash.js'
import { runs } from './support.ts'

const bytes = (maxLength: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength })

t.test('HMAC and HKDF give what RFC 4231 and RFC 5869 show', (t) => {
  const text = new TextEncoder()
  t.equal(toHex(hmacSha256(text.encode('Jefe'), text.encode('what do ya want for nothing?'))),
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843', 'RFC 4231 test case 2')
  t.equal(toHex(hmacSha256(new Uint8Array(131).fill(0xaa), text.encode('Test Using Larger Than Block-Size Key - Hash Key First'))),
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54', 'RFC 4231 test case 6')
  const [salt, info] = [fromHex('000102030405060708090a0b0c'), fromHex('f0f1f2f3f4f5f6f7f8f9')]
  t.equal(toHex(hkdfSha256(new Uint8Array(22).fill(0x0b), salt, info, 42)),
    '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865', 'RFC 5869 test case 1')
  t.equal(toHex(hkdfSha256(new Uint8Array(22).fill(0x0b), undefined, new Uint8Array(0), 42)),
    '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8', 'RFC 5869 test case 3')
  t.end()
})

t.test('they give what the platform and noble give, for keys below, at and above a block', (t) => {
  fc.assert(fc.property(bytes(200), bytes(200), bytes(80), fc.integer({ min: 1, max: 200 }), (key, message, salt, length) => {
    const before = toHex(key)
    t.equal(toHex(hmacSha256(key, message)), createHmac('sha256', key).update(message).digest('hex'))
    t.equal(toHex(hkdfSha256(key, salt, message, length)), Buffer.from(hkdfSync('sha256', key, salt, message, length)).toString('hex'))
    t.strictSame(hkdfSha256(key, undefined, message, length), hkdf(sha256, key, undefined, message, length))
    t.equal(toHex(key), before, 'the key is left as it was')
  }), runs(50))
  t.strictSame(hmacSha256(new Uint8Array(64).fill(7), new Uint8Array(0)), Uint8Array.from(createHmac('sha256', new Uint8Array(64).fill(7)).digest()))
  t.throws(() => hkdfSha256(new Uint8Array(32), undefined, new Uint8Array(0), 255 * 32 + 1), { name: 'RangeError' })
  t.end()
})
