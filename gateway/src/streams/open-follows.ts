import { GatewayError } from '../errors.ts'
import type { Limits } from '../http/limits.ts'

/** Seconds after which a place may be free again: nobody follows for more than an hour. */
const RETRY_AFTER_SECONDS = 60

/**
 * Places of those who follow streams or notices now: each holds a connection, and costs every proxy a decision for each window. Patients
 * have places apart from staff: anybody can become a patient, often.
 */
export class OpenFollows {
  readonly #limits: Pick<Limits, 'follows' | 'followsPerCaller'>
  readonly #held = new Map<string, number>()
  readonly #all = { patients: 0, staff: 0 }

  constructor (limits: Pick<Limits, 'follows' | 'followsPerCaller'>) {
    this.#limits = limits
  }

  /** How many are open. */
  get count (): number {
    return this.#all.patients + this.#all.staff
  }

  /**
   * Takes a place until the function that it returns is called, once or more often, or `gone` aborts: a reader who goes before the first
   * piece is pulled leaves by this alone, since what never began has no end. @throws {GatewayError} TOO_MANY_REQUESTS
   */
  open (holder: string, gone?: AbortSignal): () => void {
    const own = this.#held.get(holder) ?? 0
    const { follows, followsPerCaller } = this.#limits
    if (own >= followsPerCaller) throw full(`more than ${followsPerCaller} streams followed at once by this person`)
    if (this.#all[kindOf(holder)] >= follows) throw full(`more than ${follows} streams followed at once through this gateway`)
    this.#change(holder, 1)
    let isOpen = true
    const leave = (): void => {
      if (isOpen) this.#change(holder, -1)
      isOpen = false
    }
    gone?.addEventListener('abort', leave, { once: true })
    if (gone?.aborted === true) leave()
    return leave
  }

  #change (holder: string, by: 1 | -1): void {
    const left = (this.#held.get(holder) ?? 0) + by
    if (left > 0) this.#held.set(holder, left)
    else this.#held.delete(holder)
    this.#all[kindOf(holder)] += by
  }
}

function kindOf (holder: string): 'patients' | 'staff' {
  return holder.startsWith('patient:') ? 'patients' : 'staff'
}

function full (detail: string): GatewayError {
  return new GatewayError('TOO_MANY_REQUESTS', `${detail}: end one of them`, { retryAfterSeconds: RETRY_AFTER_SECONDS })
}
