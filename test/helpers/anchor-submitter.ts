import { createServer } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { parseGwei } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { batchTypedData, compactSignatureOf, encodeAnchorCall, encodeDeployment } from '@epione/ledger/contract'
import { connectChain } from '../../anchor/src/chain/client.ts'
import { ContractChain } from '../../anchor/src/chain/contract-chain.ts'
import { Submitter } from '../../anchor/src/chain/submitter.ts'
import { openDatabase } from '../../anchor/src/store/database.ts'
import { Journal } from '../../anchor/src/store/journal.ts'
import { deployOn, startAnvil } from './anvil.ts'
import { randomHash } from './ledger-fixtures.ts'
import type { AddressInfo } from 'node:net'
import type { Address, LocalAccount } from 'viem'
import type { EvmNetwork } from '../../anchor/src/chain/networks.ts'
import type { SignedCall } from '../../anchor/src/chain/submitter.ts'
import type { Anvil } from './anvil.ts'
import type { Teardown } from './gateway.ts'

export const NETWORK_ID = 'ab'.repeat(32)
const WITNESSES = 3

/** A contract on an EVM node of its own, whose blocks come when a test mines them. */
export interface AnchorWorld {
  anvil: Anvil
  network: EvmNetwork
  chain: ContractChain
  contract: Address
  witnesses: LocalAccount[]
  /** The next batch, signed by a majority. */ sign: (number: number) => Promise<SignedCall>
  logs: (number: number) => Promise<number>
}

export function testNetwork (rpcUrl: string, changes: Partial<EvmNetwork> = {}): EvmNetwork {
  return {
    name: 'test',
    chainId: 5,
    rpcUrl,
    local: true,
    finality: { depth: 3 },
    fees: { priority: parseGwei('1'), max: parseGwei('500'), batchCostMax: parseGwei('100000000') },
    replaceAfterMs: 60_000,
    ...changes
  }
}

export async function createAnchorWorld (t: Teardown, networkId = NETWORK_ID): Promise<AnchorWorld> {
  const anvil = await startAnvil()
  t.teardown(() => anvil.kill())
  const witnesses = Array.from({ length: WITNESSES }, () => privateKeyToAccount(generatePrivateKey())).sort((a, b) =>
    a.address.toLowerCase() < b.address.toLowerCase() ? -1 : 1)
  const addresses = witnesses.map(({ address }) => address.toLowerCase() as Address)
  const contract = await deployOn(anvil, encodeDeployment({ networkId, witnesses: addresses }))
  await anvil.client.setAutomine(false)
  const network = testNetwork(anvil.url)
  const domain = { chainId: 5, contract, networkId }
  const chain = new ContractChain({ client: connectChain(network), domain, deploymentBlock: 0n })
  const sign = async (number: number): Promise<SignedCall> => {
    const batch = { number: BigInt(number), firstBlock: BigInt(10 * (number - 1)), lastBlock: BigInt(10 * number - 1), root: randomHash() }
    const signatures = await Promise.all(
      witnesses.slice(0, 2).map(async (witness) =>
        ({ witness: witness.address, signature: compactSignatureOf(await witness.signTypedData(batchTypedData(domain, batch))) }))
    )
    return {
      number,
      root: batch.root,
      lastBlock: Number(batch.lastBlock),
      to: contract,
      data: encodeAnchorCall({ batch, witnesses: addresses, signatures })
    }
  }
  const logs = async (number: number): Promise<number> => {
    const all = await anvil.client.getLogs({ address: contract, fromBlock: 0n })
    return all.filter(({ topics: [topic] }) =>
      topic !== undefined && BigInt(topic) >> 128n === BigInt(number) && topic.length === 66).length
  }
  return { anvil, network, chain, contract, witnesses, sign, logs }
}

export interface TestSubmitter {
  submitter: Submitter
  journal: Journal
  errors: unknown[]
  account: LocalAccount
  directory: string
  close: () => void
}

export interface SubmitterChanges {
  rpcUrl?: string
  account?: LocalAccount
  network?: Partial<EvmNetwork>
  directory?: string
  clock?: () => number
}

/** A submitter with a journal on disk and one of the node's rich accounts. */
export async function createSubmitter (
  t: Teardown,
  { anvil, network, chain }: AnchorWorld,
  changes: SubmitterChanges = {}
): Promise<TestSubmitter> {
  const directory = changes.directory ?? await mkdtemp(join(tmpdir(), 'epione-anchor-'))
  const database = openDatabase(directory)
  let open = true
  const close = (): void => {
    if (open) database.close()
    open = false
  }
  t.teardown(async () => {
    close()
    await rm(directory, { recursive: true, force: true })
  })
  const own = { ...network, ...(changes.rpcUrl === undefined ? {} : { rpcUrl: changes.rpcUrl }), ...changes.network }
  const client = connectChain(own)
  const account = changes.account ?? anvil.account(1) as unknown as LocalAccount
  const errors: unknown[] = []
  const journal = new Journal(database)
  const submitter = new Submitter({
    client,
    chain: new ContractChain({ client, domain: chain.domain, deploymentBlock: 0n }),
    network: own,
    account,
    journal,
    clock: changes.clock ?? Date.now,
    onSendError: (error) => { errors.push(error) }
  })
  return { submitter, journal, errors, account, directory, close }
}

interface RpcRequest { id: number, method: string, params: unknown[] }
/** What a front does with a call: an answer of its own, or undefined to pass on what the node said. */
export type RpcLie = (request: RpcRequest, pass: () => Promise<unknown>) => Promise<object | undefined>

/** An RPC in front of the node that may answer otherwise. Returns its address. */
export async function startRpcFront (t: Teardown, target: string, lie: RpcLie): Promise<string> {
  const server = createServer((incoming, response) => {
    const answer = async (): Promise<void> => {
      const pieces: Buffer[] = []
      for await (const piece of incoming as AsyncIterable<Buffer>) pieces.push(piece)
      const body = Buffer.concat(pieces).toString()
      const request = JSON.parse(body) as RpcRequest
      let passed: Promise<unknown> | undefined
      const pass = (): Promise<unknown> =>
        (passed ??= fetch(target, { method: 'POST', headers: { 'content-type': 'application/json' }, body }).then((r) => r.json()))
      const own = await lie(request, pass)
      response.writeHead(200, { 'content-type': 'application/json' }).end(
        JSON.stringify(own === undefined ? await pass() : { jsonrpc: '2.0', id: request.id, ...own })
      )
    }
    answer().catch(() => { response.destroy() })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => { server.closeAllConnections(); server.close() })
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
}
