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

/** How long (ms) a count serves, with what came since: to sum it anew costs more than a window. Nobody is refused by an old one. */
const COUNT_AGE_MS = 30_000
/** Devices, patients and places whose counts are remembered; the oldest makes room. */
const COUNTS_MAX = 50_000

/** What lies here without a segment. */
interface Usage { windows: number, bytes: number, streams: ReadonlySet<string> }
interface Count { usage: Usage, countedAt: number }
/** Whose: a device's, a patient's in a place, or all of a place; of the two last only bytes are counted. */
type Whose = { deviceId: string, patientId: string } | { place: string, patientId?: string }

/**
 * Nobody fills a hospital with windows that no segment ever names: neither a device whose key was stolen, nor a patient with ever new
 * devices, nor another gateway; and no patient takes the room that another gateway has here for all of its own.
 */
export class WindowRoom {
  readonly #app: Pick<FastifyInstance, 'store' | 'room' | 'config'>
  readonly #counts = new Map<string, Count>()

  constructor (app: Pick<FastifyInstance, 'store' | 'room' | 'config'>) {
    this.#app = app
  }

  /** Takes room for windows of one device that are about to be written. @throws {GatewayError} QUOTA_EXCEEDED, STORAGE_FULL */
  async take ({ stream, patientId, deviceId, windows }: Batch, { owner }: Bringer): Promise<void> {
    const bytes = windows.reduce((sum, { ciphertext }) => sum + ciphertext.length, 0)
    const more: Usage = { windows: windows.length, bytes, streams: new Set([stream]) }
    await this.#app.room.take(more.bytes)
    const place = owner.startsWith('peer:') ? owner : OF_DEVICES
    const [ofDevice, ofPatient, ofPlace] = [{ deviceId, patientId }, { place, patientId }, { place }] as const
    await this.#require(ofDevice, more)
    await this.#requireShare(ofPatient, ofPlace, more.bytes)
    for (const whose of [ofDevice, ofPatient, ofPlace]) this.#add(whose, more)
  }

  async #require (device: Whose, more: Usage): Promise<void> {
    const wouldBe = (known: Usage): Record<keyof typeof OPEN_MAX, number> => ({
      windows: known.windows + more.windows, bytes: known.bytes + more.bytes, streams: new Set([...known.streams, ...more.streams]).size
    })
    const tooMuch = (known: Usage): keyof typeof OPEN_MAX | undefined =>
      (['windows', 'bytes', 'streams'] as const).find((what) => wouldBe(known)[what] > OPEN_MAX[what])
    if (tooMuch(await this.#usageOf(device)) === undefined) return
    const what = tooMuch(await this.#count(device))
    if (what === undefined) return
    throw exceeded(`more than ${String(OPEN_MAX[what])} ${what} of this device would lie here without a segment: close one`)
  }

  async #requireShare (patient: Whose, all: { place: string }, bytes: number): Promise<void> {
    const { unnamedBytes, unnamedBytesPerPeer } = this.#app.config.limits
    const most = all.place === OF_DEVICES ? unnamedBytes : unnamedBytesPerPeer
    const shareOf = (own: Usage, ofAll: Usage): number => Math.floor((most - Math.max(0, ofAll.bytes - own.bytes)) * PATIENT_SHARE)
    const known = await this.#usageOf(patient)
    if (known.bytes + bytes <= shareOf(known, await this.#usageOf(all))) return
    const own = await this.#count(patient)
    const share = shareOf(own, await this.#count(all))
    if (own.bytes + bytes > share) throw exceeded(`more than ${String(share)} bytes of this patient's devices would lie here without a segment`)
  }

  #add (whose: Whose, { windows, bytes, streams }: Usage): void {
    const count = this.#counts.get(nameOf(whose))
    if (count === undefined) return
    const { usage } = count
    count.usage = { windows: usage.windows + windows, bytes: usage.bytes + bytes, streams: new Set([...usage.streams, ...streams]) }
  }

  async #usageOf (whose: Whose): Promise<Usage> {
    const known = this.#counts.get(nameOf(whose))
    return known !== undefined && performance.now() - known.countedAt <= COUNT_AGE_MS ? known.usage : await this.#count(whose)
  }

  async #count (whose: Whose): Promise<Usage> {
    const name = nameOf(whose)
    const usage = 'deviceId' in whose ? await this.#countDevice(whose) : { windows: 0, bytes: await this.#sumOf(whose), streams: new Set<string>() }
    this.#counts.delete(name)
    this.#counts.set(name, { usage, countedAt: performance.now() })
    if (this.#counts.size > COUNTS_MAX) this.#counts.delete(this.#counts.keys().next().value ?? '')
    return usage
  }

  async #countDevice ({ deviceId, patientId }: { deviceId: string, patientId: string }): Promise<Usage> {
    const rows = await this.#app.store.db.selectFrom('windows').where('version', 'is', null).where('patient_id', '=', patientId)
      .where('device_id', '=', deviceId).groupBy('stream').select((eb) => [
        'stream', eb.fn.countAll<number | string>().as('windows'), eb.fn.sum<number | string>('size_bytes').as('bytes')
      ]).execute()
    const sum = (what: 'windows' | 'bytes'): number => rows.reduce((all, row) => all + Number(row[what]), 0)
    return { windows: sum('windows'), bytes: sum('bytes'), streams: new Set(rows.map(({ stream }) => stream)) }
  }

  async #sumOf ({ place, patientId }: { place: string, patientId?: string }): Promise<number> {
    const rows = this.#app.store.db.selectFrom('windows').where('version', 'is', null)
      .where('owner', place === OF_DEVICES ? 'like' : '=', place === OF_DEVICES ? `${place}%` : place)
    const { bytes } = await (patientId === undefined ? rows : rows.where('patient_id', '=', patientId))
      .select((eb) => eb.fn.sum<number | string | null>('size_bytes').as('bytes')).executeTakeFirstOrThrow()
    return Number(bytes ?? 0)
  }
}

function nameOf (whose: Whose): string {
  return 'deviceId' in whose ? `${whose.patientId} ${whose.deviceId}` : `${whose.place} ${whose.patientId ?? ''}`
}

function exceeded (detail: string): GatewayError {
  return new GatewayError('QUOTA_EXCEEDED', detail, { retryAfterSeconds: RETRY_AFTER_SECONDS })
}
