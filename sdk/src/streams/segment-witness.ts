import type { StreamState } from '@epione/protocol/api'
import { currentTime } from '../context/context.ts'
import { isClientError } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import type { DeviceContext } from './device-context.ts'
import type { DeviceQueue } from './device-queue.ts'
import type { ToldSegment } from './queued.ts'
import type { SegmentCloser } from './segment-closer.ts'
import { isGatewayCode } from './refusals.ts'
import { endsWithin } from './sign-windows.ts'

/** How long (ms) another organisation's peer may be behind the one that took a segment. */
const BEHIND_MS = 60_000
/** Organisations that lack a segment which can be sent no more, so that it is taken back: one alone may hide it. */
const LACKING_MIN = 2

/**
 * Has segments, of which one gateway said that they are on the ledger, shown by another organisation, which gets them where it lacks them:
 * whoever said so may have lied. A device forgets nothing before.
 */
export class SegmentWitness {
  readonly #context: DeviceContext
  readonly #queue: DeviceQueue
  readonly #closer: Pick<SegmentCloser, 'register'>
  readonly #look: (gateway: GatewayApi) => Promise<StreamState>

  constructor (
    context: DeviceContext, queue: DeviceQueue, closer: Pick<SegmentCloser, 'register'>, look: (gateway: GatewayApi) => Promise<StreamState>
  ) {
    this.#context = context
    this.#queue = queue
    this.#closer = closer
    this.#look = look
  }

  /** Asks until all is shown, and forgets what is; how many windows those were. @throws {ClientError} with what a gateway refuses */
  async forget (): Promise<number> {
    const before = this.#queue.size
    const lacking = new Set<string>()
    for (const gateway of this.#context.gateways.all) {
      if (!this.#told.some(({ by }) => by !== gateway.info.mspId)) continue
      try {
        if (await this.#ask(gateway)) lacking.add(gateway.info.mspId)
      } catch (error) {
        // Nobody shows it now: it is kept, and asked for in the next round.
        if (!isClientError(error, 'UNAVAILABLE', 'NOT_FOUND')) throw error
      }
    }
    if (lacking.size >= LACKING_MIN) await this.#takeBack()
    const shown = this.#told[0] === undefined ? this.#queue.state.segment : this.#told[0].before
    if (shown !== undefined) await this.#queue.forget(shown.last)
    return before - this.#queue.size
  }

  get #told (): readonly ToldSegment[] {
    return this.#queue.state.told ?? []
  }

  /** Takes what a gateway shows; true when it lacks a segment that can be sent no more. */
  async #ask (gateway: GatewayApi): Promise<boolean> {
    const { head } = await this.#look(gateway)
    const told = this.#told
    const open = told.slice(told.findIndex(({ id }) => id === head?.manifestId) + 1)
    const overdue = open.filter(({ toldAt }) => currentTime(this.#context) - toldAt > BEHIND_MS)
    if (overdue.some((one) => this.#isOver(one))) return true
    for (const segment of overdue) if (await this.#isRefused(gateway, segment)) return true
    const here = told.slice(0, told.length - open.length + overdue.length)
    const shown = here.findLastIndex(({ by }) => by !== gateway.info.mspId)
    const left = told.slice(shown + 1)
    await this.#queue.change({ told: left.length === 0 ? undefined : left })
    return false
  }

  /** Brings a segment there; true where that knows that it never came, and nobody takes it now, because its windows are erased. */
  async #isRefused (gateway: GatewayApi, segment: ToldSegment): Promise<boolean> {
    try {
      await this.#closer.register(gateway, segment)
      return false
    } catch (error) {
      // Windows that are kept have no erasure yet that this device has judged.
      if (isGatewayCode(error, 'COMPARTMENT_ERASED') && this.#isErased(segment)) return true
      throw error
    }
  }

  #isErased ({ last }: ToldSegment): boolean {
    return !this.#queue.has(last)
  }

  #isOver ({ statement }: ToldSegment): boolean {
    return endsWithin(statement, currentTime(this.#context))
  }

  /** The windows of what never came to the ledger are named by segments that are signed anew. */
  async #takeBack (): Promise<void> {
    const told = this.#told
    const at = told.findIndex((one) => this.#isOver(one) || this.#isErased(one))
    if (at === -1) return
    await this.#queue.change({ segment: told[at]?.before, closing: undefined, told: at === 0 ? undefined : told.slice(0, at) })
  }
}
