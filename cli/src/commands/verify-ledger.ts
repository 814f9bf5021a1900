import type { Command } from 'commander'
import type { Act } from './act.ts'
import { ClientError } from '@epione/sdk'
import { verifyLedger } from '../verify-ledger.ts'
import type { LedgerVerified, LedgerWanted } from '../verify-ledger.ts'
import { parseContract, parseNetworkId, parseRpcUrl, parseWhole } from './arguments.ts'
import type { CommandRun } from './run.ts'

interface VerifyLedgerOptions {
  blocks: string
  networkId?: string
  checkpoint?: string
  rpc?: string
  chainId?: string
  contract?: string
  fromBlock?: string
}

/** `audit verify-ledger`, which asks no gateway anything. */
export function addVerifyLedgerCommand (audit: Command, act: Act): void {
  audit.command('verify-ledger')
    .description('check a peer\'s whole ledger from a copy of its block files, and compare it with the anchors')
    .requiredOption('--blocks <folder>', 'block files of a peer: ledgersData/chains/chains/CHANNEL')
    .option('--network-id <hash>', 'id of the network (default: of --network or of this home)')
    .option('--checkpoint <file>', 'where the audit is kept, so that the next one goes on after its last block')
    .option('--rpc <url>', 'RPC of the EVM chain on which the network is anchored')
    .option('--chain-id <n>', 'that chain\'s id, from a source that you trust')
    .option('--contract <address>', 'the anchor contract there, from a source that you trust')
    .option('--from-block <n>', 'EVM block of the contract\'s deployment, to search no earlier one')
    .action((options: VerifyLedgerOptions, command: Command) => act((run) => runAudit(run, options), command))
}

async function runAudit (run: CommandRun, options: VerifyLedgerOptions): Promise<LedgerVerified> {
  const { blocks: folder, checkpoint } = options
  const networkId = options.networkId === undefined ? (await run.loadNetwork()).networkId : parseNetworkId(options.networkId)
  const anchors = parseAnchors(options)
  const progress = run.startProgress('ledger', undefined, (
    transactions,
    seconds
  ) => `${transactions} transactions, ${(transactions / seconds).toFixed(0)} per second`)
  try {
    return await verifyLedger({
      folder,
      networkId,
      ...(checkpoint === undefined ? {} : { checkpoint }),
      ...(anchors === undefined ? {} : { anchors })
    }, (counts) => { progress.report(counts.transactions) })
  } finally {
    progress.end()
  }
}

function parseAnchors ({ rpc, chainId, contract, fromBlock }: VerifyLedgerOptions): LedgerWanted['anchors'] {
  if (rpc === undefined && chainId === undefined && contract === undefined) return undefined
  if (rpc === undefined || chainId === undefined || contract === undefined) {
    throw new ClientError(
      'USAGE',
      'Name --rpc, --chain-id and --contract together: an RPC\'s own word on chain and contract is not to be trusted.'
    )
  }
  return {
    rpcUrl: parseRpcUrl(rpc),
    chainId: parseWhole(chainId, '--chain-id'),
    contract: parseContract(contract),
    ...(fromBlock === undefined ? {} : { fromBlock: BigInt(parseWhole(fromBlock, '--from-block')) })
  }
}
