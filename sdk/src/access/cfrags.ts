import type { ProvenGrant } from '@epione/protocol/verify'
import { isAnswerFault, judgeAnswer } from '@epione/crypto'
import type { AnswerFailure as Failure, ProvenAnswer, ShownCapsules } from '@epione/crypto'
import type { PassedAnswer } from '@epione/protocol/api'
import type { Organization } from '../keys/organizations.ts'

type Compartment = Pick<ProvenGrant, 'label' | 'epoch'>

/** What an answer must fit, all of it from signed statements. */
export interface AnswerContext {
  networkId: Uint8Array
  organizations: readonly Organization[]
  eventId: string
  consentId: string
  /** The own one. */
  receivingKey: string
  /** What the consent grants of each compartment. */
  grants: readonly ProvenGrant[]
  /** Of the wraps that came with the answers. */
  capsules: ShownCapsules
  /** By the wrap's hash, the compartment of each record whose manifest is proven: no answer of another is good for it. */
  compartments: ReadonlyMap<string, Compartment>
}

/**
 * Why an answer is refused: as `judgeAnswer` says, or there is no such proxy. That it signs other chains (`HEADS_FALSE`) is seen once
 * enough others sign those that are served.
 */
export type AnswerFailure = Failure | 'PROXY_UNKNOWN'

export interface ReceivedAnswer { mspId: string, answer: PassedAnswer }
/** What of a proxy's answer opens each of its wraps. */
export interface GoodAnswer { mspId: string, answer: PassedAnswer, fragments: ProvenAnswer }
export interface FalseAnswer {
  mspId: string
  failure: AnswerFailure
  /** The proxy has signed it, so that an accusation can stand. */
  provable: boolean
  answer: PassedAnswer
}
export interface Judgement { good: GoodAnswer[], false: FalseAnswer[] }

/**
 * Judges every answer, by organisation: the proxy's signature, the fields, that kfrag id and U1 are listed for it, and the proof of
 * correct re-encryption, which is one for all the cfrags in it.
 */
export function judgeAnswers (answers: readonly ReceivedAnswer[], context: AnswerContext): Judgement {
  const judgement: Judgement = { good: [], false: [] }
  for (const { mspId, answer } of answers.toSorted((a, b) => a.mspId < b.mspId ? -1 : 1)) {
    const verdict = judge(mspId, answer, context)
    if (typeof verdict === 'string') judgement.false.push({ mspId, failure: verdict, provable: isProvable(verdict), answer })
    else judgement.good.push({ mspId, answer, fragments: verdict })
  }
  return judgement
}

/** True for what the proxy has signed wrongly, so that it can be convicted of it. */
export const isProvable = (failure: AnswerFailure): boolean => failure !== 'PROXY_UNKNOWN' && isAnswerFault(failure)

function judge (
  mspId: string,
  answer: PassedAnswer,
  { organizations, grants, compartments, ...context }: AnswerContext
): ProvenAnswer | AnswerFailure {
  const organization = organizations.find((o) => o.mspId === mspId)
  if (organization === undefined) return 'PROXY_UNKNOWN'
  const isOfProxy = (share: ProvenGrant['shares'][number]): boolean => share.mspId === mspId && share.kfragId === answer.body.kfragId
  const grant = grants.find(({ shares }) => shares.some(isOfProxy))
  const share = grant?.shares.find(isOfProxy)
  return judgeAnswer(answer, {
    ...context,
    isPermit: true,
    proxyKeys: [organization.signingKey],
    listed: grant === undefined || share === undefined ? undefined : { ...share, keys: grant.keys, precursor: grant.precursor },
    isRequested: (hash) => {
      const known = compartments.get(hash)
      return known === undefined || (known.label === grant?.label && known.epoch === grant.epoch)
    }
  })
}
