import { canonicalize } from '@epione/crypto'
import { ClientError, isClientError } from '../errors.ts'
import type { ClientErrorCode } from '../errors.ts'
import { askFirstTwo, describeSilent } from './ask-two.ts'
import type { Answered, TwoAnswers } from './ask-two.ts'
import { FetchTransport } from './fetch-transport.ts'
import { GatewayApi } from './gateway-api.ts'
import type { GatewayInfo } from './gateway-info.ts'
import type { Connect } from './transport.ts'
import { pause } from './pause.ts'

/** Time in ms that two organisations' answers get to become equal: a peer may be a block behind. */
const SETTLE_MS = 3_000
const POLL_MS = 150
/** What another hospital's copy may make good. */
const STORE_FAILURES: readonly ClientErrorCode[] = ['CONTENT_MODIFIED', 'WRAP_MISMATCH', 'WINDOWS_INVALID', 'UNAVAILABLE', 'NOT_FOUND']

/** `connect`: how each is reached, by `fetch` when absent. `settleMs`: time that two organisations' answers get to become equal. */
export interface GatewaysOptions { connect?: Connect, settleMs?: number }

/** The gateways a client knows, its own hospital's first. */
export class Gateways {
  readonly all: readonly GatewayApi[]
  readonly own: GatewayApi
  readonly #settleMs: number

  constructor (
    infos: readonly GatewayInfo[],
    { connect = (info) => new FetchTransport(info), settleMs = SETTLE_MS }: GatewaysOptions = {}
  ) {
    this.all = infos.map((info) => new GatewayApi(info, connect))
    const own = this.all[0]
    if (own === undefined) throw new ClientError('CONFIG_INVALID', 'The configuration names no gateway.')
    this.own = own
    this.#settleMs = settleMs
  }

  ofOtherOrganizations (gateway: GatewayApi): GatewayApi[] {
    return this.all.filter((other) => other.info.mspId !== gateway.info.mspId)
  }

  /**
   * Asks one gateway after the other until one can be reached, or refuses otherwise than `isPassedOver` says. For statements, which may be
   * sent twice, and reads.
   */
  async askFirstReachable<T> (
    ask: (gateway: GatewayApi) => Promise<T>, isPassedOver: (error: unknown) => boolean = () => false
  ): Promise<Answered<T>> {
    let failure: unknown
    for (const gateway of this.all) {
      try {
        return { gateway, value: await ask(gateway) }
      } catch (error) {
        if (!isClientError(error, 'UNAVAILABLE') && !isPassedOver(error)) throw error
        failure ??= error
      }
    }
    throw failure
  }

  /**
   * Asks one gateway after the other until one gives what `ask` accepts, whatever others refuse or give instead: for what each hospital
   * keeps, and proves itself. `passedOver` says why others were of no use. @throws {ClientError} the first that is more than silence
   */
  async askUntilRight<T> (ask: (gateway: GatewayApi) => Promise<T>): Promise<Answered<T> & { passedOver: ClientError[] }> {
    const passedOver: ClientError[] = []
    for (const gateway of this.all) {
      try {
        return { gateway, value: await ask(gateway), passedOver }
      } catch (error) {
        if (!isClientError(error)) throw error
        passedOver.push(error)
      }
    }
    throw passedOver.find(({ code }) => code !== 'UNAVAILABLE' && code !== 'NOT_FOUND') ??
      passedOver[0] ??
      new ClientError('UNAVAILABLE', 'There is no gateway to ask.')
  }

  /**
   * Has one gateway after the other serve what a hospital stores, until what comes is right: one that lies, breaks off or cannot be
   * reached is of no more weight than one that refuses.
   * @throws {ClientError} the last failure, a lie before a mere absence, with all who were `asked`
   */
  async serveInTurn<T> (gateways: readonly GatewayApi[], serve: (gateway: GatewayApi) => Promise<T>): Promise<T> {
    let failure = new ClientError('UNAVAILABLE', 'There is no gateway to ask.')
    for (const gateway of gateways) {
      try {
        return await serve(gateway)
      } catch (error) {
        if (!isClientError(error) || !STORE_FAILURES.includes(error.code)) throw error
        // One that lied says more than one that has nothing.
        if (failure.code === 'UNAVAILABLE' || error.code !== 'UNAVAILABLE') failure = error
      }
    }
    const asked = [...new Set(gateways.map(({ info }) => info.mspId))]
    throw new ClientError(failure.code, failure.message, { ...failure.details, asked }, { cause: failure })
  }

  /** All gateways, `first` before the others. */
  from (first: GatewayApi): GatewayApi[] {
    return [first, ...this.all.filter((gateway) => gateway !== first)]
  }

  /**
   * Asks gateways of two organisations for the same thing and refuses any difference in `essence`, which is what the caller
   * goes on to use. `undefined` stands for "not found". No gateway can pass off keys of its own this way.
   * @throws {ClientError} ORGANIZATIONS_DIFFER, SECOND_ORGANIZATION_UNREACHABLE, UNAVAILABLE
   */
  async askTwo<T> (what: string, ask: (gateway: GatewayApi) => Promise<T>, essence: (value: T) => unknown): Promise<T | undefined> {
    const deadline = performance.now() + this.#settleMs
    for (;;) {
      const { answers: [first, second], silent } = await this.askTwoReachable((gateway) => orNotFound(ask(gateway)))
      if (first === undefined || second === undefined) {
        throw new ClientError(
          'SECOND_ORGANIZATION_UNREACHABLE',
          `Only ${first?.gateway.info.mspId ?? 'none'} can be reached; the ${what} must be read through two organisations. ${describeSilent(silent)}`.trim(),
          { silent }
        )
      }
      if (fingerprint(first.value, essence) === fingerprint(second.value, essence)) return first.value
      if (performance.now() >= deadline) {
        const mspIds = [first.gateway.info.mspId, second.gateway.info.mspId]
        throw new ClientError(
          'ORGANIZATIONS_DIFFER',
          `${mspIds.join(' and ')} show a different ${what}: one of them is wrong or lies. Nothing was done.`,
          { party: { kind: 'organizations', mspIds }, what }
        )
      }
      await pause(POLL_MS)
    }
  }

  /** Answers of the first two organisations that give one; of one when no second does. @throws {ClientError} UNAVAILABLE */
  askTwoReachable<T> (ask: (gateway: GatewayApi) => Promise<T>): Promise<TwoAnswers<T>> {
    return askFirstTwo(this.all, ask)
  }

  /** The same of what hospitals may not have: one that has not counts as none. */
  async askTwoFound<T> (ask: (gateway: GatewayApi) => Promise<T>): Promise<TwoAnswers<T>> {
    const { answers, silent } = await this.askTwoReachable((gateway) => orNotFound(ask(gateway)))
    return { answers: answers.flatMap(({ gateway, value }) => value === undefined ? [] : [{ gateway, value }]), silent }
  }

  async close (): Promise<void> {
    await Promise.all(this.all.map((gateway) => gateway.close()))
  }
}

/** The answer, or `undefined` where the gateway knows no such thing. */
export async function orNotFound<T> (answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (isClientError(error, 'NOT_FOUND')) return undefined
    throw error
  }
}

function fingerprint<T> (value: T | undefined, essence: (value: T) => unknown): string {
  return value === undefined ? '' : canonicalize(essence(value))
}
