import type { PolicyDocument } from '../shapes/policy.ts'
import { compilePolicy } from './compiled-policy.ts'

/** True for a role that the policy lists. */
export function isRole (policy: PolicyDocument, value: string): boolean {
  return compilePolicy(policy).roles.has(value)
}

/** The role itself and all above it; one that the policy does not list is alone. */
export function rolesUpward (policy: PolicyDocument, role: string): ReadonlySet<string> {
  return compilePolicy(policy).roles.get(role) ?? new Set([role])
}

/** True when the policy lists the role, and it is `ancestor` or inherits from it. */
export function roleIs (policy: PolicyDocument, role: string | undefined, ancestor: string): boolean {
  return role !== undefined && isRole(policy, role) && rolesUpward(policy, role).has(ancestor)
}
