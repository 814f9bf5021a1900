import type { Cards } from '@epione/fhir/sealing'
import type { PractitionerContext } from '@epione/sdk'
import { Left } from './errors.ts'
import { asLeft, withPatience } from './failures.ts'
import type { Thing } from './journal-rows.ts'
import type { Journal } from './journal.ts'
import { PatientMatcher } from './patients.ts'
import type { Mapping } from './patients.ts'
import { Pool } from './pool.ts'
import { patientOf, prepare } from './prepare.ts'
import { Report } from './report.ts'
import type { Bytes, Key, Shown, Source, Told } from './source.ts'
import { Writer } from './writer.ts'
import type { Wanted } from './writer.ts'

export interface RunOptions {
  readonly source: Source
  /** What the hospital calls the system that it reads. */
  readonly system: string
  /** Address of a FHIR server, before which its absolute references begin. */
  readonly base?: string | undefined
  readonly context: () => Promise<PractitionerContext>
  readonly journal: Journal
  readonly mapping: Mapping
  readonly cards: Cards
  /** Sealed at once. */
  readonly atOnce?: number
  /** Says what would be done, and does nothing. */
  readonly trial?: boolean
  /** A thing that is of another patient by now is withdrawn there and sealed here. */
  readonly moves?: boolean
  /** However many deletions are believed. */
  readonly manyDeletions?: boolean
  readonly onProgress?: (report: Report) => void
}

const AT_ONCE_DEFAULT = 8
/** Of what is there, deletions that are believed without being asked; as few as 20 always are. */
const DELETIONS_SHARE = 0.2
const DELETIONS_FEW = 20
const HELD_BYTES_MAX = 256 * 1024 * 1024

/**
 * Moves what a source has, or what changed there, into Epione. What was left before comes first. @throws {SyncError} for a source that
 * cannot be read at all @throws {ClientError} for a network that takes nothing now
 */
export async function runSync (options: RunOptions): Promise<Report> {
  const run = new SyncRun(options)
  try {
    await run.all()
  } finally {
    await run.settle()
  }
  return run.report
}

class SyncRun {
  readonly report: Report
  readonly #options: RunOptions
  readonly #pool: Pool
  readonly #writer: Writer
  readonly #matcher: Promise<PatientMatcher>
  /** Of a source that can be asked for one thing. */
  readonly #ask: Source['ask']
  /** Bytes of pictures that were begun since nothing was under way. */
  #held = 0

  constructor (options: RunOptions) {
    const { context, journal, system, source, mapping, cards, trial = false, atOnce = AT_ONCE_DEFAULT } = options
    this.#options = options
    this.report = new Report(journal)
    this.#pool = new Pool(atOnce)
    this.#writer = new Writer({ context, journal, system, trial })
    this.#ask = source.ask?.bind(source)
    this.#matcher = context().then((as) => new PatientMatcher({ context: as, mapping, cards, lookUp: source.patient?.bind(source) }))
    this.#matcher.catch(() => undefined)
  }

  async all (): Promise<void> {
    const { source, journal } = this.#options
    await this.#finishFormer()
    const liveBefore = journal.liveCount()
    for await (const told of source.tell(journal, (key) => journal.find(key)?.state === 'live')) {
      if (told.kind === 'mark') {
        await this.#pool.drain()
        journal.mark(told.name, told.value)
      } else await this.#take(told)
    }
    await this.#pool.drain()
    if (source.isComplete) this.#findUnseen()
    await this.#withdrawGone(liveBefore)
  }

  /** Where all of a source was read, what it told nothing of was deleted. What could not be read may be just what is missing. */
  #findUnseen (): void {
    if (this.report.counts.failed > 0) return
    const { source, journal } = this.#options
    for (const thing of journal.unseen()) if (source.covers?.(thing.key) !== false) journal.leaveGone(thing.key)
  }

  /** Where too many are gone nothing is withdrawn before somebody looked, and no other after it: else all would go, a few with each run. */
  async #withdrawGone (liveBefore: number): Promise<void> {
    const { journal, manyDeletions } = this.#options
    const most = journal.hasLeft('DELETIONS_MANY') ? 0 : Math.max(DELETIONS_FEW, Math.floor(liveBefore * DELETIONS_SHARE))
    const isBelieved = manyDeletions === true || journal.goneCount() <= most
    for (const thing of journal.gone()) {
      await this.#each(thing.key, async () => {
        if (!isBelieved) throw deletionsMany()
        await this.#writer.withdraw(thing, 'entered-in-error')
        this.report.withdrew(thing)
      })
    }
    await this.#pool.drain()
  }

  /** What is under way goes on to its end, also after a failure: the journal is open as long. */
  async settle (): Promise<void> {
    await this.#pool.drain().catch(() => undefined)
  }

  /** What was left, or begun, in a run before. Where a source is read anew as a whole, it comes by itself. */
  async #finishFormer (): Promise<void> {
    const { journal } = this.#options
    const ask = this.#ask
    if (ask === undefined) return
    for (const thing of journal.unfinished()) {
      await this.#each(thing.key, async () => {
        // Somebody without a card has none by asking the source again.
        const patient = thing.reason === 'PATIENT_UNMATCHED' ? thing.sourcePatient : undefined
        if (patient !== undefined) await (await this.#matcher).match(patient)
        await this.#askAndTake(thing, ask)
      })
    }
    await this.#pool.drain()
  }

  async #askAndTake (thing: Thing, ask: NonNullable<Source['ask']>): Promise<void> {
    const { journal, manyDeletions } = this.#options
    const shown = await ask(thing.key, isSealed(thing))
    if (shown === 'same') {
      journal.settle(thing.key, undefined)
      if (journal.see(thing.key) === undefined) this.report.counts.unchanged++
    } else if (shown !== 'gone') await this.#write(shown)
    else if (thing.state !== 'live' && thing.begun === undefined) journal.end(thing.key, 'withdrawn')
    else if (thing.reason === 'DELETIONS_MANY' && manyDeletions !== true) throw deletionsMany()
    else journal.leaveGone(thing.key)
  }

  async #take (told: Exclude<Told, { kind: 'mark' }>): Promise<void> {
    const { journal } = this.#options
    const ask = this.#ask
    switch (told.kind) {
      case 'skipped':
        this.report.skip(told.type)
        return
      case 'same':
        if (journal.see(told.key) === undefined) this.report.counts.unchanged++
        return
      case 'fault':
        this.#leave(told.left, told.key, undefined, told.what)
        return
      case 'deleted':
        await this.#takeDeletion(told.key)
        return
      case 'ask-for-all':
        if (ask === undefined) return
        for (const thing of journal.live(told.type)) {
          if (!journal.hasSeen(thing.key)) await this.#each(thing.key, async () => { await this.#askAndTake(thing, ask) })
        }
        return
      default:
        if (told.kind === 'bytes') await this.#makeRoom(told.bytes)
        await this.#each(told.key, async () => { await this.#write(told) })
    }
  }

  /** Of large pictures no more are in memory than fit. */
  async #makeRoom ({ heldBytes = 0 }: Bytes): Promise<void> {
    if (this.#held + heldBytes > HELD_BYTES_MAX) {
      await this.#pool.drain()
      this.#held = 0
    }
    this.#held += heldBytes
  }

  async #takeDeletion (key: Key): Promise<void> {
    const thing = this.#options.journal.find(key)
    const ask = this.#ask
    if (thing?.state !== 'live' && thing?.begun === undefined) return
    if (ask === undefined) this.#options.journal.leaveGone(key)
    else await this.#each(key, async () => { await this.#askAndTake(thing, ask) })
  }

  /** One thing's work, beside others': what concerns it alone is noted, anything else ends the run. */
  async #each (key: Key, work: () => Promise<void>): Promise<void> {
    await this.#pool.run(key, async () => {
      try {
        await withPatience(work)
      } catch (error) {
        const left = asLeft(error)
        if (left === undefined) throw error
        this.#leave(left, key, this.#options.journal.find(key)?.sourcePatient)
      }
      this.#options.onProgress?.(this.report)
    })
  }

  async #write (shown: Shown): Promise<void> {
    const { journal } = this.#options
    journal.see(shown.key)
    journal.isBack(shown.key)
    const sourcePatient = patientOf(shown, this.#options.base)
    const wanted = await this.#prepare(shown, sourcePatient).catch((error: unknown) => {
      const left = asLeft(error)
      if (left !== undefined) journal.leave(shown.key, left.reason, left.message, sourcePatient)
      throw error
    })
    const told = journal.see(shown.key)
    if (told?.hash === wanted.hash && told.reason === undefined) return
    if (this.#ask === undefined && this.#isOlder(wanted, told)) return
    await this.#moveAway(journal.find(shown.key), wanted)
    const written = await this.#writer.write(wanted)
    // Only now: what met a busy network comes here again.
    journal.remember(shown.key, wanted)
    this.report.wrote(written, { key: shown.key, patientId: wanted.matched.patientId, sourcePatient })
  }

  /**
   * Of several copies in files, which is the one to seal: one that was written before what is sealed was left lying. @throws {Left}
   * DUPLICATE where two differ and nothing says which is newer
   */
  #isOlder ({ key, hash, stamp }: Wanted, told: { hash: string | undefined, stamp: string | undefined } | undefined): boolean {
    if (isLater(this.#options.journal.find(key)?.stamp, stamp) || isLater(told?.stamp, stamp)) return true
    if (told?.hash === undefined || told.hash === hash || isLater(stamp, told.stamp)) return false
    throw new Left('DUPLICATE', `${key} is there twice, with different contents, and nothing says which is newer: the first was taken`)
  }

  async #prepare (shown: Shown, sourcePatient: string): Promise<Wanted> {
    const matched = await (await this.#matcher).match(sourcePatient)
    const { system, base } = this.#options
    return await prepare(shown, { sourcePatient, matched, context: await this.#options.context(), system, base })
  }

  /** Of a thing whose patient changed at the source, the record of the former one, where that is wanted. */
  async #moveAway (before: Thing | undefined, { matched }: Wanted): Promise<void> {
    if (this.#options.moves !== true || before?.patientId === undefined || before.patientId === matched.patientId) return
    if (before.state !== 'live' && before.begun === undefined) return
    await this.#writer.withdraw(before, 'wrong-patient')
    if (this.#options.trial === true) this.#options.journal.end(before.key, 'withdrawn')
    this.report.withdrew(before)
  }

  #leave (left: Left, key: Key | undefined, sourcePatient: string | undefined, what?: string): void {
    const { journal } = this.#options
    if (key !== undefined) {
      if (left.reason !== 'ERASED') journal.leave(key, left.reason, left.message, sourcePatient)
      if (journal.see(key)?.reason === left.reason) return
      journal.remember(key, { reason: left.reason })
    }
    this.report.left(left, key, sourcePatient, what)
  }
}

const isLater = (one: string | undefined, other: string | undefined): boolean => one !== undefined && other !== undefined && one > other

const deletionsMany = (): Left =>
  new Left('DELETIONS_MANY', 'the source says that more things were deleted since than are believed: look whether that is so, and run with --many-deletions')

/** What its source showed is sealed: if it was left since, then for nothing that it shows. */
function isSealed ({ state, begun, reason }: Thing): boolean {
  return state === 'live' && begun === undefined && (reason === undefined || ['GONE', 'DELETIONS_MANY', 'SOURCE_UNAVAILABLE'].includes(reason))
}
