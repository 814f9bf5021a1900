import { POLICY_1 } from '@epione/protocol'
import type { PolicyDocument } from '@epione/protocol'
import type { LedgerContext } from './context.ts'

/** The policy by which the transaction is decided. */
export async function loadPolicy (_ctx: LedgerContext): Promise<PolicyDocument> {
  return await Promise.resolve(POLICY_1)
}
