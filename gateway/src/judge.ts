import { judgeAs } from '@epione/protocol/verify'
import type { Refusal, RefusalCode, Subject } from '@epione/protocol/verify'
import { GatewayError } from './errors.ts'
import type { GatewayErrorCode } from './errors.ts'

/**
 * Rules that what an own peer shows breaks: only a majority that does not run our chaincode writes so, or one peer that lies. What a single
 * statement breaks is named by what it is of and the code of its refusal, `consent.SIGNER_WRONG`.
 */
type StateRule =
  /** No block carries the event, or one tells it otherwise. */
  | 'event.not-in-its-block'
  /** It says something else than the request that was signed for it, or other records. */
  | 'event.not-its-request'
  | 'request.signer'
  | 'request.receiving-key'
  | 'record.not-its-manifest'
  | 'record.level'
  | 'record.taken-at'
  | 'record.end-hidden'
  | 'record.order'
  /** A stream to follow that another device wrote, or whose head is another. */
  | 'stream.not-its-device'
  /** How far streams are of which a permit names segments: not said, or less than these. */
  | 'streams.heads'
  /** A search key that no statement of the patient says. */
  | 'search.heads'
  | 'search.not-its-key'
  /** A permit under a consent of which too few proxies signed that they hold its kfrags. */
  | 'custody.missing'
  /** Decided by another policy than members agreed on. */
  | 'policy.not-agreed'
  | 'policy.hash'
  /** The signed statements give another decision. */
  | 'decision.differs'
  /** Another version of the decision than this proxy takes. */
  | 'decision.decider'
  | 'revocation.hidden'
  | 'prohibition.hidden'
  | 'suspension.hidden'
  | 'freeze.hidden'
  | 'representation.end-hidden'
export type LedgerRule = StateRule | `${Subject['kind']}.${RefusalCode}`

/** Runs a judgement: what it refuses, only somebody's word supports. @throws {GatewayError} STATEMENT_UNPROVEN */
export function judged<T> (judge: () => T): T {
  return judgeAs((refusal) => broken('STATEMENT_UNPROVEN', ruleOf(refusal), refusal.message, refusal), judge)
}

/** The refusal of everything that only somebody's word supports. */
export function unproven (rule: StateRule, detail: string): GatewayError {
  return broken('STATEMENT_UNPROVEN', rule, detail)
}

/** A refusal that names the rule which the ledger's state breaks, as the problem's member `rule`. */
export function broken (code: GatewayErrorCode, rule: LedgerRule, detail: string, cause?: Refusal): GatewayError {
  return new GatewayError(code, detail, { cause, extensions: { rule } })
}

function ruleOf ({ code, subject: { kind } }: Refusal): LedgerRule {
  return `${kind}.${code}`
}
