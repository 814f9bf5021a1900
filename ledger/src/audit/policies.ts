import policyProtos from '@hyperledger/fabric-protos/lib/common/policies_pb.js'
import principals from '@hyperledger/fabric-protos/lib/msp/msp_principal_pb.js'
import { VerificationError } from '../errors.ts'
import type { Group } from './config-group.ts'
import type { Member, NodeRole } from './msp.ts'

/** Whether signers, each counted once, satisfy a policy. */
export type Policy = (signers: readonly Member[]) => boolean

const { MSPRole, MSPPrincipal } = principals
const ROLE_NAMES = new Map<number, NodeRole>([
  [
    MSPRole.MSPRoleType.ADMIN, 'admin'
  ], [MSPRole.MSPRoleType.CLIENT, 'client'], [MSPRole.MSPRoleType.PEER, 'peer'], [MSPRole.MSPRoleType.ORDERER, 'orderer']
])
const NEVER: Policy = () => false

/** The policy of that name in a group of the channel configuration; one that is not there, or of an unknown kind, nobody satisfies. */
export function policyIn (group: Group | undefined, name: string): Policy {
  const policy = group?.policies.get(name)?.getPolicy()
  if (group === undefined || policy === undefined) return NEVER
  const value = policy.getValue_asU8()
  if (policy.getType() === policyProtos.Policy.PolicyType.SIGNATURE) {
    return signaturePolicy(policyProtos.SignaturePolicyEnvelope.deserializeBinary(value))
  }
  if (policy.getType() === policyProtos.Policy.PolicyType.IMPLICIT_META) {
    return implicitPolicy(group, policyProtos.ImplicitMetaPolicy.deserializeBinary(value))
  }
  return NEVER
}

/** N out of the policies of that name in the groups below. */
function implicitPolicy (group: Group, meta: policyProtos.ImplicitMetaPolicy): Policy {
  const below = [...group.groups.values()].map((one) => policyIn(one, meta.getSubPolicy()))
  const { ANY, ALL } = policyProtos.ImplicitMetaPolicy.Rule
  const rule = meta.getRule()
  const needed = rule === ANY ? 1 : rule === ALL ? below.length : Math.floor(below.length / 2) + 1
  return (signers) => below.filter((policy) => policy(signers)).length >= needed
}

/** A policy over principals: each signer counts for one of them (fabric: common/cauthdsl). */
export function signaturePolicy (envelope: policyProtos.SignaturePolicyEnvelope): Policy {
  const tests = envelope.getIdentitiesList().map(principalTest)
  const rule = envelope.getRule()
  return (signers) => rule !== undefined && evaluate(rule, tests, signers, signers.map(() => false)) !== undefined
}

type Used = readonly boolean[]

/** Which signers are used up when the rule holds; undefined when it does not. */
function evaluate (
  rule: policyProtos.SignaturePolicy,
  tests: ReadonlyArray<(member: Member) => boolean>,
  signers: readonly Member[],
  used: Used
): Used | undefined {
  const outOf = rule.getNOutOf()
  if (outOf === undefined) {
    const test = tests[rule.getSignedBy()]
    const index = signers.findIndex((signer, i) => used[i] !== true && test?.(signer) === true)
    return index < 0 ? undefined : used.map((u, i) => u || i === index)
  }
  let [satisfied, left] = [0, used]
  for (const part of outOf.getRulesList()) {
    const after = evaluate(part, tests, signers, left)
    if (after !== undefined) [satisfied, left] = [satisfied + 1, after]
  }
  return satisfied >= outOf.getN() ? left : undefined
}

function principalTest (principal: principals.MSPPrincipal): (member: Member) => boolean {
  const bytes = principal.getPrincipal_asU8()
  const kind = principal.getPrincipalClassification()
  if (kind === MSPPrincipal.Classification.ROLE) {
    const role = MSPRole.deserializeBinary(bytes)
    const [mspId, name] = [role.getMspIdentifier(), ROLE_NAMES.get(role.getRole())]
    return (member) => member.mspId === mspId && (name === undefined || member.roles.has(name))
  }
  if (kind === MSPPrincipal.Classification.ORGANIZATION_UNIT) {
    const unit = principals.OrganizationUnit.deserializeBinary(bytes)
    return (member) => member.mspId === unit.getMspIdentifier() && member.units.includes(unit.getOrganizationalUnitIdentifier())
  }
  throw new VerificationError('CONFIG_MALFORMED', `A policy names a principal of kind ${String(kind)}, which this audit does not know.`)
}
