import { writeFile } from 'node:fs/promises'
import * as umbral from '@nucypher/umbral-pre'

/**
 * Records objects of the test peer @nucypher/umbral-pre 0.10 in umbral-pre.json. It has no random source that could
 * be replaced, so each run writes other values; one run is committed.
 * Usage: node test/vectors/umbral-pre.generate.ts
 */
const PLAINTEXT = Buffer.from('what one hospital wrote and another may read')
const SHARINGS = [[1, 1], [2, 3], [3, 5], [10, 20]] as const
const FLAGS = [[true, true], [true, false], [false, true], [false, false]] as const
const LABELS = ['key/1', 'key/2', 'imaging/1', 'imaging/2', 'inbox/1']

function hex (bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

function recordGrant (threshold: number, shares: number, signDelegating: boolean, signReceiving: boolean): object {
  const [delegating, receiving, signing] = [umbral.SecretKey.random(), umbral.SecretKey.random(), umbral.SecretKey.random()]
  const [capsule, ciphertext] = umbral.encrypt(delegating.publicKey(), PLAINTEXT)
  const kfrags = umbral.generateKFrags(
    delegating,
    receiving.publicKey(),
    new umbral.Signer(signing),
    threshold,
    shares,
    signDelegating,
    signReceiving
  )
  return {
    threshold,
    shares,
    signed: { delegating: signDelegating, receiving: signReceiving },
    secrets: { delegating: hex(delegating.toBEBytes()), receiving: hex(receiving.toBEBytes()), signing: hex(signing.toBEBytes()) },
    capsule: hex(capsule.toBytes()),
    capsuleSimple: hex(capsule.toBytesSimple()),
    ciphertext: hex(ciphertext),
    kfrags: kfrags.map((kfrag) => hex(kfrag.toBytes())),
    cfrags: kfrags.map((kfrag) => hex(umbral.reencrypt(capsule, kfrag).toBytes())),
    cfragsSimple: kfrags.map((kfrag) => hex(umbral.reencrypt(capsule, kfrag).toBytesSimple()))
  }
}

function recordLabels (): object {
  const seed = Buffer.from('0b'.repeat(32), 'hex')
  const factory = umbral.SecretKeyFactory.fromSecureRandomness(seed)
  const keys = LABELS.map((label) => [label, hex(factory.makeKey(Buffer.from(label)).toBEBytes())])
  return { seed: hex(seed), keys }
}

const vectors = {
  source: '@nucypher/umbral-pre 0.10.0, by umbral-pre.generate.ts',
  plaintext: hex(PLAINTEXT),
  grants: SHARINGS.flatMap(([threshold, shares]) =>
    FLAGS.map(([delegating, receiving]) => recordGrant(threshold, shares, delegating, receiving))),
  labels: recordLabels()
}
await writeFile(new URL('umbral-pre.json', import.meta.url), JSON.stringify(vectors, null, 2) + '\n')
