import { certificateLife, type CertificateLife } from '../fabric/certificates.ts'
import { messageOf, NetworkError } from '../errors.ts'
import { fileExists, readTextIfExists } from '../../host/src/index.ts'
import { isObject, parseJson } from '../host/json.ts'
import { ordererState } from '../nodes/orderer.ts'
import { peerState } from '../nodes/peer.ts'
import { isAlive, readRecord } from '../host/processes.ts'
import { managedProcesses, type ManagedProcess } from '../nodes/specs.ts'
import { checkStamp } from '../host/stamp.ts'
import { loadContext, type Context } from '../description/context.ts'
import { runVerb } from './verb.ts'

const USAGE = `usage: node network/verbs/status.ts [--json]
Shows each process of the network: whether it runs and is healthy, its ports, blocks and certificate.
Ends with 0 when everything is healthy, or nothing was started or all was ended with make down; else with 1.
`

/** What `--json` prints of one process. */
export interface ProcessStatus {
  name: string
  kind: string
  organization: string
  /** `stopped`: ended in order or never started; `crashed`: ended by itself; `unhealthy`: runs, but does not answer as it should. */
  state: 'healthy' | 'unhealthy' | 'crashed' | 'stopped'
  pid?: number
  startedAt?: number
  ports: number[]
  /** Why it is unhealthy. */
  detail?: string
  /** Blocks of the channel that a peer or orderer holds. */
  height?: number
  leader?: boolean
  certificate?: CertificateLife
}

/** What `--json` prints. */
export interface NetworkStatus {
  name: string
  healthy: boolean
  testing?: true
  networkId?: string
  stateDir: string
  processes: ProcessStatus[]
}

if (import.meta.main) {
  await runVerb(async (args) => {
    if (args.some((argument) => argument !== '--json')) {
      process.stderr.write(USAGE)
      return args.includes('--help') ? 0 : 2
    }
    const context = await loadContext()
    if (await fileExists(context.paths.root)) await checkStamp(context.paths, context.topology)
    const status = await networkStatus(context)
    process.stdout.write(args.includes('--json') ? JSON.stringify(status, null, 2) + '\n' : table(status))
    return status.healthy || isStopped(status) ? 0 : 1
  })
}

/** Asks every process of the network how it is. */
export async function networkStatus (context: Context): Promise<NetworkStatus> {
  const processes = await Promise.all(managedProcesses(context).map(async (managed) => await processStatus(managed, context)))
  const networkFile = parseJson(await readTextIfExists(context.paths.networkFile) ?? '')
  return {
    name: context.topology.consortium.name,
    healthy: processes.every((process) => process.state === 'healthy'),
    ...context.topology.consortium.testing === true ? { testing: true } : {},
    ...isObject(networkFile) && typeof networkFile['networkId'] === 'string' ? { networkId: networkFile['networkId'] } : {},
    stateDir: context.paths.root,
    processes
  }
}

/** A torn certificate is a fault of the one process that shows it, and hides nothing of the others. */
async function processStatus (managed: ManagedProcess, context: Context): Promise<ProcessStatus> {
  try {
    return await stateOf(
      managed,
      context,
      managed.certificate === undefined ? undefined : await certificateLife(managed.certificate, Date.now())
    )
  } catch (error) {
    if (!(error instanceof NetworkError) || error.code !== 'state-damaged') throw error
    const status = await stateOf(managed, context, undefined)
    return { ...status, state: status.state === 'healthy' ? 'unhealthy' : status.state, detail: `${error.message}. ${error.advice ?? ''}` }
  }
}

async function stateOf (managed: ManagedProcess, context: Context, certificate: CertificateLife | undefined): Promise<ProcessStatus> {
  const { name, kind, organization, ports } = managed
  const base = { name, kind, organization: organization.id, ports, ...certificate === undefined ? {} : { certificate } }
  const record = await readRecord(context.paths, name)
  if (record === undefined) return { ...base, state: 'stopped' }
  if (!isAlive(record)) return { ...base, state: 'crashed', detail: `process ${record.pid} has ended; make up starts it again` }
  const running = { ...base, pid: record.pid, startedAt: record.startedAt }
  try {
    if (await managed.healthy() !== true) return { ...running, state: 'unhealthy', detail: 'its health check fails' }
    return { ...running, state: 'healthy', ...await channelState(managed, context) }
  } catch (error) {
    return { ...running, state: 'unhealthy', detail: describe(error) }
  }
}

/** What the platform calls aborted is somebody who has not answered in time. */
function describe (error: unknown): string {
  const isLate = error instanceof Error && ['AbortError', 'TimeoutError'].includes(error.name)
  return isLate ? 'it does not answer in time: a busy machine, or it hangs (make logs)' : messageOf(error)
}

async function channelState (
  { kind, name, organization }: ManagedProcess,
  { topology, paths }: Context
): Promise<{ height?: number, leader?: boolean }> {
  const { channel } = topology.consortium
  if (kind === 'orderer') {
    const { height, leader } = await ordererState(organization, channel, paths)
    return { leader, ...height === undefined ? {} : { height } }
  }
  const peer = organization.peerNodes.find((candidate) => candidate.process === name)
  if (peer === undefined) return {}
  const { height } = await peerState(peer, organization, channel, paths)
  return height === undefined ? {} : { height }
}

function isStopped ({ processes }: NetworkStatus): boolean {
  return processes.every(({ state }) => state === 'stopped')
}

function summary (status: NetworkStatus): string {
  if (status.healthy) return 'healthy'
  return isStopped(status) ? 'stopped (make up starts it)' : 'not healthy'
}

function table (status: NetworkStatus): string {
  const rows = status.processes.map((process) => [
    process.name,
    process.state,
    process.pid === undefined ? '' : String(process.pid),
    process.ports.join(' '),
    process.height === undefined ? '' : String(process.height),
    process.certificate === undefined
      ? ''
      : `${new Date(process.certificate.notAfter).toISOString().slice(0, 10)} (${process.certificate.daysLeft} days)`,
    process.detail ?? (process.leader === true ? 'leader' : '')
  ])
  const all = [['PROCESS', 'STATE', 'PID', 'PORTS', 'BLOCKS', 'CERTIFICATE UNTIL', ''], ...rows]
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? []
  const lines = all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd())
  const id = status.networkId === undefined ? '' : `, network id ${status.networkId}`
  const testing = status.testing === true ? ', for testing: its settings protect nobody' : ''
  return `${status.name}: ${summary(status)}${testing}${id}\nstate in ${status.stateDir}\n${lines.join('\n')}\n`
}
