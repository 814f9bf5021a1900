import { RECORDS_PER_REQUEST } from '@epione/protocol'
import {
  ClientError, getRecord, isClientError, listRecords, MemoryDestination, openRecords, readPermittedSegments, requestAccess, requestSegments,
  requirePurpose
} from '@epione/sdk'
import type { AccessPermitted, EvidenceMaterial, PermittedSegment, PractitionerContext, RecordSummary } from '@epione/sdk'
import { readContent } from './content.ts'
import { FhirError } from './errors.ts'
import { measurementsOf } from './measurements.ts'
import type { OpenedRecord, OpenedRecords } from './opened-records.ts'

/** Exponent of the largest ciphertext that is opened in memory, 64 MiB. */
const SIZE_CLASS_MAX = 26

/** The same of a segment: its values take some eight times as much as they do sealed. */
const SEGMENT_CLASS_MAX = SIZE_CLASS_MAX - 3

/** Segments of one logged request: a permit lives a minute. */
const SEGMENTS_PER_REQUEST = 16

/** Ciphertext (bytes) that is opened in memory at once for one request. */
const OPENED_AT_ONCE_MAX = 2 * 2 ** SIZE_CLASS_MAX

/** For what, and under which consent, a caller reads. */
export interface Purpose { readonly purpose: string, readonly consentId?: string | undefined }

export interface ReaderOptions {
  context: PractitionerContext
  opened: OpenedRecords
  purpose: Purpose
  onEvidence?: ((material: EvidenceMaterial) => Promise<void>) | undefined
}

/** What became of each record version that was to be opened, by `recordId:version`. */
export interface ReadOutcome {
  readonly opened: ReadonlyMap<string, OpenedRecord>
  /** Versions that were not opened, and why. */
  readonly left: ReadonlyArray<{ record: RecordSummary, error: ClientError | FhirError }>
}

export const nameOf = ({ recordId, version }: { recordId: string, version: number }): string => `${recordId}:${String(version)}`

/** Reads a patient's records for one caller's request: each opening is a logged access request, or rests on one of the last minute. */
export class RecordReader {
  readonly context: PractitionerContext
  readonly purpose: Purpose
  readonly #opened: OpenedRecords
  readonly #onEvidence: ReaderOptions['onEvidence']

  constructor ({ context, opened, purpose, onEvidence }: ReaderOptions) {
    this.context = context
    this.purpose = purpose
    this.#opened = opened
    this.#onEvidence = onEvidence
  }

  /**
   * Record versions that this person is shown, each manifest proven, by time of writing, the newest first; `withStreams`, also the segments
   * that devices wrote.
   */
  async list (patientId: string, { withStreams = false } = {}): Promise<RecordSummary[]> {
    const listed = await listRecords(this.context, patientId)
    return listed.filter(({ segment, end }) => (withStreams || segment === undefined) && end === undefined).sort(byTime)
  }

  /** The proven manifest of a segment. @throws {FhirError} NOT_FOUND for what is none @throws {ClientError} */
  async segment (recordId: string, version: number): Promise<RecordSummary> {
    const { record } = await getRecord(this.context, { recordId, version })
    if (record.segment === undefined) throw new FhirError('NOT_FOUND', `${nameOf(record)} is no segment of measurements`)
    if (record.end !== undefined) throw ended(record)
    return record
  }

  /** The proven manifest of a record version, by default the newest. @throws {FhirError} NOT_FOUND for a segment @throws {ClientError} */
  async summary (recordId: string, version?: number): Promise<RecordSummary> {
    const { record } = await getRecord(this.context, { recordId, ...(version === undefined ? {} : { version }) })
    if (record.segment !== undefined) throw new FhirError('NOT_FOUND', `${recordId} is a stream of measurements: its Observations have it`)
    if (record.end !== undefined) throw ended(record)
    return record
  }

  /** Every version of a record that this person is shown. @throws as `summary` of the newest */
  async versionsOf (recordId: string): Promise<RecordSummary[]> {
    const { patientId } = await this.summary(recordId)
    return (await this.list(patientId)).filter((record) => record.recordId === recordId)
  }

  /** Whether it was opened for this purpose under a permit that still lives. */
  isAtHand (record: RecordSummary): boolean {
    return this.#opened.find(this.#keyOf(record), Date.now()) !== undefined
  }

  /** Opens one. @throws {ClientError} ACCESS_DENIED and what opening throws @throws {FhirError} CONTENT_TOO_LARGE */
  async open (record: RecordSummary): Promise<OpenedRecord> {
    const { opened, left } = await this.openAll([record])
    const one = opened.get(nameOf(record))
    if (one !== undefined) return one
    throw left[0]?.error ?? new TypeError('a record is opened or left')
  }

  /** Opens records of one patient: by one request for each compartment, as one consent covers a compartment or does not. */
  async openAll (records: readonly RecordSummary[]): Promise<ReadOutcome> {
    const opened = new Map<string, OpenedRecord>()
    const left: Array<ReadOutcome['left'][number]> = []
    const wanted: RecordSummary[] = []
    for (const record of records) {
      const known = this.#opened.find(this.#keyOf(record), Date.now())
      if (known !== undefined) opened.set(nameOf(record), known)
      else if (isTooLarge(record)) left.push({ record, error: tooLarge(record) })
      else wanted.push(record)
    }
    const groups = Map.groupBy(wanted, ({ label, epoch, segment }) => `${label}/${String(epoch)}/${String(segment !== undefined)}`)
    for (const group of groups.values()) {
      const isStream = group[0]?.segment !== undefined
      for (const some of inSlices(group, isStream ? SEGMENTS_PER_REQUEST : RECORDS_PER_REQUEST)) {
        await (isStream ? this.#openSegments(some, opened, left) : this.#openSome(some, opened, left))
      }
    }
    return { opened, left }
  }

  /** What of segments could be opened before one could not is opened; the others are left for the same reason. */
  async #openSegments (
    records: readonly RecordSummary[], opened: Map<string, OpenedRecord>, left: Array<ReadOutcome['left'][number]>
  ): Promise<void> {
    const [{ patientId } = { patientId: '' }] = records
    const waiting = new Map(records.map((record) => [nameOf(record), record]))
    try {
      const permit = await requestSegments(this.context, {
        patientId,
        records: records.map(({ recordId, version }) => ({ recordId, version })),
        purpose: requirePurpose(this.purpose.purpose),
        consentId: this.purpose.consentId,
        onEvidence: this.#onEvidence
      })
      const { eventId, expiresAt = 0 } = permit.permitted
      for await (const segment of readPermittedSegments(this.context, permit)) {
        const record = waiting.get(nameOf(segment))
        if (record === undefined) continue
        waiting.delete(nameOf(segment))
        const one = measured(record, segment, eventId)
        if (one instanceof FhirError) { left.push({ record, error: one }); continue }
        opened.set(nameOf(record), one)
        this.#opened.keep(this.#keyOf(record), one, expiresAt, Date.now())
      }
    } catch (error) {
      if (!isClientError(error)) throw error
      left.push(...[...waiting.values()].map((record) => ({ record, error })))
    }
  }

  async #openSome (
    records: readonly RecordSummary[], opened: Map<string, OpenedRecord>, left: Array<ReadOutcome['left'][number]>
  ): Promise<void> {
    const leave = (error: ClientError): void => { left.push(...records.map((record) => ({ record, error }))) }
    const permit = await this.#request(records).catch((error: unknown) => {
      if (!isClientError(error, 'ACCESS_DENIED')) throw error
      return error
    })
    if (isClientError(permit)) { leave(permit); return }
    const destinations = new Map(records.map((record) => [nameOf(record), new MemoryDestination()]))
    const result = await openRecords(this.context, {
      eventId: permit.eventId,
      to: (record) => destinations.get(nameOf(record)) ?? new MemoryDestination(),
      ...(this.#onEvidence === undefined ? {} : { onEvidence: this.#onEvidence })
    })
    for (const one of result.opened) {
      const bytes = Buffer.concat(destinations.get(nameOf(one))?.pieces ?? [])
      const record = { content: readContent(bytes), sizeBytes: bytes.length, eventId: permit.eventId }
      opened.set(nameOf(one), record)
      this.#opened.keep(this.#keyOf(one), record, permit.expiresAt ?? 0, Date.now())
    }
    for (const { recordId, version, error } of result.failed) {
      const record = records.find((r) => r.recordId === recordId && r.version === version)
      if (record !== undefined) left.push({ record, error })
    }
  }

  async #request (records: readonly RecordSummary[]): Promise<AccessPermitted> {
    const [{ patientId } = { patientId: '' }] = records
    const { purpose, consentId } = this.purpose
    return await requestAccess(this.context, {
      patientId,
      records: records.map(({ recordId, version }) => ({ recordId, version })),
      purpose,
      ...(consentId === undefined ? {} : { consentId })
    })
  }

  /* Opened for one purpose, a content is not read for another. */
  #keyOf (record: { recordId: string, version: number }): string {
    const { purpose, consentId = '' } = this.purpose
    return `${nameOf(record)} ${purpose} ${consentId}`
  }
}

/** Records in pieces of `max` at most and of no more bytes than are opened at once: of the piece before nothing need be kept. */
export function * inPieces (records: readonly RecordSummary[], max: number): Generator<readonly RecordSummary[], void, void> {
  for (let from = 0, to = 0; from < records.length; from = to) {
    let bytes = 0
    while (to < records.length && to - from < max) {
      const record = records[to] as RecordSummary
      bytes += isTooLarge(record) ? 0 : 2 ** record.sizeClass * (record.segment === undefined ? 1 : 8)
      if (bytes > OPENED_AT_ONCE_MAX && to > from) break
      to += 1
    }
    yield records.slice(from, to)
  }
}

const isTooLarge = ({ sizeClass, segment }: RecordSummary): boolean =>
  sizeClass > (segment === undefined ? SIZE_CLASS_MAX : SEGMENT_CLASS_MAX)

function * inSlices<T> (items: readonly T[], size: number): Generator<readonly T[], void, void> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size)
}

function measured (record: RecordSummary, segment: PermittedSegment, eventId: string): OpenedRecord | FhirError {
  try {
    const observations = measurementsOf(record, segment)
    return { content: { kind: 'measurements', observations }, sizeBytes: 8 * 2 ** record.sizeClass, eventId }
  } catch (error) {
    if (error instanceof FhirError) return error
    throw error
  }
}

export function byTime (a: RecordSummary, b: RecordSummary): number {
  return b.issuedAt - a.issuedAt || (a.recordId < b.recordId ? -1 : a.recordId > b.recordId ? 1 : b.version - a.version)
}

function tooLarge ({ recordId, version, segment }: RecordSummary): FhirError {
  const most = `${String(2 ** ((segment === undefined ? SIZE_CLASS_MAX : SEGMENT_CLASS_MAX) - 20))} MiB`
  const otherwise = segment === undefined ? 'epione open' : 'epione stream export'
  return new FhirError('CONTENT_TOO_LARGE', `record ${recordId}:${String(version)} is larger than ${most}, which this service opens at most: use "${otherwise}"`, { issue: 'too-costly' })
}

function ended ({ recordId, version, state }: RecordSummary): ClientError {
  return new ClientError('RECORD_ENDED', `Version ${String(version)} of record ${recordId} was ${state ?? 'ended'}: nothing opens it any more.`, { recordId, version })
}
