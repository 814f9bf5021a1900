import { secp256k1_hasher as hasher } from '@noble/curves/secp256k1.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import {
  Capsule, decapsulateOriginal, decryptDem, encapsulate, encryptDem, Place, SecretKey, toHex, UNPLACED, utf8
} from '@epione/crypto'
import t from 'tap'
import { capsuleHash } from '../../../crypto/dist/capsule.js'
import { BAD_POINTS, flipBit, GROUP_ORDER, makeGrant, refuses, seeded } from './support.ts'
import { OTHER_PLACE, PLACE } from '../../helpers/places.ts'

const secret = SecretKey.random(seeded('owner'))
const { capsule, keySeed } = encapsulate(secret.publicKey(), PLACE, seeded('capsule'))
/* As the specification of Umbral has it. */
const unplaced = encapsulate(secret.publicKey(), UNPLACED, seeded('capsule')).capsule

t.test('a capsule opens to its key seed with the owner\'s secret', (t) => {
  t.equal(keySeed.length, 33)
  t.strictSame(decapsulateOriginal(secret, capsule), keySeed)
  t.notSame(decapsulateOriginal(SecretKey.random(seeded('other')), capsule), keySeed)
  t.end()
})

t.test('each capsule is new, and replays from recorded randomness', (t) => {
  t.notSame(encapsulate(secret.publicKey(), PLACE).capsule.toBytes(), capsule.toBytes())
  t.strictSame(encapsulate(secret.publicKey(), PLACE, seeded('capsule')).capsule.toBytes(), capsule.toBytes())
  t.end()
})

t.test('both byte forms come back as the same capsule', (t) => {
  t.equal(unplaced.toBytes().length, 98)
  t.equal(unplaced.toUmbralBytes().length, 105)
  t.strictSame(Capsule.fromBytes(unplaced.toBytes(), UNPLACED).toUmbralBytes(), unplaced.toUmbralBytes())
  t.strictSame(Capsule.fromUmbralBytes(unplaced.toUmbralBytes()).toBytes(), unplaced.toBytes())
  t.end()
})

t.test('a capsule is of one place alone', (t) => {
  const name = { kind: 'record', recordId: 'ab'.repeat(16), version: 1, author: { kind: 'practitioner', mspId: 'CoreMSP', staffId: 'staff-1' } } as const
  const hash = 'cd'.repeat(32)
  const network = new Uint8Array(32)
  const places = [
    PLACE, OTHER_PLACE,
    Place.of(network, name),
    Place.of(new Uint8Array(32).fill(1), name),
    Place.of(network, { ...name, version: 2 }),
    Place.of(network, { ...name, recordId: 'ba'.repeat(16) }),
    Place.of(network, { ...name, author: { ...name.author, staffId: 'staff-2' } }),
    Place.of(network, { ...name, author: { kind: 'patient' } }),
    Place.of(network, { ...name, author: { kind: 'device', deviceId: hash } }),
    Place.of(network, { kind: 'window', stream: name.recordId, number: 1, deviceId: hash }),
    Place.of(network, { kind: 'window', stream: name.recordId, number: 2, deviceId: hash }),
    Place.of(network, { kind: 'search-key', patientId: 'a'.repeat(32), label: hash, epoch: 1, issue: 1 }),
    Place.of(network, { kind: 'search-key', patientId: 'a'.repeat(32), label: hash, epoch: 1, issue: 2 })
  ]
  t.equal(new Set(places.map((place) => place.toHex())).size, places.length, 'no two names are one place')
  for (const [made, place] of places.entries()) {
    const bytes = encapsulate(secret.publicKey(), place).capsule.toBytes()
    refuses(t, 'CAPSULE_INVALID', () => Capsule.fromBytes(bytes, UNPLACED), 'as one of no place')
    refuses(t, 'CAPSULE_INVALID', () => Capsule.fromUmbralBytes(Buffer.concat([
      Buffer.of(0x93, 0xc4, 33), bytes.subarray(0, 33), Buffer.of(0xc4, 33), bytes.subarray(33, 66), Buffer.of(0xc4, 32), bytes.subarray(66)
    ])), 'as umbral-pre writes one')
    for (const [tried, other] of places.entries()) {
      if (tried === made) t.ok(Capsule.fromBytes(bytes, other))
      else refuses(t, 'CAPSULE_INVALID', () => Capsule.fromBytes(bytes, other), `of place ${made} at ${tried}`)
    }
  }
  refuses(t, 'CAPSULE_INVALID', () => Capsule.fromBytes(unplaced.toBytes(), PLACE), 'one of no place')
  t.throws(() => Place.fromBytes(new Uint8Array(31)), RangeError)
  t.throws(() => Place.of(new Uint8Array(31), name), RangeError)
  t.end()
})

t.test('no known shift or multiple of a capsule passes at another place', (t) => {
  const { Point } = secp256k1
  const { Fn } = Point
  const bytes = capsule.toBytes()
  const [e, v, s] = [Point.fromBytes(bytes.slice(0, 33)), Point.fromBytes(bytes.slice(33, 66)), Fn.fromBytes(bytes.slice(66))]
  const hashAt = (place: Place, e2: typeof e, v2: typeof v): bigint => Fn.fromBytes(capsuleHash(e2.toBytes(), v2.toBytes(), place))
  const tries = (e2: typeof e, v2: typeof v, ...scalars: bigint[]): void => {
    for (const scalar of scalars) {
      const made = Buffer.concat([e2.toBytes(), v2.toBytes(), Fn.toBytes(scalar)])
      refuses(t, 'CAPSULE_INVALID', () => Capsule.fromBytes(made, OTHER_PLACE), toHex(made))
    }
  }
  const h = hashAt(PLACE, e, v)
  for (const [a, b] of [[1n, 0n], [2n, 0n], [1n, 5n], [Fn.ORDER - 1n, 7n], [3n, 11n]] as const) {
    // E' = aE + bG and V' = aV + bG: the key seed is a known function of the other's.
    const shift = (p: typeof e): typeof e => b === 0n ? p.multiply(a) : p.multiply(a).add(Point.BASE.multiply(b))
    const [e2, v2] = [shift(e), shift(v)]
    const [h1, h2] = [hashAt(PLACE, e2, v2), hashAt(OTHER_PLACE, e2, v2)]
    const known = (hash: bigint): bigint => Fn.add(Fn.mul(a, s), Fn.mul(b, Fn.add(1n, hash)))
    tries(e2, v2, s, known(h), known(h1), known(h2))
    // The same sum, parted otherwise: E' + V' = E + V.
    tries(e2, e.add(v).subtract(e2), s, known(h), known(h2))
  }
  tries(v, e, s, Fn.mul(s, Fn.inv(h)))
  tries(e, Point.BASE.multiply(s).subtract(e.multiply(h)), s)
  t.end()
})

t.test('a capsule with any bit flipped is refused', (t) => {
  const [bytes, umbralBytes] = [capsule.toBytes(), unplaced.toUmbralBytes()]
  for (let index = 0; index < bytes.length; index++) {
    refuses(
      t,
      'CAPSULE_INVALID',
      () => Capsule.fromBytes(flipBit(bytes, index, index % 8), PLACE),
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
  refuses(t, 'CAPSULE_INVALID', () => Capsule.fromBytes(bytes.subarray(1), PLACE), 'too short')
  refuses(t, 'CAPSULE_INVALID', () => Capsule.fromBytes(Buffer.concat([bytes, Buffer.of(0)]), PLACE), 'trailing byte')
  refuses(t, 'CAPSULE_INVALID', () => Capsule.fromUmbralBytes(Buffer.concat([capsule.toUmbralBytes(), Buffer.of(0)])), 'trailing byte')
  refuses(t, 'CAPSULE_INVALID', () => Capsule.fromUmbralBytes(bytes), 'simple form for the other')
  for (const [what, point] of BAD_POINTS) {
    refuses(t, 'CAPSULE_INVALID', () => Capsule.fromBytes(Buffer.concat([point, bytes.subarray(33)]), PLACE), what)
    refuses(t, 'CAPSULE_INVALID', () => Capsule.fromBytes(Buffer.concat([bytes.subarray(0, 33), point, bytes.subarray(66)]), PLACE), what)
  }
  for (const scalar of [
    Buffer.alloc(32), GROUP_ORDER
  ]) refuses(t, 'CAPSULE_INVALID', () => Capsule.fromBytes(Buffer.concat([bytes.subarray(0, 66), scalar]), PLACE), 'scalar')
  t.end()
})

t.test('MessagePack in another spelling than umbral-pre writes is refused', (t) => {
  const bytes = Buffer.from(unplaced.toUmbralBytes())
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
  const other = encapsulate(secret.publicKey(), PLACE)
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
