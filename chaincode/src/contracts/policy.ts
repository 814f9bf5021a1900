import { Info, Returns, Transaction } from 'fabric-contract-api'
import { LedgerError } from '../errors.ts'
import { LEDGER_EVENTS, LEDGER_KEYS, NetworkFounding, RECOVERY_DELAY_SECONDS } from '../model/index.ts'
import { parseArgument } from './arguments.ts'
import { LedgerContext } from './context.ts'
import { LedgerContract } from './ledger-contract.ts'
import { toResult } from './result.ts'
import type { NetworkState } from '../model/index.ts'

const DEFAULT_SETTINGS = { permitSeconds: 60, recoveryDelaySeconds: RECOVERY_DELAY_SECONDS, identityDelaySeconds: RECOVERY_DELAY_SECONDS }

@Info({ title: 'Policy', description: 'Members and settings of the network' })
export class PolicyContract extends LedgerContract {
  constructor () {
    super('Policy')
  }

  /** Once, by an admin of a listed member. Gateways compare the network id with block 0 of their own peer. */
  @Transaction()
  @Returns('string')
  async Found (ctx: LedgerContext, founding: string): Promise<string> {
    const { networkId, name, members, settings } = parseArgument(NetworkFounding, founding, 'the founding')
    if (!ctx.creator.isAdmin || !members.some((m) => m.mspId === ctx.creator.mspId)) throw new LedgerError('NOT_AUTHORIZED', 'Found the network as an admin of a listed member.')
    if (await ctx.state.get(LEDGER_KEYS.network()) !== undefined) throw new LedgerError('NETWORK_ALREADY_FOUNDED', 'The network is founded; read it with Policy:Get.')
    if (new Set(members.map((m) => m.mspId)).size !== members.length) throw new LedgerError('ARGUMENT_INVALID', 'List each member once.')
    if (settings.shareMinimum > members.length) throw new LedgerError('ARGUMENT_INVALID', 'A consent cannot need more proxies than there are members; lower shareMinimum.')
    const network: NetworkState = { networkId, name, members, settings: { ...DEFAULT_SETTINGS, ...settings } }
    await ctx.state.put(LEDGER_KEYS.network(), network)
    return ctx.emit(LEDGER_EVENTS.networkFounded, network)
  }

  @Transaction(false)
  @Returns('string')
  async Get (ctx: LedgerContext): Promise<string> {
    return toResult(await ctx.network())
  }
}
