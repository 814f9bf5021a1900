import { listSearchable, SealedCache, searchPatient } from '@epione/sdk'
import type { CacheStore, PractitionerContext, RecordSummary, SearchFound } from '@epione/sdk'
import type { Token } from '@epione/protocol/fhir'
import { nameOf } from './record-reader.ts'
import type { Purpose } from './record-reader.ts'
import type { SearchQuery } from './search-query.ts'

/** Longest query of the index. */
const QUERY_MAX = 1_000

export interface IndexSearch {
  context: PractitionerContext
  purpose: Purpose
  cache?: CacheStore | undefined
}

/**
 * Leaves out what the patient's encrypted index proves to have none of the wanted codes, so that fewer records are opened. Nothing else
 * is left out: what the index does not cover (other compartments, entries that are missing, truncated or without a key here) stays, and
 * is looked at itself. One logged search for each consent that it takes.
 */
export async function narrowByIndex (
  { context, purpose, cache }: IndexSearch, patientId: string, query: SearchQuery, records: readonly RecordSummary[]
): Promise<readonly RecordSummary[]> {
  const text = queryText(query)
  if (text === undefined || records.length === 0 || !(await listSearchable(context)).includes(patientId)) return records
  const found = await searchPatient(context, {
    query: text,
    patientId,
    purpose: purpose.purpose,
    limit: 1_000,
    explain: true,
    ...(purpose.consentId === undefined ? {} : { consentId: purpose.consentId }),
    ...(cache === undefined ? {} : { cache: new SealedCache(cache, context.keys.searchCacheKey()) })
  })
  return keepPossible(found, records)
}

function keepPossible (found: SearchFound, records: readonly RecordSummary[]): readonly RecordSummary[] {
  const { items, next, notSearched, explained } = found
  if (explained === undefined) return records
  const { truncated, withoutKey, lost, sealedWrongly } = notSearched
  const unsure = [truncated, withoutKey, lost, sealedWrongly, explained.withoutEntry]
  const named = unsure.flatMap((list) => 'items' in list && list.count === list.items.length ? [list.items] : [])
  // Where not all of them are named, nothing can be left out.
  if (next !== undefined || named.length < unsure.length) return records
  const possible = new Set([...items, ...named.flat()].map(nameOf))
  const covered = new Set(explained.compartments.map(({ label, epoch }) => `${label}/${String(epoch)}`))
  return records.filter((record) => possible.has(nameOf(record)) || !covered.has(`${record.label}/${String(record.epoch)}`))
}

/** The codes of a search in the index's language: those with a system alone are in an index. */
function queryText ({ codes, type }: SearchQuery): string | undefined {
  const groups = codes.filter((tokens) => tokens.every(isIndexed)).map((tokens) => `(${tokens.map(keywordOf).join(' OR ')})`)
  const text = [`type:${type}`, ...groups].join(' AND ')
  return groups.length === 0 || text.length > QUERY_MAX ? undefined : text
}

const isIndexed = ({ system = '', code = '' }: Token): boolean => system !== '' && code !== '' && !`${system}${code}`.includes('"')
const keywordOf = ({ system = '', code = '' }: Token): string => `code:"${system}|${code}"`
