import type { SignedAnswer } from './answer.ts'
import { verifyAnswer } from './answer.ts'
import { fromHex } from './bytes.ts'
import { Capsule } from './capsule.ts'
import type { VerifiedCfrag } from './cfrag.ts'
import { Cfrag, verifyCfrag } from './cfrag.ts'
import { CryptoError } from './errors.ts'
import type { PublicKey } from './keys.ts'
import type { ListedKfrag } from './listed-kfrag.ts'
import { isOfListed } from './listed-kfrag.ts'

/** What a proxy has signed wrongly, in the order of the checks: whoever is shown the answer and the statements sees it. */
export const ANSWER_FAULTS = [
  'EVENT_DENIED', 'CONSENT_MISMATCH', 'RECEIVING_KEY_MISMATCH', 'WRAP_NOT_REQUESTED', 'KFRAG_NOT_LISTED', 'CFRAG_MALFORMED', 'CFRAG_MISMATCH', 'CFRAG_PROOF_INVALID'
] as const
export type AnswerFault = (typeof ANSWER_FAULTS)[number]

/**
 * Why an answer is refused. What is no `AnswerFault` is not held against the proxy: it did not sign it, whoever passed the answer
 * on paired it with another event or wrap, or the wrap is broken in itself, which is its author's doing.
 */
export type AnswerFailure = AnswerFault | 'ANSWER_INVALID' | 'EVENT_MISMATCH' | 'WRAP_MISMATCH' | 'WRAP_BROKEN'

/** What an answer must fit, all of it from signed statements or the ledger; bytes as lowercase hex. */
export interface AnswerFacts {
  readonly networkId: Uint8Array
  /** Signing keys of the proxy whose signatures count. */
  readonly proxyKeys: readonly PublicKey[]
  readonly eventId: string
  /** False for a denied request, which no proxy answers. */
  readonly isPermit: boolean
  /** Absent when the event names none. */
  readonly consentId?: string | undefined
  readonly receivingKey: string
  /** Hash of the wrap that is asked about; absent when the event is known to name no such wrap. */
  readonly wrapHash?: string | undefined
  /** Capsule of the wrap of that hash, 98 bytes. */
  readonly capsule: Uint8Array
  /** Absent when the consent lists none for this proxy and compartment. */
  readonly listed?: ListedKfrag | undefined
}

/**
 * The one judge of a proxy's answer: its signature, the fields, that id, U1 and precursor of the cfrag are those which the
 * consent lists for it, and the proof of correct re-encryption. Returns the proven cfrag or the first check that fails.
 */
export function judgeAnswer (answer: SignedAnswer, facts: AnswerFacts): VerifiedCfrag | AnswerFailure {
  if (!facts.proxyKeys.some((key) => attempt(() => verifyAnswer(answer, facts.networkId, key)) !== undefined)) return 'ANSWER_INVALID'
  return judgeFields(answer, facts) ?? judgeCfrag(answer, facts)
}

/** True for what the proxy has signed wrongly, as opposed to what others may have done. */
export function isAnswerFault (failure: AnswerFailure): failure is AnswerFault {
  return (ANSWER_FAULTS as readonly string[]).includes(failure)
}

function judgeFields (
  { body }: SignedAnswer,
  { eventId, isPermit, consentId, receivingKey, wrapHash }: AnswerFacts
): AnswerFailure | undefined {
  if (body.eventId !== eventId) return 'EVENT_MISMATCH'
  if (!isPermit) return 'EVENT_DENIED'
  if (body.consentId !== consentId) return 'CONSENT_MISMATCH'
  if (body.receivingKey !== receivingKey) return 'RECEIVING_KEY_MISMATCH'
  if (wrapHash === undefined) return 'WRAP_NOT_REQUESTED'
  return body.wrapHash === wrapHash ? undefined : 'WRAP_MISMATCH'
}

function judgeCfrag ({ body }: SignedAnswer, { capsule: bytes, listed }: AnswerFacts): VerifiedCfrag | AnswerFailure {
  if (body.kfragId !== listed?.kfragId) return 'KFRAG_NOT_LISTED'
  const capsule = attempt(() => Capsule.fromBytes(bytes))
  if (capsule === undefined) return 'WRAP_BROKEN'
  const cfrag = attempt(() => Cfrag.fromBytes(fromHex(body.cfrag)))
  if (cfrag === undefined) return 'CFRAG_MALFORMED'
  if (!isOfListed(cfrag, listed)) return 'CFRAG_MISMATCH'
  return attempt(() => verifyCfrag(cfrag, capsule, listed.keys)) ?? 'CFRAG_PROOF_INVALID'
}

/* Undefined when the bytes are refused. */
function attempt<T> (check: () => T): T | undefined {
  try {
    return check()
  } catch (error) {
    if (error instanceof CryptoError) return undefined
    throw error
  }
}
