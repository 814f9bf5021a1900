import { secp256k1 } from '@noble/curves/secp256k1.js'
import { createHash } from 'node:crypto'
import {
  decapsulateOriginal, deriveKeyRing, encapsulate, exportSecret, generateKfrags, generatePhrase, SecretKey, toHex
} from '@epione/crypto'
import type { VerifiedKfrag } from '@epione/crypto'
import t from 'tap'
import { PLACE } from '../../helpers/places.ts'

/*
 * A known limit of Umbral, performed: a threshold of proxies who show their kfrags to the reader let the reader
 * compute the delegating secret. It is the secret of one compartment in one epoch, and the damage stops there.
 */
const field = secp256k1.Point.Fn
const [ID, KEY, PRECURSOR] = [39, 73, 107]

const patient = deriveKeyRing(generatePhrase())
const reader = SecretKey.random()

function kfragsFor (delegatingKey: SecretKey, threshold: number, shares: number): VerifiedKfrag[] {
  return generateKfrags({ delegatingKey, receivingKey: reader.publicKey(), signingKey: patient.kfragSigning(), threshold, shares })
}

function hashToScalar (tag: string, ...parts: Uint8Array[]): bigint {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(tag.length)
  const digest = createHash('sha256').update(Buffer.concat([length, Buffer.from(tag), ...parts])).digest('hex')
  return BigInt(`0x${digest}`) % (field.ORDER - 1n) + 1n
}

/** What the conspirators compute from the kfrags' bytes and the reader's secret. */
function conspire (kfrags: readonly VerifiedKfrag[]): Uint8Array {
  const shown = kfrags.map((kfrag) => Buffer.from(kfrag.toBytes()))
  const precursor = shown[0]?.subarray(PRECURSOR, PRECURSOR + 33) ?? Buffer.alloc(0)
  const shared = secp256k1.Point.fromBytes(precursor).multiply(field.fromBytes(exportSecret(reader))).toBytes(true)
  const readerKey = reader.publicKey().toBytes()
  const points = shown.map((bytes) => ({
    x: hashToScalar(
      'POLYNOMIAL_ARG',
      precursor,
      readerKey,
      shared,
      bytes.subarray(ID, ID + 32)
    ),
    y: field.fromBytes(bytes.subarray(KEY, KEY + 32))
  }))
  const constant = points.reduce((sum, { x, y }) => {
    const factor = points.filter((other) => other.x !== x).reduce(
      (product, other) => field.mul(product, field.div(other.x, field.sub(other.x, x))),
      1n
    )
    return field.add(sum, field.mul(y, factor))
  }, 0n)
  return field.toBytes(field.mul(constant, hashToScalar('SHARED_SECRET', precursor, readerKey, shared)))
}

t.test('a threshold of proxies with the reader gets the secret of the granted compartment, and of nothing else', (t) => {
  const granted = patient.compartment('imaging', 1)
  const stolen = SecretKey.fromBytes(conspire(kfragsFor(granted, 3, 5).slice(0, 3)))
  t.equal(toHex(exportSecret(stolen)), toHex(exportSecret(granted)), 'the attack works')
  const inside = encapsulate(granted.publicKey(), PLACE)
  t.strictSame(decapsulateOriginal(stolen, inside.capsule), inside.keySeed, 'and opens the compartment without any proxy')
  for (const [what, key] of [
    ['the next epoch', patient.compartment('imaging', 2)], ['another category', patient.compartment('labs', 1)],
    ['the identity', patient.identity()]
  ] as const) {
    const outside = encapsulate(key.publicKey(), PLACE)
    t.notSame(decapsulateOriginal(stolen, outside.capsule), outside.keySeed, what)
  }
  t.end()
})

t.test('one proxy fewer gets a wrong secret, whichever they are', (t) => {
  const granted = patient.compartment('imaging', 1)
  const kfrags = kfragsFor(granted, 3, 5)
  for (const pair of kfrags.flatMap((one, index) => kfrags.slice(index + 1).map((two) => [one, two]))) {
    t.not(toHex(conspire(pair)), toHex(exportSecret(granted)))
  }
  t.end()
})

t.test('a threshold of proxies without the reader gets a wrong secret', (t) => {
  const granted = patient.compartment('imaging', 1)
  const kfrags = generateKfrags({
    delegatingKey: granted, receivingKey: SecretKey.random().publicKey(), signingKey: patient.kfragSigning(), threshold: 2, shares: 2
  })
  t.not(toHex(conspire(kfrags)), toHex(exportSecret(granted)), 'a shared point of another reader opens nothing')
  t.end()
})
