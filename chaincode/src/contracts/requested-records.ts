import { asksForTime, LEDGER_KEYS } from '@epione/protocol'
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
    const takenAt = record.version === 1 ? time : await readFirstTime(ctx, record.recordId)
    dated.push({ ...record, author, ...(takenAt !== undefined && { takenAt }) })
  }
  return dated
}

async function readFirstTime (ctx: LedgerContext, recordId: string): Promise<number | undefined> {
  return (await ctx.state.get<RecordState>(LEDGER_KEYS.record(recordId, 1)))?.manifest.time
}
