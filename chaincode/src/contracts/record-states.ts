import { causeOf, LEDGER_KEYS, LedgerError } from '@epione/protocol'
import { describeAuthor } from '@epione/protocol/verify'
import { readEffective } from './effective-records.ts'
import type { RecordManifest, RecordState } from '@epione/protocol'
import type { LedgerContext } from './context.ts'
import type { RecordHead } from './stored.ts'

/** One version of a record. @throws {LedgerError} RECORD_UNKNOWN */
export async function loadRecord (ctx: LedgerContext, recordId: string, version: number): Promise<RecordState> {
  const record = await ctx.state.get<RecordState>(LEDGER_KEYS.record(recordId, version))
  if (record === undefined) throw unknownRecord(recordId)
  return record
}

/** Newest version of a record. @throws {LedgerError} RECORD_UNKNOWN */
export async function loadHead (ctx: LedgerContext, recordId: string): Promise<RecordHead> {
  const head = await ctx.state.get<RecordHead>(LEDGER_KEYS.recordHead(recordId))
  if (head === undefined) throw unknownRecord(recordId)
  return head
}

export function unknownRecord (recordId: string): LedgerError {
  return new LedgerError('RECORD_UNKNOWN', `No such version of record ${recordId} is on the ledger.`)
}

/** Refuses a version of which only a tombstone is left. @throws {LedgerError} RECORD_ENDED */
export function requireLive ({ recordId, version, end }: Pick<RecordState, 'recordId' | 'version' | 'end'>): void {
  if (end === undefined) return
  throw new LedgerError('RECORD_ENDED', `Version ${String(version)} of record ${recordId} was ${causeOf(end)} by statement ${end.id}.`)
}

/** A later version follows the newest one, which is still there, of the same patient and by the same author. */
export function checkVersion ({ recordId, version, previous, patientId, author }: RecordManifest, head: RecordHead | undefined): void {
  if (version === 1) {
    if (head !== undefined) {
      throw new LedgerError(
        'RECORD_EXISTS',
        `Record ${recordId} is registered; follow version ${String(head.version)} or choose another id.`
      )
    }
    if (previous !== undefined) throw new LedgerError('RECORD_CONFLICT', 'A first version has no previous one.')
    return
  }
  if (head === undefined) throw unknownRecord(recordId)
  if (head.ended === true) {
    throw new LedgerError(
      'RECORD_ENDED',
      `Version ${String(head.version)} of record ${recordId} was erased or withdrawn, and nothing follows it; write a new record that replaces it.`
    )
  }
  if (version !== head.version + 1 || previous !== head.statementId) {
    throw new LedgerError('RECORD_CONFLICT', `Follow version ${String(head.version)}, statement ${head.statementId}.`)
  }
  if (patientId !== head.patientId || describeAuthor(author) !== describeAuthor(head.author)) {
    throw new LedgerError('RECORD_CONFLICT', 'Only the author adds a version, and for the same patient.')
  }
}

/** What a record says that it relates to is there, and the same patient's. @throws {LedgerError} RECORD_UNKNOWN, RECORD_CONFLICT */
export async function checkRelations (ctx: LedgerContext, { recordId, patientId, relatesTo = [] }: RecordManifest): Promise<void> {
  for (const related of relatesTo) {
    if (related.recordId === recordId) {
      throw new LedgerError('RECORD_CONFLICT', 'A record relates to others; its own versions follow each other by themselves.')
    }
    const { owner } = readEffective(await loadRecord(ctx, related.recordId, related.version))
    if (owner !== patientId) throw new LedgerError('RECORD_CONFLICT', `Record ${related.recordId} is another patient's; relate to none of theirs.`)
  }
}
