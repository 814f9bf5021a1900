import { canonicalize, sha256, toHex, utf8 } from '@epione/crypto'

/** Hex SHA-256 of an object's canonical bytes. */
export function canonicalHash (value: object): string {
  return toHex(sha256(utf8(canonicalize(value))))
}
