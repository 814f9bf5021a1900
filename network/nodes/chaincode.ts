import { createHash } from 'node:crypto'
import { chmod, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Binaries } from '../fabric/binaries.ts'
import { NetworkError } from '../errors.ts'
import { fileExists, PRIVATE_MODE, readTextIfExists, replaceFile, syncPath } from '../../host/src/index.ts'
import { isObject } from '../host/json.ts'
import { acceptsTls } from '../host/tls-probe.ts'
import type { Release } from '../fabric/release.ts'
import type { OrganizationPaths, StatePaths } from '../description/paths.ts'
import { asAdmin, endorserArguments, ordererArguments } from './peer.ts'
import type { ProcessSpec } from '../host/processes.ts'
import type { Settings } from '../description/settings.ts'
import { runTool } from '../host/tool.ts'
import type { OrganizationTopology, PeerNode, Topology } from '../description/topology.ts'

const DIAL_TIMEOUT = '10s'
/** Times, owners and modes of the machine are no part of a package: the same content has the same id. */
const REPRODUCIBLE = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--mode=0600', '--format=ustar']

/** Beside a package: the certificate of the client pair in it. */
const PACKED = 'client-cert.pem'

const labelOf = ({ consortium: { chaincode } }: Topology, { build }: Release): string => `${chaincode}_${build}`
const packageFile = (own: OrganizationPaths, { sequence, build }: Release): string =>
  join(own.chaincodePackages, `${String(sequence)}-${build.slice(0, 16)}`, 'package.tar.gz')

/**
 * Makes the organisation's package of a release: how its peers reach its chaincode process, with their client pair, under a label that
 * is the build's hash. The same content gives the same bytes, and so the same package id; it is made again when the pair's certificate
 * was renewed.
 */
export async function ensurePackage (
  organization: OrganizationTopology,
  topology: Topology,
  paths: StatePaths,
  release: Release,
  searchPath: string
): Promise<void> {
  const own = paths.organization(organization.id)
  const file = packageFile(own, release)
  const client = own.tls('chaincode-client')
  const certificate = await readFile(client.cert, 'utf8')
  if (await fileExists(file) && await readTextIfExists(join(dirname(file), PACKED)) === certificate) return
  const connection = {
    address: `${organization.host.address}:${organization.chaincodeService.port}`,
    dial_timeout: DIAL_TIMEOUT,
    tls_required: true,
    client_auth_required: true,
    client_key: await readFile(client.key, 'utf8'),
    client_cert: certificate,
    root_cert: await readFile(own.tlsCa, 'utf8')
  }
  const dir = `${dirname(file)}.new`
  await rm(dir, { recursive: true, force: true })
  await mkdir(dir, { recursive: true, mode: 0o700 })
  await replaceFile(join(dir, 'connection.json'), JSON.stringify(connection))
  await replaceFile(join(dir, 'metadata.json'), JSON.stringify({ type: 'ccaas', label: labelOf(topology, release) }))
  const tar = async (name: string, ...members: string[]): Promise<void> => {
    const args = [...REPRODUCIBLE, '-I', 'gzip -n', '-cf', name, ...members]
    await runTool({ command: 'tar', args, cwd: dir, env: { PATH: searchPath } })
  }
  await tar('code.tar.gz', 'connection.json')
  await tar('package.tar.gz', 'metadata.json', 'code.tar.gz')
  await chmod(join(dir, 'package.tar.gz'), PRIVATE_MODE)
  await syncPath(join(dir, 'package.tar.gz'))
  await replaceFile(join(dir, PACKED), certificate)
  await rm(join(dir, 'connection.json'))
  await rm(join(dir, 'code.tar.gz'))
  await rm(dirname(file), { recursive: true, force: true })
  await rename(dir, dirname(file))
}

/** Fabric's id of the organisation's package: its label, which names the build, and SHA-256 of the file. */
export async function packageId (
  organization: OrganizationTopology,
  topology: Topology,
  paths: StatePaths,
  release: Release
): Promise<string> {
  const data = await readFile(packageFile(paths.organization(organization.id), release))
  return `${labelOf(topology, release)}:${createHash('sha256').update(data).digest('hex')}`
}

/** The organisation's chaincode process, which serves all its peers and demands a client certificate of its TLS CA. */
export async function chaincodeSpec (
  organization: OrganizationTopology,
  topology: Topology,
  paths: StatePaths,
  settings: Settings,
  release: Release
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
      '--chaincode-id', await packageId(organization, topology, paths, release),
      '--chaincode-tls-cert-file', cert,
      '--chaincode-tls-key-file', key,
      '--chaincode-tls-client-cacert-file', own.controlCa
    ],
    cwd: settings.chaincodeDir,
    sources: [
      cert,
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
  release: Release,
  binaries: Binaries
): Promise<void> {
  const id = await packageId(organization, topology, paths, release)
  const installed = await asAdmin(organization, paths, binaries, ['lifecycle', 'chaincode', 'queryinstalled'], peer)
  if (installed.includes(id)) return
  await asAdmin(
    organization,
    paths,
    binaries,
    ['lifecycle', 'chaincode', 'install', packageFile(paths.organization(organization.id), release)],
    peer
  )
}

/** The definition's version is the build: who approves it approves that code and no other. */
function definitionArguments ({ consortium: { channel, chaincode } }: Topology, { sequence, build }: Release): string[] {
  return ['--channelID', channel, '--name', chaincode, '--version', build, '--sequence', String(sequence)]
}

const NOT_APPROVED = /could not fetch approved chaincode definition/
const WITHOUT_PRIVATE_HALF = /private data matching public hash version is not available/

/** Approves the definition for the organisation, with its own package, unless it did. */
export async function approveDefinition (
  organization: OrganizationTopology,
  topology: Topology,
  paths: StatePaths,
  release: Release,
  binaries: Binaries
): Promise<void> {
  const { channel, chaincode } = topology.consortium
  const id = await packageId(organization, topology, paths, release)
  const sequence = String(release.sequence)
  const query = async (): Promise<string> => await asAdmin(organization, paths, binaries, [
    'lifecycle', 'chaincode', 'queryapproved', '--channelID', channel, '--name', chaincode, '--sequence', sequence, '--output', 'json'
  ])
  // The only peer of an organisation that began anew has the hash of the approval alone: enough to run it, and it cannot be given twice.
  const approved = await queryUnless(NOT_APPROVED, async () => await queryUnless(WITHOUT_PRIVATE_HALF, query, id))
  if (approved.includes(id)) return
  await asAdmin(organization, paths, binaries, [
    'lifecycle', 'chaincode', 'approveformyorg', ...ordererArguments(
      organization,
      paths
    ), ...definitionArguments(topology, release), '--package-id', id
  ])
}

/** What the channel defines now: `version` is the build that members approved. */
export async function readDefinition (
  topology: Topology,
  paths: StatePaths,
  binaries: Binaries
): Promise<{ version: string, sequence: number } | undefined> {
  const [first] = topology.played
  if (first === undefined) return undefined
  const { channel, chaincode } = topology.consortium
  const committed = await queryUnless(/is not defined/, async () =>
    await asAdmin(first, paths, binaries, ['lifecycle', 'chaincode', 'querycommitted', '--channelID', channel, '--name', chaincode]))
  const [, version, sequence] = /Version: (\S+), Sequence: (\d+)/.exec(committed) ?? []
  return version === undefined ? undefined : { version, sequence: Number(sequence) }
}

/** The MSP ids of the members that have not approved the definition of a release. */
export async function listUnapproved (topology: Topology, paths: StatePaths, release: Release, binaries: Binaries): Promise<string[]> {
  const [first] = topology.played
  if (first === undefined || (await readDefinition(topology, paths, binaries))?.sequence === release.sequence) return []
  const printed: unknown = JSON.parse(await asAdmin(first, paths, binaries, [
    'lifecycle', 'chaincode', 'checkcommitreadiness', ...definitionArguments(topology, release), '--output', 'json'
  ]))
  const approvals = isObject(printed) && isObject(printed['approvals']) ? printed['approvals'] : {}
  return topology.organizations.map(({ mspId }) => mspId).filter((mspId) => approvals[mspId] !== true)
}

/** Commits the definition, endorsed by every organisation, unless it is committed. @throws {NetworkError} build-not-approved */
export async function commitDefinition (topology: Topology, paths: StatePaths, release: Release, binaries: Binaries): Promise<void> {
  const [first] = topology.played
  if (first === undefined) return
  const defined = await readDefinition(topology, paths, binaries)
  if (defined !== undefined && defined.sequence >= release.sequence) {
    if (defined.sequence === release.sequence && defined.version === release.build) return
    throw new NetworkError('build-not-approved', `the channel defines build ${defined.version} of the chaincode, not ${release.build}`, {
      advice: 'Run `make chaincode-upgrade`, by which every organisation approves the build that is compiled here.'
    })
  }
  await asAdmin(first, paths, binaries, [
    'lifecycle', 'chaincode', 'commit', ...ordererArguments(
      first,
      paths
    ), ...definitionArguments(topology, release), ...endorserArguments(topology, paths)
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
