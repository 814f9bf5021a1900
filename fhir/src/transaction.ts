import { createHash } from 'node:crypto'
import type { Bundle, BundleEntry } from 'fhir/r4.js'
import { toHex } from '@epione/crypto'
import { ClientError, isClientError, withdrawRecord } from '@epione/sdk'
import type { PractitionerContext, RecordSummary } from '@epione/sdk'
import { instantOf } from '@epione/protocol/fhir'
import { tagOf } from './answers.ts'
import { makePlans } from './bundle-plans.ts'
import type { Plan } from './bundle-plans.ts'
import { findOwn, isRegistered } from './conditional.ts'
import { FhirError } from './errors.ts'
import type { Journal, JournalEntry } from './journal.ts'
import { publish } from './publish.ts'
import type { Prepared, Publisher } from './publish.ts'

/** Resources of one transaction: each is sealed and registered by itself. */
const ENTRIES_MAX = 100
/** Registered at once. */
const AT_ONCE = 4
/** How long one that was cut off waits to be sent again, before what was written of it is withdrawn. */
const RESUMED_WITHIN_MS = 15 * 60_000
/** How long one that is done is known as such. */
const REMEMBERED_MS = 24 * 3_600_000

/** What an entry is on the ledger. */
interface Written { readonly recordId: string, readonly version: number, readonly issuedAt: number }

/** One that was begun before, with what the ledger has of it. */
interface Begun { readonly entry: JournalEntry, readonly written: ReadonlyMap<string, Written> }

/** Transactions of a service, each told by what is in it, so that one that was cut off goes on where it was when it is sent again. */
export class Transactions {
  readonly #journal: Journal
  readonly #running = new Map<string, Promise<Bundle>>()
  /** Those that are being undone: what is sent again waits, or it would go on with records that are withdrawn under it. */
  readonly #settling = new Map<string, Promise<void>>()

  constructor (journal: Journal) {
    this.#journal = journal
  }

  /**
   * A transaction as IHE MHD provides documents (ITI-65): List, DocumentReference and Observation become a record each, a Binary goes into
   * the document that refers to it. All is looked at before anything is written; where writing one fails, those that were written are
   * withdrawn again. The same bundle of the same caller, sent again within a day, is the same transaction.
   * @throws {FhirError} RESOURCE_INVALID, PATIENT_UNKNOWN, CARD_MISSING @throws {ClientError}
   */
  async transact (publisher: Publisher, bundle: Bundle, caller: string): Promise<Bundle> {
    const entries = bundle.entry ?? []
    if (bundle.type !== 'transaction') throw new FhirError('RESOURCE_INVALID', 'a Bundle of type transaction is taken here, and no other', { issue: 'not-supported', expression: ['Bundle.type'] })
    if (entries.length > ENTRIES_MAX) throw new FhirError('RESOURCE_INVALID', `a transaction has ${String(ENTRIES_MAX)} entries at most here`, { issue: 'too-long', expression: ['Bundle.entry'] })
    const digest = createHash('sha256').update(JSON.stringify(bundle)).digest('hex')
    const id = toHex(publisher.context.keys.namedRecordId(`fhir-transaction/${caller}/${digest}`))
    await this.#settling.get(id)?.catch(() => undefined)
    const running = this.#running.get(id)
    if (running !== undefined) return await running
    const work = this.#run(publisher, entries, id)
    this.#running.set(id, work)
    try {
      return await work
    } finally {
      this.#running.delete(id)
    }
  }

  /**
   * Withdraws what was written of transactions that were cut off and that nobody sent again, and forgets those that are long done.
   * @throws {Error} where something could not be withdrawn, once the others are: it is tried again
   */
  async settle (context: PractitionerContext, now = Date.now()): Promise<void> {
    const failures: unknown[] = []
    for (const id of await this.#journal.list()) {
      if (this.#running.has(id)) continue
      const work = this.#settleOne(context, id, now)
      this.#settling.set(id, work)
      await work.catch((error: unknown) => { failures.push(error) })
      this.#settling.delete(id)
    }
    if (failures.length > 0) throw failures[0]
  }

  /* As the journal has it by now: it may have been sent again, and be done, while those before it were looked at. */
  async #settleOne (context: PractitionerContext, id: string, now: number): Promise<void> {
    const entry = await this.#journal.find(id)
    if (entry === undefined) return
    const isDone = entry.answer !== undefined
    if (now - entry.begunAt < (isDone ? REMEMBERED_MS : RESUMED_WITHIN_MS)) return
    if (!isDone) await withdrawAll(context, recordsOf(entry))
    await this.#journal.remove(id)
  }

  async #run (publisher: Publisher, entries: readonly BundleEntry[], id: string): Promise<Bundle> {
    const before = await this.#find(publisher.context, id)
    if (before?.entry.answer !== undefined) return answerOf(before.entry.answer)
    const plans = await makePlans(publisher, entries, before?.entry.records)
    const written = new Map<string, Written>(before?.written)
    const entry: JournalEntry = {
      version: 1, id, begunAt: Date.now(), records: plans.map((plan) => plan.kind === 'write' ? plan.prepared.recordId : null)
    }
    const writes = recordsOf(entry).length > 0
    if (writes) await this.#write(publisher, plans, entry, written)
    const answer = plans.map((plan) => responseOf(plan, written))
    if (writes) await this.#journal.keep({ ...entry, answer })
    return answerOf(answer)
  }

  /** The same as it was begun before, with what the ledger has of it; none where that was undone, or ended since. */
  async #find (context: PractitionerContext, id: string): Promise<Begun | undefined> {
    const entry = await this.#journal.find(id)
    if (entry === undefined) return undefined
    if (entry.answer !== undefined) return Date.now() - entry.begunAt > REMEMBERED_MS ? undefined : { entry, written: new Map() }
    const found = new Map<string, RecordSummary>()
    for (const recordId of recordsOf(entry)) {
      const record = await findOwn(context, recordId)
      if (record !== undefined) found.set(recordId, record)
    }
    const ended = [...found.values()].find(({ end }) => end !== undefined)
    if (ended === undefined) return { entry, written: found }
    await withdrawAll(context, recordsOf(entry))
    await this.#journal.remove(id)
    if (ended.state === 'erased') throw new ClientError('RECORD_ENDED', `The patient erased what was written of this transaction, record ${ended.recordId}: it is not written again.`, { recordId: ended.recordId })
    return undefined
  }

  async #write (publisher: Publisher, plans: readonly Plan[], entry: JournalEntry, written: Map<string, Written>): Promise<void> {
    const wanted = inOrder(plans.flatMap((plan) => plan.kind === 'write' ? [plan.prepared] : []))
    const foreign = new Set<string>()
    await this.#journal.keep(entry)
    try {
      await writeAll(publisher, wanted, { written, foreign })
    } catch (error) {
      const own = entry.records.map((recordId) => recordId === null || foreign.has(recordId) ? null : recordId)
      await this.#journal.keep({ ...entry, records: own })
      // What cannot be withdrawn now is in the journal.
      await withdrawAll(publisher.context, own.flatMap((recordId) => recordId ?? []))
      await this.#journal.remove(entry.id)
      throw error
    }
  }
}

const recordsOf = ({ records }: JournalEntry): string[] => records.flatMap((recordId) => recordId ?? [])

type Answer = NonNullable<JournalEntry['answer']>

const answerOf = (answer: Answer): Bundle =>
  ({ resourceType: 'Bundle', type: 'transaction-response', entry: answer.map((response) => ({ response })) })

function responseOf (plan: Plan, written: ReadonlyMap<string, Written>): Answer[number] {
  if (plan.kind === 'known') return { status: '200 OK', location: plan.location }
  const { recordId, resource: { resourceType } } = plan.prepared
  const { version = 1, issuedAt } = written.get(recordId) ?? {}
  return {
    status: '201 Created',
    location: `${resourceType}/${recordId}/_history/${String(version)}`,
    etag: tagOf(version),
    ...(issuedAt === undefined ? {} : { lastModified: instantOf(issuedAt) })
  }
}

/** What others of the same transaction relate to stands before them. @throws {FhirError} RESOURCE_INVALID for a circle */
function inOrder (wanted: readonly Prepared[]): Prepared[] {
  const byId = new Map(wanted.map((prepared) => [prepared.recordId, prepared]))
  const ordered = new Set<Prepared>()
  const under = new Set<Prepared>()
  const place = (prepared: Prepared): void => {
    if (ordered.has(prepared)) return
    if (under.has(prepared)) throw new FhirError('RESOURCE_INVALID', 'documents of the bundle relate to each other in a circle', { issue: 'business-rule', expression: ['DocumentReference.relatesTo'] })
    under.add(prepared)
    for (const { recordId } of prepared.relatesTo) {
      const target = byId.get(recordId)
      if (target !== undefined) place(target)
    }
    ordered.add(prepared)
  }
  wanted.forEach(place)
  return [...ordered]
}

/** Writes what is not written yet, some at once; each after what it relates to. `foreign` is given what another one has written. */
async function writeAll (
  publisher: Publisher, wanted: readonly Prepared[], { written, foreign }: { written: Map<string, Written>, foreign: Set<string> }
): Promise<void> {
  const waiting = wanted.values()
  const begun = new Map<string, Promise<void>>()
  let failure: Error | undefined
  const write = async (prepared: Prepared): Promise<void> => {
    const { recordId, relatesTo } = prepared
    await Promise.all(relatesTo.flatMap((target) => begun.get(target.recordId) ?? []))
    if (failure !== undefined || written.has(recordId)) return
    try {
      written.set(recordId, await publish(publisher, prepared))
    } catch (error) {
      if (isRegistered(error)) foreign.add(recordId)
      failure ??= error instanceof Error ? error : new Error(String(error))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (const prepared of waiting) {
      const writing = write(prepared)
      begun.set(prepared.recordId, writing)
      await writing
    }
  }))
  if (failure !== undefined) throw failure
}

/**
 * All or nothing: what was written of a transaction that failed should never have been. Of one whose writing failed it is looked whether
 * the ledger has it: an answer may have been lost after that.
 */
async function withdrawAll (context: PractitionerContext, records: readonly string[]): Promise<void> {
  const left: string[] = []
  let cause: unknown
  for (const recordId of records) {
    try {
      const record = await findOwn(context, recordId)
      if (record !== undefined && record.end === undefined) await withdrawRecord(context, { recordId, version: record.version, cause: 'entered-in-error' })
    } catch (error) {
      if (!isClientError(error)) throw error
      left.push(recordId)
      cause ??= error
    }
  }
  if (left.length === 0) return
  const commands = left.map((recordId) => `"epione record withdraw ${recordId} --cause entered-in-error"`).join(', ')
  throw new FhirError('INTERNAL', `the transaction failed, and what was written of it could not be withdrawn yet: send it again, or run ${commands}`, { cause })
}
