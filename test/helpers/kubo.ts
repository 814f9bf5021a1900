import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { readSettings } from '../../network/description/settings.ts'
import { ensureIpfs } from '../../network/fabric/binaries.ts'
import { configureIpfs, initIpfs, ipfsEnvironment, newSwarmKey } from '../../network/nodes/ipfs-repo.ts'
import type { IpfsNodeSettings, IpfsPeer } from '../../network/nodes/ipfs-repo.ts'
import { findFreePort } from './free-port.ts'
import type { Teardown } from './gateway.ts'

/** The program, in test-slow alone: its build takes as long as Fabric's. What runs does not hang on what was built before. */
export async function findKubo (): Promise<string | undefined> {
  return process.env['SLOW'] === '1' ? await ensureIpfs(readSettings(process.env)) : undefined
}

/** A Kubo node of a test, ended with it. */
export class KuboNode {
  readonly settings: IpfsNodeSettings
  readonly peer: IpfsPeer
  readonly #program: string
  #process: ChildProcess | undefined

  private constructor (program: string, settings: IpfsNodeSettings, peer: IpfsPeer) {
    this.#program = program
    this.settings = settings
    this.peer = peer
  }

  get url (): string {
    return `http://127.0.0.1:${String(this.settings.apiPort)}`
  }

  /** So many nodes of one private swarm, each of which knows the others. */
  static async swarm (t: Teardown, program: string, folder: string, count: number, swarmKey = newSwarmKey()): Promise<KuboNode[]> {
    const nodes: KuboNode[] = []
    for (let i = 0; i < count; i += 1) {
      const repo = join(folder, `node-${String(i)}-${randomBytes(2).toString('hex')}`)
      await mkdir(repo, { recursive: true, mode: 0o700 })
      const settings = { repo, swarmPort: await findFreePort(), apiPort: await findFreePort(), secret: randomBytes(24).toString('hex') }
      nodes.push(new KuboNode(program, settings, await initIpfs(program, settings, swarmKey)))
    }
    for (const node of nodes) {
      await node.start(nodes.filter((other) => other !== node).map(({ peer }) => peer))
      t.teardown(async () => { await node.stop() })
    }
    // Who was started first found nobody, and would look again only after some seconds.
    for (const node of nodes) for (const { peer } of nodes) await node.#until(`reaches ${peer.id}`, 'id', { arg: peer.id })
    return nodes
  }

  async start (peers: readonly IpfsPeer[]): Promise<void> {
    await configureIpfs(this.settings, peers)
    const env = { PATH: process.env['PATH'], ...ipfsEnvironment(this.settings) }
    const child = spawn(this.#program, ['daemon', '--migrate=false'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
    this.#process = child
    const said: string[] = []
    child.stderr.on('data', (piece: Buffer) => { said.push(piece.toString()) })
    await this.#until('starts', 'id').catch((cause: unknown) => { throw new Error(said.join('').slice(-2_000), { cause }) })
  }

  /** Asks until it answers well, for half a minute at most. */
  async #until (what: string, command: string, query: Record<string, string> = {}): Promise<void> {
    for (let tried = 0; ; tried += 1) {
      if (await this.rpc(command, query).then(({ status }) => status === 200, () => false)) return
      if (this.#process?.exitCode !== null || tried > 300) throw new Error(`a Kubo node never ${what}`)
      await delay(100)
    }
  }

  async stop (): Promise<void> {
    const child = this.#process
    this.#process = undefined
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'close')
    child.kill('SIGKILL')
    await ended
  }

  /** A call of the RPC interface, by default as the own gateway makes it. */
  async rpc (
    command: string, query: Record<string, string> = {}, secret = this.settings.secret
  ): Promise<{ status: number, text: string }> {
    const answer = await fetch(`${this.url}/api/v0/${command}?${new URLSearchParams(query).toString()}`, {
      method: 'POST', headers: secret === '' ? {} : { authorization: `Bearer ${secret}` }, signal: AbortSignal.timeout(10_000)
    })
    return { status: answer.status, text: await answer.text() }
  }

  /** Whether it pins a content. */
  async hasPin (cid: string): Promise<boolean> {
    return (await this.rpc('pin/ls', { arg: cid, type: 'recursive' })).status === 200
  }
}
