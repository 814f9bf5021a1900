import type { Reason } from './errors.ts'
import type { Key } from './source.ts'

/** `new`: nothing of it was sealed; `live`: its record is there; `withdrawn`: it was; `erased`: the patient ended it. */
export type State = 'new' | 'live' | 'withdrawn' | 'erased'

export interface Thing {
  readonly key: Key
  readonly sourcePatient: string | undefined
  readonly patientId: string | undefined
  /** How often it was made as a record: one that was withdrawn comes again under another id. */
  readonly attempt: number
  readonly recordId: string | undefined
  /** Newest version that is known to be registered; 0 for none. */
  readonly version: number
  /** Keyed hash of what is sealed in it; empty where that is not known. */
  readonly hash: string
  /** When the source wrote it, where it says so. */
  readonly stamp: string | undefined
  /** A version that was on its way when a run ended. */
  readonly begun: { readonly version: number, readonly hash: string, /** Time (ms) since which it was. */ readonly at: number } | undefined
  readonly state: State
  /** Why it was left, for the next run. */
  readonly reason: Reason | undefined
}

/** A version that is about to be registered. */
export interface Beginning {
  sourcePatient: string
  patientId: string
  attempt: number
  recordId: string
  version: number
  hash: string
  /** Time (ms). */
  at: number
}

/** What was told of a thing in this run. */
export interface Seen { readonly hash: string | undefined, readonly stamp: string | undefined, readonly reason: string | undefined }

export type Outcome = 'added' | 'updated' | 'withdrawn' | 'unchanged' | 'unmatched' | 'failed' | 'skipped'

export interface Entry {
  readonly outcome: Outcome
  readonly key?: Key | undefined
  readonly recordId?: string | undefined
  readonly version?: number | undefined
  readonly patientId?: string | undefined
  readonly sourcePatient?: string | undefined
  readonly reason?: Reason | undefined
  readonly detail?: string | undefined
}

type EntryRow = Record<string, string | number | null> & { rowid: number }

export interface ThingRow {
  key: string
  source_patient: string | null
  patient: string | null
  attempt: number
  record: string | null
  version: number
  hash: string
  stamp: string | null
  begun_version: number | null
  begun_hash: string | null
  begun_at: number | null
  state: string
  reason: string | null
}

export function thingOf (row: ThingRow): Thing {
  return {
    key: row.key,
    sourcePatient: row.source_patient ?? undefined,
    patientId: row.patient ?? undefined,
    attempt: row.attempt,
    recordId: row.record ?? undefined,
    version: row.version,
    hash: row.hash,
    stamp: row.stamp ?? undefined,
    begun: row.begun_version === null ? undefined : { version: row.begun_version, hash: row.begun_hash ?? '', at: row.begun_at ?? 0 },
    state: row.state as State,
    reason: (row.reason ?? undefined) as Reason | undefined
  }
}

export function entryOf (row: EntryRow): Entry {
  const named = {
    outcome: row['outcome'],
    key: row['key'],
    recordId: row['record'],
    version: row['version'],
    patientId: row['patient'],
    sourcePatient: row['source_patient'],
    reason: row['reason'],
    detail: row['detail']
  }
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== null)) as unknown as Entry
}
