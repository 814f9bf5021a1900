import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Binaries } from '../fabric/binaries.ts'
import { NetworkError } from '../errors.ts'
import { mspSources } from '../fabric/msp.ts'
import { requestHttps } from '../host/https.ts'
import { isObject } from '../host/json.ts'
import { LOG_FORMAT, report } from '../host/logger.ts'
import { metricValue } from '../host/metrics.ts'
import type { StatePaths } from '../description/paths.ts'
import { ensureStarted, readRecord, stopProcess, waitHealthy, type ProcessSpec } from '../host/processes.ts'
import { acceptsTls } from '../host/tls-probe.ts'
import { playsAlone, type OrganizationTopology, type Topology } from '../description/topology.ts'
import { waitFor } from '../host/wait.ts'

const HEALTHY_TIMEOUT_MS = 30_000
/** Without a leader for this long, a 2.5.0 orderer may have locked itself up while replaying its log: it is restarted. */
const LEADER_WATCHDOG_MS = 20_000
const LOGGING = 'info:comm.grpc.server=warn:grpc=error'

/**
 * Fabric's list in an environment variable, which it splits at commas: paths relative to where the orderer counts them from
 * (orderer.yaml for listeners and cluster, its working directory for operations and administration) hold names of ours only.
 */
function listOf (from: string, files: string[]): string {
  return `[${files.map((file) => relative(from, file)).join(',')}]`
}

/** The organisation's orderer: one Raft consenter. */
export function ordererSpec (organization: OrganizationTopology, topology: Topology, paths: StatePaths, binaries: Binaries): ProcessSpec {
  const own = paths.organization(organization.id)
  const { cert, key } = own.tls('orderer')
  const data = own.nodeData('orderer')
  const roots = topology.organizations.map(({ id }) => paths.member(id).tlsCa)
  const { orderer } = organization
  return {
    name: orderer.process,
    command: join(binaries.fabric, 'orderer'),
    args: [],
    cwd: own.dir,
    sources: [join(paths.ordererConfig, 'orderer.yaml'), cert, ...mspSources(own.identity('orderer'))],
    env: {
      FABRIC_CFG_PATH: paths.ordererConfig,
      FABRIC_LOGGING_SPEC: LOGGING,
      FABRIC_LOGGING_FORMAT: LOG_FORMAT,
      ORDERER_GENERAL_LISTENADDRESS: organization.host.address,
      ORDERER_GENERAL_LISTENPORT: String(orderer.port),
      ORDERER_GENERAL_LOCALMSPID: organization.mspId,
      ORDERER_GENERAL_LOCALMSPDIR: own.identity('orderer').msp,
      ORDERER_GENERAL_TLS_CERTIFICATE: cert,
      ORDERER_GENERAL_TLS_PRIVATEKEY: key,
      ORDERER_GENERAL_TLS_ROOTCAS: listOf(paths.ordererConfig, [own.tlsCa]),
      ORDERER_GENERAL_CLUSTER_CLIENTCERTIFICATE: cert,
      ORDERER_GENERAL_CLUSTER_CLIENTPRIVATEKEY: key,
      ORDERER_GENERAL_CLUSTER_ROOTCAS: listOf(paths.ordererConfig, roots),
      ORDERER_FILELEDGER_LOCATION: join(data, 'ledger'),
      ORDERER_CONSENSUS_WALDIR: join(data, 'wal'),
      ORDERER_CONSENSUS_SNAPDIR: join(data, 'snapshots'),
      ORDERER_OPERATIONS_LISTENADDRESS: `${organization.host.address}:${orderer.operationsPort}`,
      ORDERER_OPERATIONS_TLS_CERTIFICATE: cert,
      ORDERER_OPERATIONS_TLS_PRIVATEKEY: key,
      ORDERER_OPERATIONS_TLS_CLIENTROOTCAS: listOf(own.dir, [own.controlCa]),
      ORDERER_ADMIN_LISTENADDRESS: `${organization.host.address}:${orderer.adminPort}`,
      ORDERER_ADMIN_TLS_CERTIFICATE: cert,
      ORDERER_ADMIN_TLS_PRIVATEKEY: key,
      ORDERER_ADMIN_TLS_CLIENTROOTCAS: listOf(own.dir, [own.controlCa])
    }
  }
}

/** True when the orderer answers its health check and its listeners; undefined when it does not. */
export async function ordererHealthy (organization: OrganizationTopology, paths: StatePaths): Promise<true | undefined> {
  const own = paths.organization(organization.id)
  const { operationsPort, adminPort } = organization.orderer
  const health = await requestHttps({ url: `https://${organization.host.address}:${operationsPort}/healthz`, caFile: own.tlsCa })
  const channels = await requestHttps({
    url: `https://${organization.host.address}:${adminPort}/participation/v1/channels`,
    caFile: own.tlsCa,
    pair: own.tls('admin')
  })
  const isUp = health.status === 200 && channels.status === 200
  return isUp ? await acceptsTls(organization.host, organization.orderer.port, own.tlsCa) : undefined
}

/** Starts the orderer and waits until it is healthy and serves the channel. */
export async function startOrderer (
  organization: OrganizationTopology,
  topology: Topology,
  paths: StatePaths,
  binaries: Binaries
): Promise<void> {
  await ensureStarted(paths, ordererSpec(organization, topology, paths, binaries))
  await waitHealthy(paths, organization.orderer.process, HEALTHY_TIMEOUT_MS, async () => await ordererHealthy(organization, paths))
  await joinChannel(organization, topology, paths)
}

async function joinChannel (organization: OrganizationTopology, topology: Topology, paths: StatePaths): Promise<void> {
  const own = paths.organization(organization.id)
  const base = { caFile: own.tlsCa, pair: own.tls('admin') }
  const channels = `https://${organization.host.address}:${organization.orderer.adminPort}/participation/v1/channels`
  const known = await requestHttps({ ...base, url: `${channels}/${topology.consortium.channel}` })
  if (known.status === 200) return
  const form = new FormData()
  form.append('config-block', new Blob([await readFile(paths.genesisBlock)]), 'genesis.block')
  const encoded = new Response(form)
  const answer = await requestHttps({
    ...base,
    url: channels,
    method: 'POST',
    headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
    body: new Uint8Array(await encoded.arrayBuffer()),
    timeoutMs: HEALTHY_TIMEOUT_MS
  })
  if (answer.status !== 201) {
    throw new NetworkError('command-failed', `${organization.orderer.process} cannot join ${topology.consortium.channel}: ${answer.text}`)
  }
}

/** What an orderer says of the channel: whether it leads, the number of blocks it holds. */
export async function ordererState (
  organization: OrganizationTopology,
  channel: string,
  paths: StatePaths
): Promise<{ leader: boolean, height: number | undefined }> {
  const own = paths.organization(organization.id)
  const base = { caFile: own.tlsCa, pair: own.tls('admin') }
  const [metrics, participation] = await Promise.all([
    requestHttps({ ...base, url: `https://${organization.host.address}:${organization.orderer.operationsPort}/metrics` }),
    requestHttps({ ...base, url: `https://${organization.host.address}:${organization.orderer.adminPort}/participation/v1/channels/${channel}` })
  ])
  const info: unknown = participation.status === 200 ? JSON.parse(participation.text) : {}
  return {
    leader: metricValue(metrics.text, 'consensus_etcdraft_is_leader', { name: 'channel', value: channel }) === 1,
    height: isObject(info) && typeof info['height'] === 'number' ? info['height'] : undefined
  }
}

/**
 * Waits until some orderer leads the channel; when none does within 20 s, restarts the orderers one after the other. Where others run on
 * machines of their own the leader may be one of those, which this machine does not ask: what needs it waits itself.
 */
export async function waitForLeader (topology: Topology, paths: StatePaths, binaries: Binaries): Promise<void> {
  if (playsAlone(topology)) return
  const wait = async (): Promise<true> => await waitFor('a leader of the orderers', LEADER_WATCHDOG_MS, async () => {
    const states = await Promise.allSettled(
      topology.played.map(async (organization) => await ordererState(organization, topology.consortium.channel, paths))
    )
    return states.some((state) => state.status === 'fulfilled' && state.value.leader) ? true : undefined
  })
  for (const organization of topology.played) {
    try {
      await wait()
      return
    } catch (error) {
      if (!(error instanceof NetworkError) || error.code !== 'timeout') throw error
      report(`no leader for ${LEADER_WATCHDOG_MS / 1000} s: restarting ${organization.orderer.process}`)
      const record = await readRecord(paths, organization.orderer.process)
      if (record !== undefined) await stopProcess(paths, record)
      await startOrderer(organization, topology, paths, binaries)
    }
  }
  await wait()
}
