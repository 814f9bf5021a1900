import type { StreamState } from '@epione/protocol/api'
import { currentTime } from '../context/context.ts'
import { isClientError } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { authorizeDevice } from './device-context.ts'
import type { DeviceContext } from './device-context.ts'
import type { DeviceQueue } from './device-queue.ts'
import type { SignedSegment, SignedWindow, ToldSegment } from './queued.ts'
import { periodOf, planSegments } from './plan-segments.ts'
import type { WindowRun } from './plan-segments.ts'
import { isGatewayCode, problemNumber } from './refusals.ts'
import { endsWithin, signSegment } from './sign-windows.ts'

/** What closing a segment needs of whoever sends. */
export interface SegmentSupport {
  /** How far the stream is at a gateway. */
  readonly look: (gateway: GatewayApi) => Promise<StreamState>
  /** Sends windows again that a gateway lacks, from a number on. */
  readonly sendAgain: (gateway: GatewayApi, from: number) => Promise<void>
}

/** Has the windows that two hospitals have named by the ledger, once in a period, each number in one segment. */
export class SegmentCloser {
  readonly #context: DeviceContext
  readonly #queue: DeviceQueue
  readonly #everyMs: number
  readonly #support: SegmentSupport

  constructor (context: DeviceContext, queue: DeviceQueue, everyMs: number, support: SegmentSupport) {
    this.#context = context
    this.#queue = queue
    this.#everyMs = everyMs
    this.#support = support
  }

  /** A segment whose answer was lost, when the ledger has it. */
  async takeUp (gateway: GatewayApi, { head }: StreamState): Promise<void> {
    const { closing } = this.#queue.state
    if (head === undefined || closing === undefined || head.manifestId !== closing.id) return
    await this.#finish(closing, gateway.info.mspId)
  }

  /** Closes what is open when a new period has begun, or at once with `force`; how many segments there are more on the ledger. */
  async close (gateway: GatewayApi, force: boolean): Promise<number> {
    const period = periodOf(currentTime(this.#context), this.#context.deviceId, this.#everyMs)
    const { period: before, closing } = this.#queue.state
    const open = await this.#openWindows()
    if (open.length === 0 || (!force && closing === undefined && before === period)) return 0
    if (!force && closing === undefined && before === undefined) {
      // The first period of a stream is waited for like any other.
      await this.#queue.change({ period })
      return 0
    }
    let closed = 0
    for (const run of this.#plan(open, closing)) {
      await this.#close(gateway, run)
      closed += 1
    }
    await this.#queue.change({ period })
    return closed
  }

  /** Windows that two hospitals have, and no segment names. */
  async #openWindows (): Promise<SignedWindow[]> {
    const { segment, sent } = this.#queue.state
    const batches = await Promise.all(this.#queue.batches.map((first) => this.#queue.readBatch(first)))
    return batches.flatMap((batch) => batch?.windows ?? [])
      .filter(({ number }) => number > (segment?.last ?? 0) && number <= (sent?.number ?? 0))
  }

  /** What was signed stays as it was: nobody knows yet whether the ledger has it. */
  #plan (open: readonly SignedWindow[], closing: SignedSegment | undefined): WindowRun[] {
    if (closing === undefined || this.#isOver(closing)) return planSegments(open)
    const [before, after] = [open.filter(({ number }) => number <= closing.last), open.filter(({ number }) => number > closing.last)]
    return [before, ...planSegments(after)]
  }

  #isOver ({ statement }: SignedSegment): boolean {
    return endsWithin(statement, currentTime(this.#context))
  }

  async #close (gateway: GatewayApi, run: WindowRun): Promise<void> {
    const signed = await this.#sign(run)
    await this.register(gateway, signed)
    await this.#finish(signed, gateway.info.mspId)
  }

  /** Brings a segment to the ledger, or hears that it is there. @throws {ClientError} with what the gateway refuses */
  async register (gateway: GatewayApi, signed: SignedSegment): Promise<void> {
    const send = async (): Promise<unknown> =>
      gateway.streams.closeSegment(this.#queue.stream, signed.statement, authorizeDevice(this.#context))
    try {
      await send()
    } catch (error) {
      if (isGatewayCode(error, 'SEGMENT_INCOMPLETE')) {
        await this.#support.sendAgain(gateway, problemNumber(error, 'missing') ?? signed.first)
        await send()
      } else if (isGatewayCode(error, 'STATEMENT_REPLAYED') || isClientError(error, 'RECORD_CONFLICT')) {
        const { head } = await this.#support.look(gateway)
        if (head?.manifestId !== signed.id) throw error
      } else throw error
    }
  }

  async #finish (signed: SignedSegment, by: string): Promise<void> {
    const { told = [], segment: before } = this.#queue.state
    const { version, id, last } = signed
    const said: ToldSegment = { ...signed, by, toldAt: currentTime(this.#context), ...(before === undefined ? {} : { before }) }
    await this.#queue.change({ segment: { version, id, last }, closing: undefined, told: [...told, said] })
  }

  async #sign (run: WindowRun): Promise<SignedSegment> {
    const { stream, state: { segment, closing } } = this.#queue
    if (closing !== undefined && closing.last === run.at(-1)?.number && !this.#isOver(closing)) return closing
    const before = segment === undefined ? undefined : { version: segment.version, manifestId: segment.id }
    const signed = signSegment(this.#context, { stream, run, before })
    await this.#queue.change({ closing: signed })
    return signed
  }
}
