import type { LoggedAccessEvent } from '@epione/protocol/api'
import { listAccessEvents, listRecords } from '@epione/sdk'
import type { RecordSummary } from '@epione/sdk'
import type { Desk } from '../desk.ts'

/** One thing that happened: a record version came, or somebody asked. */
export type Happening =
  | { kind: 'record', time: number, record: RecordSummary }
  | { kind: 'look', time: number, event: LoggedAccessEvent }

export interface Timeline { items: Happening[], askedMspIds: string[], warnings?: string[] }

const KINDS: Readonly<Record<string, ReadonlyArray<Happening['kind']>>> = { records: ['record'], looks: ['look'] }

/** Records and everyone who asked for them, newest first; `show` leaves one kind out. */
export async function readTimeline (desk: Desk, { show, limit }: { show: string, limit: number }): Promise<Timeline> {
  const context = await desk.patient()
  const kinds = KINDS[show] ?? ['record', 'look']
  const [records, log] = await Promise.all([
    kinds.includes('record') ? listRecords(context, context.patientId) : [],
    kinds.includes('look') ? listAccessEvents(context, { limit }) : undefined
  ])
  const items: Happening[] = [
    ...records.map((record): Happening => ({ kind: 'record', time: record.issuedAt, record })),
    ...(log?.items ?? []).map((event): Happening => ({ kind: 'look', time: event.time, event }))
  ]
  items.sort((a, b) => b.time - a.time)
  const warnings = log?.warnings
  return {
    items: items.slice(0, limit),
    askedMspIds: log?.askedMspIds ?? [],
    ...(warnings === undefined ? {} : { warnings })
  }
}
