import {
  AttributeValue, checkPolicy, judgePolicy, Level, MediaClass, MspId, POLICY_1, PolicyDocument, policyFailures, policyHash,
  PurposeCode
} from '@epione/protocol'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import type { ClientContext } from '../context/context.ts'
import { ClientError } from '../errors.ts'
import { readNetworkDocument } from '../keys/network.ts'

const strict = { additionalProperties: false }

/** What somebody may ask, and what a policy is expected to say of it; a consent is another half of the decision. */
export const PolicyCases = Type.Array(Type.Object({
  name: Type.String({ minLength: 1, maxLength: 256 }),
  organization: MspId,
  role: Type.Optional(AttributeValue),
  department: Type.Optional(AttributeValue),
  /** `read` when it is left out. */
  action: Type.Optional(AttributeValue),
  purpose: PurposeCode,
  /** `N` when it is left out. */
  level: Type.Optional(Level),
  /** `document` when it is left out. */
  mediaClass: Type.Optional(MediaClass),
  expect: Type.Union([Type.Literal('permit'), Type.Literal('deny')])
}, strict), { minItems: 1, maxItems: 10_000 })
export type PolicyCases = Static<typeof PolicyCases>

/** A case that came out otherwise, with the rules that applied. */
export interface FailedCase { name: string, expected: 'permit' | 'deny', found: 'permit' | 'deny', rules: string[] }

/** A policy that is on the ledger, in force or proposed, as its hash proves. @throws {ClientError} NETWORK_MISMATCH */
export async function readPolicy (context: ClientContext, hash: string): Promise<PolicyDocument> {
  if (hash === policyHash(POLICY_1)) return POLICY_1
  const { own } = context.gateways
  const policy = await own.getPolicy(hash)
  if (policyHash(policy) === hash && checkPolicy(policy).length === 0) return policy
  throw new ClientError('NETWORK_MISMATCH', `${own.info.mspId} shows another policy than the one with the hash ${hash}.`, {
    party: { kind: 'gateway', mspId: own.info.mspId }
  })
}

/** The policy in force, proven by the network document that names it. */
export async function readPolicyInForce (context: ClientContext): Promise<{ policyHash: string, policy: PolicyDocument }> {
  const { policyHash: hash } = await readNetworkDocument(context)
  return { policyHash: hash, policy: await readPolicy(context, hash) }
}

/** @throws {ClientError} CONFIG_INVALID for one that nobody may apply */
export function requireSoundPolicy (policy: PolicyDocument, where: string): PolicyDocument {
  const faults = checkPolicy(policy)
  if (faults.length > 0) throw new ClientError('CONFIG_INVALID', `${where} is no policy that could be applied. ${faults.join(' ')}`, { faults })
  return policy
}

/** The cases in which a policy says something else than is expected. */
export function testPolicy (policy: PolicyDocument, cases: PolicyCases): FailedCase[] {
  return cases.flatMap((one) => {
    const { name, organization: mspId, role, department, action = 'read', purpose, level = 'N', mediaClass = 'document', expect } = one
    const asked = { mspId, role, department, action, purpose }
    const judgement = judgePolicy(policy, asked, [action === 'search' ? { level } : { level, mediaClass }])
    const found = policyFailures(judgement, asked).length === 0 ? 'permit' : 'deny'
    const rules = [...judgement.permits, ...judgement.forbids, ...judgement.undecided.map(({ rule }) => rule)]
    return found === expect ? [] : [{ name, expected: expect, found, rules }]
  })
}
