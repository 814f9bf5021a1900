import {
  Batch, Capsule, decapsulateReencrypted, encapsulate, generateKfrags, MAX_BATCH, reencrypt, reencryptBatch, toHex, verifyBatch, verifyCfrag
} from '@epione/crypto'
import type { VerifiedFragment, VerifiedKfrag } from '@epione/crypto'
import t from 'tap'
import { showOpening, verifyOpening } from '../../../crypto/dist/shown-opening.js'
import { BAD_POINTS, flipBit, GROUP_ORDER, listKfrag, makeGrant, refuses, seeded } from './support.ts'
import { PLACE } from '../../helpers/places.ts'

const SIZE = 5
const { delegating, keys, kfrags, receiving, signing } = makeGrant(2, 3, 'batch')
const sealed = Array.from({ length: SIZE }, (_, index) => encapsulate(keys.delegatingKey, PLACE, seeded(`capsule ${index}`)))
const capsules = sealed.map(({ capsule }) => Capsule.fromBytes(capsule.toBytes(), PLACE))
const [first, second, third] = kfrags as [VerifiedKfrag, VerifiedKfrag, VerifiedKfrag]
const listed = listKfrag(first, keys)
const bytes = reencryptBatch(capsules, first, seeded('proof')).toBytes()
const [PRECURSOR, COMMITMENT, IMAGE, U_NONCE, SUM_NONCE, Z, SIGNATURE, E1] = [32, 65, 98, 131, 164, 197, 229, 293]

function verified (kfrag: VerifiedKfrag): VerifiedFragment[] {
  return verifyBatch(Batch.fromBytes(reencryptBatch(capsules, kfrag).toBytes()), capsules, listKfrag(kfrag, keys))
}

function replaced (start: number, part: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy.set(part, start)
  return copy
}

/* What a proxy gets when it lies: decoding may refuse already. */
function verifying (changed: Uint8Array): () => unknown {
  return () => verifyBatch(Batch.fromBytes(changed), capsules, listed)
}

t.test('batches of a threshold of proxies open every capsule, alone and mixed with single cfrags', (t) => {
  const [a, b] = [verified(first), verified(second)]
  capsules.forEach((capsule, index) => {
    const [fromFirst, fromSecond] = [a[index], b[index]]
    if (fromFirst === undefined || fromSecond === undefined) throw new TypeError('one for each capsule')
    const single = verifyCfrag(reencrypt(capsule, third), capsule, keys)
    const seed = toHex(sealed[index]?.keySeed ?? new Uint8Array())
    t.equal(toHex(decapsulateReencrypted(receiving, keys.delegatingKey, capsule, [fromFirst, fromSecond])), seed)
    t.equal(toHex(decapsulateReencrypted(receiving, keys.delegatingKey, capsule, [single, fromSecond])), seed)
    refuses(t, 'KFRAGS_INCONSISTENT', () => decapsulateReencrypted(receiving, keys.delegatingKey, capsule, [fromFirst]), 'one of two')
  })
  t.end()
})

t.test('a fragment opens no other capsule of its batch', (t) => {
  const [a, b] = [verified(first), verified(second)]
  const [one, other] = [a[0], b[0]]
  if (one === undefined || other === undefined || capsules[1] === undefined) throw new TypeError('one for each capsule')
  const stranger = capsules[1]
  refuses(t, 'KFRAGS_INCONSISTENT', () => decapsulateReencrypted(receiving, keys.delegatingKey, stranger, [one, other]), 'another capsule')
  t.end()
})

t.test('a batch has 293 bytes and 33 for each capsule, and comes back the same', (t) => {
  t.equal(bytes.length, 293 + 33 * SIZE)
  const batch = Batch.fromBytes(bytes)
  t.strictSame(batch.toBytes(), bytes)
  t.equal(batch.size, SIZE)
  t.strictSame([batch.kfragId, batch.commitment, batch.precursor], [first.id, first.commitment, first.precursor])
  t.strictSame(reencryptBatch(capsules, first, seeded('proof')).toBytes(), bytes, 'replays')
  t.notSame(reencryptBatch(capsules, first).toBytes(), bytes, 'is new each time')
  t.end()
})

t.test('a batch of one and of the most are proven, none and more are refused', (t) => {
  const [capsule] = capsules
  if (capsule === undefined) throw new TypeError('some were made')
  for (const count of [1, MAX_BATCH]) {
    const many = Array.from({ length: count }, () => capsule)
    t.equal(verifyBatch(reencryptBatch(many, first), many, listed).length, count)
  }
  t.throws(() => reencryptBatch([], first), RangeError)
  t.throws(() => reencryptBatch(Array.from({ length: MAX_BATCH + 1 }, () => capsule), first), RangeError)
  refuses(t, 'CFRAG_INVALID', () => Batch.fromBytes(bytes.subarray(0, 293)), 'none')
  refuses(
    t,
    'CFRAG_INVALID',
    () =>
      Batch.fromBytes(Buffer.concat([bytes.subarray(0, 293), ...Array.from({ length: MAX_BATCH + 1 }, () => bytes.subarray(E1, E1 + 33))])),
    'too many'
  )
  t.end()
})

t.test('a batch with any byte changed is refused', (t) => {
  for (let index = 0; index < bytes.length; index++) {
    refuses(
      t,
      'CFRAG_INVALID',
      verifying(flipBit(bytes, index, index % 8)),
    `byte ${index}`
    )
  }
  for (const changed of [
    bytes.subarray(1), bytes.subarray(0, -1), Buffer.concat([bytes, Buffer.of(0)]), bytes.subarray(0, -33)
  ]) refuses(t, 'CFRAG_INVALID', verifying(changed), 'length')
  for (const start of [PRECURSOR, COMMITMENT, IMAGE, U_NONCE, SUM_NONCE, E1]) {
    for (const [what, point] of BAD_POINTS) refuses(t, 'CFRAG_INVALID', () => Batch.fromBytes(replaced(start, point)), `${start}: ${what}`)
  }
  for (const scalar of [Buffer.alloc(32), GROUP_ORDER]) refuses(t, 'CFRAG_INVALID', () => Batch.fromBytes(replaced(Z, scalar)), 'z')
  refuses(t, 'CFRAG_INVALID', () => Batch.fromBytes(replaced(SIGNATURE, GROUP_ORDER)), 'r')
  t.end()
})

t.test('a batch is proven for its capsules in their order, its reader and its signer alone', (t) => {
  const batch = Batch.fromBytes(bytes)
  refuses(t, 'CFRAG_INVALID', () => verifyBatch(batch, capsules.toReversed(), listed), 'another order')
  refuses(t, 'CFRAG_INVALID', () => verifyBatch(batch, capsules.slice(1), listed), 'one fewer')
  const stranger = encapsulate(keys.delegatingKey, PLACE).capsule
  refuses(t, 'CFRAG_INVALID', () => verifyBatch(batch, [...capsules.slice(1), stranger], listed), 'another capsule')
  const other = makeGrant(1, 1, 'someone else').keys
  for (const name of [
    'signingKey', 'delegatingKey', 'receivingKey'
  ] as const) refuses(t, 'CFRAG_INVALID', () => verifyBatch(batch, capsules, { ...listed, keys: { ...keys, [name]: other[name] } }), name)
  t.end()
})

t.test('a batch is proven for the kfrag that the consent lists alone, and for the precursor that was proven', (t) => {
  const batch = Batch.fromBytes(bytes)
  const other = listKfrag(second, keys)
  for (const name of ['kfragId', 'commitment'] as const) {
    refuses(t, 'CFRAG_INVALID', () => verifyBatch(batch, capsules, { ...listed, [name]: other[name] }), name)
  }
  // Signed by the same patient for the same keys, with a precursor that nobody has proven for this consent.
  const [again] = makeGrant(2, 3, 'batch').kfrags
  const fresh = generateKfrags({
    delegatingKey: delegating,
    receivingKey: keys.receivingKey,
    signingKey: signing,
    threshold: 2,
    shares: 3
  })[0]
  if (again === undefined || fresh === undefined) throw new TypeError('three were made')
  t.equal(verifyBatch(batch, capsules, listKfrag(again, keys)).length, SIZE)
  const foreign = reencryptBatch(capsules, fresh)
  const claimed = { ...listed, kfragId: toHex(fresh.id), commitment: toHex(fresh.commitment) }
  refuses(t, 'CFRAG_INVALID', () => verifyBatch(foreign, capsules, claimed), 'precursor')
  t.equal(verifyBatch(foreign, capsules, listKfrag(fresh, keys)).length, SIZE)
  t.end()
})

t.test('an opening is shown with fragments of batches as with cfrags', (t) => {
  const [a, b] = [verified(first)[0], verified(second)[0]]
  const [capsule] = capsules
  if (a === undefined || b === undefined || capsule === undefined) throw new TypeError('one for each capsule')
  const shown = { delegatingKey: keys.delegatingKey, capsule, cfrags: [a, b] }
  const opening = showOpening(receiving, shown)
  t.equal(toHex(verifyOpening(opening, shown)), toHex(sealed[0]?.keySeed ?? new Uint8Array()))
  refuses(t, 'EVIDENCE_INVALID', () => verifyOpening(opening, { ...shown, cfrags: [b, a] }), 'another order')
  t.end()
})

t.test('two images swapped, though each is right, are refused', (t) => {
  const swapped = Uint8Array.from(bytes)
  swapped.set(bytes.subarray(E1, E1 + 33), E1 + 33)
  swapped.set(bytes.subarray(E1 + 33, E1 + 66), E1)
  refuses(t, 'CFRAG_INVALID', verifying(swapped), 'E1 of two capsules')
  const [kfrag] = makeGrant(2, 3, 'another grant').kfrags
  if (kfrag === undefined) throw new TypeError('three were made')
  const foreign = reencryptBatch(capsules, kfrag).toBytes()
  refuses(t, 'CFRAG_INVALID', verifying(replaced(IMAGE, foreign.subarray(IMAGE, IMAGE + 33))), 'K of another kfrag')
  refuses(t, 'CFRAG_INVALID', verifying(replaced(E1, foreign.subarray(E1, E1 + 33))), 'E1 by another kfrag')
  refuses(t, 'CFRAG_INVALID', verifying(replaced(0, foreign.subarray(0, 98))), 'names of another kfrag')
  t.end()
})
