import type { Bundle, FhirResource, OperationOutcome } from 'fhir/r4.js'
import { outcomeOf, searchsetOf } from '@epione/protocol/fhir'
import { isClientError } from '@epione/sdk'
import type { ClientError, RecordSummary } from '@epione/sdk'

import type { CallerCursors, Position } from './cursors.ts'
import { FhirError } from './errors.ts'
import { narrowByIndex } from './index-search.ts'
import type { IndexSearch } from './index-search.ts'
import type { OpenedRecord } from './opened-records.ts'
import { mayMatch } from './measurements.ts'
import { classify } from './problems.ts'
import { byTime, inPieces, nameOf } from './record-reader.ts'
import type { ReadOutcome, RecordReader } from './record-reader.ts'
import { resourcesOf } from './sealed-resources.ts'
import { describeQuery, matches } from './search-query.ts'
import type { SearchQuery } from './search-query.ts'

/** Records looked at for one page: a page that found less says where to go on. */
const LOOKED_AT_MAX = 512
/** Text of one page: what goes beyond it is on the next. */
const PAGE_BYTES_MAX = 64 * 1024 * 1024

export interface RecordSearch {
  reader: RecordReader
  cursors: CallerCursors
  index: IndexSearch
  base: string
  /** Address of the search below the base. */
  path: string
  patientId: string
  query: SearchQuery
  /** Text of the query, which a cursor holds. */
  text: string
  after?: Position['after'] | undefined
  /** Types that are answered: the query's own, or several of `$everything`. */
  types: readonly string[]
}

/**
 * A page of a patient's resources. Each record is opened under a logged request before it is looked at, so that what is not permitted
 * neither counts nor leaves a gap; that something was left out is said, how much is not.
 */
export async function searchRecords (search: RecordSearch): Promise<Bundle> {
  const { reader, query, base, path, cursors, text } = search
  const { resources, left, more, events } = await collectPage(search, await findCandidates(search))
  if (resources.length === 0 && more === undefined) requireSome(left)
  const { purpose, consentId } = reader.purpose
  const decided = { purpose, ...(consentId === undefined ? {} : { consentId }), events }
  const next = more === undefined
    ? undefined
    : cursors.seal({ path, query: text, ...decided, after: [more.record.issuedAt, more.record.recordId, more.record.version, more.index] })
  return searchsetOf({
    base,
    resources,
    outcome: outcomeOfLeft(left),
    self: `${base}/${path}?${describeQuery(query)}`,
    ...(next === undefined ? {} : { next: `${base}/${path}?_cursor=${next}` })
  })
}

interface Page {
  resources: FhirResource[]
  left: Array<ReadOutcome['left'][number]>
  events: string[]
  /** The last record that this page has looked at, where there are more, and as a cursor has it which of its resources comes next. */
  more: { record: RecordSummary, index: number } | undefined
}

async function findCandidates ({ reader, patientId, query, types, index, after }: RecordSearch): Promise<readonly RecordSummary[]> {
  const listed = await reader.list(patientId, { withStreams: types.includes('Observation') })
  const wanted = listed.filter((record) => isOfTypes(record, types) && mayMatch(query, record))
  const following = after === undefined ? wanted : wanted.filter((record) => isAfter(after, record))
  // What a permit of the last minute opened is looked at without asking the index, and so are streams, which it does not have.
  const { asIs = [], others = [] } = Object.groupBy(following, (record) => record.segment !== undefined || reader.isAtHand(record) ? 'asIs' : 'others')
  const narrowed = await narrowByIndex(index, patientId, query, others)
  return asIs.length === 0 ? narrowed : [...asIs, ...narrowed].sort(byTime)
}

/** Every segment counts; of a record the version in force. */
export const isOfTypes = ({ segment, state, mediaClass }: RecordSummary, types: readonly string[]): boolean =>
  segment !== undefined || (state === 'current' && (types.includes('DocumentReference') || mediaClass === 'structured'))

function isAfter (after: Position['after'], record: RecordSummary): boolean {
  const order = byTime(positionOf(after), record)
  return order < 0 || (order === 0 && after[3] >= 0)
}

/* A place between records; the record that stood there may be gone. */
function positionOf ([issuedAt, recordId, version]: Position['after']): RecordSummary {
  return { issuedAt, recordId, version } as RecordSummary
}

async function collectPage (search: RecordSearch, candidates: readonly RecordSummary[]): Promise<Page> {
  const { reader, query } = search
  const page: Page = { resources: [], left: [], events: [], more: undefined }
  const step = query.isPlain ? query.count + 1 : Math.max(32, query.count + 1)
  let looked: Page['more']
  let bytes = 0
  for (const batch of inPieces(candidates.slice(0, LOOKED_AT_MAX), step)) {
    const { opened, left } = await reader.openAll(batch)
    page.left.push(...left)
    for (const { eventId } of opened.values()) if (!page.events.includes(eventId)) page.events.push(eventId)
    for (const record of batch) {
      for (const { resource, index, size } of matching(search, record, opened.get(nameOf(record)))) {
        bytes += size
        if (isFull(page, bytes, query)) return { ...page, more: index === 0 ? looked : { record, index } }
        page.resources.push(resource)
      }
      looked = { record, index: -1 }
    }
  }
  return candidates.length > LOOKED_AT_MAX ? { ...page, more: looked } : page
}

interface Match { resource: FhirResource, index: number, size: number }

/** The resources of a record that was opened which are of a wanted type and fit the search, but for those of the page before. */
function * matching (
  { types, query, after }: RecordSearch, record: RecordSummary, found: OpenedRecord | undefined
): Generator<Match, void, void> {
  if (found === undefined) return
  const from = after !== undefined && after[3] > 0 && byTime(positionOf(after), record) === 0 ? after[3] : 0
  for (const [index, resource] of resourcesOf(record, found).entries()) {
    const isWanted = index >= from && types.includes(resource.resourceType) && matches(query, resource)
    if (isWanted) yield { resource, index, size: sizeOf(resource, found) }
  }
}

/** Whether another resource, with which the page would have so many bytes, goes to the next page. */
function isFull ({ resources }: Page, bytes: number, { count }: SearchQuery): boolean {
  return resources.length === count || (bytes > PAGE_BYTES_MAX && resources.length > 0)
}

/** About how long a resource's text is: that of a document is shorter than what was opened, which has its bytes. */
function sizeOf (resource: FhirResource, { sizeBytes }: Pick<OpenedRecord, 'sizeBytes'>): number {
  return sizeBytes < 1024 * 1024 ? sizeBytes : JSON.stringify(resource).length
}

/** Where nothing could be read at all, it is said why. @throws {ClientError | FhirError} */
function requireSome (left: Page['left']): void {
  const [first] = left
  if (first !== undefined && left.every(({ error }) => isDenial(error))) throw first.error
}

const isDenial = (error: ClientError | FhirError): boolean => isClientError(error, 'ACCESS_DENIED')

/** That something was left out, and why: neither how much, nor of what. */
export function outcomeOfLeft (left: ReadOutcome['left']): OperationOutcome | undefined {
  const [first, ...others] = [...new Map(left.map(({ error }) => [error.code, error])).values()].map(issueOf)
  if (first === undefined) return undefined
  return { ...first, issue: [...first.issue, ...others.flatMap(({ issue }) => issue)] }
}

function issueOf (error: ClientError | FhirError): OperationOutcome {
  const { rules, ...outcome } = classify(error)
  if (isDenial(error)) {
    return outcomeOf({ ...outcome, issue: 'suppressed', severity: 'information', detail: 'something is left out that is not permitted for this purpose' })
  }
  const rest = rules === undefined ? {} : { rules }
  return outcomeOf({ ...outcome, ...rest, issue: outcome.issue ?? 'incomplete', severity: 'warning' })
}
