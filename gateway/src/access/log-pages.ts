import { NoticePlace } from '@epione/protocol/api'
import type { Operation, PageQuery, RequestOf } from '@epione/protocol/api'
import { sql } from 'kysely'
import type { RawBuilder, SqlBool } from 'kysely'
import { Value } from 'typebox/value'
import { GatewayError } from '../errors.ts'
import { decodeCursor, encodeCursor } from '../http/paging.ts'

/** Where an entry stands on the ledger: lists of the log are newest first in this order. */
export interface Place { block_number: number, event_index: number }
/** By what an operation's pages are narrowed; all that is given must fit. */
export type AskedOf<O extends Operation> = Omit<RequestOf<O>['Querystring'], keyof typeof PageQuery>
export interface LogPage<T> { items: T[], next?: string }

export const formatPlace = ({ block_number: block, event_index: index }: Place): string => `${block}.${index}`

/** A place as it was told; undefined for what is none. */
export function parsePlace (text: string): Place | undefined {
  if (!Value.Check(NoticePlace, text)) return undefined
  const [block = 0, index = 0] = text.split('.').map(Number)
  return { block_number: block, event_index: index }
}

/** What follows a place; a comparison of rows, which an index answers without reading those before. */
export function afterPlace ({ block_number: block, event_index: index }: Place): RawBuilder<SqlBool> {
  return sql<SqlBool>`(block_number, event_index) < (${block}, ${index})`
}

/** A query of rows that have a place on the ledger. */
interface PlacedRows {
  where: (condition: RawBuilder<SqlBool>) => this
  orderBy: (column: RawBuilder<unknown>, direction: 'desc') => this
  limit: (limit: number) => this
}

/** The rows of a page, and one more where there is a next one. @throws {GatewayError} CURSOR_INVALID */
export function newestFirst<Q extends PlacedRows> (query: Q, limit: number, cursor: string | undefined): Q {
  const after = afterCursor(cursor)
  return (after === undefined ? query : query.where(after))
    .orderBy(sql.ref('block_number'), 'desc').orderBy(sql.ref('event_index'), 'desc').limit(limit + 1)
}

/** What follows the page before. @throws {GatewayError} CURSOR_INVALID */
function afterCursor (cursor: string | undefined): RawBuilder<SqlBool> | undefined {
  if (cursor === undefined) return undefined
  const place = parsePlace(decodeCursor(cursor))
  if (place === undefined) throw new GatewayError('CURSOR_INVALID', 'the cursor is not one of this list')
  return afterPlace(place)
}

/** A page of rows as `newestFirst` asks for them. */
export function toPage<R extends Place, T> (rows: readonly R[], limit: number, toItem: (row: R) => T): LogPage<T> {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const items = page.map(toItem)
  return rows.length > limit && last !== undefined ? { items, next: encodeCursor(formatPlace(last)) } : { items }
}
