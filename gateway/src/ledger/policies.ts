import type { LedgerClient } from '@epione/ledger/client'
import { checkPolicy, POLICY_1, policyHash } from '@epione/protocol'
import type { NetworkDocument, PolicyDocument } from '@epione/protocol'
import { unproven } from '../judge.ts'

interface Options { ledger: Pick<LedgerClient, 'getPolicy'>, networkAt: (time: number) => Promise<NetworkDocument> }

/** The policies that versions of the network document name, each held against its hash once. */
export class Policies {
  readonly #options: Options
  readonly #inForce = new Map<string, PolicyDocument>([[policyHash(POLICY_1), POLICY_1]])

  constructor (options: Options) {
    this.#options = options
  }

  /** The one that was in force at a time (ms) of the ledger. @throws {GatewayError} STATEMENT_UNPROVEN, and what reading throws */
  async at (time: number): Promise<PolicyDocument> {
    const { policyHash: hash } = await this.#options.networkAt(time)
    const policy = this.#inForce.get(hash) ?? await this.read(hash)
    this.#inForce.set(hash, policy)
    return policy
  }

  /** Any that is on the ledger, in force or proposed. @throws {LedgerError} POLICY_UNKNOWN @throws {GatewayError} STATEMENT_UNPROVEN */
  async read (hash: string): Promise<PolicyDocument> {
    const policy = this.#inForce.get(hash) ?? await this.#options.ledger.getPolicy(hash)
    if (policyHash(policy) !== hash || checkPolicy(policy).length > 0) {
      throw unproven('policy.hash', `this hospital's own peer shows another policy for ${hash}`)
    }
    return policy
  }
}
