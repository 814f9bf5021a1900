import { GatewayError } from '../errors.ts'
import type { Limits } from '../http/limits.ts'
import type { ContentStore } from './content-store.ts'
import { kindOf, Tally, weigh } from './tally.ts'
import type { Owner, Reservation } from './tally.ts'

/** The part of what others of the kind leave that one may take: a few never take all of it. Anybody can become a patient. */
const SHARES: Readonly<Record<string, number>> = { staff: 1 / 4, patient: 1 / 16 }
/** Seconds after which asking again makes sense: by then records may name what is stored. */
const RETRY_AFTER_SECONDS = 600
/** Age (ms) of a count from which nobody is refused by it, and from which nobody is let in by it. */
const COUNT_AGE_MS = { refuse: 1_000, admit: 10_000 }

/**
 * How much may lie here that no record names: each member has a place of its own, staff and patients have one each, in which
 * nobody takes more than a share of what the others leave. Of uploads under way counts what has come.
 */
export class Quota {
  readonly #contents: Pick<ContentStore, 'unnamed' | 'recount'>
  readonly #limits: Limits
  readonly #underWay = new Tally()
  readonly #uploads = new Map<Owner, number>()
  #countedAt = -Infinity
  #counting: Promise<void> | undefined

  constructor (contents: Pick<ContentStore, 'unnamed' | 'recount'>, limits: Limits) {
    this.#contents = contents
    this.#limits = limits
  }

  /**
   * Begins an upload that says to have `bytes`, 0 when it does not say: a promise is judged, but takes no place. @throws {GatewayError}
   * QUOTA_EXCEEDED
   */
  async begin (owner: Owner, bytes: number): Promise<Reservation> {
    const uploads = this.#uploads.get(owner) ?? 0
    if (uploads >= this.#limits.uploadsPerCaller) throw exceeded(`${String(uploads)} uploads are under way already: end one first`)
    let [came, taken] = [0, weigh(0)]
    this.#uploads.set(owner, uploads + 1)
    this.#underWay.add(owner, taken)
    const end = (): void => {
      this.#underWay.add(owner, -taken)
      const left = (this.#uploads.get(owner) ?? 0) - 1
      if (left > 0) this.#uploads.set(owner, left)
      else this.#uploads.delete(owner)
    }
    const grow = async (more: number): Promise<void> => {
      came += more
      if (came <= taken) return
      this.#underWay.add(owner, came - taken)
      taken = came
      await this.#requireRoom(owner, 0)
    }
    try {
      await this.#requireRoom(owner, weigh(bytes) - taken)
    } catch (error) {
      end()
      throw error
    }
    return { grow, end }
  }

  async #requireRoom (owner: Owner, more: number): Promise<void> {
    if (performance.now() - this.#countedAt > COUNT_AGE_MS.admit) await this.#recount()
    if (this.#judge(owner, more) === undefined) return
    if (performance.now() - this.#countedAt > COUNT_AGE_MS.refuse) await this.#recount()
    const refusal = this.#judge(owner, more)
    if (refusal !== undefined) throw refusal
  }

  async #recount (): Promise<void> {
    this.#counting ??= this.#contents.recount().finally(() => {
      this.#counting = undefined
      this.#countedAt = performance.now()
    })
    await this.#counting
  }

  #judge (owner: Owner, more: number): GatewayError | undefined {
    const { unnamedBytes, unnamedBytesPerCaller, unnamedBytesPerPeer } = this.#limits
    const kind = kindOf(owner)
    const own = this.#of(owner)
    const most = kind === 'peer' ? unnamedBytesPerPeer : unnamedBytesPerCaller
    if (own + more > most) {
      return exceeded(
        `more than ${String(most)} bytes would lie here that no record of yours names: register them, or wait until they are removed after a day`
      )
    }
    if (kind === 'peer') return undefined
    const share = Math.floor((unnamedBytes - (this.#of(kind) - own)) * (SHARES[kind] ?? 0))
    return own + more > share
      ? exceeded(`so much lies here that no record names that yours may be ${String(share)} bytes: register them, or send less`)
      : undefined
  }

  #of (name: string): number {
    return this.#contents.unnamed.of(name) + this.#underWay.of(name)
  }
}

function exceeded (detail: string): GatewayError {
  return new GatewayError('QUOTA_EXCEEDED', detail, { retryAfterSeconds: RETRY_AFTER_SECONDS })
}
