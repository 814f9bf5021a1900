import { equalConstantTime, fromHex, randomBytes, sha256, toBase32, toHex, utf8 } from '@epione/crypto'
import fc from 'fast-check'
import t from 'tap'
import { flipBit, refuses, runs } from './support.ts'

t.test('hex is lowercase and comes back as the same bytes', (t) => {
  t.equal(toHex(Uint8Array.of(0, 10, 255)), '000aff')
  fc.assert(fc.property(fc.uint8Array(), (bytes) => {
    t.strictSame(fromHex(toHex(bytes)), bytes)
  }), runs(50))
  t.end()
})

t.test('hex in another spelling, or of another length than expected, is refused', (t) => {
  for (const text of ['0A', 'a', '0x00', 'zz', ' 00', '00\n']) refuses(t, 'HEX_INVALID', () => fromHex(text), JSON.stringify(text))
  refuses(t, 'HEX_INVALID', () => fromHex('0011', 3), 'two bytes for three')
  refuses(t, 'HEX_INVALID', () => fromHex(7 as unknown as string), 'not a string')
  t.strictSame(fromHex('0011', 2), Uint8Array.of(0, 0x11))
  t.end()
})

t.test('base32 is that of RFC 4648, in lowercase and without padding', (t) => {
  const published = [
    ['', ''], ['f', 'my'], ['fo', 'mzxq'], ['foo', 'mzxw6'], ['foob', 'mzxw6yq'], ['fooba', 'mzxw6ytb'],
    ['foobar', 'mzxw6ytboi']
  ] as const
  for (const [text, encoded] of published) t.equal(toBase32(utf8(text)), encoded)
  t.end()
})

t.test('bytes are equal only when every bit is', (t) => {
  const bytes = randomBytes(40)
  t.equal(equalConstantTime(bytes, bytes.slice()), true)
  t.equal(equalConstantTime(bytes, bytes.subarray(1)), false)
  for (let index = 0; index < bytes.length; index++) t.equal(equalConstantTime(bytes, flipBit(bytes, index, index % 8)), false)
  t.end()
})

t.test('SHA-256 is that of FIPS 180-4', (t) => {
  t.equal(toHex(sha256(utf8(''))), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  t.equal(toHex(sha256(utf8('abc'))), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  t.end()
})

t.test('text with a lone surrogate has no UTF-8 bytes', (t) => {
  t.equal(toHex(utf8('é😀')), 'c3a9f09f9880')
  t.throws(() => utf8('\ud800'), TypeError)
  t.end()
})
