import { canonicalize, concatBytes, fromHex, sha256, toHex, utf8 } from '@epione/crypto'
import type { MeasurementKind } from './series.ts'

/** A kind without its words. */
export type KindCode = Readonly<Pick<MeasurementKind, 'system' | 'code'>>

/** Kinds in the one order they are hashed and written in: by system, then code, each once, without words. */
export function orderKinds (kinds: readonly KindCode[]): KindCode[] {
  const byName = new Map(kinds.map(({ system, code }) => [nameOf({ system, code }), { code, system }]))
  return [...byName].sort(([a], [b]) => a < b ? -1 : 1).map(([, kind]) => kind)
}

/**
 * How a `Device` statement names what it measures: hex of H(`epione/kinds` || salt 32 || canonical JSON [{code, system}]). The salt
 * (32 random bytes, hex) stands in every window beside the kinds, sealed: whoever reads none cannot guess them.
 */
export function kindsHashOf (kinds: readonly KindCode[], salt: string): string {
  const list = orderKinds(kinds).map(({ system, code }) => ({ code, system }))
  return toHex(sha256(concatBytes(utf8('epione/kinds'), fromHex(salt, 32), utf8(canonicalize(list)))))
}

/** True when `kind` is one of `kinds`. */
export function isKindOf (kinds: readonly KindCode[], { system, code }: KindCode): boolean {
  return kinds.some((kind) => kind.system === system && kind.code === code)
}

const nameOf = ({ system, code }: KindCode): string => `${system}\n${code}`
