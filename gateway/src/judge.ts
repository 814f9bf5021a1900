import { judgeAs } from '@epione/protocol/verify'
import type { Refusal } from '@epione/protocol/verify'
import { GatewayError } from './errors.ts'

/** Runs a judgement: what it refuses, only somebody's word supports. @throws {GatewayError} STATEMENT_UNPROVEN, FEATURE_INACTIVE */
export function judged<T> (judge: () => T): T {
  return judgeAs(
    (refusal) =>
      refusal.code === 'FEATURE_INACTIVE'
        ? new GatewayError(refusal.code, refusal.message, { cause: refusal })
        : unproven(refusal.message, refusal),
    judge
  )
}

/** The refusal of everything that only somebody's word supports. */
export function unproven (detail: string, cause?: Refusal): GatewayError {
  return new GatewayError('STATEMENT_UNPROVEN', detail, { cause })
}
