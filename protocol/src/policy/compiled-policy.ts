import { compileRule } from './compiled-rule.ts'
import { upward } from './hierarchy.ts'
import { placesOf } from './organization-tree.ts'
import { policyHash } from './policy-hash.ts'
import type { PolicyDocument } from '../shapes/policy.ts'
import type { CompiledRule } from './compiled-rule.ts'
import type { FindPlace } from './organization-tree.ts'

/** A policy as it is applied. */
export interface CompiledPolicy {
  /** What events call it: `version/hash`. */
  name: string
  /** Each role with itself and all above it. */
  roles: ReadonlyMap<string, ReadonlySet<string>>
  placeOf: FindPlace
  /** By id: the order in which a document lists them does not matter. */
  rules: readonly CompiledRule[]
}

const compiled = new WeakMap<PolicyDocument, CompiledPolicy>()

/** Compiles each document once, by identity: whoever holds one does not change it. */
export function compilePolicy (policy: PolicyDocument): CompiledPolicy {
  const known = compiled.get(policy)
  if (known !== undefined) return known
  const made = compile(policy)
  compiled.set(policy, made)
  return made
}

function compile (policy: PolicyDocument): CompiledPolicy {
  const parents = new Map(policy.roles.map((r) => [r.id, r.parents]))
  return {
    name: `${String(policy.version)}/${policyHash(policy)}`,
    roles: new Map(policy.roles.map(({ id }) => [id, upward(id, parents)])),
    placeOf: placesOf(policy.organizations),
    rules: policy.rules.map(compileRule).sort((a, b) => a.id < b.id ? -1 : 1)
  }
}

/** What events call a policy: its version and the hash of its canonical bytes. */
export function policyName (policy: PolicyDocument): string {
  return compilePolicy(policy).name
}
