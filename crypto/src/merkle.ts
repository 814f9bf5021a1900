import { concatBytes, equalConstantTime, requireBytes } from './bytes.ts'
import { CryptoError } from './errors.ts'
import { createSha256, sha256 } from './hash.ts'

const HASH_BYTES = 32
const LEAF_PREFIX = Uint8Array.of(0)
const NODE_PREFIX = Uint8Array.of(1)

/** Hash of one leaf, SHA-256(00 || data) (RFC 9162 §2.1.1): content's leaves are its header and its chunks. */
export function leafHash (data: Uint8Array): Uint8Array {
  return sha256(concatBytes(LEAF_PREFIX, data))
}

/** A leaf hash that takes its data in pieces. */
export function startLeaf (first?: Uint8Array): ReturnType<typeof createSha256> {
  const hash = createSha256()
  hash.update(LEAF_PREFIX)
  if (first !== undefined) hash.update(first)
  return hash
}

/** Hash of an inner node, SHA-256(01 || left || right) (RFC 9162 §2.1.1). */
export function nodeHash (left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concatBytes(NODE_PREFIX, left, right))
}

/** The root of a tree of which leaf hashes come one by one; keeps one hash per level. */
export class MerkleAccumulator {
  /** Roots of perfect subtrees, the largest first; their sizes are the binary digits of the leaf count. */
  readonly #subtrees: { leaves: number, hash: Uint8Array }[] = []

  append (leaf: Uint8Array): void {
    requireBytes(leaf, 'leaf hash', HASH_BYTES)
    let merged = { leaves: 1, hash: leaf }
    let last = this.#subtrees.at(-1)
    while (last?.leaves === merged.leaves) {
      merged = { leaves: 2 * merged.leaves, hash: nodeHash(last.hash, merged.hash) }
      this.#subtrees.pop()
      last = this.#subtrees.at(-1)
    }
    this.#subtrees.push(merged)
  }

  root (): Uint8Array {
    const hashes = this.#subtrees.map(({ hash }) => hash)
    const smallest = hashes.pop()
    if (smallest === undefined) return sha256(new Uint8Array(0))
    return hashes.reduceRight((right, left) => nodeHash(left, right), smallest)
  }
}

/** Root over leaf hashes (RFC 9162 §2.1.1); of no leaves, SHA-256 of nothing. */
export function merkleRoot (leafHashes: Iterable<Uint8Array>): Uint8Array {
  const tree = new MerkleAccumulator()
  for (const leaf of leafHashes) tree.append(leaf)
  return tree.root()
}

/** Sibling hashes from the leaf up (RFC 9162 §2.1.3.1); throws `RangeError` for an index outside the tree. */
export function inclusionProof (leafHashes: readonly Uint8Array[], index: number): Uint8Array[] {
  return siblingsOf(leafHashes.length, index).map(([start, end]) => merkleRoot(leafHashes.slice(start, end)))
}

/** The same of many leaves of one tree, each hash of which is computed once; in the order of `indexes`. Throws `RangeError` likewise. */
export function inclusionProofs (leafHashes: readonly Uint8Array[], indexes: readonly number[]): Uint8Array[][] {
  const known = new Map<string, Uint8Array>()
  const rootOf = (start: number, end: number): Uint8Array => {
    const [leaf] = leafHashes.slice(start, start + 1)
    if (leaf !== undefined && end - start === 1) return leaf
    const name = `${start}-${end}`
    const middle = start + largestPowerBelow(end - start)
    const root = known.get(name) ?? nodeHash(rootOf(start, middle), rootOf(middle, end))
    known.set(name, root)
    return root
  }
  return indexes.map((index) => siblingsOf(leafHashes.length, index).map(([start, end]) => rootOf(start, end)))
}

/**
 * What shows that leaves from `start` to `end` (without it) stand there: roots of the subtrees beside them, from left to right; none of all
 * leaves. Throws `RangeError` for a range outside the tree.
 */
export function rangeProof (leafHashes: readonly Uint8Array[], start: number, end: number): Uint8Array[] {
  requireRange(start, end, leafHashes.length)
  const beside: Uint8Array[] = []
  const visit = (from: number, to: number): void => {
    if (from >= start && to <= end) return
    if (to <= start || from >= end) {
      beside.push(merkleRoot(leafHashes.slice(from, to)))
      return
    }
    const middle = from + largestPowerBelow(to - from)
    visit(from, middle)
    visit(middle, to)
  }
  visit(0, leafHashes.length)
  return beside
}

/**
 * The root of a tree of `treeSize` leaves with these from `start` on, by `rangeProof`.
 * @throws {CryptoError} PROOF_INVALID for too many hashes or too few
 */
export function rootOfRange (
  leafHashes: readonly Uint8Array[], { start, treeSize, proof }: { start: number, treeSize: number, proof: readonly Uint8Array[] }
): Uint8Array {
  const end = start + leafHashes.length
  if (!isRange(start, end, treeSize)) throw new CryptoError('PROOF_INVALID', `no leaves ${start} to ${end} in a tree of ${treeSize}`)
  let taken = 0
  const visit = (from: number, to: number): Uint8Array => {
    const leaf = to - from === 1 ? leafHashes[from - start] : undefined
    if (leaf !== undefined) return leaf
    if (to <= start || from >= end) {
      const root = proof[taken++]
      if (root?.length !== HASH_BYTES) throw new CryptoError('PROOF_INVALID', 'proof is too short')
      return root
    }
    const middle = from + largestPowerBelow(to - from)
    return nodeHash(visit(from, middle), visit(middle, to))
  }
  const root = visit(0, treeSize)
  if (taken !== proof.length) throw new CryptoError('PROOF_INVALID', 'proof is too long')
  return root
}

function isRange (start: number, end: number, count: number): boolean {
  return Number.isSafeInteger(start) && Number.isSafeInteger(count) && start >= 0 && start < end && end <= count
}

function requireRange (start: number, end: number, count: number): void {
  if (!isRange(start, end, count)) throw new RangeError(`range: expected one within 0 to ${count}, got ${start} to ${end}`)
}

/** Which leaves are below each sibling of the way to the root, from the leaf up. */
function siblingsOf (count: number, index: number): Array<[start: number, end: number]> {
  if (!Number.isInteger(index) || index < 0 || index >= count) {
    throw new RangeError(`index: expected 0 to ${count - 1}, got ${index}`)
  }
  const siblings: Array<[number, number]> = []
  let [start, end] = [0, count]
  while (end - start > 1) {
    const middle = start + largestPowerBelow(end - start)
    siblings.push(index < middle ? [middle, end] : [start, middle])
    if (index < middle) end = middle
    else start = middle
  }
  return siblings.reverse()
}

/** What `verifyInclusion` checks: 32-byte hashes, the leaf's position and the number of leaves. */
export interface InclusionClaim {
  readonly leafHash: Uint8Array
  readonly index: number
  readonly treeSize: number
  readonly proof: readonly Uint8Array[]
  readonly root: Uint8Array
}

/** Checks that a leaf stands at `index` in the tree with `root` (RFC 9162 §2.1.3.2); throws `PROOF_INVALID`. */
export function verifyInclusion (claim: InclusionClaim): void {
  requireWellFormed(claim)
  const { leafHash: leaf, index, treeSize, proof, root } = claim
  let [position, last, hash] = [index, treeSize - 1, leaf]
  for (const sibling of proof) {
    if (last === 0) throw new CryptoError('PROOF_INVALID', 'proof is too long')
    if (position % 2 === 1 || position === last) {
      hash = nodeHash(sibling, hash)
      // The last leaf of an unbalanced tree skips the levels on which it has no sibling.
      while (position % 2 === 0 && position !== 0) [position, last] = [position / 2, Math.floor(last / 2)]
    } else {
      hash = nodeHash(hash, sibling)
    }
    [position, last] = [Math.floor(position / 2), Math.floor(last / 2)]
  }
  if (last !== 0) throw new CryptoError('PROOF_INVALID', 'proof is too short')
  if (!equalConstantTime(hash, root)) throw new CryptoError('PROOF_INVALID', 'proof leads to another root')
}

function requireWellFormed ({ leafHash: leaf, index, treeSize, proof, root }: InclusionClaim): void {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(treeSize) || index < 0 || index >= treeSize) {
    throw new CryptoError('PROOF_INVALID', `no leaf ${index} in a tree of ${treeSize}`)
  }
  if ([leaf, root, ...proof].some((hash) => !(hash instanceof Uint8Array) || hash.length !== HASH_BYTES)) {
    throw new CryptoError('PROOF_INVALID', `each hash has ${HASH_BYTES} bytes`)
  }
}

function largestPowerBelow (count: number): number {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}
