import { fromHex, keywordTag } from '@epione/crypto'
import type { IndexKeys } from '@epione/crypto'
import { tagWords } from './index-table.ts'
import type { IndexTable } from './index-table.ts'
import type { Query } from './query.ts'

type TagKey = Pick<IndexKeys, 'tagKey'>
type Predicate = (row: number) => boolean

/** Rows that match, newest first; `keysOf` gives the keys of a group, whose tags are its own. */
export function matchRows (table: IndexTable, query: Query, keysOf: (group: number) => TagKey): number[] {
  const predicates = new Map<number, Predicate>()
  const rows: number[] = []
  for (let row = table.length - 1; row >= 0; row--) {
    if (!table.isOpen(row)) continue
    const group = table.groupAt(row)
    const matches = predicates.get(group) ?? compile(table, query, keysOf(group))
    predicates.set(group, matches)
    if (matches(row)) rows.push(row)
  }
  return rows
}

function compile (table: IndexTable, query: Query, keys: TagKey): Predicate {
  if (query.kind === 'keyword') {
    const tag = tagWords(fromHex(keywordTag(keys, query.keyword), 8))
    return (row) => table.hasTag(row, tag)
  }
  if (query.kind === 'days') {
    const { from, until } = query.range
    return (row) => table.hasDay(row, from, until)
  }
  if (query.kind === 'not') {
    const part = compile(table, query.part, keys)
    return (row) => !part(row)
  }
  const parts = query.parts.map((part) => compile(table, part, keys))
  // All are asked until one decides: a loop, as this runs for each row.
  const decides = query.kind === 'or'
  return (row) => {
    for (const part of parts) if (part(row) === decides) return decides
    return !decides
  }
}
