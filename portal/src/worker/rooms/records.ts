import { contentTypeOf, getRecord, MemoryDestination } from '@epione/sdk'
import type { RecordSummary } from '@epione/sdk'
import type { Desk } from '../desk.ts'
import type { Proposal } from '../proposal.ts'

/** A record version with its verified manifest, the newest when none is named. */
export async function readRecord (desk: Desk, wanted: { recordId: string, version?: number }): Promise<RecordSummary> {
  const { record } = await getRecord(await desk.patient(), wanted)
  return record
}

export interface Opened { bytes: Uint8Array, mediaType: string, record: RecordSummary }

/** Opens one record version of the own ones, whole and proven, into memory. */
export async function openOwn (desk: Desk, wanted: { recordId: string, version?: number }): Promise<Proposal<Opened>> {
  const context = await desk.patient()
  const { record } = await getRecord(context, wanted)
  const { recordId, version } = record
  return {
    says: {
      title: 'open.confirm',
      lines: [
        { label: 'record.id', value: recordId, kind: 'code' },
        { label: 'record.category', value: record.category ?? '', kind: 'category' },
        { label: 'record.author', value: record.author, kind: 'code' },
        { label: 'record.time', value: String(record.issuedAt), kind: 'time' }
      ],
      warnings: []
    },
    carry: async () => {
      const to = new MemoryDestination()
      await getRecord(context, { recordId, version, to })
      const bytes = await new Blob(to.pieces as Array<Uint8Array<ArrayBuffer>>).bytes()
      return { bytes, mediaType: contentTypeOf(bytes), record }
    }
  }
}
