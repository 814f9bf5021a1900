import { AnswerBody, usedFeatures } from '@epione/protocol'
import type { ProvenGrant } from '@epione/protocol/verify'
import { isAnswerFault, judgeAnswer } from '@epione/crypto'
import type { AnswerFailure as Failure, VerifiedCfrag } from '@epione/crypto'
import type { PassedAnswer } from '@epione/protocol/api'
import type { Organization } from '../keys/organizations.ts'

/** What an answer must fit, all of it from signed statements. */
export interface AnswerContext {
  networkId: Uint8Array
  organizations: readonly Organization[]
  eventId: string
  /** Capsule (98 bytes) of the wrap whose hash manifest or rewrap names. */
  capsule: Uint8Array
  wrapHash: string
  consentId: string
  /** What the consent grants of the record's compartment. */
  grant: ProvenGrant
}

/** Why an answer is refused: as `judgeAnswer` says, there is no such proxy, or it says what no code takes yet. */
export type AnswerFailure = Failure | 'PROXY_UNKNOWN' | 'FEATURE_INACTIVE'

export interface ReceivedAnswer { mspId: string, answer: PassedAnswer }
export interface GoodAnswer { mspId: string, cfrag: VerifiedCfrag }
export interface FalseAnswer {
  mspId: string
  failure: AnswerFailure
  /** The proxy has signed it, so that an accusation can stand. */ provable: boolean
  answer: PassedAnswer
}
export interface Judgement { good: GoodAnswer[], false: FalseAnswer[] }

/**
 * Judges every answer, by organisation: the proxy's signature, the fields, that kfrag id and U1 are listed for it, and the proof of
 * correct re-encryption.
 */
export function judgeAnswers (answers: readonly ReceivedAnswer[], context: AnswerContext): Judgement {
  const judgement: Judgement = { good: [], false: [] }
  for (const { mspId, answer } of answers.toSorted((a, b) => a.mspId < b.mspId ? -1 : 1)) {
    const verdict = judge(mspId, answer, context)
    if (typeof verdict === 'string') judgement.false.push({ mspId, failure: verdict, provable: isProvable(verdict), answer })
    else if (!judgement.good.some((g) => g.mspId === mspId)) judgement.good.push({ mspId, cfrag: verdict })
  }
  return judgement
}

const isProvable = (
  failure: AnswerFailure
): boolean => failure !== 'PROXY_UNKNOWN' && failure !== 'FEATURE_INACTIVE' && isAnswerFault(failure)

function judge (mspId: string, answer: PassedAnswer, { organizations, grant, ...context }: AnswerContext): VerifiedCfrag | AnswerFailure {
  const organization = organizations.find((o) => o.mspId === mspId)
  if (organization === undefined) return 'PROXY_UNKNOWN'
  if (usedFeatures(AnswerBody, answer.body).length > 0) return 'FEATURE_INACTIVE'
  const share = grant.shares.find((s) => s.mspId === mspId)
  return judgeAnswer(answer, {
    ...context,
    isPermit: true,
    receivingKey: grant.keys.receivingKey.toHex(),
    proxyKeys: [organization.signingKey],
    listed: share === undefined ? undefined : { ...share, keys: grant.keys, precursor: grant.precursor }
  })
}
