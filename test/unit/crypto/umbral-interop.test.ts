import { readFileSync } from 'node:fs'
import {
  Capsule, Cfrag, createWrap, decapsulateOriginal, decapsulateReencrypted, decryptDem, encapsulate, encryptDem, exportSecret, fromHex,
  generateKfrags, Kfrag, parseWrap, randomBytes, reencrypt, SecretKey, toHex, UNPLACED, utf8, verifyCfrag, verifyKfrag, verifyUmbralKfrag
} from '@epione/crypto'
import type { GrantKeys, SignedKeys } from '@epione/crypto'
import * as umbral from '@nucypher/umbral-pre'
import t from 'tap'
import { PLACE } from '../../helpers/places.ts'
import { makeGrant, seeded } from './support.ts'

/* Peer for peer: every object of ours is accepted and opened by umbral-pre, and every one of its by us. */

const SHARINGS = [[1, 1], [2, 3], [3, 5], [10, 20]] as const
const FLAGS = [
  { delegating: true, receiving: true }, { delegating: true, receiving: false }, { delegating: false, receiving: true },
  { delegating: false, receiving: false }
] as const
const PLAINTEXT = utf8('what one hospital wrote and another may read')

interface RecordedGrant {
  threshold: number
  shares: number
  signed: SignedKeys
  secrets: { delegating: string, receiving: string, signing: string }
  capsule: string
  capsuleSimple: string
  ciphertext: string
  kfrags: string[]
  cfrags: string[]
  cfragsSimple: string[]
}
interface Recorded { plaintext: string, grants: RecordedGrant[] }
const recorded = JSON.parse(readFileSync(new URL('../../vectors/umbral-pre.json', import.meta.url), 'utf8')) as Recorded

function peer (key: SecretKey): umbral.SecretKey {
  return umbral.SecretKey.fromBEBytes(exportSecret(key))
}

function keysOf (delegating: SecretKey, receiving: SecretKey, signing: SecretKey): GrantKeys {
  return { delegatingKey: delegating.publicKey(), receivingKey: receiving.publicKey(), signingKey: signing.publicKey() }
}

for (const [threshold, shares] of SHARINGS) {
  t.test(`umbral-pre verifies, re-encrypts with and opens what we make, ${threshold} of ${shares}`, (t) => {
    const { delegating, receiving, signing, kfrags } = makeGrant(threshold, shares, 'to the peer')
    const [a, b, s] = [peer(delegating), peer(receiving), peer(signing)]
    const { capsule, keySeed } = encapsulate(delegating.publicKey(), UNPLACED)
    const ciphertext = encryptDem(keySeed, PLAINTEXT, capsule)
    const theirs = umbral.Capsule.fromBytes(capsule.toUmbralBytes())
    t.equal(toHex(theirs.toBytesSimple()), toHex(capsule.toBytes()))
    t.strictSame(Buffer.from(umbral.decryptOriginal(a, theirs, ciphertext)), Buffer.from(PLAINTEXT))

    const theirKfrags = kfrags.map((kfrag) => umbral.KeyFrag.fromBytes(kfrag.toBytes()).verify(s.publicKey(), a.publicKey(), b.publicKey()))
    const byThem = theirKfrags.slice(0, threshold).map((kfrag) => umbral.reencrypt(theirs, kfrag))
    t.strictSame(Buffer.from(umbral.decryptReencrypted(b, a.publicKey(), theirs, byThem, ciphertext)), Buffer.from(PLAINTEXT))

    const byUs = kfrags.slice(-threshold).map((kfrag) => {
      const cfrag = reencrypt(capsule, kfrag)
      const checked = umbral.CapsuleFrag.fromBytes(cfrag.toUmbralBytes()).verify(theirs, s.publicKey(), a.publicKey(), b.publicKey())
      t.equal(toHex(checked.toBytesSimple()), toHex(cfrag.toBytes()))
      return checked
    })
    t.strictSame(Buffer.from(umbral.decryptReencrypted(b, a.publicKey(), theirs, byUs, ciphertext)), Buffer.from(PLAINTEXT))
    if (threshold > 1) t.throws(() => umbral.decryptReencrypted(b, a.publicKey(), theirs, byUs.slice(1), ciphertext))
    t.end()
  })

  t.test(`we verify, re-encrypt with and open what umbral-pre makes, ${threshold} of ${shares}`, (t) => {
    const [delegating, receiving, signing] = [SecretKey.random(), SecretKey.random(), SecretKey.random()]
    const [a, b, s] = [peer(delegating), peer(receiving), peer(signing)]
    const [theirs, ciphertext] = umbral.encrypt(a.publicKey(), PLAINTEXT)
    const capsule = Capsule.fromUmbralBytes(theirs.toBytes())
    t.strictSame(decryptDem(decapsulateOriginal(delegating, capsule), ciphertext, capsule), PLAINTEXT)

    const keys = keysOf(delegating, receiving, signing)
    const theirKfrags = umbral.generateKFrags(a, b.publicKey(), new umbral.Signer(s), threshold, shares, true, true)
    const byThem = theirKfrags.slice(0, threshold).map((kfrag) =>
      verifyCfrag(Cfrag.fromUmbralBytes(umbral.reencrypt(theirs, kfrag).toBytes()), capsule, keys))
    t.strictSame(decryptDem(decapsulateReencrypted(receiving, keys.delegatingKey, capsule, byThem), ciphertext, capsule), PLAINTEXT)

    const byUs = theirKfrags.slice(-threshold).map((kfrag) => reencrypt(capsule, verifyKfrag(Kfrag.fromBytes(kfrag.toBytes()), keys)))
    t.strictSame(decryptDem(decapsulateReencrypted(receiving, keys.delegatingKey, capsule, byUs), ciphertext, capsule), PLAINTEXT)
    t.end()
  })
}

t.test('recorded objects of umbral-pre decode, encode to the same bytes, verify and open', (t) => {
  const plaintext = fromHex(recorded.plaintext)
  for (const grant of recorded.grants) {
    const [
      delegating,
      receiving,
      signing
    ] = [grant.secrets.delegating, grant.secrets.receiving, grant.secrets.signing].map((hex) =>
      SecretKey.fromBytes(fromHex(hex))) as [SecretKey, SecretKey, SecretKey]
    const keys = keysOf(delegating, receiving, signing)
    const capsule = Capsule.fromUmbralBytes(fromHex(grant.capsule))
    t.equal(toHex(capsule.toUmbralBytes()), grant.capsule)
    t.equal(toHex(capsule.toBytes()), grant.capsuleSimple)
    const kfrags = grant.kfrags.map((hex) => {
      const decoded = Kfrag.fromUmbralBytes(fromHex(hex))
      const kfrag = verifyUmbralKfrag(decoded, keys)
      t.equal(toHex(kfrag.toBytes()), hex)
      const { delegating, receiving } = grant.signed
      if (delegating && receiving) t.ok(verifyKfrag(decoded, keys))
      else t.throws(() => verifyKfrag(decoded, keys), { code: 'KFRAG_INVALID' }, 'our proxies take no such kfrag')
      return kfrag
    })
    const cfrags = grant.cfrags.map((hex) => {
      const cfrag = verifyCfrag(Cfrag.fromUmbralBytes(fromHex(hex)), capsule, keys)
      t.equal(toHex(cfrag.toUmbralBytes()), hex)
      return cfrag
    })
    grant.cfragsSimple.forEach((hex) => t.equal(toHex(verifyCfrag(Cfrag.fromBytes(fromHex(hex)), capsule, keys).toBytes()), hex))
    const ciphertext = fromHex(grant.ciphertext)
    const open = (
      answers: typeof cfrags
    ): Uint8Array => decryptDem(decapsulateReencrypted(receiving, keys.delegatingKey, capsule, answers), ciphertext, capsule)
    t.strictSame(open(cfrags.slice(0, grant.threshold)), plaintext)
    t.strictSame(open(kfrags.slice(-grant.threshold).map((kfrag) => reencrypt(capsule, kfrag))), plaintext)
    t.strictSame(decryptDem(decapsulateOriginal(delegating, capsule), ciphertext, capsule), plaintext)
  }
  t.end()
})

t.test('kfrags signed with either, both or no public key pass both ways', (t) => {
  for (const [threshold, shares] of SHARINGS) {
    for (const signedKeys of FLAGS) {
      const what = `${threshold} of ${shares}, ${JSON.stringify(signedKeys)}`
      const [delegating, receiving, signing] = [SecretKey.random(), SecretKey.random(), SecretKey.random()]
      const [a, b, s] = [peer(delegating), peer(receiving), peer(signing)]
      const keys = keysOf(delegating, receiving, signing)
      const [theirs, ciphertext] = umbral.encrypt(a.publicKey(), PLAINTEXT)
      const capsule = Capsule.fromUmbralBytes(theirs.toBytes())

      const ours = generateKfrags({
        delegatingKey: delegating,
        receivingKey: keys.receivingKey,
        signingKey: signing,
        threshold,
        shares,
        signedKeys
      })
      const byThem = ours.slice(0, threshold).map((kfrag) => {
        const taken = umbral.KeyFrag.fromBytes(kfrag.toBytes()).verify(
          s.publicKey(),
          signedKeys.delegating ? a.publicKey() : null,
          signedKeys.receiving ? b.publicKey() : null
        )
        return verifyCfrag(Cfrag.fromUmbralBytes(umbral.reencrypt(theirs, taken).toBytes()), capsule, keys)
      })
      t.strictSame(decryptDem(decapsulateReencrypted(receiving, keys.delegatingKey, capsule, byThem), ciphertext, capsule), PLAINTEXT, what)

      const made = umbral.generateKFrags(
        a,
        b.publicKey(),
        new umbral.Signer(s),
        threshold,
        shares,
        signedKeys.delegating,
        signedKeys.receiving
      )
      const byUs = made.slice(-threshold).map((kfrag) => {
        const cfrag = reencrypt(capsule, verifyUmbralKfrag(Kfrag.fromUmbralBytes(kfrag.toBytes()), keys))
        return umbral.CapsuleFrag.fromBytes(cfrag.toUmbralBytes()).verify(theirs, s.publicKey(), a.publicKey(), b.publicKey())
      })
      t.strictSame(Buffer.from(umbral.decryptReencrypted(b, a.publicKey(), theirs, byUs, ciphertext)), Buffer.from(PLAINTEXT), what)
    }
  }
  t.end()
})

t.test('umbral-pre takes no capsule that is of a place, and opens one that is of none', (t) => {
  const delegating = SecretKey.random()
  const contentKey = randomBytes(32)
  const placed = createWrap(delegating.publicKey(), contentKey, PLACE)
  t.throws(() => umbral.Capsule.fromBytes(parseWrap(placed, PLACE).capsule.toUmbralBytes()), 'its check is of E and V alone')
  const { capsule, keySeed } = encapsulate(delegating.publicKey(), UNPLACED)
  const ciphertext = encryptDem(keySeed, contentKey, capsule)
  t.equal(toHex(umbral.decryptOriginal(peer(delegating), umbral.Capsule.fromBytes(capsule.toUmbralBytes()), ciphertext)), toHex(contentKey))
  t.end()
})

t.test('whole buffers of any length pass both ways', (t) => {
  const delegating = SecretKey.random()
  const a = peer(delegating)
  for (const length of [0, 1, 63, 64, 65, 100_000]) {
    const plaintext = seeded(`plaintext ${length}`)(length)
    const { capsule, keySeed } = encapsulate(delegating.publicKey(), UNPLACED)
    const ours = encryptDem(keySeed, plaintext, capsule)
    t.equal(ours.length, length + 40)
    t.equal(toHex(umbral.decryptOriginal(a, umbral.Capsule.fromBytes(capsule.toUmbralBytes()), ours)), toHex(plaintext))
    const [theirs, ciphertext] = umbral.encrypt(a.publicKey(), plaintext)
    const theirCapsule = Capsule.fromUmbralBytes(theirs.toBytes())
    t.equal(toHex(decryptDem(decapsulateOriginal(delegating, theirCapsule), ciphertext, theirCapsule)), toHex(plaintext))
  }
  t.end()
})

t.test('kfrags that umbral-pre signed without one of the two public keys are refused', (t) => {
  const { delegating, receiving, signing, keys } = makeGrant(1, 1, 'flags')
  const make = (withDelegating: boolean, withReceiving: boolean): Uint8Array => {
    const [kfrag] = umbral.generateKFrags(
      peer(delegating),
      peer(receiving).publicKey(),
      new umbral.Signer(peer(signing)),
      1,
      1,
      withDelegating,
      withReceiving
    )
    return kfrag?.toBytes() ?? new Uint8Array()
  }
  t.ok(verifyKfrag(Kfrag.fromBytes(make(true, true)), keys))
  for (const [withDelegating, withReceiving] of [[true, false], [false, true], [false, false]] as const) {
    t.throws(() => Kfrag.fromBytes(make(withDelegating, withReceiving)), { code: 'KFRAG_INVALID' }, `${withDelegating}, ${withReceiving}`)
  }
  t.end()
})

t.test('our kfrags name other keys to umbral-pre as invalid, as we do', (t) => {
  const { delegating, receiving, signing, kfrags: [kfrag], keys } = makeGrant(1, 1, 'other keys')
  const other = SecretKey.random()
  if (kfrag === undefined) throw new TypeError('one was made')
  const theirs = (): umbral.KeyFrag => umbral.KeyFrag.fromBytes(kfrag.toBytes())
  t.throws(() => theirs().verify(peer(other).publicKey(), peer(delegating).publicKey(), peer(receiving).publicKey()))
  t.throws(() => theirs().verify(peer(signing).publicKey(), peer(other).publicKey(), peer(receiving).publicKey()))
  t.throws(() => verifyKfrag(kfrag, { ...keys, signingKey: other.publicKey() }), { code: 'KFRAG_INVALID' })
  t.throws(() => verifyKfrag(kfrag, { ...keys, delegatingKey: other.publicKey() }), { code: 'KFRAG_INVALID' })
  t.equal(
    generateKfrags({ delegatingKey: delegating, receivingKey: keys.receivingKey, signingKey: signing, threshold: 1, shares: 2 }).length,
    2
  )
  t.end()
})
