import type { Server } from 'node:https'
import type { Socket } from 'node:net'
import { networkOf } from '@epione/host'

/** What all who share an address (of IPv6, a /64) may do: requests a minute, connections, passwords that are looked at at once. */
const [REQUESTS_PER_MINUTE, CONNECTIONS_MAX, PASSWORDS_AT_ONCE] = [1_200, 256, 2]
const MINUTE_MS = 60_000
/** A head or body that takes longer (ms) is not waited for. */
const [HEAD_MS, REQUEST_MS] = [10_000, 30_000]

/** Counts of those who are somewhere now. */
class Places {
  readonly #max: number
  readonly #taken = new Map<string, number>()

  constructor (max: number) {
    this.#max = max
  }

  enter (network: string): boolean {
    const taken = this.#taken.get(network) ?? 0
    if (taken >= this.#max) return false
    this.#taken.set(network, taken + 1)
    return true
  }

  leave (network: string): void {
    const left = (this.#taken.get(network) ?? 1) - 1
    if (left > 0) this.#taken.set(network, left)
    else this.#taken.delete(network)
  }
}

/** Keeps one address from taking the provider from all others: whatever it answers costs a write or, for a password, processor time. */
export class Floods {
  readonly #passwords = new Places(PASSWORDS_AT_ONCE)
  readonly #requests = new Map<string, number>()
  #minuteEndsAt = 0

  /** Counts a request; true when it is one too many within a minute. */
  isTooMuch (address: string): boolean {
    const [network, now] = [networkOf(address), performance.now()]
    if (now >= this.#minuteEndsAt) {
      this.#requests.clear()
      this.#minuteEndsAt = now + MINUTE_MS
    }
    const count = (this.#requests.get(network) ?? 0) + 1
    this.#requests.set(network, count)
    return count > REQUESTS_PER_MINUTE
  }

  /** Looks at a password, unless others of this address are being looked at: then `undefined`. */
  async lookAt<T> (address: string, look: () => Promise<T>): Promise<T | undefined> {
    const network = networkOf(address)
    if (!this.#passwords.enter(network)) return undefined
    return await look().finally(() => { this.#passwords.leave(network) })
  }
}

/** Bounds the connections of one address, and how long a request may take to come. */
export function limitConnections (server: Server): void {
  const places = new Places(CONNECTIONS_MAX)
  server.headersTimeout = HEAD_MS
  server.requestTimeout = REQUEST_MS
  server.on('connection', (socket) => {
    const network = networkOf((socket as Socket).remoteAddress ?? '')
    if (places.enter(network)) socket.once('close', () => { places.leave(network) })
    else socket.destroy()
  })
}
