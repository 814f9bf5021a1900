import { access, constants, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { messageOf, NetworkError } from '../errors.ts'
import { replaceFile } from '../../host/src/index.ts'
import { report } from '../host/logger.ts'
import { ensureStarted, readRecord, stopProcess, waitHealthy, type ProcessSpec } from '../host/processes.ts'
import { runTool } from '../host/tool.ts'
import type { Context } from '../description/context.ts'
import type { Settings } from '../description/settings.ts'
import type { ServiceNode, Topology } from '../description/topology.ts'

const PROGRAMS = ['prometheus', 'promtool']
/** Debian's package, of which two programs are taken; nothing is installed, and no service starts. */
const PACKAGE = 'prometheus'
const DOWNLOAD_MS = 10 * 60_000
const READY_TIMEOUT_MS = 60_000
const HEALTH_TIMEOUT_MS = 3_000
/** How often gateways and anchor services are asked, and how long their answers are kept. */
const [SCRAPE_EVERY, KEEP_FOR] = ['15s', '30d']
const RULES = ['gateway/alerts.yml', 'anchor/alerts.yml']

/** Folder of `prometheus` and `promtool`: those of the machine before those in the cache. Undefined when neither is there. */
async function findPrometheus (settings: Settings): Promise<string | undefined> {
  const folders = [...settings.searchPath.split(delimiter).filter((entry) => entry !== ''), cachedBin(settings)]
  for (const folder of folders) {
    const found = await Promise.allSettled(PROGRAMS.map(async (program) => await access(join(folder, program), constants.X_OK)))
    if (found.every(({ status }) => status === 'fulfilled')) return folder
  }
  return undefined
}

/** The same; where neither is there, Debian's package is unpacked into the cache, for which nobody need be root. Throws `tool-missing`. */
export async function ensurePrometheus (settings: Settings): Promise<string> {
  const found = await findPrometheus(settings)
  if (found !== undefined) return found
  const folder = join(settings.cacheDir, 'prometheus')
  const made = `${folder}.${process.pid}.new`
  const env = { PATH: settings.searchPath }
  report('Prometheus is not on PATH: unpacking Debian\'s package into the cache (20 MB)')
  try {
    await mkdir(made, { recursive: true })
    await runTool({ command: 'apt-get', args: ['download', PACKAGE], env, cwd: made, timeoutMs: DOWNLOAD_MS })
    const archive = (await readdir(made)).find((name) => name.endsWith('.deb'))
    await runTool({ command: 'dpkg-deb', args: ['-x', join(made, archive ?? ''), made], env, timeoutMs: DOWNLOAD_MS })
    await rm(folder, { recursive: true, force: true })
    await rename(made, folder)
  } catch (cause) {
    await rm(made, { recursive: true, force: true })
    throw new NetworkError('tool-missing', `Prometheus is not here, and Debian's package cannot be had: ${messageOf(cause)}`, {
      advice: 'Put prometheus and promtool (2.42 or newer) on PATH, or leave WATCH unset.', cause
    })
  }
  return cachedBin(settings)
}

function cachedBin ({ cacheDir }: Settings): string {
  return join(cacheDir, 'prometheus', 'usr', 'bin')
}

/** What Prometheus is told: each gateway and anchor service by its hospital, and the alert rules of both. */
export function prometheusConfig (topology: Topology, { projectDir }: Settings): object {
  const targets = (job: string, of: (organization: Topology['organizations'][number]) => ServiceNode | undefined): object => ({
    job_name: job,
    static_configs: topology.played.flatMap((organization) => {
      const service = of(organization)
      return service === undefined
        ? []
        : [{ targets: [`${service.host.address}:${service.port}`], labels: { organization: organization.id } }]
    })
  })
  return {
    global: { scrape_interval: SCRAPE_EVERY, evaluation_interval: SCRAPE_EVERY },
    rule_files: RULES.map((file) => join(projectDir, file)),
    scrape_configs: [targets('epione-gateway', ({ metrics }) => metrics), targets('epione-anchor', ({ anchor }) => anchor)]
  }
}

/** Prometheus beside the network, on loopback. */
export async function prometheusSpec (watch: ServiceNode, { paths, settings }: Context): Promise<ProcessSpec> {
  return {
    name: watch.process,
    command: join(await ensurePrometheus(settings), 'prometheus'),
    args: [
      '--config.file', paths.watch.config,
      '--storage.tsdb.path', paths.watch.data,
      '--storage.tsdb.retention.time', KEEP_FOR,
      '--web.listen-address', `${watch.host.address}:${watch.port}`,
      '--log.level', 'warn'
    ],
    cwd: paths.watch.dir,
    sources: [paths.watch.config, ...RULES.map((file) => join(settings.projectDir, file))],
    inherited: { PATH: settings.searchPath },
    env: { HOME: paths.watch.dir }
  }
}

/** True when it has read its configuration and answers. */
export async function prometheusReady ({ host, port }: ServiceNode): Promise<true | undefined> {
  const { ok, status } = await fetch(`http://${host.address}:${port}/-/ready`, { signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS) })
  if (!ok) throw new Error(`answers ${status}`)
  return true
}

/** Where Prometheus runs, when this network was told to be watched. */
export function watchOf ({ topology, paths }: Context): ServiceNode | undefined {
  return existsSync(paths.watch.config) ? topology.watch : undefined
}

/** Starts or ends Prometheus as WATCH says, and keeps what an earlier `up` was told. */
export async function startWatching (context: Context): Promise<void> {
  const { topology, topology: { watch }, paths, settings } = context
  if (watch === undefined) return
  if (settings.watch === false) {
    const record = await readRecord(paths, watch.process)
    if (record !== undefined) await stopProcess(paths, record)
    await rm(paths.watch.config, { force: true })
    return
  }
  if (settings.watch === undefined && watchOf(context) === undefined) return
  // Before the configuration: where there is no Prometheus, no later `up` shall look for it.
  await ensurePrometheus(settings)
  await mkdir(paths.watch.data, { recursive: true, mode: 0o700 })
  await replaceFile(paths.watch.config, `${JSON.stringify(prometheusConfig(topology, settings), undefined, 2)}\n`)
  await ensureStarted(paths, await prometheusSpec(watch, context))
  await waitHealthy(paths, watch.process, READY_TIMEOUT_MS, async () => await prometheusReady(watch))
  report(`  watched by Prometheus: http://${watch.host.name}:${watch.port}`)
}
