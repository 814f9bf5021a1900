import { canonicalHash } from '../shapes/canonical-hash.ts'
import type { PolicyDocument } from '../shapes/policy.ts'

/** Hex SHA-256 of the policy's canonical bytes: what the `Network` document names. */
export function policyHash (policy: PolicyDocument): string {
  return canonicalHash(policy)
}
