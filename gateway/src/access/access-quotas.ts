import type { AccessEvent } from '@epione/protocol'
import { GatewayError } from '../errors.ts'
import type { Limits } from '../http/limits.ts'

const HOUR_MS = 3_600_000

interface Options { mspId: string, limits: Pick<Limits, 'accessPerPerson' | 'accessPerOrganization'>, clock: () => number }
export interface CountedStaff { staffId: string, count: number }

/**
 * How many requests of the hospital's staff the ledger decides in an hour, of one person and of all. What counts are the events of the
 * ledger itself, whichever process submitted them, so that a restart forgets none; what is under way counts, too.
 */
export class AccessQuotas {
  readonly #options: Options
  #hour = 0
  readonly #counts = new Map<string, number>()
  readonly #underWay = new Map<string, number>()

  constructor (options: Options) {
    this.#options = options
  }

  /** Begin (ms) of the hour that is counted. */
  get since (): number {
    return Math.floor(this.#options.clock() / HOUR_MS) * HOUR_MS
  }

  restore (counted: readonly CountedStaff[]): void {
    this.#turn()
    for (const { staffId, count } of counted) this.#counts.set(staffId, (this.#counts.get(staffId) ?? 0) + count)
  }

  count ({ actor: { mspId, staffId }, time }: Pick<AccessEvent, 'actor' | 'time'>): void {
    this.#turn()
    if (mspId === this.#options.mspId && time >= this.#hour) this.#counts.set(staffId, (this.#counts.get(staffId) ?? 0) + 1)
  }

  /**
   * Does what asks the ledger for so many decisions; what others asked for keeps nobody from an emergency. @throws {GatewayError}
   * QUOTA_EXCEEDED when that is more than is left of the hour
   */
  async within<T> (staffId: string, requests: number, work: () => Promise<T>, { isEmergency = false } = {}): Promise<T> {
    this.#turn()
    const { limits: { accessPerPerson, accessPerOrganization } } = this.#options
    this.#require(this.#taken(staffId) + requests, accessPerPerson, `of ${staffId}`)
    const people = new Set([...this.#counts.keys(), ...this.#underWay.keys()])
    // Whoever asks the peers past this gateway uses up their own share and no more.
    const taken = [...people].reduce((sum, person) => sum + Math.min(this.#taken(person), accessPerPerson), requests)
    if (!isEmergency) this.#require(taken, accessPerOrganization, 'of this hospital')
    this.#add(staffId, requests)
    try {
      return await work()
    } finally {
      this.#add(staffId, -requests)
    }
  }

  #require (wanted: number, limit: number, whose: string): void {
    if (wanted <= limit) return
    const retryAfterSeconds = Math.max(1, Math.ceil((this.#hour + HOUR_MS - this.#options.clock()) / 1000))
    throw new GatewayError('QUOTA_EXCEEDED', `more than ${String(limit)} access requests ${whose} within an hour`, { retryAfterSeconds })
  }

  #taken (staffId: string): number {
    return (this.#counts.get(staffId) ?? 0) + (this.#underWay.get(staffId) ?? 0)
  }

  #add (staffId: string, requests: number): void {
    const now = (this.#underWay.get(staffId) ?? 0) + requests
    if (now > 0) this.#underWay.set(staffId, now)
    else this.#underWay.delete(staffId)
  }

  #turn (): void {
    if (this.#hour === this.since) return
    this.#hour = this.since
    this.#counts.clear()
  }
}
