import { Info, Returns, Transaction } from 'fabric-contract-api'
import { checkFounding, completeFounding, LEDGER_EVENTS, LEDGER_KEYS, LedgerError, NetworkFounding } from '@epione/protocol'
import { parseArgument } from './arguments.ts'
import { LedgerContext } from './context.ts'
import { LedgerContract } from './ledger-contract.ts'
import { toResult } from './result.ts'

@Info({ title: 'Policy', description: 'Members and settings of the network' })
export class PolicyContract extends LedgerContract {
  constructor () {
    super('Policy')
  }

  /** Once, by an admin of a listed member. Nobody has to believe it: whoever runs on the network compares it with its own network file (decision 0001). */
  @Transaction()
  @Returns('string')
  async Found (ctx: LedgerContext, founding: string): Promise<string> {
    const network = completeFounding(parseArgument(NetworkFounding, founding, 'the founding'))
    if (!network.members.some((m) => m.mspId === ctx.creator.mspId)) throw new LedgerError('NOT_AUTHORIZED', 'Found the network as an admin of a listed member.')
    if (await ctx.state.get(LEDGER_KEYS.network()) !== undefined) throw new LedgerError('NETWORK_ALREADY_FOUNDED', 'The network is founded; read it with Policy:Get.')
    const faults = checkFounding(network)
    if (faults.length > 0) throw new LedgerError('ARGUMENT_INVALID', faults.join(' '))
    await ctx.state.put(LEDGER_KEYS.network(), network)
    return ctx.emit(LEDGER_EVENTS.networkFounded, network)
  }

  @Transaction(false)
  @Returns('string')
  async Get (ctx: LedgerContext): Promise<string> {
    return toResult(await ctx.network())
  }
}
