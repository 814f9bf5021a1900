import type { StreamState } from '@epione/protocol/api'
import type { Compartment } from '@epione/protocol/verify'
import { currentTime } from '../context/context.ts'
import { ClientError, isClientError } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { newestCompartment, readDirectory } from '../keys/directory.ts'
import { toBase64 } from './base64.ts'
import { ReceiptChecker } from './check-receipts.ts'
import { authorizeDevice } from './device-context.ts'
import { DeviceErasures } from './device-erasures.ts'
import type { DeviceContext } from './device-context.ts'
import type { DeviceQueue } from './device-queue.ts'
import type { MeasuredWindow, SignedWindow, WindowBatch } from './queued.ts'
import { SEGMENT_EVERY_MS, SEGMENT_WINDOWS_MAX } from './plan-segments.ts'
import { readClock } from './read-clock.ts'
import { isGatewayCode, problemNumber } from './refusals.ts'
import { SegmentCloser } from './segment-closer.ts'
import { SegmentWitness } from './segment-witness.ts'
import { endsWithin, signWindows } from './sign-windows.ts'

/** Most windows sent at once, and most bytes of their ciphertext. */
const BATCH_MAX = 64
const BATCH_BYTES_MAX = 500_000
/** Windows, and bytes of them, after which a segment is closed before its time: gateways take a bounded amount that no segment names. */
const OPEN_MAX = { windows: SEGMENT_WINDOWS_MAX, bytes: 256 * 2 ** 20 }
/** How long in ms a patient's directory is gone by: a rotation shows earlier, by a refusal. */
const DIRECTORY_MS = 15 * 60 * 1000

export interface SenderOptions {
  /** How often a segment is closed at most, ms. */
  readonly segmentEveryMs?: number
}

/** What one round of sending did. */
export interface SentReport {
  /** Windows that two hospitals have taken. */
  sent: number
  /** Segments that are on the ledger. */
  segments: number
  /** Windows forgotten, because another organisation shows their segment. */
  forgotten: number
  /** Windows forgotten, because their patient erased their compartment before a segment had them. */
  erased: number
  /** Windows measured and not sent, and those sent and not forgotten. */
  waiting: number
  kept: number
}

/** Sends what a device has measured, in order and once, however often it is cut off. */
export class DeviceSender {
  readonly #context: DeviceContext
  readonly #queue: DeviceQueue
  readonly #closer: SegmentCloser
  readonly #witness: SegmentWitness
  readonly #receipts: ReceiptChecker
  readonly #erasures: DeviceErasures
  #compartment: { readAt: number, value: Compartment } | undefined

  constructor (context: DeviceContext, queue: DeviceQueue, { segmentEveryMs = SEGMENT_EVERY_MS }: SenderOptions = {}) {
    this.#context = context
    this.#queue = queue
    this.#closer = new SegmentCloser(context, queue, segmentEveryMs, {
      look: (gateway) => this.#look(gateway), sendAgain: (gateway, from) => this.#sendAgain(gateway, from)
    })
    this.#witness = new SegmentWitness(context, queue, this.#closer, (gateway) => this.#look(gateway))
    this.#receipts = new ReceiptChecker(context)
    this.#erasures = new DeviceErasures(context, queue)
  }

  /**
   * One round: sends all windows, closes the segment when its time has come or `close` says so, and forgets what another organisation
   * shows on the ledger. @throws {ClientError} UNAVAILABLE when no gateway can be reached: all stays for the next round;
   * DEVICE_ENDED or DEVICE_NOT_IN_FORCE for a device that may write no more
   */
  async sendAll ({ close = false } = {}): Promise<SentReport> {
    const { clock, gateways } = this.#context
    if (!clock.isSet) await readClock(gateways, clock)
    const round = async (): Promise<Pick<SentReport, 'sent' | 'segments'>> =>
      (await gateways.askFirstReachable((gateway) => this.#round(gateway, close), isTakenElsewhere)).value
    const erased = this.#erasures.count
    const done = await this.#heeding(() => round().catch(async (error: unknown) => {
      if (await this.#bringsTold(error)) return await round()
      throw error
    }))
    const forgotten = await this.#heeding(() => this.#witness.forget())
    const waiting = this.#queue.unsent.length
    return { ...done, forgotten, erased: this.#erasures.count - erased, waiting, kept: this.#queue.size - waiting }
  }

  /** Does the same again without what its patient erased, for as long as that is less each time. */
  async #heeding<T> (work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work()
      } catch (error) {
        if (!await this.#erasures.heed(error)) throw error
      }
    }
  }

  /**
   * Nobody takes what follows a segment of which a gateway falsely said that it is on the ledger: whether that was mended after a refusal,
   * so that trying again may do.
   */
  async #bringsTold (refusal: unknown): Promise<boolean> {
    const count = (): number => this.#queue.state.told?.length ?? 0
    const before = count()
    if (before === 0 || !isClientError(refusal) || isClientError(refusal, 'UNAVAILABLE')) return false
    await this.#witness.forget()
    return count() < before
  }

  async #round (gateway: GatewayApi, close: boolean): Promise<Pick<SentReport, 'sent' | 'segments'>> {
    const state = await this.#look(gateway)
    await this.#closer.takeUp(gateway, state)
    const done = { sent: 0, segments: 0 }
    for await (const isMuch of this.#sendWindows(gateway, state, done)) {
      if (isMuch) done.segments += await this.#closer.close(gateway, true)
    }
    done.segments += await this.#closer.close(gateway, close)
    return done
  }

  /** How far the stream is at a gateway, whose clock is taken with it. */
  async #look (gateway: GatewayApi): Promise<StreamState> {
    const state = await gateway.streams.getStream(this.#queue.stream, authorizeDevice(this.#context))
    await this.#correct(state.time)
    return state
  }

  /** One gateway's clock is taken where it fits; where it does not, two organisations say what time it is. */
  async #correct (time: number): Promise<void> {
    const { clock, gateways } = this.#context
    if (clock.correct(time)) return
    await readClock(gateways, clock).catch((error: unknown) => {
      // Nobody says so now: it stays as two organisations set it.
      if (!isClientError(error, 'UNAVAILABLE', 'SECOND_ORGANIZATION_UNREACHABLE', 'ORGANIZATIONS_DIFFER')) throw error
    })
  }

  /** After each batch: whether so much is open that a segment must be closed. */
  async * #sendWindows (gateway: GatewayApi, { expected }: StreamState, done: { sent: number }): AsyncGenerator<boolean, void, void> {
    // What another gateway took before this one was asked, and what this one lost.
    for (const first of this.#queue.batches) {
      const batch = await this.#queue.readBatch(first)
      if (batch !== undefined && (lastOf(batch) >= expected || lastOf(batch) > this.#sentUpTo)) await this.#send(gateway, batch)
    }
    let open = { windows: 0, bytes: 0 }
    for (let batch = await this.#nextBatch(); batch !== undefined; batch = await this.#nextBatch()) {
      await this.#queue.writeBatch(batch)
      await this.#send(gateway, batch)
      done.sent += batch.windows.length
      open.windows += batch.windows.length
      open.bytes += batch.windows.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
      const isMuch = open.windows >= OPEN_MAX.windows || open.bytes >= OPEN_MAX.bytes
      if (isMuch) open = { windows: 0, bytes: 0 }
      yield isMuch
    }
  }

  get #sentUpTo (): number {
    return this.#queue.state.sent?.number ?? 0
  }

  /** The next windows without a gap, signed: as many as one request takes. */
  async #nextBatch (): Promise<WindowBatch | undefined> {
    const windows: MeasuredWindow[] = []
    let bytes = 0
    for (const number of this.#queue.unsent.slice(0, BATCH_MAX)) {
      const window = await this.#queue.readWindow(number)
      const before = windows.at(-1)
      if (window === undefined || (before !== undefined && before.number + 1 !== number)) break
      bytes += window.sizeBytes
      if (before !== undefined && bytes > BATCH_BYTES_MAX) break
      windows.push(window)
    }
    const [first] = windows
    if (first === undefined) return undefined
    return { windows: await this.#sign(windows), former: [] }
  }

  async #sign (windows: readonly MeasuredWindow[]): Promise<SignedWindow[]> {
    return signWindows(this.#context, this.#queue.stream, windows, this.#queue.state.sent?.id, await this.#findCompartment())
  }

  async #findCompartment (): Promise<Compartment> {
    const now = currentTime(this.#context)
    const known = this.#compartment
    if (known !== undefined && now - known.readAt < DIRECTORY_MS) return known.value
    const { patientId, label } = this.#context
    const value = newestCompartment(await readDirectory(this.#context, patientId), label)
    if (value === undefined) {
      throw new ClientError('COMPARTMENT_MISMATCH', 'The patient\'s directory has no compartment that this device may write to.', {
        party: { kind: 'organizations' }, patientId, label
      })
    }
    this.#compartment = { readAt: now, value }
    return value
  }

  /** Sends a batch until a gateway and a second hospital have it. */
  async #send (gateway: GatewayApi, batch: WindowBatch): Promise<void> {
    const fresh = this.#isOutdated(batch) ? await this.#signAnew(batch) : batch
    try {
      await this.#put(gateway, fresh)
    } catch (error) {
      if (isGatewayCode(error, 'COMPARTMENT_OUTDATED', 'COMPARTMENT_ERASED') && lastOf(fresh) > this.#sentUpTo) {
        this.#compartment = undefined
        await this.#put(gateway, await this.#signAnew(fresh))
      } else if (isGatewayCode(error, 'WINDOW_CONFLICT')) await this.#put(gateway, await this.#takeFormer(fresh, error))
      else throw error
    }
  }

  /** Only what was never taken is signed again: of the rest the keys are gone, and its statements count for good. */
  #isOutdated (batch: WindowBatch): boolean {
    const [first] = batch.windows
    if (first === undefined || lastOf(batch) <= this.#sentUpTo) return false
    return endsWithin(first.statement, currentTime(this.#context))
  }

  async #signAnew (batch: WindowBatch): Promise<WindowBatch> {
    const windows = await Promise.all(batch.windows.map(async ({ number }) => this.#queue.readWindow(number)))
    const measured = windows.flatMap((window) => window === undefined ? [] : [window])
    if (measured.length !== batch.windows.length) throw damaged('content keys')
    const again = { ...batch, windows: await this.#sign(measured), former: [...batch.former, ...batch.windows] }
    await this.#queue.writeBatch(again)
    return again
  }

  /** A gateway has a number under a statement that was signed before this one: that one counts. */
  async #takeFormer (batch: WindowBatch, conflict: unknown): Promise<WindowBatch> {
    const held = problemNumber(conflict, 'number')
    const former = batch.former.filter(({ number }) => number >= (held ?? Infinity))
    if (former.length === 0 || former[0]?.number !== held) throw conflict
    const all = batch.windows.map((window) => batch.former.find(({ number }) => number === window.number) ?? window)
    const again = { ...batch, windows: all, former: batch.windows }
    await this.#queue.writeBatch(again)
    return again
  }

  async #put (gateway: GatewayApi, batch: WindowBatch): Promise<void> {
    const windows = await Promise.all(batch.windows.map(async ({ number, statement, wrap }) => {
      const ciphertext = await this.#queue.readCiphertext(number)
      if (ciphertext === undefined) throw damaged(`window ${number}`)
      return { statement, wrap, ciphertext: toBase64(ciphertext) }
    }))
    const answer = await gateway.streams.putWindows(this.#queue.stream, windows, this.#followsGap(batch), authorizeDevice(this.#context))
    await this.#correct(answer.time)
    await this.#receipts.check(answer.receipts, batch.windows.map(({ id }) => id), gateway.info.mspId)
    if (lastOf(batch) > this.#sentUpTo) await this.#queue.markSent(batch)
  }

  /** The device has no window before these: it was lost or erased, or a segment has it, as another organisation shows. */
  #followsGap ({ windows: [first] }: WindowBatch): boolean {
    return first !== undefined && !this.#queue.has(first.number - 1)
  }

  async #sendAgain (gateway: GatewayApi, from: number): Promise<void> {
    for (const first of this.#queue.batches) {
      const batch = await this.#queue.readBatch(first)
      if (batch !== undefined && lastOf(batch) >= from) await this.#put(gateway, batch)
    }
  }
}

/**
 * A hospital that lacks windows which two others have takes them no more once their key was raised, and they can be signed for no other:
 * one of those that have them closes their segment.
 */
const isTakenElsewhere = (error: unknown): boolean => isGatewayCode(error, 'COMPARTMENT_OUTDATED')

const lastOf = ({ windows }: WindowBatch): number => windows.at(-1)?.number ?? 0

function damaged (what: string): ClientError {
  return new ClientError('FILE_DAMAGED', `What this device keeps lacks ${what}: the folder was changed by somebody else.`)
}
