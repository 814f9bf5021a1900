import { LEDGER_EVENTS, LOG_NOTES_MAX, LogNotesEntry } from '@epione/protocol'
import type { DenialRepeats, LogReading } from '@epione/protocol'
import type { LedgerEvent } from '@epione/ledger/fabric'
import type { LoggedReading } from '@epione/protocol/api'
import { readPayload } from '../ledger/ledger-events.ts'
import type { Projection, Write } from '../ledger/projection.ts'

/** Writes what gateways noted into the read model. Repeating it changes nothing. */
export const projectNotes: Projection = (event, eventIndex) => {
  if (event.name !== LEDGER_EVENTS.logNoted) return undefined
  const entry = readPayload(LogNotesEntry, event)
  const writes = entry.notes.map((note, position) => note.kind === 'reading'
    ? writeReading(entry, note, event, eventIndex * LOG_NOTES_MAX + position)
    : writeRepeats(note, `${entry.mspId}.${entry.id}.${String(position)}`))
  return async (trx) => { for (const write of writes) await write(trx) }
}

function writeReading ({ mspId, id, time, txId }: LogNotesEntry, note: LogReading, { blockNumber }: LedgerEvent, index: number): Write {
  const { kind: _kind, ...said } = note
  const place = { block_number: Number(blockNumber), event_index: index }
  const readingId = `${mspId}.${id}.${String(index % LOG_NOTES_MAX)}`
  const reading: LoggedReading = { readingId, mspId, ...said, time, txId, blockNumber: place.block_number }
  return async (trx) => {
    await trx.insertInto('log_readings')
      .values({ reading_id: readingId, ...place, msp_id: mspId, reader: note.reader, time, reading: JSON.stringify(reading) })
      .onConflict((c) => c.doNothing()).execute()
    const patients = note.patients.map((patient) => ({ patient_id: patient, ...place, reading_id: readingId }))
    if (patients.length > 0) await trx.insertInto('log_reading_patients').values(patients).onConflict((c) => c.doNothing()).execute()
  }
}

function writeRepeats ({ eventId, count, to }: DenialRepeats, noteId: string): Write {
  return async (trx) => {
    await trx.insertInto('denial_repeats').values({ event_id: eventId, note_id: noteId, count, until: to })
      .onConflict((c) => c.doNothing()).execute()
  }
}
