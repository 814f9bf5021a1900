import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import type { Account, Address, Hex, Transport } from 'viem'
import { createTestClient, http, publicActions, walletActions } from 'viem'
import { mnemonicToAccount } from 'viem/accounts'
import { goerli } from 'viem/chains'

export interface AnvilOptions {
  /** 5 (goerli) unless told. */
  readonly chainId?: number
  /** A free port unless told; for a node that is started again where it was. */
  readonly port?: number
  /** Further arguments, for example `['--state', file]` or `['--no-mining']`. */
  readonly args?: readonly string[]
}

/** A local EVM node of a test. `stop` ends it cleanly (it then writes its --state), `kill` at once. */
export interface Anvil {
  readonly url: string
  readonly port: number
  readonly pid: number
  readonly chainId: number
  readonly client: AnvilClient
  /** Any method of the node, also one that the client has no type for; an error of the node is thrown with its `data`. */
  readonly request: (method: string, params: readonly unknown[]) => Promise<unknown>
  /** The node's own rich accounts, by index. */
  readonly account: (index: number) => Account & { readonly address: Address }
  readonly stop: () => Promise<void>
  readonly kill: () => Promise<void>
}

export type AnvilClient = ReturnType<typeof connectAnvil>

const STARTUP_TIMEOUT_MS = 20_000
const POLLING_MS = 20
const MAX_PRINTED = 100
const MNEMONIC = 'test test test test test test test test test test test junk'

/** A client with public, wallet and test actions; `sendTransaction` takes an account of its own each time. */
// The type is viem's own, and has no shorter spelling.
function connectAnvil (url: string, chainId: number) {
  const chain = { ...goerli, id: chainId, rpcUrls: { default: { http: [url] } } }
  return createTestClient<'anvil', Transport, typeof chain>({
    mode: 'anvil',
    chain,
    transport: http(url),
    pollingInterval: POLLING_MS,
    cacheTime: 0
  })
    .extend(publicActions).extend(walletActions)
}

/** Starts the npm package's anvil on 127.0.0.1 and waits until it listens. */
export async function startAnvil (options: AnvilOptions = {}): Promise<Anvil> {
  const chainId = options.chainId ?? 5
  const args = ['--host', '127.0.0.1', '--port', String(options.port ?? 0), '--chain-id', String(chainId), ...options.args ?? []]
  const child = spawn(anvilBinary(), args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  // A test that is cut short must not leave the node behind.
  const killWithTest = (): void => { child.kill('SIGKILL') }
  process.once('exit', killWithTest)
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await exited
    process.removeListener('exit', killWithTest)
  }
  try {
    const port = await listeningPort(child)
    const url = `http://127.0.0.1:${String(port)}`
    return {
      url,
      port,
      pid: child.pid ?? 0,
      chainId,
      client: connectAnvil(url, chainId),
      request: (method, params) => requestOf(url, method, params),
      account: (index) => mnemonicToAccount(MNEMONIC, { addressIndex: index }),
      stop: () => end('SIGTERM'),
      kill: () => end('SIGKILL')
    }
  } catch (error) {
    await end('SIGKILL')
    throw error
  }
}

async function requestOf (url: string, method: string, params: readonly unknown[]): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
  })
  const { result, error } = await response.json() as { result?: unknown, error?: { message: string, data?: unknown } }
  if (error !== undefined) throw Object.assign(new Error(error.message), { data: error.data })
  return result
}

/** Deploys code from the node's account `from`, 0 unless told; returns the contract's address. */
export async function deployOn (anvil: Anvil, code: Hex, from = 0): Promise<Address> {
  const hash = await anvil.client.sendTransaction({ account: anvil.account(from), data: code })
  const { contractAddress, status } = await anvil.client.waitForTransactionReceipt({ hash })
  if (contractAddress === null || contractAddress === undefined || status !== 'success') throw new Error(`deployment ${hash} failed`)
  return contractAddress
}

/** The package's own launcher is a Node process around the binary, which would outlive it. */
function anvilBinary (): string {
  const require = createRequire(import.meta.url)
  return require.resolve(`@foundry-rs/anvil-${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}/bin/anvil`)
}

/** The node prints `Listening on ADDRESS:PORT` when it is ready. */
async function listeningPort (child: ChildProcess): Promise<number> {
  const stdout = child.stdout
  if (stdout === null) throw new Error('anvil has no output')
  return await new Promise((resolve, reject) => {
    const printed: string[] = []
    const timer = setTimeout(
      () => { reject(new Error(`anvil was not ready within ${String(STARTUP_TIMEOUT_MS)} ms:\n${printed.join('\n')}`)) },
      STARTUP_TIMEOUT_MS
    )
    child.once('exit', () => { reject(new Error(`anvil ended while starting:\n${printed.join('\n')}`)) })
    child.once('error', reject)
    // Read to the end: a full pipe would halt the node.
    createInterface(stdout).on('line', (line) => {
      const port = /Listening on [\d.]+:(\d+)/.exec(line)?.[1]
      if (port !== undefined) {
        clearTimeout(timer)
        resolve(Number(port))
      } else if (printed.length < MAX_PRINTED) printed.push(line)
    })
  })
}
