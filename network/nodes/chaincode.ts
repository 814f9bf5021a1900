import { createHash } from 'node:crypto'
import { chmod, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Binaries } from '../fabric/binaries.ts'
import { NetworkError } from '../errors.ts'
import { PRIVATE_MODE, readTextIfExists, replaceFile, syncPath } from '../../host/src/index.ts'
import { acceptsTls } from '../host/tls-probe.ts'
import type { StatePaths } from '../description/paths.ts'
import { asAdmin, endorserArguments, ordererArguments } from './peer.ts'
import type { ProcessSpec } from '../host/processes.ts'
import type { Settings } from '../description/settings.ts'
import { runTool } from '../host/tool.ts'
import type { OrganizationTopology, PeerNode, Topology } from '../description/topology.ts'

/** The definition on the channel stays the same when the code changes: the package holds only how to reach the service. */
const VERSION = '1.0'
const SEQUENCE = '1'
const DIAL_TIMEOUT = '10s'

/** Makes the organisation's chaincode package once; it says how its peers reach its chaincode process, with their client pair. */
export async function ensurePackage (
  organization: OrganizationTopology,
  topology: Topology,
  paths: StatePaths,
  searchPath: string
): Promise<void> {
  const own = paths.organization(organization.id)
  if (await readTextIfExists(own.chaincodePackage) !== undefined) return
  const client = own.tls('chaincode-client')
  const connection = {
    address: `${organization.host.address}:${organization.chaincodeService.port}`,
    dial_timeout: DIAL_TIMEOUT,
    tls_required: true,
    client_auth_required: true,
    client_key: await readFile(client.key, 'utf8'),
    client_cert: await readFile(client.cert, 'utf8'),
    root_cert: await readFile(own.tlsCa, 'utf8')
  }
  const dir = `${dirname(own.chaincodePackage)}.new`
  await rm(dir, { recursive: true, force: true })
  await mkdir(dir, { recursive: true, mode: 0o700 })
  await replaceFile(join(dir, 'connection.json'), JSON.stringify(connection))
  await replaceFile(join(dir, 'metadata.json'), JSON.stringify({ type: 'ccaas', label: `${topology.consortium.chaincode}_${VERSION}` }))
  const tar = async (...args: string[]): Promise<void> => {
    await runTool({ command: 'tar', args, cwd: dir, env: { PATH: searchPath } })
  }
  await tar('-czf', 'code.tar.gz', 'connection.json')
  await tar('-czf', 'package.tar.gz', 'metadata.json', 'code.tar.gz')
  await chmod(join(dir, 'package.tar.gz'), PRIVATE_MODE)
  await syncPath(join(dir, 'package.tar.gz'))
  await rm(join(dir, 'connection.json'))
  await rm(join(dir, 'code.tar.gz'))
  await rm(dirname(own.chaincodePackage), { recursive: true, force: true })
  await rename(dir, dirname(own.chaincodePackage))
}

/** Fabric's id of the organisation's package: label and SHA-256 of the file. */
async function packageId (organization: OrganizationTopology, topology: Topology, paths: StatePaths): Promise<string> {
  const data = await readFile(paths.organization(organization.id).chaincodePackage)
  return `${topology.consortium.chaincode}_${VERSION}:${createHash('sha256').update(data).digest('hex')}`
}

/** The organisation's chaincode process, which serves all its peers and demands a client certificate of its TLS CA. */
export async function chaincodeSpec (
  organization: OrganizationTopology,
  topology: Topology,
  paths: StatePaths,
  settings: Settings
): Promise<ProcessSpec> {
  const own = paths.organization(organization.id)
  const { cert, key } = own.tls('chaincode')
  const shim = dirname(createRequire(join(settings.projectDir, 'chaincode', 'package.json')).resolve('fabric-shim/package.json'))
  return {
    name: organization.chaincodeService.process,
    command: process.execPath,
    args: [
      join(shim, 'cli.js'), 'server',
      '--chaincode-address', `${organization.host.address}:${organization.chaincodeService.port}`,
      '--chaincode-id', await packageId(organization, topology, paths),
      '--chaincode-tls-cert-file', cert,
      '--chaincode-tls-key-file', key,
      '--chaincode-tls-client-cacert-file', own.controlCa
    ],
    cwd: settings.chaincodeDir,
    sources: [
      join(settings.chaincodeDir, 'dist'),
      ...['protocol', 'crypto'].map((workspace) => join(settings.projectDir, workspace, 'dist'))
    ],
    // The shim's levels are CRITICAL, ERROR, WARNING, INFO and DEBUG; at INFO it writes a line per transaction.
    inherited: { PATH: settings.searchPath },
    env: { CORE_CHAINCODE_LOGGING_LEVEL: 'WARNING' }
  }
}

/** True when the chaincode process accepts a peer's TLS connection; rejects when it does not. */
export async function chaincodeHealthy (organization: OrganizationTopology, paths: StatePaths): Promise<true> {
  const own = paths.organization(organization.id)
  return await acceptsTls(organization.host, organization.chaincodeService.port, own.tlsCa, own.tls('chaincode-client'))
}

/** Installs the package on a peer, unless it is there. */
export async function installPackage (
  peer: PeerNode,
  organization: OrganizationTopology,
  topology: Topology,
  paths: StatePaths,
  binaries: Binaries
): Promise<void> {
  const id = await packageId(organization, topology, paths)
  const installed = await asAdmin(organization, paths, binaries, ['lifecycle', 'chaincode', 'queryinstalled'], peer)
  if (installed.includes(id)) return
  await asAdmin(
    organization,
    paths,
    binaries,
    ['lifecycle', 'chaincode', 'install', paths.organization(organization.id).chaincodePackage],
    peer
  )
}

function definitionArguments (topology: Topology): string[] {
  const { channel, chaincode } = topology.consortium
  return ['--channelID', channel, '--name', chaincode, '--version', VERSION, '--sequence', SEQUENCE]
}

const NOT_APPROVED = /could not fetch approved chaincode definition/
const WITHOUT_PRIVATE_HALF = /private data matching public hash version is not available/

/** Approves the definition for the organisation, with its own package, unless it did. */
export async function approveDefinition (
  organization: OrganizationTopology,
  topology: Topology,
  paths: StatePaths,
  binaries: Binaries
): Promise<void> {
  const { channel, chaincode } = topology.consortium
  const id = await packageId(organization, topology, paths)
  const query = async (): Promise<string> => await asAdmin(organization, paths, binaries, [
    'lifecycle', 'chaincode', 'queryapproved', '--channelID', channel, '--name', chaincode, '--sequence', SEQUENCE, '--output', 'json'
  ])
  // The only peer of an organisation that began anew has the hash of the approval alone: enough to run it, and it cannot be given twice.
  const approved = await queryUnless(NOT_APPROVED, async () => await queryUnless(WITHOUT_PRIVATE_HALF, query, id))
  if (approved.includes(id)) return
  await asAdmin(organization, paths, binaries, [
    'lifecycle', 'chaincode', 'approveformyorg', ...ordererArguments(
      organization,
      paths
    ), ...definitionArguments(topology), '--package-id', id
  ])
}

/** Commits the definition, endorsed by every organisation, unless it is committed. */
export async function commitDefinition (topology: Topology, paths: StatePaths, binaries: Binaries): Promise<void> {
  const [first] = topology.organizations
  if (first === undefined) return
  const { channel, chaincode } = topology.consortium
  const committed = await queryUnless(/is not defined/, async () =>
    await asAdmin(first, paths, binaries, ['lifecycle', 'chaincode', 'querycommitted', '--channelID', channel, '--name', chaincode]))
  if (committed.includes(`Version: ${VERSION}`)) return
  await asAdmin(first, paths, binaries, [
    'lifecycle', 'chaincode', 'commit', ...ordererArguments(
      first,
      paths
    ), ...definitionArguments(topology), ...endorserArguments(topology, paths)
  ])
}

/** The answer of a query; `instead` when it fails with the words that mean "there is none". */
async function queryUnless (absent: RegExp, query: () => Promise<string>, instead = ''): Promise<string> {
  try {
    return await query()
  } catch (error) {
    if (error instanceof NetworkError && absent.test(error.message)) return instead
    throw error
  }
}
