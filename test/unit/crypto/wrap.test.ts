import { createHash } from 'node:crypto'
import {
  createWrap, openWrapOriginal, outlineWrap, parseWrap, randomBytes, reencrypt, SecretKey, ShownCapsules, toHex, WRAP_BYTES, wrapHash
} from '@epione/crypto'
import t from 'tap'
import { openByCfrags } from '../../helpers/open-by-cfrags.ts'
import { flipBit, makeGrant, refuses, seeded } from './support.ts'
import { OTHER_PLACE, PLACE } from '../../helpers/places.ts'

const { delegating, receiving, keys, kfrags } = makeGrant(2, 3)
const contentKey = seeded('content key')(32)
const wrap = createWrap(keys.delegatingKey, contentKey, PLACE, seeded('wrap'))
const other = SecretKey.random(seeded('other'))

t.test('a wrap has 170 bytes, a capsule and the encrypted content key', (t) => {
  t.equal(wrap.length, 170)
  t.equal(WRAP_BYTES, 170)
  const { capsule, ciphertext } = parseWrap(wrap, PLACE)
  t.equal(toHex(capsule.toBytes()) + toHex(ciphertext), toHex(wrap))
  t.end()
})

t.test('the patient opens a wrap with the compartment\'s secret, nobody else does', (t) => {
  t.strictSame(openWrapOriginal(wrap, PLACE, delegating), contentKey)
  refuses(t, 'DECRYPTION_FAILED', () => openWrapOriginal(wrap, PLACE, other), 'another key')
  t.end()
})

t.test('the reader opens a wrap with the answers of enough proxies', (t) => {
  const { capsule } = parseWrap(wrap, PLACE)
  const cfrags = kfrags.map((kfrag) => reencrypt(capsule, kfrag))
  t.strictSame(openByCfrags(wrap, receiving, keys.delegatingKey, cfrags.slice(1)), contentKey)
  refuses(t, 'KFRAGS_INCONSISTENT', () => openByCfrags(wrap, receiving, keys.delegatingKey, cfrags.slice(2)), 'one of two')
  refuses(t, 'KFRAGS_INCONSISTENT', () => openByCfrags(wrap, other, keys.delegatingKey, cfrags), 'another reader')
  const next = createWrap(keys.delegatingKey, contentKey, PLACE)
  refuses(t, 'KFRAGS_INCONSISTENT', () => openByCfrags(next, receiving, keys.delegatingKey, cfrags), 'answers for another wrap')
  t.end()
})

t.test('a wrap with any byte changed is refused', (t) => {
  for (let index = 0; index < wrap.length; index++) {
    refuses(
      t,
      index < 98 ? 'WRAP_INVALID' : 'DECRYPTION_FAILED',
      () => openWrapOriginal(flipBit(wrap, index, index % 8), PLACE, delegating),
      `byte ${index}`
    )
  }
  t.end()
})

t.test('a wrap of another length is refused', (t) => {
  for (const bytes of [wrap.subarray(1), Buffer.concat([wrap, Buffer.of(0)]), new Uint8Array(0)]) {
    refuses(t, 'WRAP_INVALID', () => parseWrap(bytes, PLACE), 'parse')
    refuses(t, 'WRAP_INVALID', () => wrapHash(bytes, PLACE), 'hash')
    refuses(t, 'WRAP_INVALID', () => openWrapOriginal(bytes, PLACE, delegating), 'open')
  }
  t.throws(() => createWrap(keys.delegatingKey, randomBytes(31), PLACE), RangeError, 'a content key of 31 bytes')
  t.end()
})

t.test('the ciphertext of one wrap does not open behind the capsule of another', (t) => {
  const next = createWrap(keys.delegatingKey, contentKey, PLACE)
  refuses(t, 'DECRYPTION_FAILED', () => openWrapOriginal(Buffer.concat([wrap.subarray(0, 98), next.subarray(98)]), PLACE, delegating), 'mixed')
  t.end()
})

t.test('a rewrap hides that the content is the same', (t) => {
  const again = createWrap(keys.delegatingKey, contentKey, PLACE)
  t.notSame(again, wrap)
  t.notSame(wrapHash(again, PLACE), wrapHash(wrap, PLACE))
  t.strictSame(openWrapOriginal(again, PLACE, delegating), contentKey)
  t.end()
})

t.test('a wrap opens and is named at its own place alone', (t) => {
  refuses(t, 'WRAP_INVALID', () => parseWrap(wrap, OTHER_PLACE), 'parse')
  refuses(t, 'WRAP_INVALID', () => openWrapOriginal(wrap, OTHER_PLACE, delegating), 'open')
  t.notSame(wrapHash(wrap, OTHER_PLACE), wrapHash(wrap, PLACE))
  const outline = outlineWrap(wrap, PLACE)
  const hash = toHex(wrapHash(wrap, PLACE))
  t.ok(new ShownCapsules([outline]).find(hash))
  t.equal(new ShownCapsules([outline], (named, place) => named === hash && place === OTHER_PLACE.toHex()).find(hash), null, 'what has it is elsewhere')
  t.equal(new ShownCapsules([outlineWrap(wrap, OTHER_PLACE)]).find(toHex(wrapHash(wrap, OTHER_PLACE))), null, 'a copied capsule')
  t.end()
})

t.test('the hash of a wrap has tag and place, and takes the ciphertext by its hash', (t) => {
  const [capsule, ciphertext] = [wrap.subarray(0, 98), wrap.subarray(98)]
  const ciphertextHash = createHash('sha256').update('epione/wrap-ciphertext').update(ciphertext).digest()
  t.equal(toHex(wrapHash(wrap, PLACE)), createHash('sha256').update('epione/wrap').update(PLACE.toBytes()).update(capsule).update(ciphertextHash).digest('hex'))
  t.end()
})
