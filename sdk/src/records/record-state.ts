import type { EndCause } from '@epione/protocol'
import { describeAuthor } from '@epione/protocol/verify'
import type { VerifiedRecord } from '@epione/protocol/verify'
import { ClientError } from '../errors.ts'

/** What a record version is among others of its patient. */
export interface RecordPlace {
  /** `current`: the newest that is still there; left out where only one version was asked for. */
  state?: 'current' | 'former' | EndCause
  /** Records in the list whose authors say that they replace this one. */
  replacedBy?: Array<{ recordId: string, version: number, author: string }>
}

/** Records by what was written last, each with its newest version first. */
export function inReadingOrder (versions: readonly VerifiedRecord[]): VerifiedRecord[] {
  const records = [...Map.groupBy(versions, ({ body }) => body.recordId).values()]
    .map((record) => record.toSorted((a, b) => b.body.version - a.body.version))
  const newestOf = ([newest]: VerifiedRecord[]): number => newest?.body.issuedAt ?? 0
  return records.sort((a, b) => newestOf(b) - newestOf(a)).flat()
}

/** Whether a version is the newest of its record that is still there, and which of the others say that they replace it. */
export function placeAmong (
  versions: readonly VerifiedRecord[],
  { body: { recordId, version }, end }: VerifiedRecord
): RecordPlace {
  const live = versions.filter((other) => other.end === undefined)
  const newest = Math.max(...live.filter(({ body }) => body.recordId === recordId).map(({ body }) => body.version))
  const replacing = live.filter(({ body }) =>
    body.relatesTo?.some((r) => r.relation === 'replaces' && r.recordId === recordId && r.version === version) === true)
  const replacedBy = replacing.map(({ body }) => ({ recordId: body.recordId, version: body.version, author: describeAuthor(body.author) }))
  return {
    state: end?.cause ?? (version === newest ? 'current' : 'former'),
    ...(replacedBy.length === 0 ? {} : { replacedBy })
  }
}

/** @throws {ClientError} RECORD_ENDED for a version of which only a tombstone is left */
export function requireLive ({ body: { recordId, version }, end }: VerifiedRecord): void {
  if (end === undefined) return
  throw new ClientError(
    'RECORD_ENDED',
    `Version ${String(version)} of record ${recordId} was ${end.cause}: nothing opens it, and nothing follows it. A new record may replace it.`,
    { recordId, version, cause: end.cause, orderId: end.id, time: end.time }
  )
}
