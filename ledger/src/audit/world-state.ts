import { SortedKeys } from './sorted-keys.ts'
import type { KeySpace, RangeRead, Read, SpaceSet, Version } from './read-write-set.ts'
import { CODES } from './validation-codes.ts'

/** The last write of a block to a key. */
export interface Update {
  readonly space: KeySpace
  readonly key: string
  readonly value: Uint8Array
  readonly version: readonly [number, number]
}

/** Of these spaces values are kept, too: chaincodes' definitions, and with them their endorsement policies. */
const LIFECYCLE = '_lifecycle'
interface Space { versions: Map<string, readonly [number, number]>, keys: SortedKeys }
/** The whole state as plain data, for a checkpoint. */
export interface StateSnapshot { versions: Array<[string, Map<string, readonly [number, number]>]>, definitions: Map<string, Uint8Array> }

const nameOf = ({ namespace, collection }: KeySpace): string => `${namespace}\0${collection}`

/**
 * Versions of all keys at a height, replayed from the transactions: what a peer's state database must have held when it validated the next
 * block.
 */
export class WorldState {
  readonly #spaces = new Map<string, Space>()
  readonly #definitions: Map<string, Uint8Array>

  constructor (snapshot?: StateSnapshot) {
    this.#definitions = snapshot?.definitions ?? new Map<string, Uint8Array>()
    for (const [name, versions] of snapshot?.versions ?? []) this.#spaces.set(name, { versions, keys: new SortedKeys(versions.keys()) })
  }

  snapshot (): StateSnapshot {
    return { versions: [...this.#spaces].map(([name, { versions }]) => [name, versions]), definitions: this.#definitions }
  }

  /** The value of a key of `_lifecycle`. */
  definition (key: string): Uint8Array | undefined {
    return this.#definitions.get(key)
  }

  /** Code of a transaction by what it read, after the earlier valid ones of its block (fabric: kvledger/txmgmt/validation). */
  judge (sets: readonly SpaceSet[], block: BlockUpdates): number {
    for (const set of sets) {
      if (!set.reads.every((read) => this.#isCurrent(set, read, block))) return CODES.MVCC_READ_CONFLICT
      if (!set.ranges.every((range) => this.#isSame(set, range, block))) return CODES.PHANTOM_READ_CONFLICT
    }
    return CODES.VALID
  }

  /** Applies what a block's valid transactions wrote. */
  apply (updates: BlockUpdates): void {
    for (const { space, key, value, version } of updates.all()) {
      const { versions, keys } = this.#space(space)
      if (value.length === 0) {
        versions.delete(key)
        keys.delete(key)
      } else {
        if (!versions.has(key)) keys.add(key)
        versions.set(key, version)
      }
      if (space.namespace !== LIFECYCLE || space.collection !== '') continue
      if (value.length === 0) this.#definitions.delete(key)
      else this.#definitions.set(key, value.slice())
    }
  }

  #isCurrent (space: KeySpace, { key, version }: Read, block: BlockUpdates): boolean {
    return !block.has(space, key) && isSameVersion(this.#spaces.get(nameOf(space))?.versions.get(key), version)
  }

  /** Runs a range again over state and block; one that kept only hashes of many results cannot be run again and counts as the same. */
  #isSame (space: KeySpace, { start, end, exhausted, reads }: RangeRead, block: BlockUpdates): boolean {
    if (reads === undefined) return true
    const known = this.#spaces.get(nameOf(space))
    const now = new Map(
      (known?.keys.between(start, end, !exhausted) ?? []).map((key): [string, Version] => [key, known?.versions.get(key)])
    )
    for (const { key, value, version } of block.in(space)) {
      if (key < start || (end !== '' && (exhausted ? key >= end : key > end))) continue
      if (value.length === 0) now.delete(key)
      else now.set(key, version)
    }
    return now.size === reads.length && reads.every(({ key, version }) => isSameVersion(now.get(key), version))
  }

  #space (space: KeySpace): Space {
    const name = nameOf(space)
    const known = this.#spaces.get(name) ?? { versions: new Map<string, readonly [number, number]>(), keys: new SortedKeys([]) }
    this.#spaces.set(name, known)
    return known
  }
}

/** Writes of a block's valid transactions so far. */
export class BlockUpdates {
  readonly #spaces = new Map<string, Map<string, Update>>()

  add (sets: readonly SpaceSet[], version: readonly [number, number]): void {
    for (const { namespace, collection, writes } of sets) {
      const space = { namespace, collection }
      const updates = this.#spaces.get(nameOf(space)) ?? new Map<string, Update>()
      this.#spaces.set(nameOf(space), updates)
      for (const { key, value } of writes) updates.set(key, { space, key, value, version })
    }
  }

  has (space: KeySpace, key: string): boolean {
    return this.#spaces.get(nameOf(space))?.has(key) === true
  }

  in (space: KeySpace): Iterable<Update> {
    return this.#spaces.get(nameOf(space))?.values() ?? []
  }

  all (): Update[] {
    return [...this.#spaces.values()].flatMap((updates) => [...updates.values()])
  }
}

function isSameVersion (left: Version, right: Version): boolean {
  return left === undefined || right === undefined ? left === right : left[0] === right[0] && left[1] === right[1]
}
