import { createHash } from 'node:crypto'
import type { AccessRequest } from '@epione/protocol'
import type { Practitioner } from '../http/caller.ts'
import { GatewayError } from '../errors.ts'
import { DenialChanges } from './denial-changes.ts'
import type { DeniedQuestionsTable } from '../store/access-notes-tables.ts'

/** What is asked, the certified attributes of who asks, and the version of the network document, with its policy, that would judge it. */
export interface Question { request: AccessRequest, actor: Pick<Practitioner, 'role' | 'department'>, networkVersion: number }
/** A denial on the ledger; `until` is when (ms) time alone may change it. */
export interface Denial { eventId: string, until?: number }

interface Denied { patientId: string, consentId: string | undefined, times: number[], until: number, eventId: string, refused: number }

/** Equal denials within so long (ms) that are each worth an event of their own. */
const [DENIALS_MAX, WINDOW_MS] = [5, 10 * 60 * 1000]
/** Questions remembered; the one not asked for longest makes room. */
const QUESTIONS_MAX = 10_000

/**
 * Equal requests that were denied: the same person in the same role and department, key, patient, records, consent, action, purpose, box
 * and second practitioner, under the same policy, which is all that a decision depends on beside the ledger and the time. After some
 * within a while another one says nothing new and would only fill the log; it is counted, and the counts of a while become one note of
 * the log.
 * Whatever the ledger tells of that patient or consent meanwhile makes the question a new one, and so does the moment at which the consent
 * begins. What changes here goes to `changes`, for a store that outlives the process.
 */
export class RepeatedDenials {
  readonly changes = new DenialChanges()
  readonly #clock: () => number
  readonly #asked = new Map<string, Denied>()

  constructor (clock: () => number) {
    this.#clock = clock
  }

  /** What a store has kept. */
  restore (rows: readonly DeniedQuestionsTable[]): void {
    for (const row of rows) {
      this.#asked.set(row.question, {
        patientId: row.patient_id,
        consentId: row.consent_id ?? undefined,
        times: JSON.parse(row.times) as number[],
        until: row.until ?? Infinity,
        eventId: row.event_id,
        refused: row.refused
      })
    }
  }

  /** Whether the same was denied so often that `refuse` would throw. */
  isFull (question: Question): boolean {
    return this.#isFull(this.#asked.get(keyOf(question)))
  }

  /** @throws {GatewayError} DENIED_REPEATEDLY with the last event's id, and how many such requests were not submitted */
  refuse (question: Question): void {
    const key = keyOf(question)
    const denied = this.#asked.get(key)
    if (denied === undefined || !this.#isFull(denied)) return
    denied.refused += 1
    const now = this.#clock()
    this.changes.refuse(key, now)
    const { eventId, refused, until, times } = denied
    throw new GatewayError('DENIED_REPEATEDLY', `the same was asked and denied ${String(
      times.length
    )} times within ${String(WINDOW_MS / 60_000)} minutes; see event ${eventId}`, {
      extensions: { eventId, notSubmitted: refused },
      retryAfterSeconds: Math.max(1, Math.ceil((Math.min((times[0] ?? 0) + WINDOW_MS, until) - now) / 1000))
    })
  }

  note (question: Question, { eventId, until = Infinity }: Denial): void {
    const key = keyOf(question)
    const former = this.#asked.get(key)
    // Of a call that goes on with a signature: it was noted then.
    if (former?.eventId === eventId) return
    this.#endOver(key)
    const { patientId, consentId } = question.request
    const { refused = 0 } = this.#asked.get(key) ?? {}
    const denied: Denied = { patientId, consentId, times: [...this.#recent(this.#asked.get(key)), this.#clock()], until, eventId, refused }
    this.#asked.delete(key)
    this.#asked.set(key, denied)
    this.changes.deny(key, { ...denied, until: until === Infinity ? null : until, consentId: consentId ?? null })
    const oldest = this.#asked.keys().next()
    if (this.#asked.size > QUESTIONS_MAX && oldest.done !== true) this.#end(oldest.value)
  }

  /** Ends a count that was refused by and is full no more. */
  #endOver (key: string): void {
    const former = this.#asked.get(key)
    if (former !== undefined && former.refused > 0 && !this.#isFull(former)) this.#end(key)
  }

  /** Something else is known of a patient or consent. */
  forget (changed: { patientId?: unknown, consentId?: unknown }): void {
    for (const [key, { patientId, consentId }] of this.#asked) {
      if (patientId === changed.patientId || (consentId !== undefined && consentId === changed.consentId)) this.#end(key)
    }
  }

  /** Something else is known that any question may turn on. */
  forgetAll (): void {
    for (const key of [...this.#asked.keys()]) this.#end(key)
  }

  /** Ends the counts of what has not been denied for a while. */
  sweep (): void {
    for (const [key, denied] of this.#asked) {
      if (denied.refused > 0 ? !this.#isFull(denied) : this.#recent(denied).length === 0) this.#end(key)
    }
  }

  #end (key: string): void {
    this.#asked.delete(key)
    this.changes.end(key)
  }

  #isFull (denied: Denied | undefined): boolean {
    return this.#recent(denied).length >= DENIALS_MAX
  }

  #recent (denied: Denied | undefined): number[] {
    const now = this.#clock()
    return denied === undefined || now >= denied.until ? [] : denied.times.filter((time) => time > now - WINDOW_MS)
  }
}

function keyOf ({ request, actor, networkVersion }: Question): string {
  const { requester, patientId, consentId, records = [], compartments = [], action, purpose, receivingKey, emergency } = request
  const named = [
    ...records.map(({ recordId, version }) => `${recordId}/${String(version)}`),
    ...compartments.map(({ label, epoch }) => `${label}/${String(epoch)}`)
  ].sort()
  const asking = [requester.mspId, requester.staffId, actor.role, actor.department, receivingKey, networkVersion]
  return createHash('sha256').update(JSON.stringify([asking, patientId, consentId, named, action, purpose, emergency?.opening, emergency?.second])).digest('hex')
}
