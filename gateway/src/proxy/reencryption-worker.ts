import {
  Capsule, CryptoError, equalConstantTime, judgeAnswer, Kfrag, Place, PublicKey, reencryptBatch, ShownCapsules, verifyKfrag,
  verifyPrecursor
} from '@epione/crypto'
import type { AnswerFailure, GrantKeys, ListedKfrag, WrapOutline } from '@epione/crypto'
import type { AnswerCheck, GrantKeyBytes, KfragCheck, PlacedCapsule, Reencrypted, Reencryption } from './reencryptor.ts'

/* Runs in the threads of the pool (reencryptor.ts): the curve's arithmetic takes milliseconds and never the event loop. */

/**
 * One batch for all capsules but those that are broken, which is their authors' doing. The kfrag is proven again, since a row of the store
 * says nothing by itself.
 */
export function reencryptCapsules ({ kfrag, capsules: asked, keys, precursor }: Reencryption): Reencrypted {
  try {
    const verified = verifyKfrag(Kfrag.fromBytes(kfrag), toGrantKeys(keys))
    if (!equalConstantTime(verified.precursor, precursor)) {
      throw new CryptoError('KFRAG_INVALID', 'not of the grant that the consent proves')
    }
    const found = asked.map(findCapsule)
    const capsules = found.flatMap((capsule) => capsule ?? [])
    const broken = found.flatMap((capsule, index) => capsule === null ? index : [])
    return { batch: capsules.length === 0 ? null : reencryptBatch(capsules, verified).toBytes(), broken }
  } finally {
    // This thread's own copy of the proxy's secret.
    kfrag.fill(0)
  }
}

/** True when the patient's kfrag-signing key signed the kfrag for exactly these keys and its commitment U1 fits. */
export function isKfragValid ({ kfrag, keys }: KfragCheck): boolean {
  try {
    verifyKfrag(Kfrag.fromBytes(kfrag), toGrantKeys(keys))
    return true
  } catch (error) {
    if (error instanceof CryptoError) return false
    throw error
  } finally {
    kfrag.fill(0)
  }
}

/** The first check that an answer fails; null for a good one. */
export function checkAnswer ({ answer, networkId, signingKey, wraps, requested, expected, listed }: AnswerCheck): AnswerFailure | null {
  const verdict = judgeAnswer(answer, {
    ...expected,
    networkId,
    isPermit: true,
    proxyKeys: [PublicKey.fromBytes(signingKey)],
    listed: listed === undefined ? undefined : proveListed(listed, networkId),
    isRequested: (hash) => requested.includes(hash),
    capsules: showCapsules(wraps)
  })
  return typeof verdict === 'string' ? verdict : null
}

let shown: { name: string, capsules: ShownCapsules } | undefined

/* The answers of one collection are for the same wraps: their capsules are checked once. */
function showCapsules (outlines: readonly WrapOutline[]): ShownCapsules {
  const name = outlines.map(({ place, capsule, ciphertextHash }) => place + capsule + ciphertextHash).join()
  if (shown?.name !== name) shown = { name, capsules: new ShownCapsules(outlines) }
  return shown.capsules
}

/* A proven precursor does not cross threads as such: it is proven again. */
function proveListed (
  { kfragId, commitment, precursor, patientId, label, epoch, ...listed }: NonNullable<AnswerCheck['listed']>,
  networkId: Uint8Array
): ListedKfrag {
  const keys = toGrantKeys(listed.keys)
  return { kfragId, commitment, keys, precursor: verifyPrecursor(precursor, { networkId, patientId, label, epoch, ...keys }) }
}

function findCapsule ({ bytes, place }: PlacedCapsule): Capsule | null {
  try {
    return Capsule.fromBytes(bytes, Place.fromBytes(place))
  } catch (error) {
    if (error instanceof CryptoError) return null
    throw error
  }
}

function toGrantKeys (keys: GrantKeyBytes): GrantKeys {
  return {
    signingKey: PublicKey.fromBytes(keys.signingKey),
    delegatingKey: PublicKey.fromBytes(keys.delegatingKey),
    receivingKey: PublicKey.fromBytes(keys.receivingKey)
  }
}
