import { POLICY_1 } from '@epione/protocol'
import type { PolicyDocument } from '@epione/protocol'

/** The policy that is in force at a time (ms). */
export async function policyInForce (_time: number): Promise<PolicyDocument> {
  return await Promise.resolve(POLICY_1)
}
