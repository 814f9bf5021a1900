import { createHash } from 'node:crypto'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { concatBytes, exportSecret, generateKfrags, Kfrag, SecretKey, toHex, verifyKfrag } from '@epione/crypto'
import type { CryptoErrorCode, GrantKeys, PrecursorGrant, ProvenPrecursor, PublicKey, RandomSource, VerifiedKfrag } from '@epione/crypto'
import type { Test } from 'tap'

export { listKfrag } from './list-kfrag.ts'
export { collect, streamOf } from './streams.ts'

/** Full counts run under SLOW=1 (`make test-slow`). */
export const SLOW = process.env['SLOW'] === '1'

/** How often a property is tried. */
export function runs (count: number): { numRuns: number } {
  return { numRuns: SLOW ? 20 * count : count }
}

/** Bytes that look random and are the same for the same name: SHA-256(name || counter) one after another. */
export function seeded (name: string): RandomSource {
  let counter = 0
  return (length) => {
    const bytes = new Uint8Array(length)
    for (let offset = 0; offset < length; offset += 32) {
      const block = createHash('sha256').update(`${name}/${counter++}`).digest()
      bytes.set(block.subarray(0, Math.min(32, length - offset)), offset)
    }
    return bytes
  }
}

/** A copy of `bytes` with one bit changed. */
export function flipBit (bytes: Uint8Array, index: number, bit = 0): Uint8Array {
  const changed = Uint8Array.from(bytes)
  changed[index] = (changed[index] ?? 0) ^ (1 << bit)
  return changed
}

/** Passes when `action` is refused with this code. */
export function refuses (t: Test, code: CryptoErrorCode, action: () => unknown, what: string): void {
  t.throws(action, { name: 'CryptoError', code }, what)
}

/** Passes when `action` is refused with this code, sooner or later. */
export async function refusesLater (t: Test, code: CryptoErrorCode, action: Promise<unknown>, what: string): Promise<void> {
  await t.rejects(action, { name: 'CryptoError', code }, what)
}

/** A patient who grants one reader one compartment, with the secrets of both. */
export interface Grant {
  readonly delegating: SecretKey
  readonly receiving: SecretKey
  readonly signing: SecretKey
  readonly keys: GrantKeys
  readonly kfrags: VerifiedKfrag[]
}

export function makeGrant (threshold: number, shares: number, name = 'grant'): Grant {
  const rng = seeded(`${name}/${threshold}/${shares}`)
  const [delegating, receiving, signing] = [SecretKey.random(rng), SecretKey.random(rng), SecretKey.random(rng)]
  return {
    delegating,
    receiving,
    signing,
    keys: { delegatingKey: delegating.publicKey(), receivingKey: receiving.publicKey(), signingKey: signing.publicKey() },
    kfrags: generateKfrags({ delegatingKey: delegating, receivingKey: receiving.publicKey(), signingKey: signing, threshold, shares, rng })
  }
}

/** The same signature with n - s in place of s: valid in plain ECDSA, refused here. */
export function withHighS (signature: Uint8Array): Uint8Array {
  const order = BigInt('0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141')
  const s = order - BigInt(`0x${toHex(signature.slice(32))}`)
  return Buffer.concat([signature.slice(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex')])
}

/** The group order, 32 bytes: the first scalar that is too large. */
export const GROUP_ORDER = Buffer.from('fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141', 'hex')

/** Points that no decoder of compressed points may take, each with what is wrong. */
export const BAD_POINTS: readonly (readonly [string, Uint8Array])[] = [
  ['the identity', new Uint8Array(33)],
  ['an uncompressed prefix', Buffer.concat([Buffer.of(4), Buffer.alloc(32, 1)])],
  ['a hybrid prefix', Buffer.concat([Buffer.of(6), Buffer.alloc(32, 1)])],
  ['x without a point', Buffer.concat([Buffer.of(2), Buffer.alloc(31), Buffer.of(5)])],
  ['x not below the field prime', Buffer.from('02fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc30', 'hex')]
]

/** A kfrag of another delegating secret, signed by the patient as if it were of `delegatingKey`: what a cheating patient can make. */
export function resignKfrag (bytes: Uint8Array, delegatingKey: PublicKey, { signing, keys }: Grant): VerifiedKfrag {
  const changed = Uint8Array.from(bytes)
  const [id, precursor, commitment] = [bytes.slice(39, 71), bytes.slice(107, 140), bytes.slice(143, 176)]
  const message = concatBytes(
    id,
    commitment,
    precursor,
    Uint8Array.of(1),
    delegatingKey.toBytes(),
    Uint8Array.of(1),
    keys.receivingKey.toBytes()
  )
  const signature = secp256k1.sign(message, exportSecret(signing), { prehash: true, lowS: true, format: 'compact' })
  changed.set(signature, 178)
  changed.set(signature, 244)
  return verifyKfrag(Kfrag.fromBytes(changed), { ...keys, delegatingKey })
}

/** x of the kfrags that a source of randomness makes: their first 48 bytes, as docs/protocol.md §1 says. */
export function precursorSecretOf (rng: RandomSource): bigint {
  return BigInt(`0x${toHex(rng(48))}`) % (secp256k1.Point.Fn.ORDER - 1n) + 1n
}

/** The proof of a precursor by the words of docs/protocol.md §3 alone, with whatever x and for whatever grant. */
export function provePrecursorByHand (
  x: bigint,
  { networkId, patientId, label, epoch, delegatingKey, receivingKey }: PrecursorGrant,
  t = 7n
): ProvenPrecursor {
  const { BASE, Fn } = secp256k1.Point
  const [point, nonce] = [BASE.multiply(x).toBytes(true), BASE.multiply(t).toBytes(true)]
  const number = Buffer.alloc(4)
  number.writeUInt32BE(epoch)
  const digest = createHash('sha256').update(Buffer.concat([
    Buffer.from(
      'epione/precursor'
    ), networkId, Buffer.from(patientId), Buffer.from(label, 'hex'), number, delegatingKey.toBytes(), receivingKey.toBytes(), point, nonce
  ])).digest('hex')
  const c = BigInt(`0x${digest}`) % (Fn.ORDER - 1n) + 1n
  return { point: toHex(point), proof: toHex(nonce) + Fn.add(t, Fn.mul(c, x)).toString(16).padStart(64, '0') }
}
