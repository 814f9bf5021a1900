import type { Logger } from './logger.ts'

/** What needs an operator; each is a metric with an alert rule (anchor/alerts.yml). */
export const ALARMS = [
  'disagreement', 'equivocation', 'anchored_root_differs', 'missing_majority', 'submission_waits', 'ledger_broken',
  'envelope_malformed', 'storage_full'
] as const
export type Alarm = (typeof ALARMS)[number]

/** Conditions that hold now, and how often each began. */
export class Alarms {
  readonly #log: Logger
  readonly #active = new Set<Alarm>()
  readonly #raised = new Map<Alarm, number>()

  constructor (log: Logger) {
    this.#log = log
  }

  /** Says whether the condition holds; logs when it begins and when it ends. */
  set (alarm: Alarm, holds: boolean): void {
    if (holds === this.#active.has(alarm)) return
    if (holds) {
      this.#active.add(alarm)
      this.#raised.set(alarm, this.raised(alarm) + 1)
    } else this.#active.delete(alarm)
    this.#log(holds ? 'error' : 'info', { alarm, holds }, holds ? 'an alarm was raised' : 'an alarm is over')
  }

  isActive (alarm: Alarm): boolean {
    return this.#active.has(alarm)
  }

  raised (alarm: Alarm): number {
    return this.#raised.get(alarm) ?? 0
  }
}
