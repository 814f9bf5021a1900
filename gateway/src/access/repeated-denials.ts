import { createHash } from 'node:crypto'
import type { AccessRequest } from '@epione/protocol'
import type { Practitioner } from '../http/caller.ts'
import { GatewayError } from '../errors.ts'

/** What is asked, and the certified attributes of who asks. */
export interface Question { request: AccessRequest, actor: Pick<Practitioner, 'role' | 'department'> }
/** A denial on the ledger; `until` is when (ms) time alone may change it. */
export interface Denial { eventId: string, until?: number }

interface Denied { patientId: string, consentId: string | undefined, times: number[], until: number, eventId: string, refused: number }

/** Equal denials within so long (ms) that are each worth an event of their own. */
const [DENIALS_MAX, WINDOW_MS] = [5, 10 * 60 * 1000]
/** Questions remembered; the one not asked for longest makes room. */
const QUESTIONS_MAX = 10_000

/**
 * Equal requests that were denied: the same person in the same role and department, key, patient, records, consent, action
 * and purpose, which is all that a decision depends on beside the ledger and the time. After some within a while another one
 * says nothing new and would only fill the log; it is counted here and not submitted. Whatever the ledger tells of that
 * patient or consent meanwhile makes the question a new one, and so does the moment at which the consent begins.
 */
export class RepeatedDenials {
  readonly #clock: () => number
  readonly #asked = new Map<string, Denied>()

  constructor (clock: () => number) {
    this.#clock = clock
  }

  /** Whether the same was denied so often that `refuse` would throw. */
  isFull (question: Question): boolean {
    return this.#recent(this.#asked.get(keyOf(question))).length >= DENIALS_MAX
  }

  /** @throws {GatewayError} DENIED_REPEATEDLY with the last event's id, and how many such requests were not submitted */
  refuse (question: Question): void {
    const denied = this.#asked.get(keyOf(question))
    const recent = this.#recent(denied)
    if (denied === undefined || recent.length < DENIALS_MAX) return
    denied.refused += 1
    const { eventId, refused, until } = denied
    const free = Math.min((recent[0] ?? 0) + WINDOW_MS, until)
    throw new GatewayError('DENIED_REPEATEDLY', `the same was asked and denied ${String(
      recent.length
    )} times within ${String(WINDOW_MS / 60_000)} minutes; see event ${eventId}`, {
      extensions: { eventId, notSubmitted: refused },
      retryAfterSeconds: Math.max(1, Math.ceil((free - this.#clock()) / 1000))
    })
  }

  note (question: Question, { eventId, until = Infinity }: Denial): void {
    const key = keyOf(question)
    const { patientId, consentId } = question.request
    const former = this.#asked.get(key)
    this.#asked.delete(key)
    const times = [...this.#recent(former), this.#clock()]
    this.#asked.set(key, { patientId, consentId, times, until, eventId, refused: former?.refused ?? 0 })
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
    const now = this.#clock()
    return denied === undefined || now >= denied.until ? [] : denied.times.filter((time) => time > now - WINDOW_MS)
  }
}

function keyOf ({ request, actor }: Question): string {
  const { requester, patientId, consentId, records, action, purpose, receivingKey } = request
  const named = records.map(({ recordId, version }) => `${recordId}/${String(version)}`).sort()
  const asking = [requester.mspId, requester.staffId, actor.role, actor.department, receivingKey]
  return createHash('sha256').update(JSON.stringify([asking, patientId, consentId, named, action, purpose])).digest('hex')
}
