import type { IndexedVersion } from '@epione/crypto'
import { ClientError } from '../errors.ts'
import { matchRows } from '../search/match.ts'
import { tagKeyOf } from '../search/opened-index.ts'
import type { GroupKeys, IndexState } from '../search/opened-index.ts'
import type { RowState } from '../search/index-table.ts'
import type { Query } from '../search/query.ts'

/** How many of those that were not searched are named. */
const NAMED_MAX = 100

/** An index of one compartment, proven and opened. */
export interface SearchedIndex {
  readonly label: string
  readonly category?: string
  readonly state: IndexState
  readonly keysOf: GroupKeys
}

export interface SearchHit extends IndexedVersion {
  /** Who made the entry: the author (`mspId/staffId`), or the patient, who brought the record over. */
  readonly indexedBy: string
  readonly label: string
  readonly category?: string
  /** Some of its keywords are left out of the index. */
  readonly truncated?: true
}

interface Unsearched { readonly count: number, readonly items: readonly IndexedVersion[] }

/** Record versions that the search may have missed, and why. */
export interface NotSearched {
  /** Their entries hold less than the records: more than 512 keywords, or content that the author's program could not read. */
  readonly truncated: Unsearched
  /** Of an issue or epoch whose key the searcher has not. */
  readonly withoutKey: Unsearched
  /** No hospital that answers has their entries: nobody can be convicted of that. */
  readonly lost: Unsearched
  /** Their authors sealed the entries wrongly. */
  readonly sealedWrongly: Unsearched
}

export interface Matches { readonly items: SearchHit[], readonly total: number, readonly searched: number, readonly next?: string }

/** Matches of several compartments, newest first in each; those that follow `after`, at most `limit`. */
export function findMatches (
  indexes: readonly SearchedIndex[], query: Query, { limit, after }: { limit: number, after?: string | undefined }
): Matches {
  const hits = indexes.flatMap((index) => hitsOf(index, query))
  const from = after === undefined ? 0 : hits.findIndex((hit) => nameOf(hit) === after) + 1
  if (after !== undefined && from === 0) {
    throw new ClientError('USAGE', `${after} is no match any more, or never was: begin again, without a match to go on after.`)
  }
  const items = hits.slice(from, from + limit)
  const last = items.at(-1)
  return {
    items,
    total: hits.length,
    searched: indexes.reduce((sum, { state }) => sum + rowsOf(state, 'open').length, 0),
    ...(last === undefined || from + limit >= hits.length ? {} : { next: nameOf(last) })
  }
}

export function notSearched (indexes: readonly SearchedIndex[]): NotSearched {
  const of = (state: RowState): Unsearched => unsearched(indexes.flatMap((index) =>
    rowsOf(index.state, state).map((row) => index.state.table.versionAt(row))))
  const truncated = indexes.flatMap(({ state }) =>
    rowsOf(state, 'open').filter((row) => state.table.isTruncated(row)).map((row) => state.table.versionAt(row)))
  return { truncated: unsearched(truncated), withoutKey: of('keyless'), lost: of('lost'), sealedWrongly: of('false') }
}

export const nameOf = ({ recordId, version }: IndexedVersion): string => `${recordId}:${version}`

function hitsOf ({ label, category, state, keysOf }: SearchedIndex, query: Query): SearchHit[] {
  const { table, groups } = state
  return matchRows(table, query, (group) => tagKeyOf(groups[group], keysOf)).map((row) => ({
    ...table.versionAt(row),
    indexedBy: groups[table.groupAt(row)]?.writer ?? '',
    label,
    ...(category === undefined ? {} : { category }),
    ...(table.isTruncated(row) ? { truncated: true } : {})
  }))
}

function rowsOf ({ table }: IndexState, state: RowState): number[] {
  const rows: number[] = []
  for (let row = 0; row < table.length; row++) if (table.stateAt(row) === state) rows.push(row)
  return rows
}

const unsearched = (items: readonly IndexedVersion[]): Unsearched => ({ count: items.length, items: items.slice(0, NAMED_MAX) })
