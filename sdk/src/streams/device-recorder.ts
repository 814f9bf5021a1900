import { encodeWindow, spanOf } from '@epione/protocol/streams'
import type { KindCode, Series, WindowClock } from '@epione/protocol/streams'
import { isClientError } from '../errors.ts'
import type { ClockMark } from './device-clock.ts'
import type { DeviceContext } from './device-context.ts'
import type { DeviceQueue } from './device-queue.ts'
import type { MeasuredWindow } from './queued.ts'
import { sealWindow } from './seal-window.ts'

/** Windows that wait in memory while the disk is full; of more, the oldest is lost. */
const WAITING_MAX = 64

/** What a device measures: the kinds behind the `kindsHash` of its statement, and their salt (32 bytes, hex). */
export interface DeviceKinds { readonly kinds: readonly KindCode[], readonly salt: string }

interface Waiting { readonly series: readonly Series[], readonly clock: WindowClock, readonly source: MeasuredWindow['source'] }

/** Seals what a device measures as it comes, whether or not a gateway can be reached. */
export class DeviceRecorder {
  readonly #context: DeviceContext
  readonly #queue: DeviceQueue
  readonly #kinds: DeviceKinds
  readonly #waiting: Waiting[] = []
  #turn: Promise<unknown> = Promise.resolve()
  #lost = 0

  constructor (context: DeviceContext, queue: DeviceQueue, kinds: DeviceKinds) {
    this.#context = context
    this.#queue = queue
    this.#kinds = kinds
  }

  /** Windows lost since the start because the disk was full for too long: readers see a gap in their place. */
  get lost (): number {
    return this.#lost
  }

  /** Windows in memory alone, because the disk is full. */
  get waiting (): number {
    return this.#waiting.length
  }

  /**
   * Seals one window, and those that a full disk made wait before it. `by`: whether the times are by the device's clock or whoever
   * measured told them; `mark`, of the former: the clock as it was when the first value came, which may have been set since.
   * @throws {StreamError} for series that are none; {ClientError} DISK_FULL, and the window waits for the next call
   */
  async record (
    measured: readonly Series[], by: WindowClock['by'], source?: MeasuredWindow['source'], mark?: ClockMark
  ): Promise<void> {
    const { clock } = this.#context
    const shiftMs = by === 'source' || mark === undefined ? 0 : clock.shiftSince(mark)
    const series = shiftMs === 0 ? measured : measured.map((one) => ({ ...one, startMs: one.startMs + shiftMs }))
    const { originMs } = clock.isSet || mark === undefined ? clock.mark() : mark
    const monotonicMs = Math.max(0, Math.round(spanOf(series).startMs - originMs))
    const stamp: WindowClock = { bootId: clock.bootId, by, monotonicMs, ...clock.offset() }
    // What is no window must not wait for a disk.
    this.#encode({ series, clock: stamp, source })
    const turn = this.#turn.then(async () => {
      this.#waiting.push({ series, clock: stamp, source })
      await this.#flush()
    })
    this.#turn = turn.catch(() => undefined)
    await turn
  }

  /** Seals what waits because the disk was full. @throws {ClientError} DISK_FULL while it still is */
  async settle (): Promise<void> {
    const turn = this.#turn.then(async () => { await this.#flush() })
    this.#turn = turn.catch(() => undefined)
    await turn
  }

  async #flush (): Promise<void> {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      try {
        await this.#seal(next)
      } catch (error) {
        if (isClientError(error, 'DISK_FULL')) this.#loseOldest()
        throw error
      }
      this.#waiting.shift()
    }
  }

  /** Its number is left out, so that whoever reads the stream knows of it. */
  #loseOldest (): void {
    if (this.#waiting.length <= WAITING_MAX) return
    // A stream begins with its first window, whatever was lost before.
    if (this.#queue.nextNumber > 1) this.#queue.skip(this.#queue.nextNumber)
    this.#waiting.shift()
    this.#lost += 1
  }

  async #seal (waiting: Waiting): Promise<void> {
    const number = this.#queue.nextNumber
    const { window, ciphertext } = await sealWindow({ stream: this.#queue.stream, number, key: this.#context.key }, this.#encode(waiting))
    const { source } = waiting
    await this.#queue.addWindow({ ...window, ...(source === undefined ? {} : { source }) }, ciphertext)
  }

  #encode ({ series, clock }: Waiting): Uint8Array {
    return encodeWindow({ ...this.#kinds, clock, series })
  }
}
