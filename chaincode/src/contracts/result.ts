import { canonicalize } from '@epione/crypto'

/** A transaction's result: JSON with sorted members, so that all endorsers return the same bytes. */
export function toResult (value: object): string {
  return canonicalize(value)
}
