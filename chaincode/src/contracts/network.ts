import { Info, Returns, Transaction } from 'fabric-contract-api'
import {
  checkFounding, Hash, LEDGER_EVENTS, LEDGER_KEYS, LedgerError, networkStateOf, SignedNetwork, TIMESTAMP_TOLERANCE_MS, Version
} from '@epione/protocol'
import { verifyNetwork } from '@epione/protocol/verify'
import { acceptAdminStatement, judge } from './admin-statements.ts'
import { listProposals, storeApproval, storeProposal } from './amendments.ts'
import { checkArgument, parseArgument, parseNumber } from './arguments.ts'
import { LedgerContext } from './context.ts'
import { LedgerContract } from './ledger-contract.ts'
import { findPolicy, storePolicy } from './policy-in-force.ts'
import { toResult } from './result.ts'
import { storeReceipt } from './statement-acceptance.ts'
import type { NetworkDocument, NetworkVersion } from '@epione/protocol'

@Info({ title: 'Network', description: 'The document that members agreed on' })
export class NetworkContract extends LedgerContract {
  constructor () {
    super('Network')
  }

  /**
   * Once, by an admin of a listed member, with the signature of every founder. Whose the listed keys are nobody here can know: whoever
   * runs on the network compares the document with its own network file (decision 0001).
   */
  @Transaction()
  @Returns('string')
  async Found (ctx: LedgerContext, signed: string): Promise<string> {
    const network = parseArgument(SignedNetwork, signed, 'the network document with its founders\' signatures')
    const { document } = network
    if (!document.members.some((m) => m.mspId === ctx.creator.mspId)) {
      throw new LedgerError('NOT_AUTHORIZED', 'Found the network as an admin of a listed member.')
    }
    if (await ctx.state.get(LEDGER_KEYS.network()) !== undefined) {
      throw new LedgerError('NETWORK_ALREADY_FOUNDED', 'The network is founded; read it with Network:Get.')
    }
    requireFoundable(document, ctx.time)
    judge(() => verifyNetwork(network))
    await ctx.state.put(LEDGER_KEYS.network(), networkStateOf(document))
    await ctx.state.put(LEDGER_KEYS.networkDocument(document.version), network)
    return ctx.emit(LEDGER_EVENTS.networkFounded, network)
  }

  /** What contracts judge by now, and what of it changes when. */
  @Transaction(false)
  @Returns('string')
  async Get (ctx: LedgerContext): Promise<string> {
    return toResult(await ctx.network())
  }

  /** A version of the document with what was signed of it, for whoever verifies it. */
  @Transaction(false)
  @Returns('string')
  async GetDocument (ctx: LedgerContext, version: string): Promise<string> {
    const number = parseNumber(Version, version, 'the version')
    const signed = await ctx.state.get<NetworkVersion>(LEDGER_KEYS.networkDocument(number))
    if (signed === undefined) {
      throw new LedgerError(
        'ARGUMENT_INVALID',
        `There is no version ${version} of the network document; ${String((await ctx.network()).version)} is in force.`
      )
    }
    return toResult(signed)
  }

  /**
   * A further version of the document, signed by an admin of a member; it counts once more than half of the members approved it. With it
   * comes the policy that it names, or an empty string for one that the ledger has.
   */
  @Transaction()
  @Returns('string')
  async Propose (ctx: LedgerContext, statement: string, policy: string): Promise<string> {
    const accepted = await acceptAdminStatement(ctx, 'NetworkProposal', statement)
    await storeProposal(ctx, accepted)
    await storePolicy(ctx, accepted.body.document.policyHash, policy)
    await storeReceipt(ctx, accepted)
    return ctx.emit(LEDGER_EVENTS.networkProposed, accepted.stored)
  }

  /** One member's approval of a proposed document. */
  @Transaction()
  @Returns('string')
  async Approve (ctx: LedgerContext, statement: string): Promise<string> {
    const accepted = await acceptAdminStatement(ctx, 'NetworkApproval', statement)
    await storeApproval(ctx, accepted)
    await storeReceipt(ctx, accepted)
    return ctx.emit(LEDGER_EVENTS.networkApproved, accepted.stored)
  }

  /** A policy by its hash, in force or proposed. */
  @Transaction(false)
  @Returns('string')
  async GetPolicy (ctx: LedgerContext, hash: string): Promise<string> {
    const policy = await findPolicy(ctx, checkArgument(Hash, hash, 'the hash of a policy'))
    if (policy === undefined) throw new LedgerError('POLICY_UNKNOWN', `No policy ${hash} is on the ledger.`)
    return toResult(policy)
  }

  /** What can be approved now, and by whom it was. */
  @Transaction(false)
  @Returns('string')
  async ListProposals (ctx: LedgerContext): Promise<string> {
    return toResult(await listProposals(ctx))
  }
}

function requireFoundable (document: NetworkDocument, time: number): void {
  const faults = checkFounding(document)
  if (document.inForceFrom > time + TIMESTAMP_TOLERANCE_MS) {
    faults.push('Found the network when its document is in force; inForceFrom is later than this transaction.')
  }
  if (faults.length > 0) throw new LedgerError('ARGUMENT_INVALID', faults.join(' '))
}
