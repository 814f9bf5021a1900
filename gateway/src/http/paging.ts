import { Type } from 'typebox'
import type { TArray, TObject, TOptional, TSchema, TString } from 'typebox'
import { GatewayError } from '../errors.ts'

/** Entries of a page when the caller does not say; the ledger gives 100 at most (PAGE_SIZE_MAX). */
const LIMIT_DEFAULT = 50
const LIMIT_MAX = 100

export const PageQuery = {
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 1024, description: '`next` of the page before' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMIT_MAX, default: LIMIT_DEFAULT }))
}
export interface PageQuery { cursor?: string, limit?: number }

/** A page: without `next` it is the last. */
export function PageOf<S extends TSchema> (item: S): TObject<{ items: TArray<S>, next: TOptional<TString> }> {
  return Type.Object({ items: Type.Array(item), next: Type.Optional(Type.String()) })
}

/** Which page of a ledger query to ask for. @throws {GatewayError} CURSOR_INVALID */
export function toLedgerPage ({ cursor, limit = LIMIT_DEFAULT }: PageQuery): { pageSize: number, bookmark: string } {
  return { pageSize: limit, bookmark: cursor === undefined ? '' : decodeCursor(cursor) }
}

/** A page of a ledger query as it is answered: bookmarks hold NUL characters and are encoded. */
export function fromLedgerPage<T> ({ items, bookmark }: { items: T[], bookmark: string }): { items: T[], next?: string } {
  return bookmark === '' ? { items } : { items, next: encodeCursor(bookmark) }
}

export function encodeCursor (text: string): string {
  return Buffer.from(text).toString('base64url')
}

/** @throws {GatewayError} CURSOR_INVALID */
export function decodeCursor (cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString()
  if (encodeCursor(text) !== cursor) throw new GatewayError('CURSOR_INVALID', 'the cursor is not one of this gateway')
  return text
}
