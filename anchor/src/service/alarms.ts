import type { AnchorAlarm } from '@epione/protocol/api'
import type { Logger } from './logger.ts'

/** Conditions that hold now, and how often each began. */
export class Alarms {
  readonly #log: Logger
  readonly #active = new Set<AnchorAlarm>()
  readonly #raised = new Map<AnchorAlarm, number>()

  constructor (log: Logger) {
    this.#log = log
  }

  /** Says whether the condition holds; logs when it begins and when it ends. */
  set (alarm: AnchorAlarm, holds: boolean): void {
    if (holds === this.#active.has(alarm)) return
    if (holds) {
      this.#active.add(alarm)
      this.#raised.set(alarm, this.raised(alarm) + 1)
    } else this.#active.delete(alarm)
    this.#log(holds ? 'error' : 'info', { alarm, holds }, holds ? 'an alarm was raised' : 'an alarm is over')
  }

  /** Those that hold now, by name. */
  active (): AnchorAlarm[] {
    return [...this.#active].sort()
  }

  isActive (alarm: AnchorAlarm): boolean {
    return this.#active.has(alarm)
  }

  raised (alarm: AnchorAlarm): number {
    return this.#raised.get(alarm) ?? 0
  }
}
