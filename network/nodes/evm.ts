import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { NetworkError } from '../errors.ts'
import { keepFormerChain } from './evm-state.ts'
import { isObject } from '../host/json.ts'
import type { StatePaths } from '../description/paths.ts'
import { ensureStarted, isAlive, readRecord, waitHealthy, type ProcessSpec } from '../host/processes.ts'
import type { Settings } from '../description/settings.ts'
import type { ServiceNode } from '../description/topology.ts'

/** Goerli's; the public chain of that id is shut down. */
const CHAIN_ID = 5
/** A block comes with each transaction, and every so many seconds: confirmations grow although nobody transacts. */
const BLOCK_SECONDS = 2
const READY_TIMEOUT_MS = 20_000
const HEALTH_TIMEOUT_MS = 3000

/** Address of the local EVM node. */
export function evmUrl ({ host, port }: ServiceNode): string {
  return `http://${host.address}:${port}`
}

/** The local EVM node: anvil, which keeps its chain in a file written every second. */
export function evmSpec (evm: ServiceNode, paths: StatePaths, settings: Settings): ProcessSpec {
  return {
    name: evm.process,
    command: anvilBinary(settings),
    args: [
      '--host', evm.host.address,
      '--port', String(evm.port),
      '--chain-id', String(CHAIN_ID),
      '--block-time', String(BLOCK_SECONDS),
      '--mixed-mining',
      // The tags safe and finalized then follow the head closely: this chain has one node, and cannot fork.
      '--slots-in-an-epoch', '1',
      '--state', paths.evmState,
      '--state-interval', '1',
      '--quiet'
    ],
    cwd: dirname(paths.evmState),
    inherited: { PATH: settings.searchPath },
    env: { HOME: dirname(paths.evmState) }
  }
}

/* The npm package's own launcher is a Node process around the binary, which would outlive it. */
function anvilBinary ({ projectDir }: Settings): string {
  const name = `@foundry-rs/anvil-${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`
  try {
    return createRequire(join(projectDir, 'anchor', 'package.json')).resolve(`${name}/bin/anvil`)
  } catch (cause) {
    throw new NetworkError('command-failed', `the local EVM node is not installed: ${name} is missing`, {
      advice: 'Run `npm ci` without leaving out optional packages, or name an EVM node as `anchor.rpcUrl` in the consortium file.', cause
    })
  }
}

/** True when the node answers with its chain id. */
export async function evmHealthy (evm: ServiceNode): Promise<true | undefined> {
  const response = await fetch(evmUrl(evm), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] }),
    signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS)
  })
  const answer: unknown = await response.json()
  if (!isObject(answer) || answer['result'] !== `0x${CHAIN_ID.toString(16)}`) throw new Error(`answers ${JSON.stringify(answer)}`)
  return true
}

/** Starts the local EVM node and waits until it answers. */
export async function startEvm (evm: ServiceNode, paths: StatePaths, settings: Settings): Promise<void> {
  await mkdir(dirname(paths.evmState), { recursive: true, mode: 0o700 })
  const record = await readRecord(paths, evm.process)
  if (record === undefined || !isAlive(record)) await keepFormerChain(paths)
  await ensureStarted(paths, evmSpec(evm, paths, settings))
  await waitHealthy(paths, evm.process, READY_TIMEOUT_MS, async () => await evmHealthy(evm))
}
