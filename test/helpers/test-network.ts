import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { findBinaries } from '../../network/fabric/binaries.ts'
import type { NetworkFile } from '../../network/render/network-file.ts'
import { statePaths, type StatePaths } from '../../network/description/paths.ts'
import { isFree } from '../../network/host/port-check.ts'
import { BLOCK_SIZE } from '../../network/description/ports.ts'
import { processStart } from '../../network/host/process-table.ts'
import {
  ensureStarted, isAlive, readRecord, signalProcess, stopProcess, waitHealthy, type ProcessRecord
} from '../../network/host/processes.ts'
import { readSettings } from '../../network/description/settings.ts'
import { managedProcesses } from '../../network/nodes/specs.ts'
import { contextOf } from '../../network/description/context.ts'
import type { Context } from '../../network/description/context.ts'
import { waitFor } from '../../network/host/wait.ts'

export interface TestNetworkOptions {
  /** How many hospitals: the first is the core hospital, the others are regional; 3 by default. */
  organizations?: number
  /** Peers of each hospital, or of each in turn; 1 by default. */
  peers?: number | readonly number[]
  /** First port; by default a free block below the ports that the system hands out. */
  basePort?: number
  /** Whether gateways are started; they are by default. */
  gateways?: boolean
  /** Whether blocks are anchored, on a local EVM node; they are not by default. */
  anchors?: boolean
  /** Whether each hospital runs an IPFS node; none does by default. */
  ipfs?: boolean
  /** Whether each hospital has a folder of its own beside `state`, named as its id, for verbs that play it alone; `runAs` runs them. */
  apart?: boolean
  /** Name of the state folder; `state` by default. */
  stateName?: string
  /** Members of the policy to be founded with, beside the defaults. */
  policy?: Record<string, unknown>
  /** More variables for the verbs and, through them, the gateways: DATABASE_URL, EPIONE_CHAINCODE. */
  environment?: Record<string, string>
}

/** What a verb of the network printed and how it ended. */
export interface VerbResult { code: number, stdout: string, stderr: string }

const PROJECT_DIR = join(import.meta.dirname, '..', '..')
const DIR_PREFIX = 'epione-test-'
/** Auditors of each hospital; the subjects are those of its token issuer. */
export const AUDITORS = [
  { id: 'wide', subject: 'auditor-wide', scope: 'consortium' },
  { id: 'own', subject: 'auditor-own', scope: 'organization' }
] as const
/** Who signs in from several test files at once; all others are admitted by the one that needs them. */
const PEOPLE = [
  { subject: 'desk', duties: ['desk'] },
  { subject: 'staff-admin', duties: ['administrator'] },
  { subject: 'head-of-staff', duties: ['administrator'] },
  { subject: 'dr-author', duties: ['clinician'] },
  { subject: 'dr-reader', duties: ['clinician'] },
  ...AUDITORS.map(({ subject }) => ({ subject, duties: ['auditor'] }))
]
const LOWEST_BASE_PORT = 10_000
const HIGHEST_BASE_PORT = 20_000
const HEALTHY_TIMEOUT_MS = 60_000
const END_TIMEOUT_MS = 45_000

/**
 * A real network in a temporary folder, on ports of its own, made by the same verbs that `make` runs. It is removed by
 * `destroy`, at the latest when this process ends; one whose process was killed is removed by the next `create`.
 */
export class TestNetwork {
  static #shared: Promise<TestNetwork> | undefined

  readonly stateDir: string
  readonly consortiumFile: string
  readonly paths: StatePaths
  readonly #environment: Readonly<Record<string, string>>
  readonly #withGateways: boolean
  #cleanUp: (() => void) | undefined
  #stateNames: readonly string[] = []
  #network: NetworkFile | undefined

  private constructor (stateDir: string, environment: Record<string, string>, withGateways: boolean) {
    this.stateDir = stateDir
    this.consortiumFile = join(dirname(stateDir), 'consortium.json')
    this.paths = statePaths(stateDir)
    this.#environment = environment
    this.#withGateways = withGateways
  }

  /** Makes a network and brings it up. */
  static async create (options: TestNetworkOptions = {}): Promise<TestNetwork> {
    const network = await TestNetwork.prepare(options)
    try {
      await network.up()
      return network
    } catch (error) {
      await network.destroy()
      throw error
    }
  }

  /** Makes folder and description of a network, which nothing runs yet. */
  static async prepare (options: TestNetworkOptions = {}): Promise<TestNetwork> {
    await removeOrphans()
    const dir = await mkdtemp(join(tmpdir(), DIR_PREFIX))
    const stateName = options.stateName ?? 'state'
    const count = options.organizations ?? 3
    const ids = ['core', ...Array.from({ length: count - 1 }, (_, index) => `regional${String(index + 1)}`)]
    const apart = options.apart === true ? ids : []
    const stateNames = [stateName, ...apart]
    await writeFile(join(dir, 'owner.json'), JSON.stringify({ pid: process.pid, started: processStart(process.pid), stateName, apart }))
    const peersOf = (index: number): number => typeof options.peers === 'object' ? options.peers[index] ?? 1 : options.peers ?? 1
    const description = {
      name: 'epione-test',
      channel: 'records',
      chaincode: 'epione',
      basePort: options.basePort ?? await freeBasePort(count),
      policy: { shareMinimum: Math.min(3, count), permitSeconds: 60, ...options.policy },
      ...count < 3 || options.policy !== undefined ? { testing: true } : {},
      ...options.anchors === true ? { anchor: { network: 'goerli' } } : {},
      ...options.ipfs === true ? { ipfs: true } : {},
      organizations: Array.from({ length: count }, (_, index) => index === 0
        ? { id: 'core', mspId: 'CoreMSP', name: 'Core Hospital', kind: 'core', peers: peersOf(0), auditors: AUDITORS, people: PEOPLE }
        : {
            id: `regional${index}`,
            mspId: `Regional${index}MSP`,
            name: `Regional Hospital ${index}`,
            kind: 'regional',
            peers: peersOf(index),
            auditors: AUDITORS,
            people: PEOPLE
          })
    }
    await writeFile(join(dir, 'consortium.json'), JSON.stringify(description, null, 2))
    const network = new TestNetwork(join(dir, stateName), options.environment ?? {}, options.gateways ?? true)
    network.#stateNames = stateNames
    network.#cleanUp = () => removeNow(dir, stateNames, network.#verbEnvironment())
    process.once('exit', network.#cleanUp)
    endOnSignals()
    return network
  }

  /**
   * The one network of the whole test run, for tests that only add to it: that of the runner (EPIONE_TEST_STATE), else one
   * of this process's own, made with the given options.
   */
  static async shared (options: TestNetworkOptions = {}): Promise<TestNetwork> {
    const stateDir = process.env['EPIONE_TEST_STATE']
    TestNetwork.#shared ??= stateDir === undefined || stateDir === ''
      ? TestNetwork.create(options)
      : Promise.resolve(new TestNetwork(stateDir, {}, true))
    return await TestNetwork.#shared
  }

  /** network.json of this network. */
  async network (): Promise<NetworkFile> {
    this.#network ??= JSON.parse(await readFile(this.paths.networkFile, 'utf8')) as NetworkFile
    return this.#network
  }

  /** Brings it up, or up again. Throws with the output when that fails. */
  async up (): Promise<void> {
    const result = await this.run('up', this.#withGateways ? [] : ['--without-gateways'])
    if (result.code !== 0) throw new Error(`up ended with ${result.code}:\n${result.stderr}`)
  }

  /** Ends all its processes; the state stays. */
  async stop (): Promise<void> {
    const result = await this.run('down')
    if (result.code !== 0) throw new Error(`down ended with ${result.code}:\n${result.stderr}`)
  }

  /** Ends all its processes and removes its folder. The network of the runner is left alone. */
  async destroy (): Promise<void> {
    if (this.#cleanUp === undefined) return
    process.removeListener('exit', this.#cleanUp)
    this.#cleanUp = undefined
    for (const name of this.#stateNames) {
      const result = await this.run('clean', [], { EPIONE_STATE: join(dirname(this.stateDir), name) })
      if (result.code !== 0) throw new Error(`clean ended with ${result.code}:\n${result.stderr}`)
    }
    await rm(dirname(this.stateDir), { recursive: true, force: true })
  }

  /** Runs a verb of `network/` on this network. */
  async run (verb: string, args: string[] = [], environment: Record<string, string> = {}): Promise<VerbResult> {
    const child = spawn(process.execPath, [
      verbFile(verb), ...args
    ], { env: { ...this.#verbEnvironment(), ...environment }, stdio: ['ignore', 'pipe', 'pipe'] })
    const result = { code: 1, stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => { result.stdout += text })
    child.stderr.setEncoding('utf8').on('data', (text: string) => { result.stderr += text })
    const [code] = await once(child, 'close') as [number | null]
    return { ...result, code: code ?? 1 }
  }

  /** The folder of one hospital of a network whose hospitals are apart. */
  folderOf (id: string): string {
    return join(dirname(this.stateDir), id)
  }

  /** Runs a verb as one hospital of a network whose hospitals are apart. */
  async runAs (id: string, verb: string, args: string[] = []): Promise<VerbResult> {
    return await this.run(verb, args, { EPIONE_ORGANIZATION: id, EPIONE_STATE: this.folderOf(id) })
  }

  /** Number of a running process, such as `peer0.core`, `orderer.core`, `gateway.regional1`. */
  async pid (name: string): Promise<number> {
    return (await this.#record(name)).pid
  }

  /** Sends a process a signal; waits for its end where the signal ends it. */
  async killProcess (name: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const record = await this.#record(name)
    if (!signalProcess(record, signal)) throw new Error(`${name} does not run`)
    if (signal === 'SIGSTOP' || signal === 'SIGCONT') return
    await waitFor(`end of ${name}`, END_TIMEOUT_MS, async () => await Promise.resolve(isAlive(record) ? undefined : true))
  }

  /** Ends a process in order (SIGTERM). */
  async stopProcess (name: string): Promise<void> {
    await stopProcess(this.paths, await this.#record(name))
  }

  /** Starts a process that was ended, and waits until it is healthy. */
  async startProcess (name: string): Promise<void> {
    const context = await this.context()
    const managed = managedProcesses(context).find((candidate) => candidate.name === name)
    if (managed === undefined) throw new Error(`${name} is no process of this network`)
    const { fabric, fabricCa } = await findBinaries(context.settings)
    if (fabric === undefined || fabricCa === undefined) throw new Error('the binaries are gone')
    await ensureStarted(this.paths, await managed.spec({ fabric, fabricCa }))
    await waitHealthy(this.paths, name, HEALTHY_TIMEOUT_MS, managed.healthy)
  }

  async #record (name: string): Promise<ProcessRecord> {
    const record = await readRecord(this.paths, name)
    if (record === undefined) throw new Error(`${name} was not started`)
    return record
  }

  /** What the verbs work with. */
  async context (): Promise<Context> {
    return await contextOf(readSettings(this.#verbEnvironment()))
  }

  #verbEnvironment (): NodeJS.ProcessEnv {
    const environment: NodeJS.ProcessEnv = {
      ...process.env,
      // Tests hold tokens for as long as they run.
      ACCESS_TOKEN_SECONDS: '3600',
      ...this.#environment,
      EPIONE_STATE: this.stateDir,
      EPIONE_CONSORTIUM: this.consortiumFile
    }
    // tap's own settings would have it follow the verbs, too.
    for (const name of Object.keys(environment)) if (name.startsWith('TAP') || name === 'NODE_OPTIONS') environment[name] = undefined
    return environment
  }
}

function verbFile (verb: string): string {
  return join(PROJECT_DIR, 'network', 'verbs', `${verb}.ts`)
}

/** A base port whose whole range is free right now; drawn at random, so that networks made at once do not meet. */
async function freeBasePort (organizations: number): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const basePort = LOWEST_BASE_PORT + Math.floor(Math.random() * (HIGHEST_BASE_PORT - LOWEST_BASE_PORT))
    const ports = Array.from({ length: organizations * BLOCK_SIZE }, (_, index) => basePort + index)
    const free = await Promise.all(ports.map(async (port) => await isFree(port)))
    if (free.every((port) => port)) return basePort
  }
  throw new Error('no free range of ports found')
}

/** Removes networks of test processes that were killed. */
async function removeOrphans (): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(DIR_PREFIX)) continue
    const dir = join(tmpdir(), name)
    const owner = await readFile(join(dir, 'owner.json'), 'utf8').then((text) =>
      JSON.parse(text) as { pid: number, started: string, stateName: string, apart?: string[] }, () => undefined)
    // Without an owner it is being made this very moment, or is not ours.
    if (owner === undefined || processStart(owner.pid) === owner.started) continue
    removeNow(dir, [owner.stateName, ...owner.apart ?? []], { ...process.env, EPIONE_CONSORTIUM: join(dir, 'consortium.json') })
  }
}

/** Ends a network's processes and removes its folder without going back to the event loop; keeps the folder when that fails. */
function removeNow (dir: string, stateNames: readonly string[], environment: NodeJS.ProcessEnv): void {
  const ended = stateNames.map((name) =>
    spawnSync(process.execPath, [verbFile('clean')], { env: { ...environment, EPIONE_STATE: join(dir, name) }, stdio: 'ignore' }))
  if (ended.every(({ status }) => status === 0)) rmSync(dir, { recursive: true, force: true })
}

let listening = false

/** A signal ends a process without its `exit` handlers, unless it is turned into an ordinary exit. */
function endOnSignals (): void {
  if (listening) return
  listening = true
  for (const [signal, number] of [['SIGINT', 2], ['SIGTERM', 15], ['SIGHUP', 1]] as const) {
    process.once(signal, () => process.exit(128 + number))
  }
}
