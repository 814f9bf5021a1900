import { contentTypeOf, getRecord, MemoryDestination } from '@epione/sdk'
import type { Destination, RecordSummary } from '@epione/sdk'
import type { Desk } from '../desk.ts'
import { endingOf } from '../endings.ts'
import { PortalError } from '../problem.ts'
import type { Proposal } from '../proposal.ts'

/** A record version with its verified manifest, the newest when none is named. */
export async function readRecord (desk: Desk, wanted: { recordId: string, version?: number }): Promise<RecordSummary> {
  const { record } = await getRecord(await desk.patient(), wanted)
  return record
}

/** Largest content in bytes that is opened: a page holds all of it in memory, several times. */
const OPEN_MAX_BYTES = 2 ** 29

/** What a record holds; `ending` is that of a file's name for it. */
export interface Content { bytes: Uint8Array, mediaType: string, ending: string }
export interface Opened extends Content { record: RecordSummary }

/** Opens one record version of the own ones, whole and proven, into memory. @throws {PortalError} RECORD_TOO_LARGE */
export async function openOwn (
  desk: Desk, wanted: { recordId: string, version?: number }, maxBytes = OPEN_MAX_BYTES
): Promise<Proposal<Opened>> {
  const context = await desk.patient()
  const { record } = await getRecord(context, wanted)
  const { recordId, version } = record
  if (2 ** (record.sizeClass - 1) > maxBytes) throw tooLarge()
  return {
    says: {
      title: 'open.confirm',
      lines: [
        { label: 'record.id', value: recordId, kind: 'code' },
        { label: 'record.category', value: record.category ?? '', kind: 'category' },
        { label: 'record.author', value: record.author, kind: 'person' },
        { label: 'record.time', value: String(record.issuedAt), kind: 'time' }
      ],
      warnings: []
    },
    carry: async () => ({ ...await intoMemory(async (to) => { await getRecord(context, { recordId, version, to }) }, maxBytes), record })
  }
}

/** What is opened, whole and proven, as a page takes it. @throws {PortalError} RECORD_TOO_LARGE */
export async function intoMemory (open: (to: Destination) => Promise<void>, maxBytes = OPEN_MAX_BYTES): Promise<Content> {
  const to = new MemoryDestination()
  // What its author said of the size is no bound.
  await open({ write: async (pieces) => { await to.write(bounded(pieces, maxBytes)) } })
  const bytes = await new Blob(to.pieces as Array<Uint8Array<ArrayBuffer>>).bytes()
  const mediaType = contentTypeOf(bytes)
  return { bytes, mediaType, ending: endingOf(mediaType) }
}

const tooLarge = (): PortalError => new PortalError('RECORD_TOO_LARGE', 'This record is too large to be opened in a page.')

async function * bounded (pieces: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array, void, void> {
  let bytes = 0
  for await (const piece of pieces) {
    bytes += piece.length
    if (bytes > maxBytes) throw tooLarge()
    yield piece
  }
}
