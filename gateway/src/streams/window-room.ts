import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { CheckedWindow } from './check-windows.ts'
import type { Bringer } from './windows.ts'

/**
 * What of one device may lie here without a segment: windows, bytes, and streams. A device closes a segment once an hour, also while it
 * sends what it kept for days.
 */
export const OPEN_MAX = { windows: 16_384, bytes: 1024 * 2 ** 20, streams: 64 }
/** Seconds after which asking again makes sense. */
const RETRY_AFTER_SECONDS = 600

/** How long (ms) the count of what another gateway brought serves, with what came since: to sum it anew costs more than a window. */
const COUNT_AGE_MS = 30_000

interface Count { bytes: number, countedAt: number }

/**
 * Nobody fills a hospital with windows that no segment ever names: neither a device whose key was stolen nor another gateway.
 */
export class WindowRoom {
  readonly #app: Pick<FastifyInstance, 'store' | 'room' | 'config'>
  readonly #ofPeers = new Map<string, Count>()

  constructor (app: Pick<FastifyInstance, 'store' | 'room' | 'config'>) {
    this.#app = app
  }

  /** Takes room for windows that are about to be written. @throws {GatewayError} QUOTA_EXCEEDED, STORAGE_FULL */
  async take (deviceId: string, { owner }: Bringer, windows: readonly CheckedWindow[]): Promise<void> {
    const bytes = windows.reduce((sum, { ciphertext }) => sum + ciphertext.length, 0)
    await this.#app.room.take(bytes)
    await this.#requireOfDevice(deviceId, { windows: windows.length, bytes, streams: 0 })
    if (owner.startsWith('peer:')) await this.#requireOfPeer(owner, bytes)
  }

  async #requireOfDevice (deviceId: string, more: Record<keyof typeof OPEN_MAX, number>): Promise<void> {
    const open = await this.#app.store.db.selectFrom('windows').where('version', 'is', null).where('device_id', '=', deviceId)
      .select((eb) => [
        eb.fn.countAll<number | string>().as('windows'), eb.fn.sum<number | string | null>('size_bytes').as('bytes'),
        eb.fn.count<number | string>('stream').distinct().as('streams')
      ]).executeTakeFirstOrThrow()
    for (const what of ['windows', 'bytes', 'streams'] as const) {
      if (Number(open[what] ?? 0) + more[what] <= OPEN_MAX[what]) continue
      throw exceeded(`more than ${String(OPEN_MAX[what])} ${what} of this device would lie here without a segment: close one`)
    }
  }

  async #requireOfPeer (owner: string, bytes: number): Promise<void> {
    const most = this.#app.config.limits.unnamedBytesPerPeer
    const known = this.#ofPeers.get(owner)
    const isOld = known === undefined || performance.now() - known.countedAt > COUNT_AGE_MS
    const count = isOld ? { bytes: await this.#sumOf(owner), countedAt: performance.now() } : known
    count.bytes += bytes
    this.#ofPeers.set(owner, count)
    if (count.bytes > most) throw exceeded(`more than ${String(most)} bytes that this gateway brought would lie here without a segment`)
  }

  async #sumOf (owner: string): Promise<number> {
    const { bytes } = await this.#app.store.db.selectFrom('windows').where('version', 'is', null).where('owner', '=', owner)
      .select((eb) => eb.fn.sum<number | string | null>('size_bytes').as('bytes')).executeTakeFirstOrThrow()
    return Number(bytes ?? 0)
  }
}

function exceeded (detail: string): GatewayError {
  return new GatewayError('QUOTA_EXCEEDED', detail, { retryAfterSeconds: RETRY_AFTER_SECONDS })
}
