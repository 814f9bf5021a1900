import { LedgerError } from '@epione/protocol'

/** Makes a stored value of one format into one of the next: a pure function of it, as every peer must read the same. */
export type Upcast = (value: object) => object
export type Upcasts = Readonly<Record<string, readonly Upcast[]>>

/**
 * By kind of key (its object type) how values that former releases wrote are read: the first function takes format 1, its result is of
 * format 2, and so on. A kind without a row is of format 1, whose values do not say so; a value of a later format says it in `format`, and
 * each is written in the newest one when it is next written. Rows are only ever added: what lies on a ledger stays as it was written.
 */
export const UPCASTS: Upcasts = {}

/** A stored value in the newest format of its kind. @throws {LedgerError} FORMAT_UNKNOWN for one of a later release */
export function readFormat (kind: string, stored: object, upcasts: Upcasts = UPCASTS): object {
  const casts = upcasts[kind] ?? []
  // An array has no members of its own: it is of the first format.
  const { format, value } = Array.isArray(stored) ? { format: 1, value: stored } : split(stored)
  if (!Number.isInteger(format) || format < 1 || format > casts.length + 1) {
    throw new LedgerError(
      'FORMAT_UNKNOWN',
      `A value of kind ${kind} is of format ${String(format)}, which this release does not read: install the release that members approved.`
    )
  }
  return casts.slice(format - 1).reduce<object>((former, cast) => cast(former), value)
}

/** What is stored of a value in the newest format of its kind. */
export function writeFormat (kind: string, value: object, upcasts: Upcasts = UPCASTS): object {
  const casts = upcasts[kind] ?? []
  return casts.length === 0 ? value : { ...value, format: casts.length + 1 }
}

/** Whether a kind has but one format, so that its bytes can be answered as they lie there. */
export function isNewest (kind: string): boolean {
  return UPCASTS[kind] === undefined
}

function split ({ format = 1, ...value }: { format?: number }): { format: number, value: object } {
  return { format, value }
}
