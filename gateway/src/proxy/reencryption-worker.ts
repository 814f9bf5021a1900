import { Cfrag, CryptoError, fromHex, Kfrag, parseWrap, PublicKey, reencrypt, toHex, verifyAnswer, verifyCfrag, verifyKfrag } from '@epione/crypto'
import type { Capsule, GrantKeys } from '@epione/crypto'
import type { AnswerCheck, AnswerFailure, GrantKeyBytes, KfragCheck, Reencryption } from './reencryptor.ts'

/* Runs in the threads of the pool (reencryptor.ts): the curve's arithmetic takes milliseconds and never the event loop. */

/**
 * The 359 bytes of a cfrag; null when the wrap's capsule is broken, which is its author's doing. The kfrag is proven
 * again, since a row of the store says nothing by itself.
 */
export function reencryptWrap ({ kfrag, wrap, keys }: Reencryption): Uint8Array | null {
  try {
    const verified = verifyKfrag(Kfrag.fromBytes(kfrag), toGrantKeys(keys))
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

/** The first check that an answer fails, in the order in which the ledger judges an accusation; null for a good one. */
export function checkAnswer (check: AnswerCheck): AnswerFailure | null {
  const { answer, expected } = check
  try {
    verifyAnswer(answer, check.networkId, PublicKey.fromBytes(check.signingKey))
  } catch (error) {
    return failureOf(error, 'ANSWER_INVALID')
  }
  const { body } = answer
  if (body.eventId !== expected.eventId || body.consentId !== expected.consentId) return 'CONSENT_MISMATCH'
  if (body.receivingKey !== toHex(check.keys.receivingKey)) return 'RECEIVING_KEY_MISMATCH'
  if (body.wrapHash !== expected.wrapHash) return 'WRAP_NOT_REQUESTED'
  if (body.kfragId !== expected.kfragId) return 'KFRAG_NOT_LISTED'
  return checkCfrag(check)
}

function checkCfrag ({ answer, expected, wrap, keys }: AnswerCheck): AnswerFailure | null {
  let cfrag: Cfrag
  try {
    cfrag = Cfrag.fromBytes(fromHex(answer.body.cfrag))
  } catch (error) {
    return failureOf(error, 'CFRAG_MALFORMED')
  }
  if (toHex(cfrag.kfragId) !== expected.kfragId || toHex(cfrag.commitment) !== expected.commitment) return 'CFRAG_MISMATCH'
  try {
    verifyCfrag(cfrag, parseWrap(wrap).capsule, toGrantKeys(keys))
    return null
  } catch (error) {
    return failureOf(error, 'CFRAG_PROOF_INVALID')
  }
}

function findCapsule (wrap: Uint8Array): Capsule | null {
  try {
    return parseWrap(wrap).capsule
  } catch (error) {
    if (error instanceof CryptoError) return null
    throw error
  }
}

function failureOf (error: unknown, failure: AnswerFailure): AnswerFailure {
  if (error instanceof CryptoError) return failure
  throw error
}

function toGrantKeys (keys: GrantKeyBytes): GrantKeys {
  return {
    signingKey: PublicKey.fromBytes(keys.signingKey),
    delegatingKey: PublicKey.fromBytes(keys.delegatingKey),
    receivingKey: PublicKey.fromBytes(keys.receivingKey)
  }
}
