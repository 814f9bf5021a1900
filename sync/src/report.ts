import type { Left, Reason } from './errors.ts'
import type { Entry, Outcome, Thing } from './journal-rows.ts'
import type { Journal } from './journal.ts'
import type { Key } from './source.ts'
import type { WrittenVersion } from './writer.ts'

const UNMATCHED: readonly Reason[] = ['PATIENT_UNMATCHED', 'PATIENT_AMBIGUOUS']
/** Entries shown with a result; all of them are in the report's file. */
const SHOWN_MAX = 50

interface WrittenFor { key: Key, patientId: string, sourcePatient: string }

/** What one run did. Counts are kept in memory, everything else in the journal. */
export class Report {
  readonly counts: Record<Outcome, number> = { added: 0, updated: 0, withdrawn: 0, unchanged: 0, unmatched: 0, failed: 0, skipped: 0 }
  readonly #skippedTypes = new Map<string, number>()
  readonly #journal: Journal

  constructor (journal: Journal) {
    this.#journal = journal
  }

  /** Everything that was looked at. */
  get total (): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0)
  }

  /** Whether something is left to be done. */
  get isWhole (): boolean {
    return this.counts.unmatched + this.counts.failed === 0
  }

  wrote ({ outcome, recordId, version }: WrittenVersion, { key, patientId, sourcePatient }: WrittenFor): void {
    this.counts[outcome]++
    if (outcome !== 'unchanged') this.#journal.note({ outcome, key, version, patientId, sourcePatient, ...(recordId === '' ? {} : { recordId }) })
  }

  withdrew ({ key, recordId, version, patientId, sourcePatient }: Thing): void {
    this.counts.withdrawn++
    this.#journal.note({ outcome: 'withdrawn', key, recordId, version, patientId, sourcePatient })
  }

  left ({ reason, message }: Left, key: Key | undefined, sourcePatient: string | undefined, what?: string): void {
    const outcome = reason === 'ERASED' ? 'skipped' : UNMATCHED.includes(reason) ? 'unmatched' : 'failed'
    this.counts[outcome]++
    this.#journal.note({ outcome, key: key ?? what, sourcePatient, reason, detail: message })
  }

  skip (type: string): void {
    this.counts.skipped++
    this.#skippedTypes.set(type, (this.#skippedTypes.get(type) ?? 0) + 1)
  }

  /** For a result: counts, patients who have no card, and the first things that failed. */
  summary (): object {
    const unmatchedPatients = this.#journal.unmatchedPatients()
    const failed = this.#firstFailures()
    const skippedTypes = Object.fromEntries(this.#skippedTypes)
    return {
      run: this.#journal.run,
      ...this.counts,
      ...(this.#skippedTypes.size === 0 ? {} : { skippedTypes }),
      ...(unmatchedPatients.length === 0 ? {} : { unmatchedPatients: unmatchedPatients.slice(0, SHOWN_MAX) }),
      ...(failed.length === 0 ? {} : { failures: failed })
    }
  }

  /** All of it as JSON, a piece at a time. */
  * json (more: object = {}): Generator<string> {
    yield `${JSON.stringify({ format: 'epione-sync-report/1', ...more, ...this.summary(), unmatchedPatients: this.#journal.unmatchedPatients() }).slice(0, -1)},"entries":[`
    let separator = '\n'
    for (const entry of this.#journal.entries()) {
      yield `${separator}${JSON.stringify(entry)}`
      separator = ',\n'
    }
    yield '\n]}\n'
  }

  #firstFailures (): Entry[] {
    const first: Entry[] = []
    for (const entry of this.#journal.entries('failed')) {
      if (first.length === SHOWN_MAX) break
      first.push(entry)
    }
    return first
  }
}
