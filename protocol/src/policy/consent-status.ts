import { CONSENT_PENDING_MS } from '../shapes/limits.ts'
import type { ConsentState, ConsentStatus } from '../shapes/state.ts'
import type { Consent } from '../shapes/statements.ts'

/** What the ledger says of one consent. */
export interface ConsentFacts {
  body: Consent
  revoked: boolean
  /** Organisations whose proxies confirmed custody of all their kfrags of this consent. */
  custody: readonly string[]
  /** Current members of the consortium. */
  members: readonly string[]
  /** Organisations that say they destroyed their kfrags of it. */
  destroyed: readonly string[]
}

/**
 * State of a consent at `time` (ms). Consents add up; only revocation or expiry ends one (DESIGN §4, PROTOCOL §2).
 * `pending` until `threshold` current members confirmed custody, `void` when that did not happen in time,
 * `suspended` when members that had confirmed are gone or destroyed their kfrags.
 */
export function consentStatus ({ body, revoked, custody, members, destroyed }: ConsentFacts, time: number): ConsentStatus {
  if (revoked) return 'revoked'
  if (time > body.notAfter) return 'expired'
  const holding = custody.filter((m) => members.includes(m) && !destroyed.includes(m))
  if (holding.length < body.threshold) {
    if (custody.length >= body.threshold) return 'suspended'
    return time > body.submitBefore + CONSENT_PENDING_MS ? 'void' : 'pending'
  }
  return time < body.notBefore ? 'not-started' : 'active'
}

/** States of a consent that has ended. */
export type ConsentOver = Extract<ConsentStatus, 'revoked' | 'expired' | 'void'>

/** Whether a consent of this state has ended. */
export function isConsentOver (status: ConsentStatus): status is ConsentOver {
  return status === 'revoked' || status === 'expired' || status === 'void'
}

/**
 * The facts that a ledger's `state` of a consent gives. `body` is the consent as the caller parsed it: a proxy
 * passes the one whose signature it verified itself, never what a peer says of it (I2).
 */
export function consentFacts (body: Consent, state: ConsentState, members: readonly string[]): ConsentFacts {
  return {
    body,
    revoked: state.revocation !== undefined,
    custody: state.custody.map((s) => s.submittedBy),
    members,
    destroyed: state.destructions.map((s) => s.submittedBy)
  }
}
