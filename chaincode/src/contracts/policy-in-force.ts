import { checkPolicy, LEDGER_KEYS, LedgerError, POLICY_1, PolicyDocument, policyHash } from '@epione/protocol'
import { parseArgument } from './arguments.ts'
import type { LedgerContext } from './context.ts'

/** The one policy that every build of the software has; it is on no ledger. */
const BUILT_IN = policyHash(POLICY_1)
/** Policies read last, by hash: their content cannot change. */
const CACHE_SIZE = 8
const known = new Map<string, PolicyDocument>()

/** The policy by which the transaction is decided. */
export async function loadPolicy (ctx: LedgerContext): Promise<PolicyDocument> {
  const policy = await findPolicy(ctx, (await ctx.network()).policyHash)
  if (policy === undefined) throw new LedgerError('INTERNAL', 'A policy is in force that is not there.')
  return policy
}

/**
 * A policy by its hash. It is read also where this process knows it: endorsers that remember different things must have read the same,
 * or nothing that they endorse together fits. Only parsing is saved.
 */
export async function findPolicy (ctx: LedgerContext, hash: string): Promise<PolicyDocument | undefined> {
  if (hash === BUILT_IN) return POLICY_1
  const json = await ctx.state.getJson(LEDGER_KEYS.policy(hash))
  if (json === undefined) return undefined
  const found = known.get(hash) ?? JSON.parse(json) as PolicyDocument
  if (known.size >= CACHE_SIZE && !known.has(hash)) known.delete(known.keys().next().value ?? '')
  known.set(hash, found)
  return found
}

/** Keeps the policy that a proposed document names, unless it is there already. @throws {LedgerError} POLICY_INVALID, POLICY_UNKNOWN */
export async function storePolicy (ctx: LedgerContext, hash: string, json: string): Promise<void> {
  if (json === '') {
    if (await findPolicy(ctx, hash) !== undefined) return
    throw new LedgerError('POLICY_UNKNOWN', `No policy ${hash} is on the ledger; send it with the proposal.`)
  }
  const policy = parseArgument(PolicyDocument, json, 'a policy', 'POLICY_INVALID')
  const faults = checkPolicy(policy)
  if (policyHash(policy) !== hash) faults.unshift(`Send the policy that the document names: this one's hash is ${policyHash(policy)}.`)
  if (faults.length > 0) throw new LedgerError('POLICY_INVALID', faults.join(' '))
  if (hash !== BUILT_IN) await ctx.state.put(LEDGER_KEYS.policy(hash), policy)
}
