import { randomUUID } from 'node:crypto'
import { NOTED_MAX } from '@epione/protocol'
import type { DenialRepeats } from '@epione/protocol'
import type { Kysely, Transaction } from 'kysely'
import type { Tables } from '../store/tables.ts'

interface DeniedState { patientId: string, consentId: string | null, times: readonly number[], until: number | null, eventId: string }

type Change =
  | { kind: 'deny', question: string, state: DeniedState }
  | { kind: 'refuse', question: string, count: number, from: number, to: number }
  | { kind: 'end', question: string }

/**
 * What became of equal denials since the store was last told, in order: refusals come in floods and are written together, so that none
 * costs a write of its own.
 */
export class DenialChanges {
  #waiting: Change[] = []
  /** The last refusals of a question, while nothing else of it follows them. */
  readonly #refusals = new Map<string, Extract<Change, { kind: 'refuse' }>>()

  deny (question: string, state: DeniedState): void {
    this.#add({ kind: 'deny', question, state })
  }

  refuse (question: string, at: number): void {
    const last = this.#refusals.get(question)
    if (last === undefined) {
      const change = { kind: 'refuse' as const, question, count: 1, from: at, to: at }
      this.#waiting.push(change)
      this.#refusals.set(question, change)
    } else {
      last.count += 1
      last.to = at
    }
  }

  end (question: string): void {
    this.#add({ kind: 'end', question })
  }

  /** Writes what is new; ended counts become notes that wait for the ledger. What could not be written is kept. */
  async save (db: Kysely<Tables>, now: number): Promise<void> {
    const changes = this.#waiting
    if (changes.length === 0) return
    this.#waiting = []
    this.#refusals.clear()
    try {
      await db.transaction().execute(async (trx) => { for (const change of changes) await write(trx, change, now) })
    } catch (error) {
      this.#waiting = [...changes, ...this.#waiting]
      throw error
    }
  }

  #add (change: Change): void {
    this.#refusals.delete(change.question)
    this.#waiting.push(change)
  }
}

async function write (trx: Transaction<Tables>, change: Change, now: number): Promise<void> {
  switch (change.kind) {
    case 'deny': {
      const { patientId, consentId, times, until, eventId } = change.state
      const state = { times: JSON.stringify(times), until, event_id: eventId }
      await trx.insertInto('denied_questions')
        .values({
          question: change.question,
          patient_id: patientId,
          consent_id: consentId,
          ...state,
          refused: 0,
          first_refused: null,
          last_refused: null
        })
        .onConflict((c) => c.column('question').doUpdateSet(state)).execute()
      return
    }
    case 'refuse': {
      const { question, count, from, to } = change
      await trx.updateTable('denied_questions').set((eb) => ({
        refused: eb('refused', '+', count), first_refused: eb.fn.coalesce('first_refused', eb.val(from)), last_refused: to
      })).where('question', '=', question).execute()
      return
    }
    case 'end': await end(trx, change.question, now)
  }
}

/** Whoever of a hospital's processes takes the row away notes its count. */
async function end (trx: Transaction<Tables>, question: string, now: number): Promise<void> {
  const row = await trx.deleteFrom('denied_questions').where('question', '=', question).returningAll().executeTakeFirst()
  if (row === undefined || row.refused === 0) return
  const note: DenialRepeats = {
    kind: 'repeats',
    eventId: row.event_id,
    // A clock that was set back meanwhile makes the last the earlier one, and the ledger would refuse the note for ever.
    from: Math.min(row.first_refused ?? now, row.last_refused ?? now),
    to: Math.max(row.first_refused ?? now, row.last_refused ?? now),
    count: Math.min(row.refused, NOTED_MAX)
  }
  await trx.insertInto('pending_notes').values({ id: randomUUID(), created_at: now, note: JSON.stringify(note) }).execute()
}
