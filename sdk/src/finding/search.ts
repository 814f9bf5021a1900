import type { Liar } from '../access/accuse.ts'
import { withoutEntry } from './without-entry.ts'
import type { WithoutEntry } from './without-entry.ts'
import type { PatientContext, PractitionerContext } from '../context/context.ts'
import { requireMaySearch } from '../context/statements.ts'
import { ClientError, isClientError } from '../errors.ts'
import { readDirectory, requireCategory } from '../keys/directory.ts'
import type { VerifiedDirectory } from '@epione/protocol/verify'
import { parseQuery } from '../search/query.ts'
import type { Query } from '../search/query.ts'
import type { SealedCache } from '../search/sealed-cache.ts'
import { namingSwitch, requireSearchOn } from '../search/switched-on.ts'
import { openOwnIndexes } from './patient-search.ts'
import { openSearch, readAhead } from './reader-search.ts'
import type { SearchedCompartment } from './reader-search.ts'
import { redeemSearch } from './search-permit.ts'
import { requestSearch } from './search-request.ts'
import { findMatches, notSearched } from './search-result.ts'
import type { Matches, NotSearched, SearchedIndex } from './search-result.ts'

const LIMIT_MAX = 1000

export interface SearchOptions {
  /** The text of the query (docs/protocol.md, "Keywords and queries"). */
  query: string
  /** How many matches at once, at most 1,000. */
  limit?: number
  /** The last match (`ID:VERSION`) of the page before. */
  after?: string
  cache?: SealedCache
  /** Also what was asked of whom, and which versions have no entry. */
  explain?: boolean
}

export interface SearchFound extends Matches {
  patientId: string
  /** The logged events of the search; none where a patient searches. */
  eventIds: string[]
  notSearched: NotSearched
  liars: Liar[]
  silent: Array<{ mspId: string, code: string }>
  explained?: SearchExplained
  warnings?: string[]
}

export interface SearchExplained {
  compartments: SearchedCompartment[]
  /** Compartments that did not open, and why. */
  closed: ReadonlyArray<{ label: string, epoch: number, code: string, detail: string }>
  /** Record versions of these compartments that have no entry at all. */
  withoutEntry: WithoutEntry
}

/**
 * Searches the own records, or those of some categories.
 * @throws {ClientError} FEATURE_INACTIVE, QUERY_INVALID, INDEX_INVALID, ORGANIZATIONS_DIFFER
 */
export async function searchOwn (
  context: PatientContext, { categories, ...options }: SearchOptions & { categories?: readonly string[] }
): Promise<SearchFound> {
  requireMaySearch(context)
  const query = readQuery(options)
  await requireSearchOn(context)
  const { directory, indexes, compartments, warnings } = await openOwnIndexes(context, categories?.map(requireCategory), options.cache)
  const explained = options.explain === true
    ? { compartments, closed: [], withoutEntry: await withoutEntry(context, context.patientId, indexes, [directory]) }
    : undefined
  return conclude(context.patientId, { indexes, query, options }, { explained, warnings })
}

/**
 * Searches what a patient opened to searches by this person or their department: one logged request for each consent that it takes.
 * @throws {ClientError} FEATURE_INACTIVE, QUERY_INVALID, ACCESS_DENIED, INDEX_INVALID, PROXIES_LIED and what opening throws
 */
export async function searchPatient (
  context: PractitionerContext,
  { patientId, purpose, consentId, ...options }: SearchOptions & { patientId: string, purpose: string, consentId?: string }
): Promise<SearchFound> {
  const query = readQuery(options)
  const permits = await forgetting(context, { patientId, cache: options.cache }, async () =>
    await namingSwitch(context, () =>
      requestSearch(context, { patientId, purpose, ...(consentId === undefined ? {} : { consentId }) })))
  const indexes: SearchedIndex[] = []
  const told = { eventIds: [] as string[], liars: [] as Liar[], silent: [] as SearchFound['silent'], warnings: [] as string[] }
  const explained: SearchExplained = { compartments: [], closed: [], withoutEntry: { items: [], count: 0 } }
  const directories: VerifiedDirectory[] = []
  for (const { permitted: { eventId, blockNumber, warnings = [] }, known } of permits) {
    const ahead = readAhead(context, known, blockNumber, options.cache)
    const permit = await redeemSearch(context, known)
    directories.push(permit.directory)
    const opened = await openSearch(context, permit, options.cache, ahead)
    indexes.push(...opened.indexes)
    explained.compartments.push(...opened.compartments)
    explained.closed = [...explained.closed, ...permit.closed]
    told.eventIds.push(eventId)
    told.liars.push(...permit.liars, ...opened.liars)
    told.silent.push(...permit.silent)
    told.warnings.push(...warnings, ...permit.warnings, ...opened.warnings, ...permit.closed.map((c) => `A compartment could not be searched: ${c.detail}.`))
  }
  if (indexes.length === 0) {
    throw new ClientError('PROXIES_INSUFFICIENT', 'No compartment could be searched: too few proxies answered.', { ...told, closed: explained.closed })
  }
  if (options.explain === true) explained.withoutEntry = await withoutEntry(context, patientId, indexes, directories)
  return conclude(patientId, { indexes, query, options }, { ...told, explained: options.explain === true ? explained : undefined })
}

/** What is kept of a patient's indexes goes when they may not be searched any more. */
async function forgetting<T> (
  context: PractitionerContext, { patientId, cache }: { patientId: string, cache: SealedCache | undefined }, work: () => Promise<T>
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (isClientError(error, 'ACCESS_DENIED') && cache !== undefined) {
      const { newest } = await readDirectory(context, patientId)
      for (const { label } of newest.compartments) await cache.forget({ networkId: context.networkId, patientId, label })
    }
    throw error
  }
}

export interface SearchOfAll { items: Array<SearchFound | { patientId: string, code: string, detail: string }>, total: number }

/**
 * Searches the records of some patients, mostly all whom `listSearchable` gives, one after the other; what fails of one keeps no other
 * back. @throws {ClientError} FEATURE_INACTIVE, QUERY_INVALID
 */
export async function searchAll (
  context: PractitionerContext, patientIds: readonly string[], wanted: SearchOptions & { purpose: string }
): Promise<SearchOfAll> {
  readQuery(wanted)
  await requireSearchOn(context)
  const items: SearchOfAll['items'] = []
  for (const patientId of patientIds) {
    try {
      items.push(await searchPatient(context, { ...wanted, patientId }))
    } catch (error) {
      if (!isClientError(error)) throw error
      items.push({ patientId, code: error.code, detail: error.message })
    }
  }
  return { items, total: items.reduce((sum, item) => sum + ('total' in item ? item.total : 0), 0) }
}

/** Read first: nobody is asked for a query that cannot be read. */
function readQuery ({ query, limit = 1 }: SearchOptions): Query {
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT_MAX) throw new ClientError('USAGE', `A page has 1 to ${LIMIT_MAX} matches.`)
  return parseQuery(query)
}

function conclude (
  patientId: string,
  { indexes, query, options: { limit = 100, after } }: { indexes: readonly SearchedIndex[], query: Query, options: SearchOptions },
  { eventIds = [], liars = [], silent = [], warnings = [], explained }:
  Partial<Omit<SearchFound, 'explained'>> & { explained: SearchExplained | undefined }
): SearchFound {
  return {
    patientId,
    ...findMatches(indexes, query, { limit, after }),
    eventIds,
    notSearched: notSearched(indexes),
    liars,
    silent,
    ...(explained === undefined ? {} : { explained }),
    ...(warnings.length === 0 ? {} : { warnings })
  }
}
