import type { SignedAnswer, SignedHeads } from './answer.ts'
import { verifyAnswer } from './answer.ts'
import { Batch, verifyBatch } from './batch.ts'
import { fromHex } from './bytes.ts'
import type { VerifiedFragment } from './cfrag.ts'
import { CryptoError } from './errors.ts'
import type { PublicKey } from './keys.ts'
import type { ListedKfrag } from './listed-kfrag.ts'
import { isOfListed } from './listed-kfrag.ts'
import type { ShownCapsules } from './wrap.ts'

/** What a proxy has signed wrongly, in the order of the checks: whoever is shown the answer and the statements sees it. */
export const ANSWER_FAULTS = [
  'EVENT_DENIED', 'CONSENT_MISMATCH', 'RECEIVING_KEY_MISMATCH', 'KFRAG_NOT_LISTED', 'WRAP_NOT_REQUESTED', 'WRAP_BROKEN', 'CFRAG_MALFORMED', 'CFRAG_MISMATCH', 'CFRAG_PROOF_INVALID', 'HEADS_FALSE'
] as const
export type AnswerFault = (typeof ANSWER_FAULTS)[number]

/**
 * Why an answer is refused. What is no `AnswerFault` is not held against the proxy: it did not sign it, or whoever passed the answer
 * on paired it with another event, or the judge was not shown each wrap that it is for.
 */
export type AnswerFailure = AnswerFault | 'ANSWER_INVALID' | 'EVENT_MISMATCH' | 'WRAP_MISMATCH'

/** What opens each of the wraps that an answer is for, by the wrap's hash (hex). */
export type ProvenAnswer = ReadonlyMap<string, VerifiedFragment>

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
  /** What the consent lists for this proxy under the kfrag id that the answer names; absent when it lists none. */
  readonly listed?: ListedKfrag | undefined
  /** False for the hash of a wrap that the event does not name in the compartment of that kfrag. */
  readonly isRequested: (wrapHash: string) => boolean
  /** Of the wraps that the judge was shown. */
  readonly capsules: ShownCapsules
  /** Chains of the searched compartment before the permit, where the judge knows them; else those that are signed are not judged. */
  readonly heads?: SignedHeads | undefined
}

/** What it takes to judge who signed an answer, and for what. */
export interface SignedFacts extends Omit<AnswerFacts, 'capsules' | 'listed' | 'heads'> {
  readonly listed?: Pick<ListedKfrag, 'kfragId'> | undefined
}

/**
 * The one judge of a proxy's answer: its signature, the fields, that each wrap was asked for and has a capsule to answer, that id, U1 and
 * precursor of the batch are those which the consent lists for it, the proof of correct re-encryption, and of a search its chains. A batch
 * is right or false as a whole: one wrong cfrag in it makes it false. Returns what opens each wrap, or the first check that fails.
 */
export function judgeAnswer (answer: SignedAnswer, facts: AnswerFacts): ProvenAnswer | AnswerFailure {
  const failure = judgeSigned(answer, facts)
  if (failure !== undefined) return failure
  const proven = judgeBatch(answer, facts)
  if (typeof proven === 'string' || facts.heads === undefined) return proven
  return isSame(facts.heads, answer.body.heads) ? proven : 'HEADS_FALSE'
}

/** What it judges without a look at capsules and proof: who signed the answer, and for what. */
export function judgeSigned (answer: SignedAnswer, facts: SignedFacts): AnswerFailure | undefined {
  if (!facts.proxyKeys.some((key) => attempt(() => verifyAnswer(answer, facts.networkId, key)) !== undefined)) return 'ANSWER_INVALID'
  return judgeFields(answer, facts)
}

/** True for what the proxy has signed wrongly, as opposed to what others may have done. */
export function isAnswerFault (failure: AnswerFailure): failure is AnswerFault {
  return (ANSWER_FAULTS as readonly string[]).includes(failure)
}

function judgeFields (
  { body }: SignedAnswer,
  { eventId, isPermit, consentId, receivingKey, listed, isRequested }: SignedFacts
): AnswerFailure | undefined {
  if (body.eventId !== eventId) return 'EVENT_MISMATCH'
  if (!isPermit) return 'EVENT_DENIED'
  if (body.consentId !== consentId) return 'CONSENT_MISMATCH'
  if (body.receivingKey !== receivingKey) return 'RECEIVING_KEY_MISMATCH'
  if (body.kfragId !== listed?.kfragId) return 'KFRAG_NOT_LISTED'
  return body.wrapHashes.every((hash) => isRequested(hash)) ? undefined : 'WRAP_NOT_REQUESTED'
}

function judgeBatch ({ body }: SignedAnswer, { capsules: shown, listed }: AnswerFacts): ProvenAnswer | AnswerFailure {
  if (listed === undefined) return 'KFRAG_NOT_LISTED'
  if (!body.wrapHashes.every((hash) => shown.outlines.has(hash))) return 'WRAP_MISMATCH'
  const capsules = body.wrapHashes.flatMap((hash) => shown.find(hash) ?? [])
  // No honest proxy answers for such a wrap: else one in the batch would hide what is false in the others.
  if (capsules.length < body.wrapHashes.length) return 'WRAP_BROKEN'
  const batch = attempt(() => Batch.fromBytes(fromHex(body.cfrags)))
  if (batch === undefined) return 'CFRAG_MALFORMED'
  if (!isOfListed(batch, listed)) return 'CFRAG_MISMATCH'
  const fragments = attempt(() => verifyBatch(batch, capsules, listed))
  if (fragments === undefined) return 'CFRAG_PROOF_INVALID'
  return new Map(fragments.map((fragment, index) => [body.wrapHashes[index] ?? '', fragment]))
}

function isSame (known: SignedHeads, signed: SignedHeads | undefined): boolean {
  return signed !== undefined && signed.label === known.label && signed.writers === known.writers && signed.root === known.root
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
