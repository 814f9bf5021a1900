import { toHex } from '@epione/crypto'
import type { MediaClass, Withdrawal } from '@epione/protocol'
import { findOwn, isRegistered } from '@epione/fhir/sealing'
import { addRecord, isClientError, withdrawRecord } from '@epione/sdk'
import type { PractitionerContext, RecordSummary } from '@epione/sdk'
import { Left } from './errors.ts'
import type { Thing } from './journal-rows.ts'
import type { Journal } from './journal.ts'
import type { Matched } from './patients.ts'
import type { Key } from './source.ts'

/** Something that is ready to be sealed for its patient. */
export interface Wanted {
  readonly key: Key
  readonly sourcePatient: string
  readonly matched: Matched
  readonly category: string
  readonly mediaClass: MediaClass
  /** Read once for each attempt to seal it. */
  readonly read: () => AsyncIterable<Uint8Array>
  readonly hash: string
  readonly stamp: string | undefined
}

export interface WrittenVersion { readonly outcome: 'added' | 'updated' | 'unchanged', readonly recordId: string, readonly version: number }

export interface WriterOptions {
  readonly context: () => Promise<PractitionerContext>
  readonly journal: Journal
  /** What the hospital calls the system: the same name gives the same record ids. */
  readonly system: string
  /** Nothing is registered or withdrawn. */
  readonly trial: boolean
}

/** Another answer of the ledger each time; more in a row are somebody else's doing. */
const ATTEMPTS_MAX = 16

/**
 * Makes each thing of a source one record (decision 0632). Its id is made of person, patient, system, key and attempt, so that the ledger
 * itself refuses a second one; the journal says before each registration what is on its way, so that a run that was killed after the
 * ledger took a version is told from one that was killed before.
 */
export class Writer {
  readonly #options: WriterOptions

  constructor (options: WriterOptions) {
    this.#options = options
  }

  /** @throws {Left} PATIENT_CHANGED, ERASED, NOT_SEALED @throws {ClientError} what concerns the whole run */
  async write (wanted: Wanted): Promise<WrittenVersion> {
    const { journal, trial } = this.#options
    const before = journal.find(wanted.key)
    requireSamePatient(before, wanted)
    if (before?.state === 'erased') throw erased(wanted.key)
    if (isAsWanted(before, wanted)) {
      journal.settle(wanted.key, wanted.stamp)
      return { outcome: 'unchanged', recordId: before.recordId, version: before.version }
    }
    if (trial) return this.#expected(before)
    for (let tried = 0; tried < ATTEMPTS_MAX; tried++) {
      const written = await this.#register(wanted, journal.find(wanted.key))
      if (written !== undefined) return written
    }
    throw new Left('NOT_SEALED', `the ledger had another answer ${String(ATTEMPTS_MAX)} times: is another program writing for ${this.#options.system} with these keys?`)
  }

  #expected (before: Thing | undefined): WrittenVersion {
    const version = before?.state === 'live' ? before.version + 1 : 1
    return { outcome: version === 1 ? 'added' : 'updated', recordId: before?.recordId ?? '', version }
  }

  /** One attempt; `undefined` when what the ledger has by now must be looked at again. */
  async #register (wanted: Wanted, before: Thing | undefined): Promise<WrittenVersion | undefined> {
    const { journal } = this.#options
    const context = await this.#options.context()
    const settled = await this.#resolve(context, before)
    if (settled?.state === 'erased') throw erased(wanted.key)
    if (isAsWanted(settled, wanted)) return writtenAs(settled)
    const next = this.#next(context, wanted, settled)
    // Where another content was on its way as this version, and nothing is known of it, whichever comes first is unknown, too.
    const isSame = settled?.begun === undefined || settled.begun.hash === wanted.hash
    journal.begin(wanted.key, {
      ...next, sourcePatient: wanted.sourcePatient, patientId: wanted.matched.patientId, hash: isSame ? wanted.hash : '', at: timeOf(context)
    })
    try {
      const added = await addRecord(context, {
        source: wanted.read(),
        card: wanted.matched.card,
        category: wanted.category,
        mediaClass: wanted.mediaClass,
        ...(next.version === 1 ? { recordId: next.recordId } : { amends: { recordId: next.recordId, version: next.version - 1 } })
      })
      journal.finish(wanted.key, added.version, wanted.hash, wanted.stamp)
      return writtenAs(added)
    } catch (error) {
      if (!isRegistered(error) && !isClientError(error, 'RECORD_ENDED')) throw error
      await this.#adopt(context, wanted.key, next.recordId, settled?.begun)
      return undefined
    }
  }

  #next (context: PractitionerContext, wanted: Wanted, before: Thing | undefined): { attempt: number, recordId: string, version: number } {
    if (before?.state === 'live' && before.recordId !== undefined) {
      return { attempt: before.attempt, recordId: before.recordId, version: before.version + 1 }
    }
    const attempt = before === undefined || before.attempt === 0 ? 1 : before.attempt + (before.state === 'withdrawn' ? 1 : 0)
    return { attempt, recordId: this.#nameOf(context, wanted, attempt), version: 1 }
  }

  #nameOf ({ keys }: PractitionerContext, { key, matched }: Wanted, attempt: number): string {
    return toHex(keys.namedRecordId(`sync/${this.#options.system}/${matched.patientId}/${key}/${String(attempt)}`))
  }

  /** What became of a version that was on its way when a run ended. */
  async #resolve (context: PractitionerContext, thing: Thing | undefined): Promise<Thing | undefined> {
    const { journal } = this.#options
    if (thing?.begun === undefined) return thing
    const { begun } = thing
    const record = thing.recordId === undefined ? undefined : await findOwn(context, thing.recordId)
    if (record === undefined || record.version < begun.version) return thing
    this.#take(thing.key, record, hashIn(record, begun))
    return journal.find(thing.key) ?? thing
  }

  /** The ledger has that version already: of a run that was killed, or of a journal that is lost. */
  async #adopt (context: PractitionerContext, key: Key, recordId: string, begun: Begun | undefined): Promise<void> {
    const record = await findOwn(context, recordId)
    if (record === undefined) throw new Left('NOT_SEALED', `record ${recordId} is there, and not of this person's hand`)
    this.#take(key, record, begun === undefined ? '' : hashIn(record, begun))
  }

  #take (key: Key, record: RecordSummary, hash: string): void {
    const { journal } = this.#options
    if (record.end === undefined) journal.finish(key, record.version, hash, undefined)
    else journal.end(key, record.state === 'erased' ? 'erased' : 'withdrawn')
  }

  /** Withdraws all versions, the newest first. @throws {Left} NOT_SEALED @throws {ClientError} */
  async withdraw (thing: Thing, cause: Withdrawal['cause']): Promise<void> {
    const { journal, trial, context } = this.#options
    if (thing.recordId === undefined || trial) return
    const as = await context()
    const shown = (await findOwn(as, thing.recordId))?.version ?? 0
    if (shown < thing.version) throw new Left('NOT_SEALED', `version ${String(thing.version)} of record ${thing.recordId} is not shown by the gateway: it is not known to be withdrawn`)
    for (let version = shown; version > 0; version--) {
      try {
        await withdrawRecord(as, { recordId: thing.recordId, version, cause })
      } catch (error) {
        // By a run before, or by its patient.
        if (!isClientError(error, 'RECORD_ENDED')) throw error
      }
    }
    journal.end(thing.key, 'withdrawn')
  }
}

const writtenAs = ({ recordId, version }: { recordId: string, version: number }): WrittenVersion =>
  ({ outcome: version === 1 ? 'added' : 'updated', recordId, version })

type Begun = NonNullable<Thing['begun']>

/** What is in a version that the ledger has: what was begun, where it was signed after that. Empty where it is not known. */
function hashIn ({ version, issuedAt }: RecordSummary, begun: Begun): string {
  return version === begun.version && issuedAt >= begun.at ? begun.hash : ''
}

const timeOf = (context: PractitionerContext): number => context.now?.() ?? Date.now()

function isAsWanted (thing: Thing | undefined, { hash }: Wanted): thing is Thing & { recordId: string } {
  return thing?.state === 'live' && thing.begun === undefined && thing.recordId !== undefined && thing.hash === hash
}

function requireSamePatient (before: Thing | undefined, { key, matched }: Wanted): void {
  const isSealed = before?.state === 'live' || before?.begun !== undefined
  if (!isSealed || before.patientId === undefined || before.patientId === matched.patientId) return
  throw new Left('PATIENT_CHANGED', `${key} is now of another patient than the one for whom it was sealed: look which is right, and run with --moves to withdraw it there and seal it here`)
}

const erased = (key: Key): Left => new Left('ERASED', `the patient erased ${key}: it is not made again`)
