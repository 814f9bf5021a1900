import type { Observation } from 'fhir/r4.js'
import { authorReference, formatRecordVersion, metaOf, parseReference, parseToken, patientReference, spanOf } from '@epione/protocol/fhir'
import { joinSeries } from '@epione/sdk'
import type { PermittedSegment, RecordSummary } from '@epione/sdk'
import { SignalError } from '@epione/signals'
import { observationsOf } from '@epione/signals/formats'
import { FhirError } from './errors.ts'
import { factsOf } from './sealed-resources.ts'
import type { SearchQuery } from './search-query.ts'

/** How much later than it is closed, by its device, a segment may say that it was measured, ms. */
const AHEAD_MS = 3_600_000
const UNTIMED = 'The times are by a clock that was never set: they tell how long, not when.'

/** Which Observation of which segment an id names; `undefined` for what names none. */
export function parseMeasurement (id: string): { recordId: string, version: number, index: number } | undefined {
  const [, recordId = '', version, index] = /^([0-9a-f]{32})\.([1-9][0-9]{0,6})\.(0|[1-9][0-9]{0,6})$/.exec(id) ?? []
  return recordId === '' ? undefined : { recordId, version: Number(version), index: Number(index) }
}

/**
 * What a device measured in a segment, as Observations: an evenly spaced series is one, with SampledData. Their order, by which they are
 * named, is that of what was measured, and never changes. @throws {FhirError} NOT_EXPRESSIBLE
 */
export function measurementsOf (record: RecordSummary, { windows }: Pick<PermittedSegment, 'windows'>): Observation[] {
  const facts = factsOf(record)
  const known = {
    meta: { ...metaOf(facts), versionId: '1' },
    subject: patientReference(facts.patientId),
    device: authorReference(facts),
    ...(windows.some(({ times }) => times === 'unknown') ? { note: [{ text: UNTIMED }] } : {})
  }
  try {
    return observationsOf(joinSeries(windows)).map((observation, index) =>
      ({ ...observation, id: `${formatRecordVersion(record)}.${String(index)}`, ...known }) as unknown as Observation)
  } catch (cause) {
    if (!(cause instanceof SignalError)) throw cause
    throw new FhirError('NOT_EXPRESSIBLE', `what the device measured in segment ${formatRecordVersion(record)} has no words in FHIR: ${cause.message}`, { issue: 'not-supported', cause })
  }
}

/** Whether a record may have what is searched for, by what is known of it before it is opened. */
export function mayMatch ({ used }: Pick<SearchQuery, 'used'>, { segment, author, issuedAt }: RecordSummary): boolean {
  return used.every(({ name, modifier, value }) => {
    if (name === 'device') {
      const ids = value.split(',').map((text) => modifier === 'identifier' ? parseToken(text).code ?? '' : parseReference(text)?.id ?? text)
      return segment === undefined ? !ids.every(isDeviceId) : ids.some((id) => author === `device/${id}` || !isDeviceId(id))
    }
    const [, since] = name === 'date' && segment !== undefined && !value.includes(',') ? /^(?:ge|gt|eq)?([0-9].*)$/.exec(value) ?? [] : []
    const fromMs = since === undefined ? undefined : spanOf(since)?.fromMs
    return fromMs === undefined || issuedAt + AHEAD_MS >= fromMs
  })
}

const isDeviceId = (text: string): boolean => /^[0-9a-f]{64}$/.test(text)
