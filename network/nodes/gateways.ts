import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Binaries } from '../fabric/binaries.ts'
import { NetworkError } from '../errors.ts'
import { replaceFile } from '../../host/src/index.ts'
import { requestHttps } from '../host/https.ts'
import { isObject } from '../host/json.ts'
import type { StatePaths } from '../description/paths.ts'
import { ensureStarted, waitHealthy, type ProcessSpec } from '../host/processes.ts'
import type { Context } from '../description/context.ts'
import type { Settings } from '../description/settings.ts'
import { formatSettings, readSettingsFile } from '../description/settings-file.ts'
import { runTool } from '../host/tool.ts'
import { gatewayUrl, issuerOf, type OrganizationTopology, type Topology } from '../description/topology.ts'
import { submitAsAdmin } from '../fabric/transactions.ts'
import { ensureWalletKey } from '../fabric/wallet-key.ts'
import { ipfsUrl } from './ipfs.ts'

/** Generous: on a loaded machine of two cores several gateways start at once. */
const READY_TIMEOUT_MS = 120_000

/**
 * Writes the environment of the organisation's gateway: what the description says, and above it what came from outside, kept until other
 * values come.
 */
export async function writeGatewaySettings (
  organization: OrganizationTopology,
  topology: Topology,
  paths: StatePaths,
  settings: Settings
): Promise<void> {
  const own = paths.organization(organization.id)
  await mkdir(own.gateway.data, { recursive: true, mode: 0o700 })
  await ensureWalletKey(own.gateway.walletKey)
  const outside = await keepOutside(organization, paths, settings)
  const url = gatewayUrl(organization)
  const described: Record<string, string> = {
    MSP_ID: organization.mspId,
    ORGANIZATION_ID: organization.id,
    LISTEN_HOST: organization.host.address,
    LISTEN_PORT: String(organization.gateway.port),
    METRICS_PORT: String(organization.metrics.port),
    PUBLIC_URL: url,
    DATA_DIR: own.gateway.data,
    TLS_CERT_FILE: own.tls('gateway').cert,
    TLS_KEY_FILE: own.tls('gateway').key,
    NETWORK_FILE: paths.networkFile,
    FABRIC_CERT_FILE: own.identity('gateway').cert,
    FABRIC_KEY_FILE: own.identity('gateway').key,
    REGISTRAR_CERT_FILE: own.identity('registrar').cert,
    REGISTRAR_KEY_FILE: own.identity('registrar').key,
    CA_REGISTRAR_CERT_FILE: own.identity('ca-registrar').cert,
    CA_REGISTRAR_KEY_FILE: own.identity('ca-registrar').key,
    WALLET_KEY_FILE: own.gateway.walletKey,
    OIDC_ISSUER: issuerOf(organization),
    OIDC_AUDIENCE: url,
    ...organization.identity === undefined ? {} : { OIDC_CA_FILE: own.tlsCa },
    ...organization.ipfs === undefined ? {} : { IPFS_API_URL: ipfsUrl(organization.ipfs), IPFS_API_SECRET_FILE: own.ipfs.secret }
  }
  await replaceFile(own.gateway.settings, formatSettings({ ...described, ...outside }))
}

/** What came from outside, now or before. It lies apart from the description's values: those change with the description. */
async function keepOutside (
  { id }: OrganizationTopology, paths: StatePaths, { gatewayOverrides }: Settings
): Promise<Record<string, string>> {
  const file = paths.organization(id).gateway.outside
  const given = Object.fromEntries(Object.entries(gatewayOverrides).map(([name, value]) => [name, value.replaceAll('{id}', id)]))
  const outside = { ...await readSettingsFile(file), ...given }
  await replaceFile(file, formatSettings(outside))
  return outside
}

/** The gateway's environment as it was written, or nothing when it was not. */
async function readGatewaySettings (organization: OrganizationTopology, paths: StatePaths): Promise<Record<string, string>> {
  return await readSettingsFile(paths.organization(organization.id).gateway.settings)
}

/** The organisation's gateway process. */
export async function gatewaySpec (organization: OrganizationTopology, paths: StatePaths, settings: Settings): Promise<ProcessSpec> {
  const own = paths.organization(organization.id)
  return {
    name: organization.gateway.process,
    command: process.execPath,
    // New objects live shortly here: a larger young generation keeps some 50 MiB of them, and of buffers that they held, for nothing.
    args: ['--max-semi-space-size=4', join(settings.projectDir, 'gateway', 'dist', 'server.js')],
    cwd: own.gateway.dir,
    sources: [
      ...['gateway', 'ledger', 'protocol', 'crypto', 'host'].map((workspace) => join(settings.projectDir, workspace, 'dist')),
      paths.networkFile,
      own.tls('gateway').cert,
      ...['gateway', 'registrar', 'ca-registrar'].map((name) => own.identity(name).cert)
    ],
    inherited: { PATH: settings.searchPath },
    env: await readGatewaySettings(organization, paths)
  }
}

/** Runs a command of the gateway's program in the gateway's environment; returns the object that it prints. */
export async function runGatewayProgram (
  organization: OrganizationTopology, { paths, settings }: Pick<Context, 'paths' | 'settings'>, args: string[]
): Promise<Record<string, unknown>> {
  const { stdout } = await runTool({
    command: process.execPath,
    args: [join(settings.projectDir, 'gateway', 'dist', 'admin.js'), ...args],
    env: { PATH: settings.searchPath, ...await readGatewaySettings(organization, paths) },
    cwd: paths.organization(organization.id).gateway.dir
  })
  const printed: unknown = JSON.parse(stdout)
  if (isObject(printed)) return printed
  throw new NetworkError('command-failed', `${args[0] ?? ''} of ${organization.gateway.process} printed no object`)
}

/** Makes the gateway's proxy keys, unless they are there; returns the public ones: 33-byte compressed points, hex. */
export async function ensureProxyKeys (
  organization: OrganizationTopology,
  paths: StatePaths,
  settings: Settings
): Promise<{ encryptionKey: string, signingKey: string }> {
  const { encryptionKey, signingKey } = await runGatewayProgram(organization, { paths, settings }, ['proxy-keys'])
  if (typeof encryptionKey === 'string' && typeof signingKey === 'string') return { encryptionKey, signingKey }
  throw new NetworkError('command-failed', `proxy-keys of ${organization.gateway.process} printed no keys`)
}

/** Registers the gateway's proxy keys on the ledger as the organisation's admin. */
export async function prepareGateway (
  organization: OrganizationTopology,
  topology: Topology,
  paths: StatePaths,
  settings: Settings,
  binaries: Binaries
): Promise<void> {
  const registration = { ...await ensureProxyKeys(organization, paths, settings), gatewayUrl: gatewayUrl(organization) }
  await submitAsAdmin(organization, topology, paths, binaries, 'Directory:RegisterProxy', [JSON.stringify(registration)])
}

/** True when the gateway is ready to serve; undefined when it is not. */
export async function gatewayReady (organization: OrganizationTopology, paths: StatePaths): Promise<true | undefined> {
  const { status, text } = await requestHttps({
    url: `${gatewayUrl(organization)}/health/ready`,
    caFile: paths.organization(organization.id).tlsCa
  })
  if (status !== 200) throw new Error(`answers ${status}: ${text.slice(0, 300)}`)
  return true
}

/** Starts the gateway and waits until it is ready. */
export async function startGateway (organization: OrganizationTopology, paths: StatePaths, settings: Settings): Promise<void> {
  const spec = await gatewaySpec(organization, paths, settings)
  await ensureStarted(paths, spec)
  await waitHealthy(paths, spec.name, READY_TIMEOUT_MS, async () => await gatewayReady(organization, paths))
}
