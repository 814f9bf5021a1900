import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readTextIfExists } from '../../host/src/index.ts'
import { ensureIpfs, findIpfs } from '../fabric/binaries.ts'
import { keepSecret } from '../fabric/wallet-key.ts'
import { NetworkError } from '../errors.ts'
import { forEachLimited } from '../host/parallel.ts'
import { isObject } from '../host/json.ts'
import { ensureStarted, waitHealthy } from '../host/processes.ts'
import type { ProcessSpec } from '../host/processes.ts'
import type { Context } from '../description/context.ts'
import type { OrganizationPaths } from '../description/paths.ts'
import type { Settings } from '../description/settings.ts'
import type { IpfsNode } from '../description/topology.ts'
import { configureIpfs, initIpfs, ipfsEnvironment, newSwarmKey } from './ipfs-repo.ts'
import type { IpfsNodeSettings, IpfsPeer } from './ipfs-repo.ts'

const READY_TIMEOUT_MS = 60_000
const HEALTH_TIMEOUT_MS = 3_000
const SECRET_BYTES = 24
/** A daemon takes some memory as it starts: not all at once. */
const AT_ONCE = 2

/** The node's RPC interface, for the own gateway. */
export function ipfsUrl ({ rpcPort }: Pick<IpfsNode, 'rpcPort'>): string {
  return `http://127.0.0.1:${rpcPort}`
}

/** The hospital's node; what passes through it without a pin is removed by itself. Throws `tool-missing` where Kubo is not built. */
export async function ipfsSpec (node: IpfsNode, own: OrganizationPaths, settings: Settings): Promise<ProcessSpec> {
  const ipfs = await findIpfs(settings)
  if (ipfs === undefined) {
    throw new NetworkError('tool-missing', 'the IPFS nodes of the description need Kubo, which is not there', { advice: 'Run `make up`, which builds it.' })
  }
  return {
    name: node.process,
    command: ipfs,
    args: ['daemon', '--migrate=false', '--enable-gc'],
    cwd: own.ipfs.dir,
    sources: [join(own.ipfs.repo, 'config'), join(own.ipfs.repo, 'swarm.key')],
    inherited: { PATH: settings.searchPath },
    env: ipfsEnvironment({ repo: own.ipfs.repo })
  }
}

/** True when the node answers to the gateway's secret. */
export async function ipfsHealthy (node: IpfsNode, own: OrganizationPaths): Promise<true | undefined> {
  const secret = await readTextIfExists(own.ipfs.secret) ?? ''
  const response = await fetch(`${ipfsUrl(node)}/api/v0/id`, {
    method: 'POST', headers: { authorization: `Bearer ${secret}` }, signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS)
  })
  const text = await response.text()
  if (response.status !== 200) throw new Error(`answers ${response.status}: ${text.slice(0, 300)}`)
  const answer: unknown = JSON.parse(text)
  return isObject(answer) && typeof answer['ID'] === 'string' ? true : undefined
}

/** Starts the nodes of all hospitals that have one, each of which knows the others. Throws as `ensureIpfs` does. */
export async function startIpfs ({ topology, paths, settings }: Context): Promise<void> {
  const nodes = topology.played.flatMap(({ id, ipfs }) => ipfs === undefined ? [] : [{ ipfs, own: paths.organization(id) }])
  if (nodes.length === 0) return
  const program = await ensureIpfs(settings)
  const swarmKey = await keepSecret(paths.swarmKey, newSwarmKey)
  const made: Array<{ node: IpfsNodeSettings, peer: IpfsPeer }> = []
  for (const { ipfs: { swarmPort, rpcPort: apiPort }, own: { ipfs: { repo, secret } } } of nodes) {
    await mkdir(repo, { recursive: true, mode: 0o700 })
    const node = { repo, swarmPort, apiPort, secret: await keepSecret(secret, () => randomBytes(SECRET_BYTES).toString('hex')) }
    made.push({ node, peer: await initIpfs(program, node, swarmKey) })
  }
  for (const { node, peer } of made) await configureIpfs(node, made.flatMap((other) => other.peer === peer ? [] : [other.peer]))
  await forEachLimited(nodes, AT_ONCE, async ({ ipfs, own }) => {
    await ensureStarted(paths, await ipfsSpec(ipfs, own, settings))
    await waitHealthy(paths, ipfs.process, READY_TIMEOUT_MS, async () => await ipfsHealthy(ipfs, own))
  })
}
