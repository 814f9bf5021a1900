import { readFile } from 'node:fs/promises'
import { replaceFile } from '@epione/host'
import { createWalletClient, defineChain, http, parseEther } from 'viem'
import { mnemonicToAccount } from 'viem/accounts'
import { checkDeployedCode, encodeDeployment } from '@epione/ledger/contract'
import { AnchorError } from '../errors.ts'
import { connectChain, requireChain } from '../chain/client.ts'
import { readContractFile } from './settings.ts'
import type { Address, Hex, LocalAccount, PublicClient } from 'viem'
import type { EvmNetwork } from '../chain/networks.ts'
import type { ContractFile } from './settings.ts'

/** Words of anvil's own accounts, known to all: worth something on a local node only. */
const LOCAL_PHRASE = 'test test test test test test test test test test test junk'
/** What a submitter gets on a local node. */
const LOCAL_FUNDS = parseEther('10')
/** Longest time in ms for a deployment to be in a block. */
const RECEIPT_TIMEOUT_MS = 300_000

export interface DeployOptions {
  network: EvmNetwork
  networkId: string
  witnesses: readonly Address[]
  fund: readonly Address[]
  contractFile: string
  submitter: LocalAccount
}

/**
 * Deploys the contract, unless the one in the contract file is on the chain, and writes the file. On a local node its first
 * account pays, and funds those who have nothing; elsewhere the own submitter pays. Throws `CHAIN_MISMATCH`, `CONTRACT_REPLACED`.
 */
export async function deployContract (
  { network, networkId, witnesses, fund, contractFile, submitter }: DeployOptions
): Promise<ContractFile> {
  const client = connectChain(network)
  await requireChain(client, network)
  const payer = network.local ? mnemonicToAccount(LOCAL_PHRASE) : submitter
  if (network.local) await fundAll(client, network, payer, fund)
  const known = await deployedBefore(client, network, networkId, contractFile)
  if (known !== undefined) return known
  const sorted = witnesses.map((witness) => witness.toLowerCase() as Address).sort()
  const { contractAddress, blockNumber } = await send(client, network, payer, { data: encodeDeployment({ networkId, witnesses: sorted }) })
  if (contractAddress === null || contractAddress === undefined) {
    throw new AnchorError('CONTRACT_MISSING', 'The deployment was refused by the chain: look at the payer\'s transaction.')
  }
  const deployed: ContractFile = {
    chainId: network.chainId,
    address: contractAddress,
    deploymentBlock: Number(blockNumber),
    witnesses: sorted
  }
  await replaceFile(contractFile, JSON.stringify(deployed, null, 2) + '\n')
  return deployed
}

async function deployedBefore (
  client: PublicClient,
  network: EvmNetwork,
  networkId: string,
  file: string
): Promise<ContractFile | undefined> {
  const exists = await readFile(file).then(() => true, () => false)
  if (!exists) return undefined
  const known = await readContractFile(file)
  const code = await client.getCode({ address: known.address })
  // A local chain that was thrown away took the contract with it.
  if (network.local && code === undefined) return undefined
  checkDeployedCode({ chainId: network.chainId, contract: known.address, networkId }, code)
  return known
}

async function fundAll (client: PublicClient, network: EvmNetwork, payer: LocalAccount, accounts: readonly Address[]): Promise<void> {
  for (const to of accounts) {
    if (await client.getBalance({ address: to }) === 0n) await send(client, network, payer, { to, value: LOCAL_FUNDS })
  }
}

async function send (
  client: PublicClient,
  { name, chainId, rpcUrl }: EvmNetwork,
  account: LocalAccount,
  transaction: { to?: Address, value?: bigint, data?: Hex }
): ReturnType<PublicClient['waitForTransactionReceipt']> {
  const chain = defineChain({
    id: chainId,
    name,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } }
  })
  const wallet = createWalletClient({ account, chain, transport: http(rpcUrl) })
  const hash = await wallet.sendTransaction(transaction)
  return await client.waitForTransactionReceipt({ hash, timeout: RECEIPT_TIMEOUT_MS, pollingInterval: 500 })
}
