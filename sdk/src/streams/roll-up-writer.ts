import { toHex } from '@epione/crypto'
import type { SentWindow } from '@epione/protocol/api'
import { encodeWindow, spanOf } from '@epione/protocol/streams'
import type { KindCode, Series } from '@epione/protocol/streams'
import type { Compartment, VerifiedDevice } from '@epione/protocol/verify'
import { confirmElsewhere } from '../context/confirm.ts'
import type { Confirmation } from '../context/confirm.ts'
import type { PatientContext } from '../context/context.ts'
import { ClientError } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { toBase64 } from './base64.ts'
import { ReceiptChecker } from './check-receipts.ts'
import { DeviceClock } from './device-clock.ts'
import { authorizeDevice } from './device-context.ts'
import type { DeviceContext } from './device-context.ts'
import type { MeasuredWindow, SignedWindow } from './queued.ts'
import { planSegments } from './plan-segments.ts'
import { readClock } from './read-clock.ts'
import { rollUpStreamOf } from './roll-up-device.ts'
import type { OwnRollUp, RollUpChoice } from './roll-up-device.ts'
import { isGatewayCode } from './refusals.ts'
import { sealWindow } from './seal-window.ts'
import { signSegment, signWindows } from './sign-windows.ts'
import { proveStored, readStored } from './stored-windows.ts'
import { fetchSegment } from './stream-read.ts'
import type { ProvenWindow } from './stream-windows.ts'

/** Most bytes of ciphertext in one request. */
const BATCH_BYTES_MAX = 500_000
const BATCH_MAX = 64

interface Head { readonly version: number, readonly manifestId: string, readonly last: number }
/** A window that two hospitals have, or are to have, with what is sent of it. */
interface OpenWindow { readonly signed: SignedWindow, readonly sent: SentWindow }

/** Writes a roll-up's stream as its device: windows to two hospitals, then the segment that names them. */
export class RollUpWriter {
  readonly device: DeviceContext
  readonly #stream: string
  readonly #context: PatientContext
  readonly #rollUp: OwnRollUp
  readonly #of: RollUpChoice
  readonly #receipts: ReceiptChecker
  #head: Head | undefined
  #tip: { number: number, id: string } | undefined
  /** What an earlier run left without a segment. */
  #open: OpenWindow[]
  #claimed: number | undefined
  #confirmation: Confirmation | undefined

  private constructor (
    context: PatientContext, device: DeviceContext, rollUp: OwnRollUp, of: RollUpChoice,
    { tip, open }: { tip: ProvenWindow | undefined, open: OpenWindow[] }
  ) {
    this.#context = context
    this.device = device
    this.#stream = rollUpStreamOf(device.deviceId, of.every)
    this.#rollUp = rollUp
    this.#of = of
    this.#receipts = new ReceiptChecker(device)
    const head = rollUp.segments.at(-1)
    this.#head = head === undefined ? undefined : { version: head.body.version, manifestId: head.id, last: head.segment.last }
    const last = open.at(-1)?.signed
    this.#tip = last ?? (tip === undefined ? undefined : { number: tip.body.number, id: tip.id })
    this.#open = open
    this.#claimed = rollUp.segments.findLast(({ body }) => body.summarizes !== undefined)?.body.summarizes?.last
  }

  /** Goes on where the roll-up stands, at two hospitals and on the ledger. */
  static async open (context: PatientContext, rollUp: OwnRollUp, of: RollUpChoice, device: VerifiedDevice): Promise<RollUpWriter> {
    const clock = new DeviceClock(context.now === undefined ? {} : { wall: context.now })
    const { networkId, gateways, patientId } = context
    const writer: DeviceContext = {
      networkId,
      gateways,
      role: 'device',
      patientId,
      deviceId: device.id,
      label: rollUp.label,
      key: rollUp.keys.key,
      clock,
      now: () => clock.now()
    }
    await readClock(gateways, clock)
    const head = rollUp.segments.at(-1)
    const tip = head === undefined ? undefined : (await fetchSegment(context, head)).at(-1)
    const open = await readOpen(context, device, { stream: rollUpStreamOf(device.id, of.every), after: head?.segment.last ?? 0 })
    return new RollUpWriter(context, writer, rollUp, of, { tip, open })
  }

  /** What another organisation said of the newest segment; undefined before one was written. */
  get confirmation (): Confirmation | undefined {
    return this.#confirmation
  }

  /**
   * Seals these windows for the compartment's newest key, has two hospitals keep them, and registers the segment: the stream is summed up
   * to segment `last`. @throws {ClientError} RECORD_CONFLICT when another program writes the same roll-up
   */
  async write (
    windows: ReadonlyArray<readonly Series[]>, last: number, compartment: Compartment, kinds: readonly KindCode[]
  ): Promise<void> {
    const fresh = await this.#seal(windows, compartment, kinds)
    const all = [...this.#open, ...fresh]
    const { gateway, value: statementId } = await this.device.gateways.askFirstReachable(async (asked) => {
      await this.#put(asked, all)
      return this.#close(asked, all, last)
    }).catch((error: unknown) => { throw this.#conflictOf(error) })
    this.#open = []
    if (statementId !== undefined) this.#confirmation = await confirmElsewhere(this.#context, { statementId, through: gateway })
  }

  #conflictOf (cause: unknown): unknown {
    if (!isGatewayCode(cause, 'WINDOW_CONFLICT', 'WINDOW_OUT_OF_ORDER')) return cause
    return new ClientError('RECORD_CONFLICT', 'Another program of yours writes this roll-up, or did and was cut off: do it again.', {
      stream: this.#stream
    }, { cause })
  }

  async #seal (windows: ReadonlyArray<readonly Series[]>, compartment: Compartment, kinds: readonly KindCode[]): Promise<OpenWindow[]> {
    const { clock, key } = this.device
    const [stream, { keys: { salt } }] = [this.#stream, this.#rollUp]
    const sealed: Array<{ window: MeasuredWindow, ciphertext: Uint8Array }> = []
    for (const series of windows) {
      const number = (this.#tip?.number ?? 0) + 1 + sealed.length
      const monotonicMs = Math.max(0, Math.round(spanOf(series).startMs - clock.mark().originMs))
      const stamp = { bootId: clock.bootId, by: 'source' as const, monotonicMs, ...clock.offset() }
      sealed.push(await sealWindow({ stream, number, key }, encodeWindow({ clock: stamp, kinds, salt: toHex(salt), series })))
    }
    const signed = signWindows(this.device, stream, sealed.map(({ window }) => window), this.#tip?.id, compartment)
    this.#tip = signed.at(-1) ?? this.#tip
    return signed.map((one, i) => ({
      signed: one, sent: { statement: one.statement, wrap: one.wrap, ciphertext: toBase64(sealed[i]?.ciphertext ?? new Uint8Array()) }
    }))
  }

  /** Also what an earlier run brought elsewhere: windows come in order, and whoever has one takes it again. */
  async #put (gateway: GatewayApi, windows: readonly OpenWindow[]): Promise<void> {
    const { expected } = await gateway.streams.getStream(this.#stream, authorizeDevice(this.device))
    for (const batch of batchesOf(windows.filter(({ signed: { number } }) => number >= expected))) {
      const sent = batch.map((window) => window.sent)
      const answer = await gateway.streams.putWindows(this.#stream, sent, false, authorizeDevice(this.device))
      await this.#receipts.check(answer.receipts, batch.map(({ signed: { id } }) => id), gateway.info.mspId)
    }
  }

  /** Windows of several epochs are of several segments, the last of which says how far the stream is summed up. */
  async #close (gateway: GatewayApi, windows: readonly OpenWindow[], last: number): Promise<string | undefined> {
    const stream = this.#stream
    const runs = planSegments(windows.map(({ signed }) => signed).filter(({ number }) => number > (this.#head?.last ?? 0)))
    for (const [i, run] of runs.entries()) {
      const upTo = i === runs.length - 1 ? last : this.#claimed
      const { id, version, last: to, statement } = signSegment(this.device, {
        stream, run, before: this.#head, ...(upTo !== undefined && { summarizes: { ...this.#of, last: upTo } })
      })
      await gateway.streams.closeSegment(stream, statement, authorizeDevice(this.device))
      this.#head = { version, manifestId: id, last: to }
      this.#claimed = upTo
    }
    return this.#head?.manifestId
  }
}

/** Windows of the roll-up that no segment names: a run before was cut off. */
async function readOpen (
  context: PatientContext, device: VerifiedDevice, { stream, after }: { stream: string, after: number }
): Promise<OpenWindow[]> {
  const pages = await readStored(context, stream, after)
  const sent = new Map(pages.flatMap(({ windows }) => windows).map((window) => [window.number, window]))
  return proveStored(context, device, { stream, after }, pages).flatMap(({ id, body: { number, epoch }, ciphertext }) => {
    const window = sent.get(number)
    if (window === undefined) return []
    const { statement, wrap, ciphertext: text } = window
    return [{ signed: { number, id, statement, wrap, epoch, sizeBytes: ciphertext.length }, sent: { statement, wrap, ciphertext: text } }]
  })
}

function batchesOf (windows: readonly OpenWindow[]): OpenWindow[][] {
  const batches: OpenWindow[][] = []
  let bytes = 0
  for (const window of windows) {
    const batch = batches.at(-1)
    bytes += window.signed.sizeBytes
    if (batch === undefined || batch.length >= BATCH_MAX || bytes > BATCH_BYTES_MAX) {
      batches.push([window])
      bytes = window.signed.sizeBytes
    } else batch.push(window)
  }
  return batches
}
