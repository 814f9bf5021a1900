import { LIMIT_DEFAULT } from '@epione/protocol/api'
import type { PageQuery } from '@epione/protocol/api'
import { GatewayError } from '../errors.ts'

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
