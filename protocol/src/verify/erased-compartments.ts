import { concatBytes, fromHex, leafHash, merkleRoot, toHex, u32 } from '@epione/crypto'
import type { Destruction } from '../index.ts'

export type Tally = NonNullable<Destruction['wraps']>

/** Of record versions with the wraps that were in force, by record id and version: what hospitals find that ended with a compartment. */
export function tallyWraps (versions: readonly { recordId: string, version: number, wrapHash: string }[]): Tally {
  const sorted = versions.toSorted((a, b) => a.recordId === b.recordId ? a.version - b.version : a.recordId < b.recordId ? -1 : 1)
  return tally(sorted.map(({ recordId, version, wrapHash }) => concatBytes(fromHex(recordId, 16), u32(version), fromHex(wrapHash, 32))))
}

/** Of kfrags by their ids: all that consents list for a hospital in the compartments. */
export function tallyKfrags (kfragIds: readonly string[]): Tally {
  return tally(kfragIds.toSorted().map((id) => fromHex(id, 32)))
}

function tally (leaves: readonly Uint8Array[]): Tally {
  return { count: leaves.length, root: toHex(merkleRoot(leaves.map((leaf) => leafHash(leaf)))) }
}
