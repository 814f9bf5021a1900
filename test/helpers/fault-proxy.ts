import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { formatSettings, readSettingsFile } from '../../network/description/settings-file.ts'
import { replaceFile } from '../../host/src/index.ts'
import { findFreePort } from './free-port.ts'
import type { TestNetwork } from './test-network.ts'

/**
 * What a network does to connections: passes all on, passes each piece on so many ms late, takes connections and bytes and gives nothing
 * back (as where packets are dropped), or refuses (as where a host answers that nobody listens).
 */
export type Weather = 'passing' | 'silent' | 'refusing' | { lateMs: number }

/**
 * A TCP proxy that is a bad network between two programs, whatever they speak (decision 0825). Connections that are open change with the
 * weather; what was withheld while it was silent is lost, and they end when it clears.
 */
export class FaultProxy {
  readonly #server: Server
  readonly #to: number
  readonly #pairs = new Set<{ from: Socket, to: Socket }>()
  #weather: Weather = 'passing'

  private constructor (server: Server, to: number) {
    this.#server = server
    this.#to = to
  }

  /** Listens on loopback, on a free port by default, and passes on to another port of it. */
  static async start (to: number, listenPort = 0): Promise<FaultProxy> {
    const server = createServer()
    const proxy = new FaultProxy(server, to)
    server.on('connection', (from) => { proxy.#take(from) })
    server.listen(listenPort, '127.0.0.1')
    await once(server, 'listening')
    return proxy
  }

  /** In the place of a hospital's gateway, which listens elsewhere from now on. */
  static async before (network: TestNetwork, organizationId: string): Promise<FaultProxy> {
    const [name, { settings }] = [`gateway.${organizationId}`, network.paths.organization(organizationId).gateway]
    const { LISTEN_PORT = '', ...others } = await readSettingsFile(settings)
    const port = await findFreePort()
    await network.stopProcess(name)
    await replaceFile(settings, formatSettings({ ...others, LISTEN_PORT: String(port) }))
    const proxy = await FaultProxy.start(port, Number(LISTEN_PORT))
    await network.startProcess(name)
    return proxy
  }

  get port (): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** Changes what becomes of connections, those that are open too. */
  become (weather: Weather): void {
    const wasSilent = this.#weather === 'silent'
    this.#weather = weather
    if (wasSilent || weather === 'refusing') this.#end()
  }

  async stop (): Promise<void> {
    this.#server.close()
    this.#end()
    await once(this.#server, 'close')
  }

  #end (): void {
    for (const { from, to } of this.#pairs) {
      from.destroy()
      to.destroy()
    }
  }

  #take (from: Socket): void {
    if (this.#weather === 'refusing') {
      from.on('error', () => undefined)
      from.resetAndDestroy()
      return
    }
    const pair = { from, to: connect(this.#to, '127.0.0.1') }
    this.#pairs.add(pair)
    for (const [source, sink] of [[pair.from, pair.to], [pair.to, pair.from]] as const) {
      let sending = Promise.resolve()
      source.setNoDelay(true)
      source.on('data', (piece) => {
        sending = sending.then(async () => {
          if (typeof this.#weather === 'object') await delay(this.#weather.lateMs)
          if (this.#weather !== 'silent' && !sink.destroyed) sink.write(piece)
        })
      })
      source.on('error', () => undefined)
      source.on('end', () => { sending.then(() => sink.end(), () => undefined) })
      source.on('close', () => {
        this.#pairs.delete(pair)
        sending.then(() => sink.destroy(), () => undefined)
      })
    }
  }
}
