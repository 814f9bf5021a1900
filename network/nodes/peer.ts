import { join, relative } from 'node:path'
import type { Binaries } from '../fabric/binaries.ts'
import { messageOf, NetworkError } from '../errors.ts'
import { mspSources } from '../fabric/msp.ts'
import { requestHttps } from '../host/https.ts'
import { damageAdvice } from '../host/last-words.ts'
import { metricValue } from '../host/metrics.ts'
import type { StatePaths } from '../description/paths.ts'
import { ensureStarted, waitHealthy, type ProcessSpec } from '../host/processes.ts'
import { acceptsTls } from '../host/tls-probe.ts'
import { runTool } from '../host/tool.ts'
import { LOG_FORMAT } from '../host/logger.ts'
import type { Settings } from '../description/settings.ts'
import type { OrganizationTopology, PeerNode, Topology } from '../description/topology.ts'
import { waitFor } from '../host/wait.ts'

const HEALTHY_TIMEOUT_MS = 30_000
const CONVERGE_TIMEOUT_MS = 60_000
const LOGGING = 'info:comm.grpc.server=warn:endorser=warn:gossip=warn:grpc=error:policies=warn'

/** An orderer that the channel names, and where a peer goes instead. */
export interface OrdererOverride { from: string, to: string, caCertsFile: string }

/** core.yaml of an organisation's peers, with the folder of the external builder and the orderers in it. */
export function renderCoreYaml (template: string, { projectDir }: Settings, overrides: readonly OrdererOverride[]): string {
  // JSON is YAML; functions, because `$` means something in a text that replaces.
  return template
    .replaceAll('\'@BUILDER@\'', () => JSON.stringify(join(projectDir, 'network', 'builder')))
    .replaceAll('\'@ORDERERS@\'', () => JSON.stringify(overrides))
}

/** One peer of the organisation. */
export function peerSpec (
  peer: PeerNode,
  organization: OrganizationTopology,
  paths: StatePaths,
  binaries: Binaries,
  searchPath: string
): ProcessSpec {
  const own = paths.organization(organization.id)
  const { cert, key } = own.tls(peer.name)
  const address = `${organization.host.address}:${peer.port}`
  const others = organization.peerNodes.filter((other) => other !== peer).map((other) => `${organization.host.address}:${other.port}`)
  const data = own.nodeData(peer.name)
  return {
    name: peer.process,
    command: join(binaries.fabric, 'peer'),
    args: ['node', 'start'],
    cwd: own.dir,
    sources: [join(own.peerConfig, 'core.yaml'), cert, ...mspSources(own.identity(peer.name))],
    // The external builder's scripts need the usual programs.
    inherited: { PATH: searchPath },
    env: {
      FABRIC_CFG_PATH: own.peerConfig,
      FABRIC_LOGGING_SPEC: LOGGING,
      FABRIC_LOGGING_FORMAT: LOG_FORMAT,
      CORE_PEER_ID: peer.process,
      CORE_PEER_LISTENADDRESS: address,
      CORE_PEER_ADDRESS: address,
      CORE_PEER_CHAINCODELISTENADDRESS: `${organization.host.address}:${peer.chaincodeListenPort}`,
      CORE_PEER_GOSSIP_BOOTSTRAP: others.length === 0 ? address : others.join(' '),
      CORE_PEER_GOSSIP_EXTERNALENDPOINT: address,
      CORE_PEER_LOCALMSPID: organization.mspId,
      CORE_PEER_MSPCONFIGPATH: own.identity(peer.name).msp,
      CORE_PEER_TLS_CERT_FILE: cert,
      CORE_PEER_TLS_KEY_FILE: key,
      CORE_PEER_TLS_ROOTCERT_FILE: own.tlsCa,
      CORE_PEER_FILESYSTEMPATH: data,
      CORE_LEDGER_SNAPSHOTS_ROOTDIR: join(data, 'snapshots'),
      CORE_OPERATIONS_LISTENADDRESS: `${organization.host.address}:${peer.operationsPort}`,
      CORE_OPERATIONS_TLS_CERT_FILE: cert,
      CORE_OPERATIONS_TLS_KEY_FILE: key,
      // Split at blanks: relative to core.yaml it has none, whatever the folder's name.
      CORE_OPERATIONS_TLS_CLIENTROOTCAS_FILES: relative(own.peerConfig, own.controlCa)
    }
  }
}

/**
 * For core.yaml: whichever orderer the channel names, the peer goes to its own hospital's. A single orderer can sign a block
 * that the others never made, so that no other hospital's is asked, not even while the own one is down (decision 0502).
 */
export function ownOrdererOnly (organization: OrganizationTopology, topology: Topology, paths: StatePaths): OrdererOverride[] {
  const to = `${organization.host.address}:${organization.orderer.port}`
  const { tlsCa } = paths.organization(organization.id)
  return topology.organizations.filter((other) => other !== organization).map((other) =>
    ({ from: `${other.host.address}:${other.orderer.port}`, to, caCertsFile: tlsCa }))
}

/** True when the peer answers its health check and its listener; undefined when it does not. */
export async function peerHealthy (peer: PeerNode, organization: OrganizationTopology, paths: StatePaths): Promise<true | undefined> {
  const caFile = paths.organization(organization.id).tlsCa
  const { status } = await requestHttps({ url: `https://${organization.host.address}:${peer.operationsPort}/healthz`, caFile })
  return status === 200 ? await acceptsTls(organization.host, peer.port, caFile) : undefined
}

/** Starts the peer and waits until it is healthy. */
export async function startPeer (
  peer: PeerNode,
  organization: OrganizationTopology,
  paths: StatePaths,
  binaries: Binaries,
  searchPath: string
): Promise<void> {
  await ensureStarted(paths, peerSpec(peer, organization, paths, binaries, searchPath))
  await waitHealthy(paths, peer.process, HEALTHY_TIMEOUT_MS, async () => await peerHealthy(peer, organization, paths))
}

/** A run of the peer command as the organisation's admin, or another identity of its, against one of its peers; returns what it printed. */
export async function asAdmin (
  organization: OrganizationTopology,
  paths: StatePaths,
  binaries: Binaries,
  args: string[],
  peer?: PeerNode,
  identity = 'admin'
): Promise<string> {
  const own = paths.organization(organization.id)
  const target = peer ?? organization.peerNodes[0]
  const { stdout, stderr } = await runTool({
    command: join(binaries.fabric, 'peer'),
    args,
    env: {
      FABRIC_CFG_PATH: own.peerConfig,
      FABRIC_LOGGING_SPEC: 'warn:grpc=error',
      CORE_PEER_LOCALMSPID: organization.mspId,
      CORE_PEER_MSPCONFIGPATH: own.identity(identity).msp,
      CORE_PEER_ADDRESS: `${organization.host.address}:${target?.port ?? 0}`,
      CORE_PEER_TLS_ROOTCERT_FILE: own.tlsCa
    }
  })
  return stdout === '' ? stderr : stdout
}

/** Arguments that send a transaction to the organisation's own orderer. */
export function ordererArguments (organization: OrganizationTopology, paths: StatePaths): string[] {
  return [
    '-o', `${organization.host.address}:${organization.orderer.port}`, '--tls', '--cafile', paths.organization(organization.id).tlsCa,
    '--ordererTLSHostnameOverride', organization.host.name
  ]
}

/** Arguments that have a transaction endorsed by the first peer of every organisation. */
export function endorserArguments (topology: Topology, paths: StatePaths): string[] {
  return topology.organizations.flatMap((organization) => {
    const peer = organization.peerNodes[0]
    const address = `${organization.host.address}:${peer?.port ?? 0}`
    return ['--peerAddresses', address, '--tlsRootCertFiles', paths.member(organization.id).tlsCa]
  })
}

/** Makes the peer a member of the channel, unless it is one. */
export async function joinPeer (
  peer: PeerNode,
  organization: OrganizationTopology,
  channel: string,
  paths: StatePaths,
  binaries: Binaries
): Promise<void> {
  const joined = await asAdmin(organization, paths, binaries, ['channel', 'list'], peer)
  if (joined.split('\n').includes(channel)) return
  try {
    await asAdmin(organization, paths, binaries, ['channel', 'join', '-b', paths.genesisBlock], peer)
  } catch (error) {
    const advice = damageAdvice(peer.process, messageOf(error))
    if (advice === undefined) throw error
    throw new NetworkError('process-failed', `${peer.process} has a ledger of ${channel} that it cannot open`, { cause: error, advice })
  }
}

/** What a peer says of the channel: the number of blocks it holds, and how many other peers it knows. */
export async function peerState (
  peer: PeerNode,
  organization: OrganizationTopology,
  channel: string,
  paths: StatePaths
): Promise<{ height: number | undefined, knownPeers: number }> {
  const own = paths.organization(organization.id)
  const { text } = await requestHttps({ url: `https://${organization.host.address}:${peer.operationsPort}/metrics`, caFile: own.tlsCa, pair: own.tls('admin') })
  const label = { name: 'channel', value: channel }
  return {
    height: metricValue(text, 'ledger_blockchain_height', label),
    knownPeers: metricValue(text, 'gossip_membership_total_peers_known', label) ?? 0
  }
}

/** Waits until every peer of this machine holds equally many blocks, so that all endorse on the same state. */
export async function waitForEqualHeights (topology: Topology, paths: StatePaths): Promise<void> {
  await waitFor('equal block heights of all peers', CONVERGE_TIMEOUT_MS, async () => {
    const heights = new Set((await allPeerStates(topology, paths)).map((state) => state.height))
    return heights.size === 1 && !heights.has(undefined) ? true : undefined
  })
}

/** Waits until every peer of this machine knows all others of the network, without which it cannot find endorsers. */
export async function waitForMembership (topology: Topology, paths: StatePaths): Promise<void> {
  const count = topology.organizations.reduce((sum, { peerNodes }) => sum + peerNodes.length, 0)
  await waitFor('every peer to know all others', CONVERGE_TIMEOUT_MS, async () => {
    const states = await allPeerStates(topology, paths)
    return states.every((state) => state.knownPeers >= count - 1) ? true : undefined
  })
}

async function allPeerStates (topology: Topology, paths: StatePaths): Promise<{ height: number | undefined, knownPeers: number }[]> {
  return await Promise.all(topology.played.flatMap((organization) => organization.peerNodes.map(
    async (peer) => await peerState(peer, organization, topology.consortium.channel, paths))))
}
