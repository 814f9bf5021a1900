import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { NetworkError } from '../errors.ts'
import { evmUrl, startEvm } from './evm.ts'
import { fileExists, replaceFile } from '../../host/src/index.ts'
import { readBundle } from '../founding/members.ts'
import { isObject } from '../host/json.ts'
import { forEachLimited } from '../host/parallel.ts'
import { ensureStarted, runsAsSpecified, waitHealthy, type ProcessSpec } from '../host/processes.ts'
import { formatSettings, readSettingsFile } from '../description/settings-file.ts'
import { runTool } from '../host/tool.ts'
import { gatewayUrl, playsFirst, type OrganizationTopology, type ServiceNode, type Topology } from '../description/topology.ts'
import type { Context } from '../description/context.ts'
import { ensureWalletKey } from '../fabric/wallet-key.ts'

const READY_TIMEOUT_MS = 60_000
const HEALTH_TIMEOUT_MS = 3000

/** Public addresses of an anchor service, 0x-hex. */
export interface AnchorKeys { witness: string, submitter: string }

/** The environment of an organisation's anchor service and of its admin commands. */
async function environmentOf (
  organization: OrganizationTopology,
  service: ServiceNode,
  { topology, paths }: Context
): Promise<Record<string, string>> {
  const own = paths.organization(organization.id)
  const { anchor } = topology.consortium
  const rpcUrl = topology.evm === undefined ? anchor?.rpcUrl : evmUrl(topology.evm)
  return {
    ORGANIZATION_ID: organization.id,
    MSP_ID: organization.mspId,
    NETWORK_FILE: paths.networkFile,
    LISTEN_HOST: service.host.address,
    LISTEN_PORT: String(service.port),
    DATA_DIR: own.anchor.data,
    FABRIC_CERT_FILE: own.identity('gateway').cert,
    FABRIC_KEY_FILE: own.identity('gateway').key,
    GATEWAY_URL: gatewayUrl(organization),
    TLS_CERT_FILE: own.tls('gateway').cert,
    TLS_KEY_FILE: own.tls('gateway').key,
    WALLET_KEY_FILE: own.anchor.walletKey,
    EVM_NETWORK: anchor?.network ?? '',
    ...rpcUrl === undefined ? {} : { EVM_RPC_URL: rpcUrl },
    CONTRACT_FILE: paths.anchorContract,
    ...await readSettingsFile(own.anchor.settings)
  }
}

/** The organisation's anchor service. */
export async function anchorSpec (organization: OrganizationTopology, service: ServiceNode, context: Context): Promise<ProcessSpec> {
  const { paths, settings } = context
  const own = paths.organization(organization.id)
  return {
    name: service.process,
    command: process.execPath,
    args: [join(settings.projectDir, 'anchor', 'dist', 'server.js')],
    cwd: own.anchor.dir,
    sources: [
      ...['anchor', 'ledger', 'protocol', 'crypto', 'host'].map((workspace) => join(settings.projectDir, workspace, 'dist')),
      paths.anchorContract, paths.networkFile, own.tls('gateway').cert, own.identity('gateway').cert
    ],
    inherited: { PATH: settings.searchPath },
    env: await environmentOf(organization, service, context)
  }
}

/** True when the service is ready: it follows its peer's blocks and sees the contract. */
export async function anchorReady (service: ServiceNode): Promise<true | undefined> {
  const response = await fetch(`http://${service.host.address}:${service.port}/health/ready`, { signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS) })
  if (!response.ok) throw new Error(`answers ${response.status}: ${(await response.text()).slice(0, 300)}`)
  return true
}

/** The organisations that are played here with their anchor services; none when the consortium anchors nowhere. */
export function anchorServices ({ played }: Topology): Array<{ organization: OrganizationTopology, service: ServiceNode }> {
  return played.flatMap((organization) => organization.anchor === undefined ? [] : [{ organization, service: organization.anchor }])
}

/** Runs a command of an organisation's anchor service; returns the object that it prints. */
export async function runAnchorAdmin (
  organization: OrganizationTopology,
  service: ServiceNode,
  context: Context,
  args: string[]
): Promise<Record<string, unknown>> {
  const program = join(context.settings.projectDir, 'anchor', 'dist', 'admin.js')
  if (!await fileExists(program)) {
    throw new NetworkError('tool-missing', 'the anchor service is not built here', { advice: 'Run `make build`.' })
  }
  const { stdout } = await runTool({
    command: process.execPath,
    args: [program, ...args],
    env: { PATH: context.settings.searchPath, ...await environmentOf(organization, service, context) },
    cwd: context.paths.organization(organization.id).anchor.dir
  })
  const printed: unknown = JSON.parse(stdout)
  if (!isObject(printed)) throw new NetworkError('command-failed', `${args[0] ?? ''} of ${service.process} printed no object`)
  return printed
}

/** Starts the local EVM node, where there is one, and puts the contract on the chain unless it is there; returns what is deployed. */
export async function deployAnchor (context: Context): Promise<Record<string, unknown>> {
  await startChain(context)
  return await deployContract(context)
}

async function startChain ({ topology, topology: { evm }, paths, settings }: Context): Promise<void> {
  if (evm !== undefined && playsFirst(topology)) await startEvm(evm, paths, settings)
}

async function deployContract (context: Context): Promise<Record<string, unknown>> {
  const { topology } = context
  const [first] = anchorServices(topology)
  if (first === undefined) {
    throw new NetworkError('consortium-invalid', 'this consortium anchors nowhere', {
      advice: 'Give it a member `anchor`, such as {"network": "goerli"}.'
    })
  }
  const keys = await Promise.all(topology.organizations.map(async (organization) => await anchorKeysOf(organization, context)))
  const list = (name: keyof AnchorKeys): string => keys.map((key) => key[name]).join(',')
  return await runAnchorAdmin(first.organization, first.service, context, [
    'deploy', '--witnesses', list('witness'), '--fund', list('submitter')
  ])
}

/** Values that came from outside are kept until others come: a later shell need not repeat them. */
export async function keepAnchorSettings (organization: OrganizationTopology, { paths, settings }: Context): Promise<void> {
  const { anchor } = paths.organization(organization.id)
  await replaceFile(anchor.settings, formatSettings({ ...await readSettingsFile(anchor.settings), ...settings.anchorOverrides }))
}

/** Those in the organisation's bundle; where anchoring came after the founding, those of its service here. */
async function anchorKeysOf (organization: OrganizationTopology, context: Context): Promise<AnchorKeys> {
  const { topology: { played }, paths } = context
  const service = played.includes(organization) ? organization.anchor : undefined
  if (service !== undefined) return await ensureAnchorKeys(organization, service, context)
  const told = (await readBundle(organization.id, paths))?.contents.anchor
  if (told !== undefined) return told
  throw new NetworkError('bundle-invalid', `the bundle of ${organization.id} names no witness, since nothing was anchored when the network was founded`, {
    advice: 'Found a network whose description anchors, or play all organisations on one machine.'
  })
}

/** Makes the keys of an anchor service, unless they are there; returns their addresses. */
export async function ensureAnchorKeys (organization: OrganizationTopology, service: ServiceNode, context: Context): Promise<AnchorKeys> {
  const { anchor } = context.paths.organization(organization.id)
  await mkdir(anchor.data, { recursive: true, mode: 0o700 })
  await ensureWalletKey(anchor.walletKey)
  await keepAnchorSettings(organization, context)
  const { witness, submitter } = await runAnchorAdmin(organization, service, context, ['keys'])
  if (typeof witness !== 'string' || typeof submitter !== 'string') {
    throw new NetworkError('command-failed', `keys of ${service.process} printed no addresses`)
  }
  return { witness, submitter }
}

async function allReady (services: ReturnType<typeof anchorServices>, context: Context): Promise<boolean> {
  const ready = await Promise.all(services.map(async ({ organization, service }) =>
    await runsAsSpecified(context.paths, await anchorSpec(organization, service, context)) &&
    await anchorReady(service).catch(() => false)))
  return ready.every((one) => one === true)
}

/** Brings anchoring up: EVM node, contract, one service per organisation. */
export async function startAnchors (context: Context): Promise<void> {
  const services = anchorServices(context.topology)
  if (services.length === 0) return
  await startChain(context)
  // A service that is ready sees its contract: there is nothing to put on the chain, and no key to ask for.
  if (await allReady(services, context)) return
  await deployContract(context)
  await forEachLimited(services, services.length, async ({ organization, service }) => {
    await ensureStarted(context.paths, await anchorSpec(organization, service, context))
    await waitHealthy(context.paths, service.process, READY_TIMEOUT_MS, async () => await anchorReady(service))
  })
}
