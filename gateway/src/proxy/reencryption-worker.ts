import {
  CAPSULE_BYTES, CryptoError, equalConstantTime, judgeAnswer, Kfrag, parseWrap, PublicKey, reencrypt, verifyKfrag,
  verifyPrecursor
} from '@epione/crypto'
import type { AnswerFailure, Capsule, GrantKeys, ListedKfrag } from '@epione/crypto'
import type { AnswerCheck, GrantKeyBytes, KfragCheck, Reencryption } from './reencryptor.ts'

/* Runs in the threads of the pool (reencryptor.ts): the curve's arithmetic takes milliseconds and never the event loop. */

/**
 * The 359 bytes of a cfrag; null when the wrap's capsule is broken, which is its author's doing. The kfrag is proven
 * again, since a row of the store says nothing by itself.
 */
export function reencryptWrap ({ kfrag, wrap, keys, precursor }: Reencryption): Uint8Array | null {
  try {
    const verified = verifyKfrag(Kfrag.fromBytes(kfrag), toGrantKeys(keys))
    if (!equalConstantTime(verified.precursor, precursor)) {
      throw new CryptoError('KFRAG_INVALID', 'not of the grant that the consent proves')
    }
    const capsule = findCapsule(wrap)
    return capsule === null ? null : reencrypt(capsule, verified).toBytes()
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
export function checkAnswer ({ answer, networkId, signingKey, wrap, expected, listed }: AnswerCheck): AnswerFailure | null {
  const verdict = judgeAnswer(answer, {
    ...expected,
    networkId,
    capsule: wrap.subarray(0, CAPSULE_BYTES),
    isPermit: true,
    proxyKeys: [
      PublicKey.fromBytes(signingKey)
    ],
    listed: listed === undefined ? undefined : proveListed(listed, networkId)
  })
  return typeof verdict === 'string' ? verdict : null
}

/* A proven precursor does not cross threads as such: it is proven again. */
function proveListed (
  { kfragId, commitment, precursor, patientId, label, epoch, ...listed }: NonNullable<AnswerCheck['listed']>,
  networkId: Uint8Array
): ListedKfrag {
  const keys = toGrantKeys(listed.keys)
  return { kfragId, commitment, keys, precursor: verifyPrecursor(precursor, { networkId, patientId, label, epoch, ...keys }) }
}

function findCapsule (wrap: Uint8Array): Capsule | null {
  try {
    return parseWrap(wrap).capsule
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
