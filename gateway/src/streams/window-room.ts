import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { Batch } from './judge-windows.ts'
import type { Bringer } from './windows.ts'

/**
 * What of one device may lie here without a segment: windows, bytes, and streams. A device closes a segment once an hour, also while it
 * sends what it kept for days.
 */
export const OPEN_MAX = { windows: 16_384, bytes: 1024 * 2 ** 20, streams: 64 }
/** Seconds after which asking again makes sense. */
const RETRY_AFTER_SECONDS = 600

/** The part of what others leave that one patient's windows may take: a few patients with many devices never take all of it. */
const PATIENT_SHARE = 1 / 16
/** Where devices' own windows are counted; those of another gateway under its owner's name. */
const OF_DEVICES = 'device:'

/** How long (ms) the count of what devices or a gateway brought serves, with what came since: to sum it anew costs more than a window. */
const COUNT_AGE_MS = 30_000

interface Count { bytes: number, countedAt: number }

/**
 * Nobody fills a hospital with windows that no segment ever names: neither a device whose key was stolen, nor a patient with ever new
 * devices, nor another gateway; and no patient takes the room that another gateway has here for all of its own.
 */
export class WindowRoom {
  readonly #app: Pick<FastifyInstance, 'store' | 'room' | 'config'>
  readonly #ofPlaces = new Map<string, Count>()

  constructor (app: Pick<FastifyInstance, 'store' | 'room' | 'config'>) {
    this.#app = app
  }

  /** Takes room for windows of one device that are about to be written. @throws {GatewayError} QUOTA_EXCEEDED, STORAGE_FULL */
  async take ({ stream, patientId, deviceId, windows }: Batch, { owner }: Bringer): Promise<void> {
    const bytes = windows.reduce((sum, { ciphertext }) => sum + ciphertext.length, 0)
    await this.#app.room.take(bytes)
    await this.#requireOfDevice({ patientId, deviceId, stream }, { windows: windows.length, bytes, streams: 1 })
    await this.#requireShare(patientId, owner.startsWith('peer:') ? owner : OF_DEVICES, bytes)
  }

  /** `streams`: this one with the others. */
  async #requireOfDevice (
    { patientId, deviceId, stream }: Pick<Batch, 'patientId' | 'deviceId' | 'stream'>, more: Record<keyof typeof OPEN_MAX, number>
  ): Promise<void> {
    const rows = this.#app.store.db.selectFrom('windows').where('version', 'is', null).where('patient_id', '=', patientId)
      .where('device_id', '=', deviceId)
    const open = await rows.select((eb) => [
      eb.fn.countAll<number | string>().as('windows'), eb.fn.sum<number | string | null>('size_bytes').as('bytes')
    ]).executeTakeFirstOrThrow()
    const { streams } = await rows.where('stream', '!=', stream)
      .select((eb) => eb.fn.count<number | string>('stream').distinct().as('streams')).executeTakeFirstOrThrow()
    for (const [what, there] of [['windows', open.windows], ['bytes', open.bytes ?? 0], ['streams', streams]] as const) {
      if (Number(there) + more[what] <= OPEN_MAX[what]) continue
      throw exceeded(`more than ${String(OPEN_MAX[what])} ${what} of this device would lie here without a segment: close one`)
    }
  }

  async #requireShare (patientId: string, place: string, bytes: number): Promise<void> {
    const { unnamedBytes, unnamedBytesPerPeer } = this.#app.config.limits
    const most = place === OF_DEVICES ? unnamedBytes : unnamedBytesPerPeer
    const known = this.#ofPlaces.get(place)
    const isOld = known === undefined || performance.now() - known.countedAt > COUNT_AGE_MS
    const count = isOld ? { bytes: await this.#sumOf(place), countedAt: performance.now() } : known
    const own = await this.#sumOf(place, patientId)
    const share = Math.floor((most - Math.max(0, count.bytes - own)) * PATIENT_SHARE)
    if (own + bytes > share) throw exceeded(`more than ${String(share)} bytes of this patient's devices would lie here without a segment`)
    count.bytes += bytes
    this.#ofPlaces.set(place, count)
  }

  async #sumOf (place: string, patientId?: string): Promise<number> {
    const rows = this.#app.store.db.selectFrom('windows').where('version', 'is', null)
      .where('owner', place === OF_DEVICES ? 'like' : '=', place === OF_DEVICES ? `${place}%` : place)
    const { bytes } = await (patientId === undefined ? rows : rows.where('patient_id', '=', patientId))
      .select((eb) => eb.fn.sum<number | string | null>('size_bytes').as('bytes')).executeTakeFirstOrThrow()
    return Number(bytes ?? 0)
  }
}

function exceeded (detail: string): GatewayError {
  return new GatewayError('QUOTA_EXCEEDED', detail, { retryAfterSeconds: RETRY_AFTER_SECONDS })
}
