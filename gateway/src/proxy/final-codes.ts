import type { GatewayErrorCode } from '../errors.ts'

/** Codes after which nothing is released under a permit any more, whatever else comes. */
const FINAL = new Set<string>([
  'EVENT_UNKNOWN', 'EVENT_DENIED', 'EVENT_OF_ANOTHER', 'NOT_PERMITTED', 'PERMIT_EXPIRED', 'CONSENT_ENDED', 'RECORD_ENDED', 'DECISION_MISMATCH',
  'STATEMENT_UNPROVEN', 'WRAP_UNKNOWN', 'EPOCH_ENDED', 'FEATURE_INACTIVE', 'PROXIES_CONVICTED'
] satisfies GatewayErrorCode[])

/** Whether a proxy that says this will release nothing any more. */
export function isFinal (code: string): boolean {
  return FINAL.has(code)
}
