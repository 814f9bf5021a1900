import { randomBytes, toHex, utf8 } from '@epione/crypto'
import type { Series } from '@epione/protocol/streams'
import { RuleWatch } from '@epione/signals'
import type { Alarm, Rule } from '@epione/signals'
import type { PatientContext, PractitionerContext } from '../context/context.ts'
import { errorCodeOf, EXIT_CODES, isClientError, messageOf } from '../errors.ts'
import type { ClientErrorCode } from '../errors.ts'
import { once } from '../files/once.ts'
import { addRecord } from '../records/record-add.ts'
import { alarmDocument } from './alarm-document.ts'

/** A sealed alarm, as a record of the patient. */
export interface SealedAlarm { readonly recordId: string, readonly version: number }

/** What whoever watches is told. An alarm is `raised` at once; then its record is `sealed`, or could not be yet. */
export type Notice =
  | { readonly type: 'raised', readonly alarmId: string, readonly alarm: Alarm }
  | { readonly type: 'sealed', readonly alarmId: string, readonly alarm: Alarm, readonly record: SealedAlarm }
  | { readonly type: 'unsealed', readonly alarmId: string, readonly alarm: Alarm, readonly code: string, readonly message: string }
  /** No gateway will ever take its record: it is not tried again. */
  | { readonly type: 'refused', readonly alarmId: string, readonly alarm: Alarm, readonly code: string, readonly message: string }
  /** So many alarms waited for their record that this one is given up. */
  | { readonly type: 'dropped', readonly alarmId: string, readonly alarm: Alarm }

export interface FeedbackOptions {
  /** Of `checkRules`. */
  readonly rules: readonly Rule[]
  readonly patientId: string
  /** The stream that is watched; its alarms name it. */
  readonly stream: string
  /** Since when measurements are expected, ms since 1970. */
  readonly startMs: number
  /** Makes the record of an alarm's document (`sealAlarms`). */
  readonly seal: (document: Uint8Array) => Promise<SealedAlarm>
  readonly notify: (notice: Notice) => void
}

interface Pending { readonly alarmId: string, readonly alarm: Alarm, readonly document: Uint8Array }

/** Alarms that wait for a gateway; the oldest go first when more come. */
const PENDING_MAX = 256

/**
 * Runs rules over a stream as it comes in, where its plaintext is: at the patient or a carer. An alarm is told at once, and becomes a
 * sealed record of the patient; what no gateway takes now is tried again with whatever comes next, and by `tick`; what is refused for good
 * ends with that notice, and keeps no other alarm waiting.
 */
export class Feedback {
  readonly #watch: RuleWatch
  readonly #options: FeedbackOptions
  readonly #pending: Pending[] = []
  #sealing: Promise<void> | undefined

  constructor (options: FeedbackOptions) {
    this.#options = options
    this.#watch = new RuleWatch(options.rules, options.startMs)
  }

  /** Alarms that were told, have no record yet, and may get one. */
  get pending (): number { return this.#pending.length }

  /**
   * Series of the windows that were opened, in their order. Resolves when every alarm has its record or was refused one.
   * @throws {SignalError} `SERIES_INVALID`, `UNIT_MISMATCH` for rules that do not fit what comes
   */
  async take (series: readonly Series[]): Promise<void> {
    this.#raise(this.#watch.take(series))
    await this.#seal()
  }

  /** Says what time it is, ms since 1970: some five seconds apart, so that what is missing is seen. */
  async tick (nowMs: number): Promise<void> {
    this.#raise(this.#watch.tick(nowMs))
    await this.#seal()
  }

  #raise (alarms: readonly Alarm[]): void {
    const { rules, patientId, stream, notify } = this.#options
    for (const alarm of alarms) {
      const alarmId = toHex(randomBytes(16))
      const kind = rules.find(({ name }) => name === alarm.rule)?.kind
      notify({ type: 'raised', alarmId, alarm })
      const document = alarmDocument(alarm, { alarmId, patientId, stream, kind })
      this.#pending.push({ alarmId, alarm, document: utf8(JSON.stringify(document, null, 1)) })
      const [oldest] = this.#pending
      if (this.#pending.length <= PENDING_MAX || oldest === undefined) continue
      this.#pending.shift()
      notify({ type: 'dropped', alarmId: oldest.alarmId, alarm: oldest.alarm })
    }
  }

  /* One at a time, and no alarm twice: whoever comes while another seals waits for that. */
  async #seal (): Promise<void> {
    while (this.#sealing !== undefined) await this.#sealing
    if (this.#pending.length === 0) return
    this.#sealing = this.#sealAll().finally(() => { this.#sealing = undefined })
    await this.#sealing
  }

  async #sealAll (): Promise<void> {
    const { seal, notify } = this.#options
    for (const one of [...this.#pending]) {
      const { alarmId, alarm, document } = one
      let record: SealedAlarm
      try {
        record = await seal(document)
      } catch (error) {
        const isOver = isFinal(error)
        if (isOver) this.#remove(one)
        const type = isOver ? 'refused' : 'unsealed'
        notify({ type, alarmId, alarm, code: errorCodeOf(error) ?? 'UNEXPECTED', message: messageOf(error) })
        if (isOver) continue
        // The next one would meet the same gateway.
        return
      }
      this.#remove(one)
      notify({ type: 'sealed', alarmId, alarm, record })
    }
  }

  #remove (one: Pending): void {
    const at = this.#pending.indexOf(one)
    if (at >= 0) this.#pending.splice(at, 1)
  }
}

/** Refusals that pass by themselves, or by what the patient does. */
const PASSING: readonly ClientErrorCode[] = ['PATIENT_FROZEN', 'CHANGE_PENDING', 'RECORD_CONFLICT', 'KEYS_OUTDATED', 'TOKEN_REQUIRED']

/** Whether trying the same again changes nothing. */
function isFinal (error: unknown): boolean {
  if (!isClientError(error) || PASSING.includes(error.code)) return false
  // A token that ran out is renewed.
  if (error.details['status'] === 401) return false
  return error.exitCode === EXIT_CODES.refused || error.exitCode === EXIT_CODES.usage
}

/** Makes an alarm's record in a category of the patient; a carer needs the patient's write card. */
export function sealAlarms (
  context: PatientContext | PractitionerContext, { category, card }: { category: string, card?: string | undefined }
): FeedbackOptions['seal'] {
  return async (document) => {
    const { recordId, version } = await addRecord(context, {
      source: once(document), category, mediaClass: 'structured', ...(card === undefined ? {} : { card })
    })
    return { recordId, version }
  }
}
