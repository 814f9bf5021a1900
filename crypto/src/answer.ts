import { batchBytes, MAX_BATCH } from './batch.ts'
import { fromHex, toHex } from './bytes.ts'
import { canonicalize } from './canonical.ts'
import { isEcdsaValid } from './curve.ts'
import { CryptoError, refuseAs } from './errors.ts'
import type { PublicKey, SecretKey } from './keys.ts'
import { pointOf, signWith } from './keys.ts'
import { signedBytes } from './signed-bytes.ts'
import { hasExactly, isRecord } from './statement.ts'

const TYPE = 'Answer'
const MAX_EVENT_ID_LENGTH = 256

const HASH_BYTES = 32
/** Bytes of each hex member that is one of its kind. */
const HEX_MEMBERS = { consentId: HASH_BYTES, kfragId: HASH_BYTES, receivingKey: 33 } as const
const MEMBERS = ['eventId', 'wrapHashes', ...Object.keys(HEX_MEMBERS), 'cfrags']

/**
 * What a proxy says with the cfrags of one kfrag: for which access event, wraps, consent and reader. Bytes as lowercase hex; 1 to 64 wrap
 * hashes, each once, in ascending order; `cfrags` is the batch for the capsules of these wraps in this order.
 */
export interface AnswerBody {
  readonly eventId: string
  readonly wrapHashes: string[]
  readonly consentId: string
  readonly kfragId: string
  readonly receivingKey: string
  readonly cfrags: string
  /** Of a search: the chains of the compartment as of the permit's block. */
  readonly heads?: SignedHeads
}

/** How many writers have a chain in a compartment (`label` 32 bytes), and the root over their heads (`headsRoot`). */
export interface SignedHeads { readonly label: string, readonly writers: number, readonly root: string }

/** An answer as it travels; `signature` 128 hex digits. With a false batch in it, it is evidence against the proxy. */
export interface SignedAnswer {
  readonly body: AnswerBody
  readonly signature: string
}

/**
 * Signs an answer over "epione/Answer/v1" || 00 || network id || canonical bytes (PROTOCOL §2). Throws `ANSWER_INVALID`. Run by a proxy.
 */
export function signAnswer (body: AnswerBody, networkId: Uint8Array, signingKey: SecretKey): SignedAnswer {
  const checked = requireBody(body)
  return { body: checked, signature: toHex(signWith(signingKey, answerBytes(checked, networkId))) }
}

/**
 * Proves that this proxy gave this answer on this network, and that it has the right form; the batch in it is
 * still unproven (`Batch.fromBytes`, `verifyBatch`), so that a signed lie can be shown to others. Throws `ANSWER_INVALID`.
 */
export function verifyAnswer (answer: SignedAnswer, networkId: Uint8Array, proxySigningKey: PublicKey): AnswerBody {
  const { body, signature } = requireShape(answer)
  const bytes = refuseAs('ANSWER_INVALID', 'signature', () => fromHex(signature, 64))
  if (!isEcdsaValid(bytes, answerBytes(body, networkId), pointOf(proxySigningKey))) {
    throw new CryptoError('ANSWER_INVALID', 'the signature is not of this proxy for this answer')
  }
  return body
}

function answerBytes (body: AnswerBody, networkId: Uint8Array): Uint8Array {
  return signedBytes(TYPE, networkId, canonicalize(body))
}

function requireShape (answer: unknown): SignedAnswer {
  if (!isRecord(answer) || !hasExactly(answer, ['body', 'signature']) || typeof answer['signature'] !== 'string') {
    throw new CryptoError('ANSWER_INVALID', 'an answer has a body and a signature, nothing else')
  }
  return { body: requireBody(answer['body']), signature: answer['signature'] }
}

function requireBody (body: unknown): AnswerBody {
  if (!isRecord(body) || !(hasExactly(body, MEMBERS) || hasExactly(body, [...MEMBERS, 'heads']))) {
    throw new CryptoError('ANSWER_INVALID', `an answer has exactly ${MEMBERS.join(', ')}, and of a search heads`)
  }
  const eventId = body['eventId']
  if (typeof eventId !== 'string' || eventId.length === 0 || eventId.length > MAX_EVENT_ID_LENGTH) {
    throw new CryptoError('ANSWER_INVALID', 'eventId: expected 1 to 256 characters')
  }
  const wrapHashes = requireWrapHashes(body['wrapHashes'])
  return {
    eventId,
    wrapHashes,
    consentId: requireHex(body, 'consentId', HEX_MEMBERS.consentId),
    kfragId: requireHex(body, 'kfragId', HEX_MEMBERS.kfragId),
    receivingKey: requireHex(body, 'receivingKey', HEX_MEMBERS.receivingKey),
    cfrags: requireHex(body, 'cfrags', batchBytes(wrapHashes.length)),
    ...('heads' in body && { heads: requireHeads(body['heads']) })
  }
}

function requireHeads (value: unknown): SignedHeads {
  if (!isRecord(value) || !hasExactly(value, ['label', 'writers', 'root'])) {
    throw new CryptoError('ANSWER_INVALID', 'heads: expected label, writers and root')
  }
  const writers = value['writers']
  if (typeof writers !== 'number' || !Number.isSafeInteger(writers) || writers < 0) {
    throw new CryptoError('ANSWER_INVALID', 'writers: expected a whole number from 0')
  }
  return { label: requireHex(value, 'label', HASH_BYTES), writers, root: requireHex(value, 'root', HASH_BYTES) }
}

/* One spelling of each set of wraps: none is named twice, and none can be moved to another's place. */
function requireWrapHashes (value: unknown): string[] {
  if (!Array.isArray(value) || value.length < 1 || value.length > MAX_BATCH) {
    throw new CryptoError('ANSWER_INVALID', `wrapHashes: expected 1 to ${MAX_BATCH}`)
  }
  const hashes = value.map((_, index) => requireHex(value, index, HASH_BYTES))
  if (hashes.some((hash, index) => index > 0 && hash <= (hashes[index - 1] ?? ''))) {
    throw new CryptoError('ANSWER_INVALID', 'wrapHashes: expected each once, in ascending order')
  }
  return hashes
}

function requireHex (container: object, name: string | number, length: number): string {
  const text = (container as Record<string | number, unknown>)[name]
  if (typeof text !== 'string') throw new CryptoError('ANSWER_INVALID', `${name}: expected hex`)
  refuseAs('ANSWER_INVALID', String(name), () => fromHex(text, length))
  return text
}
