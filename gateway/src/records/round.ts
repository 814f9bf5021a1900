import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { GatewayErrorCode } from '../errors.ts'

/** What only one meets who lies, stalls or cannot be reached: a refusal is an honest answer. */
const DOUBTFUL: readonly GatewayErrorCode[] = ['CONTENT_MISMATCH', 'WRAP_MISMATCH', 'PEER_UNAVAILABLE']

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
    const isDoubtful = error instanceof GatewayError && DOUBTFUL.includes(error.code)
    if (isDoubtful) this.#app.peers.doubt(mspId)
    this.#app.log[isDoubtful ? 'warn' : 'debug']({ err: error, mspId, ...this.#what }, 'another hospital was passed over')
  }
}
