import { canonicalize, sha256, toHex, utf8 } from '@epione/crypto'
import type { PolicyDocument } from '../shapes/policy.ts'

/** Hex SHA-256 of the policy's canonical bytes: what the `Network` document names. */
export function policyHash (policy: PolicyDocument): string {
  return toHex(sha256(utf8(canonicalize(policy))))
}
