import { secp256k1_hasher as hasher } from '@noble/curves/secp256k1.js'
import { Capsule, decapsulateOriginal, decryptDem, encapsulate, encryptDem, SecretKey, toHex, utf8 } from '@epione/crypto'
import t from 'tap'
import { BAD_POINTS, flipBit, GROUP_ORDER, makeGrant, refuses, seeded } from './support.ts'

const secret = SecretKey.random(seeded('owner'))
const { capsule, keySeed } = encapsulate(secret.publicKey(), seeded('capsule'))

t.test('a capsule opens to its key seed with the owner\'s secret', (t) => {
  t.equal(keySeed.length, 33)
  t.strictSame(decapsulateOriginal(secret, capsule), keySeed)
  t.notSame(decapsulateOriginal(SecretKey.random(seeded('other')), capsule), keySeed)
  t.end()
})

t.test('each capsule is new, and replays from recorded randomness', (t) => {
  t.notSame(encapsulate(secret.publicKey()).capsule.toBytes(), capsule.toBytes())
  t.strictSame(encapsulate(secret.publicKey(), seeded('capsule')).capsule.toBytes(), capsule.toBytes())
  t.end()
})

t.test('both byte forms come back as the same capsule', (t) => {
  t.equal(capsule.toBytes().length, 98)
  t.equal(capsule.toUmbralBytes().length, 105)
  t.strictSame(Capsule.fromBytes(capsule.toBytes()).toUmbralBytes(), capsule.toUmbralBytes())
  t.strictSame(Capsule.fromUmbralBytes(capsule.toUmbralBytes()).toBytes(), capsule.toBytes())
  t.end()
})

t.test('a capsule with any bit flipped is refused', (t) => {
  const [bytes, umbralBytes] = [capsule.toBytes(), capsule.toUmbralBytes()]
  for (let index = 0; index < bytes.length; index++) {
    refuses(
      t,
      'CAPSULE_INVALID',
      () => Capsule.fromBytes(flipBit(bytes, index, index % 8)),
    `byte ${index}`
    )
  }
  for (let index = 0; index < umbralBytes.length; index++) {
    refuses(
      t,
      'CAPSULE_INVALID',
      () => Capsule.fromUmbralBytes(flipBit(umbralBytes, index, index % 8)),
    `byte ${index}`
    )
  }
  t.end()
})

t.test('a capsule of another length or form, or with bad points or scalars, is refused', (t) => {
  const bytes = capsule.toBytes()
  refuses(t, 'CAPSULE_INVALID', () => Capsule.fromBytes(bytes.subarray(1)), 'too short')
  refuses(t, 'CAPSULE_INVALID', () => Capsule.fromBytes(Buffer.concat([bytes, Buffer.of(0)])), 'trailing byte')
  refuses(t, 'CAPSULE_INVALID', () => Capsule.fromUmbralBytes(Buffer.concat([capsule.toUmbralBytes(), Buffer.of(0)])), 'trailing byte')
  refuses(t, 'CAPSULE_INVALID', () => Capsule.fromUmbralBytes(bytes), 'simple form for the other')
  for (const [what, point] of BAD_POINTS) {
    refuses(t, 'CAPSULE_INVALID', () => Capsule.fromBytes(Buffer.concat([point, bytes.subarray(33)])), what)
    refuses(t, 'CAPSULE_INVALID', () => Capsule.fromBytes(Buffer.concat([bytes.subarray(0, 33), point, bytes.subarray(66)])), what)
  }
  for (const scalar of [
    Buffer.alloc(32), GROUP_ORDER
  ]) refuses(t, 'CAPSULE_INVALID', () => Capsule.fromBytes(Buffer.concat([bytes.subarray(0, 66), scalar])), 'scalar')
  t.end()
})

t.test('MessagePack in another spelling than umbral-pre writes is refused', (t) => {
  const bytes = Buffer.from(capsule.toUmbralBytes())
  const parts = { e: bytes.subarray(3, 36), v: bytes.subarray(38, 71), s: bytes.subarray(73, 105) }
  const encode = (array: Buffer, header: (length: number) => Buffer): Buffer =>
    Buffer.concat([array, header(33), parts.e, header(33), parts.v, header(32), parts.s])
  t.ok(Capsule.fromUmbralBytes(encode(Buffer.of(0x93), (length) => Buffer.of(0xc4, length))))
  refuses(
    t,
    'CAPSULE_INVALID',
    () => Capsule.fromUmbralBytes(encode(Buffer.of(0xdc, 0, 3), (length) => Buffer.of(0xc4, length))),
    'array16'
  )
  refuses(t, 'CAPSULE_INVALID', () => Capsule.fromUmbralBytes(encode(Buffer.of(0x93), (length) => Buffer.of(0xc5, 0, length))), 'bin16')
  refuses(t, 'CAPSULE_INVALID', () => Capsule.fromUmbralBytes(encode(Buffer.of(0x93), (length) => Buffer.of(0xd9, length))), 'str8')
  t.end()
})

t.test('a ciphertext opens with its key seed and capsule alone', (t) => {
  const ciphertext = encryptDem(keySeed, utf8('text'), capsule)
  t.strictSame(decryptDem(keySeed, ciphertext, capsule), utf8('text'))
  const other = encapsulate(secret.publicKey())
  refuses(t, 'DECRYPTION_FAILED', () => decryptDem(other.keySeed, ciphertext, capsule), 'other seed')
  refuses(t, 'DECRYPTION_FAILED', () => decryptDem(keySeed, ciphertext, other.capsule), 'other capsule')
  for (let index = 0; index < ciphertext.length; index++) {
    refuses(
      t,
      'DECRYPTION_FAILED',
      () => decryptDem(keySeed, flipBit(ciphertext, index), capsule),
    `byte ${index}`
    )
  }
  for (const length of [
    0, 39, ciphertext.length - 1
  ]) refuses(t, 'DECRYPTION_FAILED', () => decryptDem(keySeed, ciphertext.subarray(0, length), capsule), `${length} bytes`)
  t.throws(() => encryptDem(keySeed.subarray(1), utf8('text'), capsule), RangeError)
  t.end()
})

t.test('the generator U is the RFC 9380 hash of POINT_U, and stands in every kfrag', (t) => {
  const published = hasher.hashToCurve(utf8(''), { DST: 'QUUX-V01-CS02-with-secp256k1_XMD:SHA-256_SSWU_RO_' })
  t.equal(published.x.toString(16), 'c1cae290e291aee617ebaef1be6d73861479c48b841eaba9b7b5852ddfeb1346', 'RFC 9380 J.8.1')
  t.equal(published.y.toString(16), '64fa678e07ae116126f08b022a94af6de15985c996c3a91b64c406a960e51067', 'RFC 9380 J.8.1')
  const [kfrag] = makeGrant(1, 1).kfrags
  t.equal(
    toHex(kfrag?.toBytes().subarray(4, 37) ?? new Uint8Array()),
    hasher.hashToCurve(utf8('POINT_U'), { DST: 'PARAMETERS' }).toHex(true)
  )
  t.end()
})
