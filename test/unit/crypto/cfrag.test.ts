import { createHash } from 'node:crypto'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { Capsule, Cfrag, decapsulateReencrypted, encapsulate, reencrypt, SecretKey, toHex, verifyCfrag } from '@epione/crypto'
import type { VerifiedCfrag } from '@epione/crypto'
import fc from 'fast-check'
import t from 'tap'
import { BAD_POINTS, flipBit, GROUP_ORDER, makeGrant, refuses, runs, seeded, SLOW, withHighS } from './support.ts'
import { PLACE } from '../../helpers/places.ts'

/* Where the fields of the 359 bytes start. */
const POINTS = { e1: 0, v1: 33, precursor: 98, e2: 131, v2: 164, commitment: 197, u2: 230 }
const [Z, SIGNATURE] = [263, 295]
const ORDER = secp256k1.Point.Fn.ORDER

const { keys, kfrags, receiving, delegating } = makeGrant(2, 3)
const { capsule, keySeed } = encapsulate(keys.delegatingKey, PLACE, seeded('cfrag'))
const cfrags = kfrags.map((kfrag) => reencrypt(capsule, kfrag, seeded('proof'))) as [VerifiedCfrag, VerifiedCfrag, VerifiedCfrag]
const bytes = cfrags[0].toBytes()
const other = SecretKey.random(seeded('other'))

type Point = ReturnType<typeof secp256k1.Point.fromBytes>

function fromNumber (scalar: Uint8Array): bigint {
  return BigInt(`0x${toHex(scalar)}`)
}

function pointAt (encoded: Uint8Array, offset: number): Point {
  return secp256k1.Point.fromBytes(Uint8Array.from(encoded.subarray(offset, offset + 33)))
}

/** umbral-pre's hash to a scalar. */
function taggedScalar (tag: string, ...parts: Uint8Array[]): bigint {
  const digest = createHash('sha256').update(Buffer.of(0, 0, 0, tag.length)).update(tag).update(Buffer.concat(parts)).digest()
  return fromNumber(digest) % (ORDER - 1n) + 1n
}

function replaced (start: number, part: Uint8Array): Uint8Array {
  return Buffer.concat([bytes.subarray(0, start), part, bytes.subarray(start + part.length)])
}

function open (answers: readonly VerifiedCfrag[], secret = receiving): Uint8Array {
  return decapsulateReencrypted(secret, keys.delegatingKey, capsule, answers)
}

t.test('a cfrag has 359 bytes, names its kfrag and verifies', (t) => {
  t.equal(bytes.length, 359)
  t.equal(cfrags[0].toUmbralBytes().length, 381)
  const verified = verifyCfrag(Cfrag.fromBytes(bytes), capsule, keys)
  t.strictSame(verified.toBytes(), bytes)
  t.strictSame(Cfrag.fromUmbralBytes(verified.toUmbralBytes()).toBytes(), bytes)
  t.equal(toHex(verified.kfragId), toHex(kfrags[0]?.id ?? new Uint8Array()))
  t.equal(toHex(verified.commitment), toHex(kfrags[0]?.commitment ?? new Uint8Array()))
  t.end()
})

t.test('a cfrag is refused under any other key and for any other capsule', (t) => {
  const cfrag = Cfrag.fromBytes(bytes)
  for (const name of ['signingKey', 'delegatingKey', 'receivingKey'] as const) {
    refuses(t, 'CFRAG_INVALID', () => verifyCfrag(cfrag, capsule, { ...keys, [name]: other.publicKey() }), name)
  }
  refuses(t, 'CFRAG_INVALID', () => verifyCfrag(cfrag, encapsulate(keys.delegatingKey, PLACE).capsule, keys), 'another capsule: a replay')
  t.end()
})

t.test('a cfrag with any byte changed is refused', (t) => {
  for (let index = 0; index < bytes.length; index += SLOW ? 1 : 3) {
    refuses(t, 'CFRAG_INVALID', () => verifyCfrag(Cfrag.fromBytes(flipBit(bytes, index, index % 8)), capsule, keys), `byte ${index}`)
  }
  t.end()
})

t.test('a cfrag of another length, form, bad point, scalar or high S is refused', (t) => {
  refuses(t, 'CFRAG_INVALID', () => Cfrag.fromBytes(bytes.subarray(1)), 'too short')
  refuses(t, 'CFRAG_INVALID', () => Cfrag.fromBytes(Buffer.concat([bytes, Buffer.of(0)])), 'trailing byte')
  refuses(t, 'CFRAG_INVALID', () => Cfrag.fromUmbralBytes(Buffer.concat([cfrags[0].toUmbralBytes(), Buffer.of(0)])), 'trailing byte')
  refuses(t, 'CFRAG_INVALID', () => Cfrag.fromUmbralBytes(bytes), 'simple form for the other')
  for (const [name, start] of Object.entries(POINTS)) {
    for (const [what, point] of BAD_POINTS) refuses(t, 'CFRAG_INVALID', () => Cfrag.fromBytes(replaced(start, point)), `${name}: ${what}`)
  }
  for (const scalar of [Buffer.alloc(32), GROUP_ORDER]) refuses(t, 'CFRAG_INVALID', () => Cfrag.fromBytes(replaced(Z, scalar)), 'z')
  refuses(t, 'CFRAG_INVALID', () => Cfrag.fromBytes(replaced(SIGNATURE, withHighS(bytes.slice(SIGNATURE)))), 'high S')
  t.end()
})

t.test('each wrapping byte of the MessagePack form must be as umbral-pre writes it', (t) => {
  const umbralBytes = cfrags[0].toUmbralBytes()
  for (const index of [0, 1, 2, 36, 37, 71, 72, 105, 106, 140, 141, 142, 176, 315, 316]) {
    refuses(t, 'CFRAG_INVALID', () => Cfrag.fromUmbralBytes(flipBit(umbralBytes, index, 1)), `byte ${index}`)
  }
  t.end()
})

t.test('any two of three cfrags open, in any order, and so do all three', (t) => {
  const [a, b, c] = cfrags
  for (const answers of [[a, b], [b, c], [c, a], [a, b, c], [c, b, a]]) t.strictSame(open(answers), keySeed)
  t.end()
})

t.test('fewer cfrags than the threshold open nothing', (t) => {
  for (const cfrag of cfrags) refuses(t, 'KFRAGS_INCONSISTENT', () => open([cfrag]), 'one of two')
  refuses(t, 'KFRAGS_INCONSISTENT', () => open([cfrags[0], cfrags[0]]), 'the same twice')
  t.throws(() => open([]), RangeError, 'none')
  t.end()
})

t.test('cfrags open for nobody but the reader, for no other capsule and under no other delegating key', (t) => {
  const answers = cfrags.slice(0, 2)
  refuses(t, 'KFRAGS_INCONSISTENT', () => open(answers, other), 'another reader')
  refuses(t, 'KFRAGS_INCONSISTENT', () => open(answers, delegating), 'the patient with the wrong key')
  const stranger = encapsulate(keys.delegatingKey, PLACE).capsule
  refuses(t, 'KFRAGS_INCONSISTENT', () => decapsulateReencrypted(receiving, keys.delegatingKey, stranger, answers), 'another capsule')
  refuses(t, 'KFRAGS_INCONSISTENT', () => decapsulateReencrypted(receiving, other.publicKey(), capsule, answers), 'another delegating key')
  t.end()
})

t.test('cfrags of two grants to the same reader do not combine', (t) => {
  const [again] = makeGrant(2, 3, 'another grant').kfrags
  if (again === undefined) throw new TypeError('three were made')
  t.throws(() => open([cfrags[0], reencrypt(capsule, again)]), { code: 'KFRAGS_INCONSISTENT', message: /different grants/ })
  t.end()
})

t.test('the proof is new each time it is made', (t) => {
  const [kfrag] = kfrags
  if (kfrag === undefined) throw new TypeError('three were made')
  t.notSame(reencrypt(capsule, kfrag).toBytes(), reencrypt(capsule, kfrag).toBytes())
  t.strictSame(reencrypt(capsule, kfrag, seeded('proof')).toBytes(), bytes)
  t.end()
})

t.test('a proxy that lies in one point and proves the others is refused', (t) => {
  const [kfrag] = kfrags
  if (kfrag === undefined) throw new TypeError('three were made')
  const { e, v, u, key } = {
    e: pointAt(capsule.toBytes(), 0),
    v: pointAt(capsule.toBytes(), 33),
    u: pointAt(kfrag.toBytes(), 4),
    key: fromNumber(kfrag.toBytes().slice(73, 105))
  }
  /* The proof as a proxy makes it, with the given factors in place of the kfrag's key. */
  const answer = (lie: { e1?: bigint, v1?: bigint, all?: bigint }): Cfrag => {
    const [nonce, used] = [7n, lie.all ?? key]
    const encode = (point: Point, factor: bigint): Uint8Array => point.multiply(factor).toBytes(true)
    const [e1, v1, e2, v2, u2] = [
      encode(e, lie.e1 ?? used), encode(v, lie.v1 ?? used), encode(e, nonce), encode(v, nonce), encode(u, nonce)
    ]
    const h = taggedScalar('CFRAG_VERIFICATION', e.toBytes(true), e1, e2, v.toBytes(true), v1, v2, u.toBytes(true), kfrag.commitment, u2)
    const z = Buffer.from(((nonce + used * h) % ORDER).toString(16).padStart(64, '0'), 'hex')
    return Cfrag.fromBytes(Buffer.concat([e1, v1, kfrag.id, bytes.subarray(98, 131), e2, v2, kfrag.commitment, u2, z, bytes.subarray(295)]))
  }
  t.ok(verifyCfrag(answer({}), capsule, keys), 'the truth passes')
  for (const [what, lie] of [['E1', { e1: key + 1n }], ['V1', { v1: key + 1n }], ['another key throughout', { all: key + 1n }]] as const) {
    refuses(t, 'CFRAG_INVALID', () => verifyCfrag(answer(lie), capsule, keys), what)
  }
  t.end()
})

t.test('an unverified cfrag is not taken for a verified one', (t) => {
  const unverified: unknown = Cfrag.fromBytes(bytes)
  t.throws(() => open([unverified as VerifiedCfrag, cfrags[1]]), TypeError)
  t.end()
})

t.test('for any sharing, any threshold of the proxies opens and one fewer does not', (t) => {
  const sharing = fc.integer({ min: 1, max: SLOW ? 7 : 4 }).chain((shares) => fc.record({
    shares: fc.constant(shares),
    threshold: fc.integer({
      min: 1,
      max: shares
    }),
    order: fc.shuffledSubarray([...Array(shares).keys()], { minLength: shares })
  }))
  fc.assert(fc.property(sharing, ({ shares, threshold, order }) => {
    const grant = makeGrant(threshold, shares, order.join())
    const sealed = encapsulate(grant.keys.delegatingKey, PLACE)
    const parsed = Capsule.fromBytes(sealed.capsule.toBytes(), PLACE)
    const answers = order.slice(0, threshold).map((index) => {
      const kfrag = grant.kfrags[index]
      if (kfrag === undefined) throw new TypeError('within the shares')
      return verifyCfrag(Cfrag.fromBytes(reencrypt(parsed, kfrag).toBytes()), parsed, grant.keys)
    })
    t.strictSame(decapsulateReencrypted(grant.receiving, grant.keys.delegatingKey, parsed, answers), sealed.keySeed)
    if (threshold > 1) {
      refuses(
        t,
        'KFRAGS_INCONSISTENT',
        () => decapsulateReencrypted(grant.receiving, grant.keys.delegatingKey, parsed, answers.slice(1)),
        'one fewer'
      )
    }
  }), runs(4))
  t.end()
})
