import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { GatewayErrorCode } from '../errors.ts'

/** What only one meets who lies, stalls or cannot be reached: a refusal is an honest answer. */
const DOUBTFUL: readonly GatewayErrorCode[] = ['CONTENT_MISMATCH', 'WRAP_MISMATCH', 'ENTRY_MISMATCH', 'PEER_UNAVAILABLE']

/** Whether what a hospital did says that another should be asked before it for a while. */
export function isReasonToDoubt (error: unknown): boolean {
  return error instanceof GatewayError && DOUBTFUL.includes(error.code)
}

/** The other hospitals asked for one thing, each once: its origin first, those that stalled or lied lately last. */
export class Round {
  readonly #app: FastifyInstance
  readonly #what: object
  readonly #waiting: string[]
  readonly #causes: unknown[] = []

  /** `what`: names the thing wanted in the log. */
  constructor (app: FastifyInstance, origin: string, what: object) {
    this.#app = app
    this.#what = what
    this.#waiting = app.peers.inOrder(origin)
  }

  /** What the next hospital gives that `ask` takes for good. @throws {GatewayError} CONTENT_UNAVAILABLE when none does */
  async next<T> (ask: (mspId: string) => Promise<T>): Promise<T> {
    for (let mspId = this.#waiting.shift(); mspId !== undefined; mspId = this.#waiting.shift()) {
      try {
        return await ask(mspId)
      } catch (error) {
        this.passOver(mspId, error)
      }
    }
    throw new GatewayError('CONTENT_UNAVAILABLE', 'no gateway that answers now has it', {
      cause: new AggregateError(this.#causes, 'other gateways')
    })
  }

  /** Says in the log under a hospital's name why it was of no use. */
  passOver (mspId: string, error: unknown): void {
    this.#causes.push(error)
    const isDoubtful = isReasonToDoubt(error)
    if (isDoubtful) this.#app.peers.doubt(mspId)
    this.#app.log[isDoubtful ? 'warn' : 'debug']({ err: error, mspId, ...this.#what }, 'another hospital was passed over')
  }

  /**
   * The same of those that sent parts of one whole. Of several nobody knows who lied: all but the last stalled and are doubted for that,
   * and the last is asked alone next.
   */
  giveUp (senders: readonly string[], error: unknown): void {
    const [mspId = '', ...more] = senders
    if (more.length === 0) this.passOver(mspId, error)
    else this.#app.log.warn({ err: error, mspIds: senders, ...this.#what }, 'a content from several hospitals was passed over')
  }
}
