import { canonicalize } from '@epione/crypto'
import { LEDGER_EVENTS, LEDGER_KEYS, LedgerError, LogNotes, TIMESTAMP_TOLERANCE_MS } from '@epione/protocol'
import type { LogNote, LogNotesEntry } from '@epione/protocol'
import { loadEvent } from './access-events.ts'
import { parseArgument } from './arguments.ts'
import { toResult } from './result.ts'
import type { LedgerContext } from './context.ts'

/**
 * Adds to the log what an organisation's gateway says of its own door; what it said before stays, and nobody changes it.
 * @throws {LedgerError} NOTES_CONFLICT, NOTE_INVALID, EVENT_UNKNOWN
 */
export async function noteLog (ctx: LedgerContext, json: string): Promise<string> {
  const { id, notes } = parseArgument(LogNotes, json, 'notes of the log')
  const { mspId } = ctx.creator
  const key = LEDGER_KEYS.logNotes(mspId, id)
  const earlier = await ctx.state.get<LogNotesEntry>(key)
  if (earlier !== undefined) {
    if (canonicalize(earlier.notes) === canonicalize(notes)) return toResult(earlier)
    throw new LedgerError('NOTES_CONFLICT', `${mspId} has noted something else under ${id}; take another id.`)
  }
  for (const note of notes) await checkNote(ctx, note)
  const entry: LogNotesEntry = { id, notes, mspId, txId: ctx.txId, time: ctx.time }
  await ctx.state.put(key, entry)
  return ctx.emit(LEDGER_EVENTS.logNoted, entry)
}

async function checkNote (ctx: LedgerContext, note: LogNote): Promise<void> {
  if (note.from > note.to || note.to > ctx.time + TIMESTAMP_TOLERANCE_MS) {
    throw new LedgerError('NOTE_INVALID', 'A note tells of a time that has passed, from its beginning to its end.')
  }
  if (note.kind === 'reading') return
  const { event: { actor, decision } } = await loadEvent(ctx, note.eventId)
  if (decision === 'deny' && actor.mspId === ctx.creator.mspId) return
  throw new LedgerError('NOTE_INVALID', `Event ${note.eventId} is no denial of ${ctx.creator.mspId}'s own staff.`)
}

/** @throws {LedgerError} NOTES_UNKNOWN */
export async function readNotes (ctx: LedgerContext, mspId: string, id: string): Promise<string> {
  const json = await ctx.state.getJson(LEDGER_KEYS.logNotes(mspId, id))
  if (json === undefined) throw new LedgerError('NOTES_UNKNOWN', `${mspId} has noted nothing under ${id}.`)
  return json
}
