import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readTextIfExists, replaceFile } from '../../host/src/index.ts'
import { formatSettings, readSettingsFile } from '../description/settings-file.ts'
import type { OrganizationPaths, StatePaths } from '../description/paths.ts'
import type { Settings } from '../description/settings.ts'
import type { Person } from '../description/consortium.ts'
import { gatewayUrl, issuerOf, type OrganizationTopology, type ServiceNode } from '../description/topology.ts'
import { NetworkError } from '../errors.ts'
import { ensureWalletKey } from '../fabric/wallet-key.ts'
import { requestHttps } from '../host/https.ts'
import { isObject, parseJson } from '../host/json.ts'
import { ensureStarted, waitHealthy, type ProcessSpec } from '../host/processes.ts'
import { runTool } from '../host/tool.ts'

const READY_TIMEOUT_MS = 60_000
/** A password is hashed for each person, which is slow on purpose, and slower on a busy machine. */
const PEOPLE_TIMEOUT_MS = 300_000

/** The organisation's identity provider. */
export async function identitySpec (
  organization: OrganizationTopology, service: ServiceNode, paths: StatePaths, settings: Settings
): Promise<ProcessSpec> {
  const own = paths.organization(organization.id)
  return {
    name: service.process,
    command: process.execPath,
    args: [join(settings.projectDir, 'identity', 'dist', 'server.js')],
    cwd: own.provider.dir,
    sources: [
      ...['identity', 'protocol', 'host'].map((workspace) => join(settings.projectDir, workspace, 'dist')),
      own.tls('identity').cert
    ],
    inherited: { PATH: settings.searchPath },
    env: {
      ISSUER: issuerOf(organization),
      ORGANIZATION_NAME: organization.name,
      LISTEN_HOST: service.host.address,
      LISTEN_PORT: String(service.port),
      TLS_CERT_FILE: own.tls('identity').cert,
      TLS_KEY_FILE: own.tls('identity').key,
      DATA_DIR: own.provider.data,
      SECRET_KEY_FILE: own.provider.secretKey,
      AUDIENCE: gatewayUrl(organization),
      ...await readSettingsFile(own.provider.settings)
    }
  }
}

/** True when the provider answers. */
export async function identityReady (organization: OrganizationTopology, paths: StatePaths): Promise<true | undefined> {
  const { status } = await requestHttps({ url: `${issuerOf(organization)}/health/live`, caFile: paths.organization(organization.id).tlsCa })
  if (status !== 200) throw new Error(`answers ${status}`)
  return true
}

/** Starts the provider, where the network runs one, and has the people of the description sign in there. */
export async function startIdentity (organization: OrganizationTopology, paths: StatePaths, settings: Settings): Promise<void> {
  const { identity } = organization
  if (identity === undefined) return
  const own = paths.organization(organization.id).provider
  await mkdir(own.data, { recursive: true, mode: 0o700 })
  await ensureWalletKey(own.secretKey)
  await keepIdentitySettings(organization, paths, settings)
  await admitPeople(organization.people ?? [], paths.organization(organization.id).provider, settings)
  await ensureStarted(paths, await identitySpec(organization, identity, paths, settings))
  await waitHealthy(paths, identity.process, READY_TIMEOUT_MS, async () => await identityReady(organization, paths))
}

/** Values that came from outside are kept until others come. */
export async function keepIdentitySettings (organization: OrganizationTopology, paths: StatePaths, settings: Settings): Promise<void> {
  const { settings: file } = paths.organization(organization.id).provider
  await replaceFile(file, formatSettings({ ...await readSettingsFile(file), ...settings.identityOverrides }))
}

/** Whoever is new in the description gets a password, which is written beside the provider's data for the admin to hand out. */
async function admitPeople (people: readonly Person[], own: OrganizationPaths['provider'], settings: Settings): Promise<void> {
  const passwords = parseJson(await readTextIfExists(own.passwords) ?? '{}')
  if (!isObject(passwords)) {
    throw new NetworkError('state-damaged', `${own.passwords} holds no passwords`, { advice: 'Move it away: everybody then gets a new one.' })
  }
  const added = people.filter(({ subject }) => !(subject in passwords)).map(({ role, ...person }) =>
    ({ ...person, roles: role === undefined ? [] : [role] }))
  if (added.length === 0) return
  const file = join(own.dir, 'people.json')
  await replaceFile(file, JSON.stringify(added))
  const { stdout } = await runTool({
    command: process.execPath,
    args: [join(settings.projectDir, 'identity', 'dist', 'admin.js'), 'put-people', '--data', own.data, '--file', file],
    env: { PATH: settings.searchPath },
    cwd: own.dir,
    timeoutMs: PEOPLE_TIMEOUT_MS
  })
  await rm(file)
  const made: unknown = JSON.parse(stdout)
  if (!isObject(made)) throw new NetworkError('command-failed', 'put-people of the identity provider printed no object')
  await replaceFile(own.passwords, `${JSON.stringify({ ...passwords, ...made }, undefined, 2)}\n`)
}
