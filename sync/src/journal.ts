import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { PreparedStatements, PRIVATE_FOLDER_MODE, PRIVATE_MODE, takeLock } from '@epione/host'
import { SyncError } from './errors.ts'
import type { Reason } from './errors.ts'
import { entryOf, thingOf } from './journal-rows.ts'
import type { Beginning, Entry, Outcome, Seen, Thing, ThingRow } from './journal-rows.ts'
import type { Key, Marks } from './source.ts'

/*
 * What became of each thing of a source. A row is written before a version is registered ("begun") and when it is ("live"), so that a run
 * that was killed between the two is understood by the next one. Nothing of a record's content lies here: `hash` is keyed.
 */
const SCHEMA = `
  pragma journal_mode=wal; pragma synchronous=full; pragma busy_timeout=5000; pragma secure_delete=on;
  create table if not exists facts (name text primary key, value text not null) strict;
  create table if not exists marks (name text primary key, value text not null) strict;
  create table if not exists things (
    key text primary key, source_patient text, patient text, attempt integer not null default 0, record text, version integer not null default 0,
    hash text not null default '', stamp text, begun_version integer, begun_hash text, begun_at integer, state text not null, reason text, detail text
  ) strict;
  create index if not exists things_left on things (key) where reason is not null;
  create index if not exists things_begun on things (key) where begun_version is not null;
  create table if not exists entries (
    run integer not null, outcome text not null, key text, record text, version integer, patient text, source_patient text, reason text, detail text
  ) strict;
  create index if not exists entries_run on entries (run, outcome);
  create temp table seen (key text primary key, hash text, stamp text, reason text) strict;
  create temp table gone (key text primary key) strict;
`
const FORMAT = '1'
const RUNS_KEPT = 20
const PAGE = 200

/** One source's journal in a file of its own (0600), for this process alone. It survives kill -9 and the loss of power. */
export class Journal implements Marks {
  readonly run: number
  readonly #database: DatabaseSync
  readonly #statements: PreparedStatements
  readonly #release: () => void

  /** `trial`: nothing of what is written stays. @throws {SyncError} JOURNAL_IN_USE, JOURNAL_FOREIGN */
  constructor (path: string, identity: string, { trial = false } = {}) {
    mkdirSync(dirname(path), { recursive: true, mode: PRIVATE_FOLDER_MODE })
    const lock = takeLock(`${path}.lock`)
    if (lock === undefined) throw new SyncError('JOURNAL_IN_USE', `Another run works on ${path}: wait for it, or end it; it goes on where it was.`)
    closeSync(openSync(path, 'a', PRIVATE_MODE))
    this.#database = new DatabaseSync(path)
    this.#database.exec(SCHEMA)
    this.#statements = new PreparedStatements(this.#database)
    this.#release = lock.release
    if (trial) this.#database.exec('begin')
    this.#requireOwn(path, `${FORMAT} ${identity}`)
    this.run = Number(this.#valueOf('facts', 'run') ?? '0') + 1
    this.#setValue('facts', 'run', String(this.run))
    this.#do('delete from entries where run <= ?', this.run - RUNS_KEPT)
  }

  /** Undoes all of a trial. */
  close (): void {
    if (this.#database.isTransaction) this.#database.exec('rollback')
    this.#database.close()
    this.#release()
  }

  #requireOwn (path: string, identity: string): void {
    const known = this.#valueOf('facts', 'identity')
    if (known === undefined) this.#setValue('facts', 'identity', identity)
    else if (known !== identity) {
      this.close()
      throw new SyncError('JOURNAL_FOREIGN', `${path} is the journal of another person, network or kind of source: choose another --name.`)
    }
  }

  get (name: string): string | undefined {
    return this.#valueOf('marks', name)
  }

  mark (name: string, value: string): void {
    this.#setValue('marks', name, value)
  }

  find (key: Key): Thing | undefined {
    const row = this.#statements.of('select * from things where key = ?').get(key) as unknown as ThingRow | undefined
    return row === undefined ? undefined : thingOf(row)
  }

  /** A version is about to be registered. */
  begin (key: Key, next: Beginning): void {
    const { sourcePatient, patientId, attempt, recordId, version, hash, at } = next
    this.#do(`insert into things (key, source_patient, patient, attempt, record, begun_version, begun_hash, begun_at, state)
      values (?, ?, ?, ?, ?, ?, ?, ?, 'new') on conflict (key) do update set source_patient = excluded.source_patient,
      patient = excluded.patient, attempt = excluded.attempt, version = case when record = excluded.record then version else 0 end,
      begun_at = case when record = excluded.record and begun_version = excluded.begun_version then begun_at else excluded.begun_at end,
      record = excluded.record, begun_version = excluded.begun_version, begun_hash = excluded.begun_hash`,
    key, sourcePatient, patientId, attempt, recordId, version, hash, at)
  }

  /** It is registered; an empty hash says that what is in it is not known. */
  finish (key: Key, version: number, hash: string, stamp: string | undefined): void {
    this.#do(`update things set version = ?, hash = ?, stamp = ?, begun_version = null, begun_hash = null, begun_at = null, state = 'live', reason = null, detail = null
      where key = ?`, version, hash, stamp ?? null, key)
  }

  /** It ended, by its author or by its patient. */
  end (key: Key, state: 'withdrawn' | 'erased'): void {
    this.#do('update things set state = ?, hash = \'\', begun_version = null, begun_hash = null, begun_at = null, reason = null, detail = null where key = ?', state, key)
  }

  /** As before, and nothing is left to do. */
  settle (key: Key, stamp: string | undefined): void {
    this.#do('update things set stamp = coalesce(?, stamp), reason = null, detail = null where key = ? and (reason is not null or stamp is not ?)', stamp ?? null, key, stamp ?? null)
  }

  /** It is for the next run. */
  leave (key: Key, reason: Reason, detail: string, sourcePatient?: string): void {
    this.#do(`insert into things (key, source_patient, state, reason, detail) values (?, ?, 'new', ?, ?) on conflict (key) do update set
      reason = excluded.reason, detail = excluded.detail, source_patient = coalesce(things.source_patient, excluded.source_patient)`,
    key, sourcePatient ?? null, reason, detail)
  }

  /** The source no longer has it; what comes of that is said once all was told. A run that is killed before that leaves it to the next. */
  leaveGone (key: Key): void {
    this.leave(key, 'GONE', 'the source no longer has it')
    this.#do('insert or ignore into gone (key) values (?)', key)
    this.see(key)
  }

  /** The source has it after all. */
  isBack (key: Key): void {
    this.#do('delete from gone where key = ?', key)
  }

  goneCount (): number {
    return (this.#statements.of('select count(*) as n from gone').get() as { n: number }).n
  }

  /** What the source was found in this run to have no longer. */
  * gone (): Generator<Thing> {
    yield * this.#things('exists (select 1 from gone where gone.key = things.key)')
  }

  /** What was left or begun. */
  * unfinished (): Generator<Thing> {
    yield * this.#things('reason is not null or begun_version is not null')
  }

  /** What is there of a type. */
  * live (type: string): Generator<Thing> {
    yield * this.#things('state = \'live\' and key > ? and key < ?', `${type}/`, `${type}0`)
  }

  /** What is there, and was not told of in this run. */
  * unseen (): Generator<Thing> {
    yield * this.#things('state = \'live\' and not exists (select 1 from seen where seen.key = things.key)')
  }

  #things (where: string, ...given: string[]): Iterable<Thing> {
    return this.#pages(`select * from things where (${where})`, { by: 'key', after: '', as: thingOf }, ...given)
  }

  hasLeft (reason: Reason): boolean {
    return this.#statements.of('select 1 from things where reason = ? limit 1').get(reason) !== undefined
  }

  liveCount (): number {
    return (this.#statements.of('select count(*) as n from things where state = \'live\'').get() as { n: number }).n
  }

  /** It was told of in this run; answers with what was told before, if anything was. */
  see (key: Key): Seen | undefined {
    const row = this.#statements.of('select hash, stamp, reason from seen where key = ?').get(key) as Record<keyof Seen, string | null> | undefined
    if (row === undefined) this.#do('insert into seen (key) values (?)', key)
    return row && { hash: row.hash ?? undefined, stamp: row.stamp ?? undefined, reason: row.reason ?? undefined }
  }

  /** What was told of it, or why it was left. */
  remember (key: Key, { hash, stamp, reason }: Partial<Seen>): void {
    this.#do('insert into seen (key, hash, stamp, reason) values (?, ?, ?, ?) on conflict (key) do update set hash = excluded.hash, stamp = excluded.stamp, reason = excluded.reason',
      key, hash ?? null, stamp ?? null, reason ?? null)
  }

  hasSeen (key: Key): boolean {
    return this.#statements.of('select 1 from seen where key = ?').get(key) !== undefined
  }

  note (entry: Entry): void {
    const { outcome, ...more } = entry
    const values = [more.key, more.recordId, more.version, more.patientId, more.sourcePatient, more.reason, more.detail]
    this.#do('insert into entries (run, outcome, key, record, version, patient, source_patient, reason, detail) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      this.run, outcome, ...values.map((value) => value ?? null))
  }

  /** What this run noted, in its order. */
  * entries (outcome?: Outcome): Generator<Entry> {
    const select = 'select rowid, * from entries where run = ? and (? is null or outcome = ?)'
    yield * this.#pages(select, { by: 'rowid', after: 0, as: entryOf }, this.run, outcome ?? null, outcome ?? null)
  }

  /** Patients of the source of whom something was left in this run for want of a card. */
  unmatchedPatients (): Array<{ sourcePatient: string, things: number }> {
    const rows = this.#statements.of(`select source_patient, count(*) as things from entries where run = ? and outcome = 'unmatched' and source_patient is not null
      group by source_patient order by source_patient limit 10000`).all(this.run) as unknown as Array<{ source_patient: string, things: number }>
    return rows.map((row) => ({ sourcePatient: row.source_patient, things: row.things }))
  }

  /** Rows in the order of a column, by pages that what is done meanwhile does not disturb. */
  * #pages<T, R extends Record<K, string | number>, K extends string> (
    select: string, { by, after: before, as }: { by: K, after: R[K], as: (row: R) => T }, ...given: Array<string | number | null>
  ): Generator<T> {
    for (let after = before; ;) {
      const rows = this.#statements.of(`${select} and ${by} > ? order by ${by} limit ${String(PAGE)}`).all(...given, after) as unknown as R[]
      for (const row of rows) yield as(row)
      const last = rows.at(-1)
      if (last === undefined) return
      after = last[by]
    }
  }

  #valueOf (table: 'facts' | 'marks', name: string): string | undefined {
    return (this.#statements.of(`select value from ${table} where name = ?`).get(name) as { value: string } | undefined)?.value
  }

  #setValue (table: 'facts' | 'marks', name: string, value: string): void {
    this.#do(`insert into ${table} (name, value) values (?, ?) on conflict (name) do update set value = excluded.value`, name, value)
  }

  #do (sql: string, ...values: Array<string | number | null>): void {
    this.#statements.of(sql).run(...values)
  }
}
