import { GatewayError } from '../errors.ts'
import type { Endings } from './endings.ts'
import type { Freezes } from './freezes.ts'
import type { Freshness } from './ledger-view.ts'
import type { Suspensions } from './suspensions.ts'
import { requireLivePermit } from './verify-permit.ts'
import type { VerifiedPermit } from './verify-permit.ts'

/** Permits kept at once. */
const KEPT_MAX = 256

interface Kept { permit: Promise<VerifiedPermit>, provenAt: number }

interface Options {
  /** How long (ms) what was proven is taken again. */
  keepMs: number
  /** Proves it from the own peer. */
  prove: (eventId: string, caller: string) => Promise<VerifiedPermit>
  clock: () => number
  endings: Pick<Endings, 'isEnded'>
  freezes: Pick<Freezes, 'isFrozen'>
  suspensions: Pick<Suspensions, 'find'>
  freshness: Freshness
}

/**
 * Permits that were proven a moment ago: a day of windows is read by some twenty requests under one permit, and each proof reads and
 * verifies all its statements. What ends a permit is looked at each time all the same, in this gateway's own memory of blocks.
 */
export class ProvenPermits {
  readonly #options: Options
  readonly #kept = new Map<string, Kept>()

  constructor (options: Options) {
    this.#options = options
  }

  /** @throws {GatewayError} what `verifyPermit` throws */
  async get (eventId: string, caller: string): Promise<VerifiedPermit> {
    const name = `${caller} ${eventId}`
    const { clock, keepMs } = this.#options
    const kept = this.#kept.get(name)
    const isKept = kept !== undefined && clock() - kept.provenAt <= keepMs
    const { permit } = isKept ? kept : this.#prove(name, eventId, caller)
    const proven = await permit
    // What was proven just now was looked at just now.
    if (isKept) await this.#requireStill(proven, caller)
    return proven
  }

  #prove (name: string, eventId: string, caller: string): Kept {
    const { prove, clock } = this.#options
    const kept = { permit: prove(eventId, caller), provenAt: clock() }
    this.#kept.delete(name)
    this.#kept.set(name, kept)
    kept.permit.catch(() => { if (this.#kept.get(name) === kept) this.#kept.delete(name) })
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > KEPT_MAX && oldest !== undefined) this.#kept.delete(oldest)
    return kept
  }

  /** @throws {GatewayError} PERMIT_EXPIRED, CONSENT_ENDED, EVENT_DENIED, RECORD_ENDED, PEER_BEHIND, LEDGER_DIVERGED */
  async #requireStill ({ event, consent, keys, requireAllowed, requireKept }: VerifiedPermit, caller: string): Promise<void> {
    const { clock, endings, freezes, suspensions, freshness } = this.#options
    requireLivePermit(event, caller, clock())
    if (await endings.isEnded(event.patientId, consent.id)) throw new GatewayError('CONSENT_ENDED', `consent ${consent.id} has ended`)
    if (await freezes.isFrozen(event.patientId)) throw new GatewayError('EVENT_DENIED', `patient ${event.patientId} is frozen: nothing is released`)
    const { mspId, staffId } = event.actor
    if (await suspensions.find({ mspId, staffId }, keys) !== undefined) {
      throw new GatewayError('EVENT_DENIED', `${mspId}/${staffId} was suspended: nothing is released`)
    }
    await requireKept()
    await requireAllowed()
    freshness.requireCurrent(consent.body.threshold)
  }
}
