import { privateKeyToAccount } from 'viem/accounts'
import { connectChain } from '../../anchor/src/chain/client.ts'
import { ContractChain } from '../../anchor/src/chain/contract-chain.ts'
import { Submitter } from '../../anchor/src/chain/submitter.ts'
import { openDatabase } from '../../anchor/src/store/database.ts'
import { Journal } from '../../anchor/src/store/journal.ts'
import { testNetwork, NETWORK_ID } from './anchor-submitter.ts'
import type { Hex } from 'viem'
import type { SignedCall } from '../../anchor/src/chain/submitter.ts'

/** A process that submits one batch: its RPC decides at which moment it is killed. */
const {
  rpcUrl,
  directory,
  secret,
  call
} = JSON.parse(process.argv[2] ?? '') as { rpcUrl: string, directory: string, secret: Hex, call: SignedCall }
const network = testNetwork(rpcUrl)
const client = connectChain(network)
const chain = new ContractChain({
  client,
  domain: { chainId: network.chainId, contract: call.to, networkId: NETWORK_ID },
  deploymentBlock: 0n
})
const submitter = new Submitter({
  client,
  chain,
  network,
  account: privateKeyToAccount(secret),
  journal: new Journal(openDatabase(directory)),
  clock: Date.now
})
await submitter.advance(call)
