import { fromHex, toHex } from './bytes.ts'
import { canonicalize } from './canonical.ts'
import { CFRAG_BYTES } from './cfrag.ts'
import { isEcdsaValid } from './curve.ts'
import { CryptoError, refuseAs } from './errors.ts'
import type { PublicKey, SecretKey } from './keys.ts'
import { pointOf, signWith } from './keys.ts'
import { signedBytes } from './signed-bytes.ts'
import { hasExactly, isRecord } from './statement.ts'

const TYPE = 'Answer'
const MAX_EVENT_ID_LENGTH = 256

/** Bytes of each hex member. */
const HEX_MEMBERS = { wrapHash: 32, consentId: 32, kfragId: 32, receivingKey: 33, cfrag: CFRAG_BYTES } as const
const MEMBERS = ['eventId', ...Object.keys(HEX_MEMBERS)]

/** What a proxy says with a cfrag: for which access event, wrap, consent, kfrag and reader. Bytes as lowercase hex; `cfrag` 359 bytes. */
export interface AnswerBody {
  readonly eventId: string
  readonly wrapHash: string
  readonly consentId: string
  readonly kfragId: string
  readonly receivingKey: string
  readonly cfrag: string
}

/** An answer as it travels; `signature` 128 hex digits. With a false cfrag in it, it is evidence against the proxy. */
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
 * Proves that this proxy gave this answer on this network, and that it has the right form; the cfrag in it is
 * still unproven (`Cfrag.fromBytes`, `verifyCfrag`), so that a signed lie can be shown to others. Throws `ANSWER_INVALID`.
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
  if (!isRecord(body) || !hasExactly(body, MEMBERS)) throw new CryptoError('ANSWER_INVALID', `an answer has exactly ${MEMBERS.join(', ')}`)
  const eventId = body['eventId']
  if (typeof eventId !== 'string' || eventId.length === 0 || eventId.length > MAX_EVENT_ID_LENGTH) {
    throw new CryptoError('ANSWER_INVALID', 'eventId: expected 1 to 256 characters')
  }
  return {
    eventId,
    wrapHash: requireHex(body, 'wrapHash'),
    consentId: requireHex(body, 'consentId'),
    kfragId: requireHex(body, 'kfragId'),
    receivingKey: requireHex(body, 'receivingKey'),
    cfrag: requireHex(body, 'cfrag')
  }
}

function requireHex (body: Record<string, unknown>, name: keyof typeof HEX_MEMBERS): string {
  const text = body[name]
  if (typeof text !== 'string') throw new CryptoError('ANSWER_INVALID', `${name}: expected hex`)
  refuseAs('ANSWER_INVALID', name, () => fromHex(text, HEX_MEMBERS[name]))
  return text
}
