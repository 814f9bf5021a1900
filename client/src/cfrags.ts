import type { Consent } from '@epione/chaincode/model'
import { Cfrag, CryptoError, fromHex, toHex, verifyAnswer, verifyCfrag } from '@epione/crypto'
import type { Capsule, GrantKeys, VerifiedCfrag } from '@epione/crypto'
import type { SignedAnswer } from './gateway-schemas.ts'
import type { Organization } from './organizations.ts'

/** What an answer must fit, all of it from signed statements. */
export interface AnswerContext {
  networkId: Uint8Array
  organizations: readonly Organization[]
  eventId: string
  wrapHash: string
  consentId: string
  consent: Consent
  /** Compartment of the record. */
  label: string
  epoch: number
  capsule: Capsule
  keys: GrantKeys
}

/**
 * Why an answer is refused. The first four cannot be held against the proxy, because whoever passed the answer on could have made
 * them; the others it has signed, and the ledger convicts it (PROTOCOL §2).
 */
export type AnswerFailure =
  | 'PROXY_UNKNOWN' | 'ANSWER_INVALID' | 'EVENT_MISMATCH' | 'WRAP_MISMATCH'
  | 'CONSENT_MISMATCH' | 'RECEIVING_KEY_MISMATCH' | 'KFRAG_NOT_LISTED' | 'CFRAG_MALFORMED' | 'CFRAG_MISMATCH' | 'CFRAG_PROOF_INVALID'

const RELAY_FAILURES: readonly AnswerFailure[] = ['PROXY_UNKNOWN', 'ANSWER_INVALID', 'EVENT_MISMATCH', 'WRAP_MISMATCH']

export interface ReceivedAnswer { mspId: string, answer: SignedAnswer }
export interface GoodAnswer { mspId: string, cfrag: VerifiedCfrag }
export interface FalseAnswer { mspId: string, failure: AnswerFailure, /** The proxy has signed it, so that an accusation can stand. */ provable: boolean, answer: SignedAnswer }
export interface Judgement { good: GoodAnswer[], false: FalseAnswer[] }

/** Judges every answer, by organisation: the proxy's signature, the fields, that kfrag id and U1 are listed for it, and the proof of correct re-encryption. */
export function judgeAnswers (answers: readonly ReceivedAnswer[], context: AnswerContext): Judgement {
  const judgement: Judgement = { good: [], false: [] }
  for (const { mspId, answer } of answers.toSorted((a, b) => a.mspId < b.mspId ? -1 : 1)) {
    const verdict = judge(mspId, answer, context)
    if (typeof verdict === 'string') judgement.false.push({ mspId, failure: verdict, provable: !RELAY_FAILURES.includes(verdict), answer })
    else if (!judgement.good.some((g) => g.mspId === mspId)) judgement.good.push({ mspId, cfrag: verdict })
  }
  return judgement
}

function judge (mspId: string, answer: SignedAnswer, context: AnswerContext): VerifiedCfrag | AnswerFailure {
  const organization = context.organizations.find((o) => o.mspId === mspId)
  if (organization === undefined) return 'PROXY_UNKNOWN'
  const body = attempt(() => verifyAnswer(answer, context.networkId, organization.signingKey))
  if (body === undefined) return 'ANSWER_INVALID'
  if (body.eventId !== context.eventId) return 'EVENT_MISMATCH'
  if (body.wrapHash !== context.wrapHash) return 'WRAP_MISMATCH'
  if (body.consentId !== context.consentId) return 'CONSENT_MISMATCH'
  if (body.receivingKey !== context.keys.receivingKey.toHex()) return 'RECEIVING_KEY_MISMATCH'
  const share = context.consent.compartments
    .find((c) => c.label === context.label && c.epoch === context.epoch)?.shares
    .find((s) => s.mspId === mspId && s.kfragId === body.kfragId)
  if (share === undefined) return 'KFRAG_NOT_LISTED'
  const cfrag = attempt(() => Cfrag.fromBytes(fromHex(body.cfrag)))
  if (cfrag === undefined) return 'CFRAG_MALFORMED'
  if (toHex(cfrag.kfragId) !== share.kfragId || toHex(cfrag.commitment) !== share.commitment) return 'CFRAG_MISMATCH'
  return attempt(() => verifyCfrag(cfrag, context.capsule, context.keys)) ?? 'CFRAG_PROOF_INVALID'
}

/** What `check` returns, or `undefined` when crypto refuses the bytes. */
function attempt<T> (check: () => T): T | undefined {
  try {
    return check()
  } catch (error) {
    if (error instanceof CryptoError) return undefined
    throw error
  }
}
