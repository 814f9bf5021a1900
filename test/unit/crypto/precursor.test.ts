import { secp256k1 } from '@noble/curves/secp256k1.js'
import {
  concatBytes, createWrap, exportSecret, fromHex, generateKfrags, Kfrag, openWrapOriginal, parseWrap, PRECURSOR_PROOF_BYTES, provePrecursor,
  PublicKey, reencrypt, SecretKey, toHex, verifyCfrag, verifyKfrag, verifyPrecursor
} from '@epione/crypto'
import type { PrecursorGrant, ProvenPrecursor, RandomSource, VerifiedCfrag, VerifiedKfrag, VerifiedPrecursor } from '@epione/crypto'
import t from 'tap'
import { decryptDem } from '../../../crypto/dist/dem.js'
import { discloseSharedPoint } from '../../../crypto/dist/evidence.js'
import { decapsulateShared } from '../../../crypto/dist/pre.js'
import { BAD_POINTS, flipBit, GROUP_ORDER, makeGrant, precursorSecretOf, provePrecursorByHand, refuses, seeded } from './support.ts'
import { PLACE } from '../../helpers/places.ts'

const { keys, kfrags, receiving, delegating } = makeGrant(2, 3, 'precursor')
const [kfrag] = kfrags as [VerifiedKfrag]
const place = { networkId: new Uint8Array(32).fill(7), patientId: 'a'.repeat(32), label: 'ab'.repeat(32), epoch: 3 }
const grant: PrecursorGrant = { ...place, delegatingKey: keys.delegatingKey, receivingKey: keys.receivingKey }
const proven = provePrecursor(kfrag, place)
const other = SecretKey.random().publicKey()

t.test('the maker of kfrags proves their precursor, for one compartment, patient, network and pair of keys', (t) => {
  t.equal(fromHex(proven.proof).length, PRECURSOR_PROOF_BYTES)
  for (const each of kfrags) t.ok(verifyPrecursor(proven, grant).equals(each.precursor))
  for (const [what, change] of Object.entries({
    network: { networkId: new Uint8Array(32) },
    patient: { patientId: 'b'.repeat(32) },
    label: { label: 'ac'.repeat(32) },
    epoch: { epoch: 4 },
    delegating: { delegatingKey: other },
    receiving: { receivingKey: other },
    swapped: { delegatingKey: keys.receivingKey, receivingKey: keys.delegatingKey }
  })) refuses(t, 'PRECURSOR_INVALID', () => verifyPrecursor(proven, { ...grant, ...change }), what)
  t.end()
})

t.test('a proof made by the words of the protocol page verifies', (t) => {
  const [made] = generateKfrags({
    delegatingKey: delegating,
    receivingKey: keys.receivingKey,
    signingKey: SecretKey.random(),
    threshold: 2,
    shares: 2,
    rng: seeded('by hand')
  })
  const byHand = provePrecursorByHand(precursorSecretOf(seeded('by hand')), grant)
  t.ok(verifyPrecursor(byHand, grant).equals(made?.precursor ?? new Uint8Array()))
  t.end()
})

t.test('another spelling, point, nonce or scalar is refused', (t) => {
  const [point, proof] = [fromHex(proven.point), fromHex(proven.proof)]
  const cases: [string, ProvenPrecursor][] = [
    ['upper case', { ...proven, point: proven.point.toUpperCase() }],
    ['a longer proof', { ...proven, proof: `${proven.proof}00` }],
    ['a shorter proof', { ...proven, proof: proven.proof.slice(2) }],
    ['the negative of X', { ...proven, point: toHex(flipBit(point, 0)) }],
    ['the negative of R', { ...proven, proof: toHex(flipBit(proof, 0)) }],
    ['another z', { ...proven, proof: toHex(flipBit(proof, 64)) }],
    ['z of zero', { ...proven, proof: toHex(concatBytes(proof.slice(0, 33), new Uint8Array(32))) }],
    ['z of the group order', { ...proven, proof: toHex(concatBytes(proof.slice(0, 33), GROUP_ORDER)) }],
    ...BAD_POINTS.flatMap(([what, bytes]): [string, ProvenPrecursor][] => [
      [`X: ${what}`, { ...proven, point: toHex(bytes) }], [`R: ${what}`, { ...proven, proof: toHex(concatBytes(bytes, proof.slice(33))) }]
    ])
  ]
  for (const [what, changed] of cases) refuses(t, 'PRECURSOR_INVALID', () => verifyPrecursor(changed, grant), what)
  t.end()
})

t.test('without knowing x nobody proves it: R chosen to fit any z needs the challenge first', (t) => {
  // R = zG - cX for a c guessed beforehand; the challenge of that R is another one.
  const [z, c] = [secp256k1.Point.Fn.fromBytes(seeded('z')(32)), secp256k1.Point.Fn.fromBytes(seeded('c')(32))]
  const nonce = secp256k1.Point.BASE.multiply(z).subtract(secp256k1.Point.fromHex(proven.point).multiply(c)).toBytes(true)
  refuses(
    t,
    'PRECURSOR_INVALID',
    () => verifyPrecursor({ ...proven, proof: toHex(concatBytes(nonce, seeded('z')(32))) }, grant),
    'simulated'
  )
  t.end()
})

t.test('a broken random source repeats no nonce for another proof, and a proof does not tell x', (t) => {
  const stuck: RandomSource = (length) => new Uint8Array(length)
  const nonceOf = (made: ProvenPrecursor): string => made.proof.slice(0, 66)
  const made = [place, { ...place, epoch: 4 }, { ...place, patientId: 'b'.repeat(32) }].map((where) =>
    nonceOf(provePrecursor(kfrag, where, stuck)))
  const [foreign] = makeGrant(2, 3, 'another').kfrags as [VerifiedKfrag]
  t.equal(new Set([...made, nonceOf(provePrecursor(foreign, place, stuck))]).size, 4)
  t.equal(nonceOf(provePrecursor(kfrag, place, stuck)), made[0], 'the same proof is made again')
  t.not(nonceOf(provePrecursor(kfrag, place)), nonceOf(provePrecursor(kfrag, place)), 'with randomness each is another')
  t.end()
})

t.test('only who made the kfrags proves their precursor', (t) => {
  const received = verifyKfrag(Kfrag.fromBytes(kfrag.toBytes()), keys)
  t.throws(() => provePrecursor(received, place), { name: 'TypeError' })
  t.end()
})

/* A made-up patient's kfrags with a precursor of their choice: random rk, signed as if they were of one polynomial. */
function forgeKfrags (precursor: Uint8Array): { kfrags: VerifiedKfrag[], delegatingKey: PublicKey } {
  const [signing, delegatingKey] = [SecretKey.random(), SecretKey.random().publicKey()]
  const forged = generateKfrags({
    delegatingKey: SecretKey.random(),
    receivingKey: keys.receivingKey,
    signingKey: signing,
    threshold: 2,
    shares: 3
  }).map((made) => {
    const bytes = made.toBytes()
    bytes.set(precursor, 107)
    const message = concatBytes(
      made.id,
      made.commitment,
      precursor,
      Uint8Array.of(1),
      delegatingKey.toBytes(),
      Uint8Array.of(1),
      keys.receivingKey.toBytes()
    )
    const signature = secp256k1.sign(message, exportSecret(signing), { prehash: true, lowS: true, format: 'compact' })
    bytes.set(signature, 178)
    bytes.set(signature, 244)
    return verifyKfrag(Kfrag.fromBytes(bytes), { signingKey: signing.publicKey(), delegatingKey, receivingKey: keys.receivingKey })
  })
  return { kfrags: forged, delegatingKey }
}

/* What one gateway knows of the victim's grant: the cfrags that a reader once got, and whatever point is disclosed to it. */
const contentKey = seeded('victim content')(32)
const wrap = createWrap(keys.delegatingKey, contentKey, PLACE, seeded('victim wrap'))
const { capsule, ciphertext } = parseWrap(wrap, PLACE)
const seen = kfrags.slice(0, 2).map((each) => reencrypt(capsule, each))
const openAsGateway = (shared: Uint8Array): Uint8Array =>
  decryptDem(
    decapsulateShared(keys.receivingKey, secp256k1.Point.fromBytes(shared).toBytes(false) as never, keys.delegatingKey, capsule, seen),
    ciphertext,
    capsule
  )
const y = seeded('y')(32)

for (const [what, shift] of [['copied', undefined], ['shifted by yG', y]] as const) {
  t.test(`a precursor ${what} from a victim's grant discloses nothing, though its kfrags and cfrags verify`, (t) => {
    const victim = secp256k1.Point.fromBytes(kfrag.precursor)
    const precursor = (shift === undefined ? victim : victim.add(generatorTimes(shift))).toBytes(true)
    const forged = forgeKfrags(precursor)
    const fresh = parseWrap(createWrap(forged.delegatingKey, seeded('bait')(32), PLACE), PLACE).capsule
    t.equal(forged.kfrags.map((each) => reencrypt(fresh, each)).length, 3)
    const claim: PrecursorGrant = { ...grant, patientId: 'b'.repeat(32), delegatingKey: forged.delegatingKey }
    for (const proof of [
      proven.proof,
      provePrecursor(makeGrant(2, 3, 'own').kfrags[0] as VerifiedKfrag, { ...place, patientId: 'b'.repeat(32) }).proof
    ]) {
      refuses(t, 'PRECURSOR_INVALID', () => verifyPrecursor({ point: toHex(precursor), proof }, claim), what)
    }
    t.throws(
      () => discloseSharedPoint(receiving, precursor as unknown as VerifiedPrecursor),
      { name: 'TypeError' },
      'and bytes alone are no proven precursor'
    )
    // What is at stake: the shared point of the forged grant, were it disclosed, takes the victim's content key.
    const disclosed = secp256k1.Point.fromBytes(precursor).multiply(secp256k1.Point.Fn.fromBytes(exportSecret(receiving)))
    const shared = shift === undefined
      ? disclosed
      : disclosed.subtract(secp256k1.Point.fromBytes(keys.receivingKey.toBytes()).multiply(secp256k1.Point.Fn.fromBytes(shift)))
    t.strictSame(openAsGateway(shared.toBytes(true)), contentKey)
    t.strictSame(openWrapOriginal(wrap, PLACE, delegating), contentKey)
    t.end()
  })
}

function generatorTimes (scalar: Uint8Array): typeof secp256k1.Point.BASE {
  return secp256k1.Point.BASE.multiply(secp256k1.Point.Fn.fromBytes(scalar))
}

t.test('a shared point is disclosed for a proven precursor of the own key alone', (t) => {
  const verified = verifyPrecursor(proven, grant)
  t.equal(discloseSharedPoint(receiving, verified).length, 131)
  t.throws(() => discloseSharedPoint(SecretKey.random(), verified), { name: 'TypeError' })
  const cfrag: VerifiedCfrag = verifyCfrag(seen[0] as VerifiedCfrag, capsule, keys)
  t.ok(verified.equals(cfrag.precursor))
  t.notOk(verified.equals(PublicKey.fromBytes(keys.delegatingKey.toBytes()).toBytes()))
  t.end()
})
