import { createHash } from 'node:crypto'
import type { AccessRequest } from '@epione/chaincode/model'
import { GatewayError } from '../errors.ts'

interface Denied { patientId: string, consentId: string | undefined, times: number[], eventId: string, refused: number }

/** Equal denials within so long (ms) that are each worth an event of their own. */
const [DENIALS_MAX, WINDOW_MS] = [5, 10 * 60 * 1000]
/** Questions remembered; the one not asked for longest makes room. */
const QUESTIONS_MAX = 10_000

/**
 * Equal requests that were denied: the same person, patient, records, consent, action and purpose. After some within a
 * while another one says nothing new and would only fill the log; it is counted here and not submitted. Whatever the
 * ledger tells of that patient or consent meanwhile makes the question a new one.
 */
export class RepeatedDenials {
  readonly #clock: () => number
  readonly #asked = new Map<string, Denied>()

  constructor (clock: () => number) {
    this.#clock = clock
  }

  /** @throws {GatewayError} DENIED_REPEATEDLY with the last event's id, and how many such requests were not submitted */
  refuse (request: AccessRequest): void {
    const denied = this.#asked.get(keyOf(request))
    const recent = this.#recent(denied)
    if (denied === undefined || recent.length < DENIALS_MAX) return
    denied.refused += 1
    const { eventId, refused } = denied
    throw new GatewayError('DENIED_REPEATEDLY', `the same was asked and denied ${String(recent.length)} times within ${String(WINDOW_MS / 60_000)} minutes; see event ${eventId}`, {
      extensions: { eventId, notSubmitted: refused },
      retryAfterSeconds: Math.max(1, Math.ceil(((recent[0] ?? 0) + WINDOW_MS - this.#clock()) / 1000))
    })
  }

  note (request: AccessRequest, eventId: string): void {
    const key = keyOf(request)
    const former = this.#asked.get(key)
    this.#asked.delete(key)
    const times = [...this.#recent(former), this.#clock()]
    this.#asked.set(key, { patientId: request.patientId, consentId: request.consentId, times, eventId, refused: former?.refused ?? 0 })
    const oldest = this.#asked.keys().next()
    if (this.#asked.size > QUESTIONS_MAX && oldest.done !== true) this.#asked.delete(oldest.value)
  }

  /** Something else is known of a patient or consent. */
  forget (changed: { patientId?: unknown, consentId?: unknown }): void {
    for (const [key, { patientId, consentId }] of this.#asked) {
      if (patientId === changed.patientId || (consentId !== undefined && consentId === changed.consentId)) this.#asked.delete(key)
    }
  }

  #recent (denied: Denied | undefined): number[] {
    return denied?.times.filter((time) => time > this.#clock() - WINDOW_MS) ?? []
  }
}

function keyOf ({ requester, patientId, consentId, records, action, purpose }: AccessRequest): string {
  const named = records.map(({ recordId, version }) => `${recordId}/${String(version)}`).sort()
  return createHash('sha256').update(JSON.stringify([requester.mspId, requester.staffId, patientId, consentId, named, action, purpose])).digest('hex')
}
