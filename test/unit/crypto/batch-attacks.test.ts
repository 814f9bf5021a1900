import { secp256k1 } from '@noble/curves/secp256k1.js'
import {
  Batch, BatchOpener, concatBytes, createWrap, encapsulate, parseWrap, reencrypt, reencryptBatch, sha256, toHex, utf8,
  verifyBatch, verifyCfrag
} from '@epione/crypto'
import type { Capsule, VerifiedFragment, VerifiedKfrag } from '@epione/crypto'
import t from 'tap'
import { openByCfrags } from '../../helpers/open-by-cfrags.ts'
import { flipBit, listKfrag, makeGrant, refuses, seeded } from './support.ts'
import { PLACE } from '../../helpers/places.ts'

const { Point } = secp256k1
const { Fn } = Point
const LAMBDA = BigInt('0x5363ad4cc05c30e0a5261c028812645a122e22ea20816678df02967c1b23bd72')
const [K, U_NONCE, SUM_NONCE, Z, E1] = [98, 131, 164, 197, 293]
const grant = makeGrant(2, 3, 'batch attacks')
const [first, second, third] = grant.kfrags as [VerifiedKfrag, VerifiedKfrag, VerifiedKfrag]
const { keys, receiving } = grant
const contentKeys = [0, 1, 2, 3].map((index) => seeded(`content key ${index}`)(32))
const wraps = contentKeys.map((key) => createWrap(keys.delegatingKey, key, PLACE))
const capsules = wraps.map((wrap) => parseWrap(wrap, PLACE).capsule)
const rk = Fn.fromBytes(first.toBytes().slice(73, 105))

/* The weights as the protocol page has them. */
function weightsOf (batch: Uint8Array): bigint[] {
  const [count, u32] = [(batch.length - E1) / 33, (value: number) => Uint8Array.of(0, 0, 0, value)]
  const transcript = sha256(concatBytes(
    utf8('epione/batch'), batch.slice(0, U_NONCE), u32(count), ...capsules.slice(0, count).map((capsule) => capsule.toBytes()), batch.slice(E1)))
  return Array.from({ length: count }, (_, index) => {
    const digest = sha256(concatBytes(utf8('epione/batch-weight'), transcript, u32(index)))
    const half = (from: number): bigint => BigInt(`0x${toHex(digest.slice(from, from + 8))}`) | 1n
    return Fn.create(half(0) + half(8) * LAMBDA)
  })
}

/* Proves with rk itself whatever the bytes before say, as a prover who does not care for the truth does. */
function reproved (batch: Uint8Array): Uint8Array {
  const count = (batch.length - E1) / 33
  const [weights, nonce, u32] = [weightsOf(batch), 12345n, (value: number) => Uint8Array.of(0, 0, 0, value)]
  const base = capsules.slice(0, count).reduce((sum, capsule, i) =>
    sum.add(Point.fromBytes(capsule.toBytes().slice(0, 33)).multiply(weights[i] ?? 1n)), Point.BASE)
  const made = Uint8Array.from(batch)
  const parameterU = Point.fromHex('03079390d0fbe220fc34aab8ecbf49098098036820fadb98c03143e55db8ec73cd')
  made.set(parameterU.multiply(nonce).toBytes(true), U_NONCE)
  made.set(base.multiply(nonce).toBytes(true), SUM_NONCE)
  const transcript = sha256(concatBytes(
    utf8('epione/batch'), made.slice(0, U_NONCE), u32(count), ...capsules.slice(0, count).map((capsule) => capsule.toBytes()), made.slice(E1)))
  const digest = sha256(concatBytes(utf8('epione/batch-proof'), transcript, made.slice(U_NONCE, Z)))
  const challenge = BigInt(`0x${toHex(digest)}`) % (Fn.ORDER - 1n) + 1n
  made.set(Fn.toBytes(Fn.create(nonce + challenge * rk)), Z)
  return made
}

const proven = (bytes: Uint8Array, of: readonly Capsule[] = capsules): VerifiedFragment[] =>
  verifyBatch(Batch.fromBytes(bytes), of, listKfrag(first, keys))

t.test('errors of two cfrags that cancel out under the weights of one transcript do not under their own', (t) => {
  const honest = reencryptBatch(capsules, first, seeded('proof')).toBytes()
  t.equal(proven(reproved(honest)).length, 4, 'the prover of this test proves what is right')
  const [one = 0n, two = 0n] = weightsOf(honest)
  const error = Point.BASE.multiply(777n)
  const at = (bytes: Uint8Array, index: number): InstanceType<typeof Point> =>
    Point.fromBytes(bytes.slice(E1 + 33 * index, E1 + 33 * index + 33))
  const lie = Uint8Array.from(honest)
  lie.set(at(honest, 0).add(error.multiply(two)).toBytes(true), E1)
  lie.set(at(honest, 1).add(error.multiply(one).negate()).toBytes(true), E1 + 33)
  const sum = (bytes: Uint8Array): InstanceType<typeof Point> => at(bytes, 0).multiply(one).add(at(bytes, 1).multiply(two))
  t.ok(sum(lie).equals(sum(honest)), 'under the weights before the lie nothing shows')
  refuses(t, 'CFRAG_INVALID', () => proven(lie), 'with the proof of what is right')
  refuses(t, 'CFRAG_INVALID', () => proven(reproved(lie)), 'with a proof made for the lie')
  t.end()
})

t.test('an error in K that one cfrag makes up for does not pass, and neither does K alone', (t) => {
  const honest = reencryptBatch(capsules, first, seeded('proof')).toBytes()
  const [one = 0n] = weightsOf(honest)
  const error = Point.BASE.multiply(777n)
  const moved = (offset: number, by: InstanceType<typeof Point>, bytes: Uint8Array): Uint8Array => {
    const made = Uint8Array.from(bytes)
    made.set(Point.fromBytes(bytes.slice(offset, offset + 33)).add(by).toBytes(true), offset)
    return made
  }
  const withK = moved(K, error.multiply(one), honest)
  for (const lie of [withK, moved(E1, error.negate(), withK)]) {
    refuses(t, 'CFRAG_INVALID', () => proven(lie), 'as it was proven')
    refuses(t, 'CFRAG_INVALID', () => proven(reproved(lie)), 'proven anew')
  }
  t.end()
})

t.test('an opener opens each wrap of a batch, by any threshold of proxies, as single cfrags do', (t) => {
  const opener = new BatchOpener(receiving, keys.delegatingKey)
  const byProxy = [first, second, third].map((kfrag) =>
    verifyBatch(Batch.fromBytes(reencryptBatch(capsules, kfrag).toBytes()), capsules, listKfrag(kfrag, keys)))
  for (const pair of [[0, 1], [2, 0], [1, 2], [0, 1, 2]]) {
    wraps.forEach((wrap, index) => {
      const fragments = pair.flatMap((proxy) => byProxy[proxy]?.[index] ?? [])
      t.strictSame(opener.open(wrap, fragments), contentKeys[index], `${pair.join()}: ${index}`)
      t.strictSame(openByCfrags(wrap, receiving, keys.delegatingKey, fragments), contentKeys[index])
    })
  }
  const [wrap = new Uint8Array(), capsule = capsules[1]] = [wraps[0], capsules[0]]
  if (capsule === undefined) throw new TypeError('four were made')
  const single = [first, second].map((kfrag) => verifyCfrag(reencrypt(capsule, kfrag), capsule, keys))
  t.strictSame(openByCfrags(wrap, receiving, keys.delegatingKey, single), contentKeys[0])
  t.end()
})

t.test('an opener opens nothing with too few, with fragments of another wrap or grant, or what does not decrypt', (t) => {
  const opener = new BatchOpener(receiving, keys.delegatingKey)
  const of = (kfrag: VerifiedKfrag, made = capsules, by = keys): VerifiedFragment[] =>
    verifyBatch(reencryptBatch(made, kfrag), made, listKfrag(kfrag, by))
  const [a, b] = [of(first), of(second)] as [VerifiedFragment[], VerifiedFragment[]]
  const take = (list: readonly VerifiedFragment[], index: number): VerifiedFragment => list[index] ?? (() => { throw new TypeError('four were made') })()
  const wrap = wraps[0] ?? new Uint8Array()
  const fitting = [take(a, 0), take(b, 0)]
  refuses(t, 'KFRAGS_INCONSISTENT', () => opener.open(wrap, fitting.slice(1)), 'one of two')
  refuses(t, 'KFRAGS_INCONSISTENT', () => opener.open(wrap, [take(a, 0), take(a, 0)]), 'one twice')
  refuses(t, 'KFRAGS_INCONSISTENT', () => opener.open(wrap, [take(a, 1), take(b, 1)]), 'of another wrap')
  refuses(t, 'KFRAGS_INCONSISTENT', () => opener.open(wrap, [take(a, 0), take(b, 1)]), 'of two wraps')
  refuses(t, 'WRAP_INVALID', () => opener.open(wrap.slice(1), fitting), 'no wrap')
  refuses(t, 'DECRYPTION_FAILED', () => opener.open(flipBit(wrap, 169), fitting), 'a wrap that holds something else')
  t.throws(() => opener.open(wrap, []), RangeError)
  const strange = makeGrant(2, 3, 'another grant')
  const capsule = encapsulate(keys.delegatingKey, PLACE).capsule
  const [kfrag] = strange.kfrags
  if (kfrag === undefined) throw new TypeError('three were made')
  const foreign = take(of(kfrag, [capsule], strange.keys), 0)
  const own = take(of(first, [capsule]), 0)
  refuses(t, 'KFRAGS_INCONSISTENT', () => opener.open(concatBytes(capsule.toBytes(), new Uint8Array(72)), [own, foreign]), 'of two grants')
  const other = new BatchOpener(receiving, strange.keys.delegatingKey)
  refuses(t, 'KFRAGS_INCONSISTENT', () => other.open(wrap, fitting), 'for another compartment')
  t.strictSame(opener.open(wrap, fitting), contentKeys[0], 'and what it has refused spoils nothing')
  t.end()
})
