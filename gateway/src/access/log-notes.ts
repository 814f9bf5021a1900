import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { toHex } from '@epione/crypto'
import { LedgerError, LOG_NOTES_MAX, NOTED_MAX, PATIENTS_PER_READING } from '@epione/protocol'
import type { LogNote, LogNotes, LogReading } from '@epione/protocol'
import type { Kysely } from 'kysely'
import type { LedgerClient } from '@epione/ledger/client'
import type { Outbox } from '../outbox/outbox.ts'
import type { Tables } from '../store/tables.ts'

/** The kind of outbox work that brings notes to the ledger. */
export const LOG_NOTES = 'log-notes'
/** Notes that wait are taken so many at a time: they become far fewer, since readings of one reader are one. */
const TAKEN_MAX = 1_000

interface Options { db: Kysely<Tables>, clock: () => number, outbox: Pick<Outbox, 'add' | 'nudge'> }

/**
 * What this gateway has to say in the log by itself. A reading is in the store before anything is shown; from time to time all that waits
 * becomes one transaction, or a few, so that it costs the ledger the same however many read.
 */
export class LogNotesKeeper {
  readonly #options: Options

  constructor (options: Options) {
    this.#options = options
  }

  /** Somebody is about to be shown something of these patients, or takes it away as a file. */
  async noteReading (
    { as, reader, exported }: Pick<LogReading, 'as' | 'reader' | 'exported'>, patients: readonly string[], db: Kysely<Tables> = this.#options.db
  ): Promise<void> {
    const now = this.#options.clock()
    const reading: LogReading = { kind: 'reading', as, reader, from: now, to: now, reads: 1, patients: [], ...(exported !== undefined && { exported }) }
    const note = withPatients(reading, patients)
    await db.insertInto('pending_notes')
      .values({ id: randomUUID(), created_at: now, note: JSON.stringify(note) }).execute()
  }

  /** Hands what waits to the outbox. Rows go and work comes in one transaction: neither a crash nor a second process doubles it. */
  async flush (): Promise<void> {
    const { db, clock, outbox } = this.#options
    for (;;) {
      const taken = await db.transaction().execute(async (trx) => {
        const oldest = trx.selectFrom('pending_notes').select('id').orderBy('created_at').limit(TAKEN_MAX)
        const rows = await trx.deleteFrom('pending_notes').where('id', 'in', oldest).returning(['note', 'created_at']).execute()
        const notes = merge(rows.toSorted((a, b) => a.created_at - b.created_at).map(({ note }) => JSON.parse(note) as LogNote))
        for (let at = 0; at < notes.length; at += LOG_NOTES_MAX) {
          const payload: LogNotes = { id: toHex(randomBytes(32)), notes: notes.slice(at, at + LOG_NOTES_MAX) }
          await outbox.add({ kind: LOG_NOTES, key: payload.id, payload, dueAt: clock() }, trx)
        }
        return rows.length
      })
      if (taken > 0) outbox.nudge()
      if (taken < TAKEN_MAX) return
    }
  }
}

/**
 * Brings notes to the ledger. When it refuses one, each goes on by itself, under an id that is the same at the next try: what is wrong with
 * one holds up none of its neighbours. @throws {LedgerError} NOTE_INVALID, EVENT_UNKNOWN of a single one, which is tried again
 */
export async function bringNotes (
  { ledger, outbox }: { ledger: Pick<LedgerClient, 'noteLog'>, outbox: Pick<Outbox, 'add' | 'nudge'> }, { id, notes }: LogNotes
): Promise<void> {
  try {
    await ledger.noteLog({ id, notes })
  } catch (error) {
    const isRefused = error instanceof LedgerError && (error.code === 'NOTE_INVALID' || error.code === 'EVENT_UNKNOWN')
    if (!isRefused || notes.length === 1) throw error
    for (const [index, note] of notes.entries()) {
      const single: LogNotes = { id: createHash('sha256').update(`${id}/${String(index)}`).digest('hex'), notes: [note] }
      await outbox.add({ kind: LOG_NOTES, key: single.id, payload: single })
    }
    outbox.nudge()
  }
}

/** Readings of one reader as one, but for each file that they took away; all else as it is. */
function merge (notes: readonly LogNote[]): LogNote[] {
  const readings = new Map<string, LogReading>()
  const others: LogNote[] = []
  for (const note of notes) {
    if (note.kind !== 'reading') {
      others.push(note)
      continue
    }
    const key = `${note.as} ${note.reader} ${note.exported ?? ''}`
    const before = readings.get(key)
    readings.set(key, before === undefined ? note : join(before, note))
  }
  return [...others, ...readings.values()]
}

function join (one: LogReading, other: LogReading): LogReading {
  return withPatients({
    ...one,
    from: Math.min(one.from, other.from),
    to: Math.max(one.to, other.to),
    reads: Math.min(one.reads + other.reads, NOTED_MAX),
    ...(other.more === true && { more: true })
  }, other.patients)
}

function withPatients (reading: LogReading, patients: readonly string[]): LogReading {
  const all = [...new Set([...reading.patients, ...patients])]
  return { ...reading, patients: all.slice(0, PATIENTS_PER_READING), ...(all.length > PATIENTS_PER_READING && { more: true }) }
}
