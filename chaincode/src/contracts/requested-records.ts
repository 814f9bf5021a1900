import { asksForTime, datingVersion, LEDGER_KEYS } from '@epione/protocol'
import type { Consent, EffectiveRecord, RecordState, RequestedRecord } from '@epione/protocol'
import type { LedgerContext } from './context.ts'

/** A requested version as it stands now, and when the ledger took that version (ms). */
export interface LoadedRecord extends EffectiveRecord { time: number }

/**
 * What the decision needs of each requested version. Only where the consent asks for times is the first version of a later one read, so
 * that no other request can conflict with it.
 */
export async function describeRequested (
  ctx: LedgerContext,
  requested: readonly LoadedRecord[],
  consent: Consent | undefined
): Promise<RequestedRecord[]> {
  if (consent === undefined || !asksForTime(consent)) return requested.map(({ record, author }) => ({ ...record, author }))
  const dated: RequestedRecord[] = []
  for (const { record, author, time } of requested) {
    const dating = datingVersion(record)
    const takenAt = record.version === dating ? time : await readTime(ctx, record.recordId, dating)
    dated.push({ ...record, author, ...(takenAt !== undefined && { takenAt }) })
  }
  return dated
}

async function readTime (ctx: LedgerContext, recordId: string, version: number): Promise<number | undefined> {
  return (await ctx.state.get<RecordState>(LEDGER_KEYS.record(recordId, version)))?.manifest.time
}
