import { readFileSync } from 'node:fs'
import {
  CryptoError, fromHex, inclusionProof, inclusionProofs, leafHash, MerkleAccumulator, merkleRoot, nodeHash, rangeProof, rootOfRange, sha256,
  toHex, verifyInclusion
} from '@epione/crypto'
import type { InclusionClaim } from '@epione/crypto'
import t from 'tap'
import { flipBit, refuses, SLOW } from './support.ts'

interface Vectors { emptyRoot: string, leaves: string[], roots: string[], proofs: { index: number, treeSize: number, proof: string[] }[] }
const vectors = JSON.parse(readFileSync(new URL('../../vectors/merkle.json', import.meta.url), 'utf8')) as Vectors
const published = vectors.leaves.map((leaf) => leafHash(fromHex(leaf)))

function leavesOf (count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => leafHash(sha256(Uint8Array.of(index & 255, index >> 8))))
}

function isIncluded (claim: InclusionClaim): boolean {
  try {
    verifyInclusion(claim)
    return true
  } catch (error) {
    if (error instanceof CryptoError && error.code === 'PROOF_INVALID') return false
    throw error
  }
}

t.test('roots are those of the published trees', (t) => {
  t.equal(toHex(merkleRoot([])), vectors.emptyRoot)
  vectors.roots.forEach((root, index) => t.equal(toHex(merkleRoot(published.slice(0, index + 1))), root))
  t.end()
})

t.test('inclusion proofs are those of the published trees', (t) => {
  for (const { index, treeSize, proof } of vectors.proofs) {
    t.strictSame(inclusionProof(published.slice(0, treeSize), index).map(toHex), proof)
  }
  t.end()
})

t.test('leaves in a row lead to the root by the subtrees beside them, and no other row does', (t) => {
  for (let count = 1; count <= 17; count++) {
    const leaves = leavesOf(count)
    const root = toHex(merkleRoot(leaves))
    const rootOf = (row: readonly Uint8Array[], start: number, proof: readonly Uint8Array[], treeSize = count): string => {
      try {
        return toHex(rootOfRange(row, { start, treeSize, proof }))
      } catch (error) {
        if (error instanceof CryptoError && error.code === 'PROOF_INVALID') return error.code
        throw error
      }
    }
    for (let start = 0; start < count; start++) {
      for (let end = start + 1; end <= count; end++) {
        const [row, proof] = [leaves.slice(start, end), rangeProof(leaves, start, end)]
        t.equal(rootOf(row, start, proof), root, `${start} to ${end} of ${count}`)
        const others: [string, string][] = [
          ['with a hash more', rootOf(row, start, [...proof, row[0] ?? root as never])],
          ['with a hash less', proof.length === 0 ? '' : rootOf(row, start, proof.slice(1))],
          ['with a flipped leaf', rootOf(row.with(-1, flipBit(row.at(-1) ?? new Uint8Array(32), 0)), start, proof)],
          ['said to stand one further', rootOf(row, start + 1, proof)],
          ['said to stand one before', rootOf(row, start - 1, proof)],
          ['in another order', row.length === 1 ? '' : rootOf(row.toReversed(), start, proof)],
          ['with a flipped hash', proof.length === 0 ? '' : rootOf(row, start, proof.with(0, flipBit(proof[0] ?? new Uint8Array(32), 9)))],
          ['with a short hash', proof.length === 0 ? '' : rootOf(row, start, proof.with(0, new Uint8Array(31)))]
        ]
        for (const [what, other] of others) t.not(other, root, `${start} to ${end} of ${count}, ${what}`)
      }
    }
  }
  const four = leavesOf(4)
  const [inner, leaf] = [nodeHash(four[0] ?? new Uint8Array(), four[1] ?? new Uint8Array()), four[2] ?? new Uint8Array()]
  refuses(t, 'PROOF_INVALID', () => rootOfRange([inner, leaf], { start: 0, treeSize: 4, proof: [] }), 'an inner node for a leaf')
  for (const [start, end] of [[-1, 1], [2, 2], [3, 5], [0.5, 1]] as const) t.throws(() => rangeProof(four, start, end), { name: 'RangeError' })
  refuses(t, 'PROOF_INVALID', () => rootOfRange([], { start: 0, treeSize: 4, proof: [] }), 'no leaves')
  t.end()
})

t.test('proofs of many leaves are those of each, in the order asked', (t) => {
  for (const treeSize of [1, 2, 11, 60]) {
    const leaves = leavesOf(treeSize)
    const indexes = leaves.map((_, index) => treeSize - 1 - index)
    t.strictSame(inclusionProofs(leaves, indexes), indexes.map((index) => inclusionProof(leaves, index)), `${treeSize} leaves`)
  }
  t.strictSame(inclusionProofs(leavesOf(3), []), [])
  for (const index of [-1, 3, 1.5]) t.throws(() => inclusionProofs(leavesOf(3), [0, index]), RangeError)
  t.end()
})

t.test('an accumulator has the same root after every leaf', (t) => {
  const tree = new MerkleAccumulator()
  const leaves = leavesOf(70)
  leaves.forEach((leaf, index) => {
    tree.append(leaf)
    t.equal(toHex(tree.root()), toHex(merkleRoot(leaves.slice(0, index + 1))))
  })
  t.end()
})

t.test('every leaf of every tree up to a size is proven at its place and at no other', (t) => {
  for (let treeSize = 1; treeSize <= (SLOW ? 70 : 20); treeSize++) {
    const leaves = leavesOf(treeSize)
    const root = merkleRoot(leaves)
    const places = leaves.map((leaf, index) => {
      const proof = inclusionProof(leaves, index)
      return leaves.flatMap((_, other) => isIncluded({ leafHash: leaf, index: other, treeSize, proof, root }) ? [other] : [])
    })
    t.strictSame(places, leaves.map((_, index) => [index]), `${treeSize} leaves`)
  }
  t.end()
})

t.test('a changed, shortened or lengthened proof is refused', (t) => {
  const leaves = leavesOf(11)
  const leaf = leaves[6] ?? new Uint8Array()
  const claim = { leafHash: leaf, index: 6, treeSize: 11, proof: inclusionProof(leaves, 6), root: merkleRoot(leaves) }
  t.doesNotThrow(() => verifyInclusion(claim))
  const refused = (change: object, what: string): void => refuses(t, 'PROOF_INVALID', () => verifyInclusion({ ...claim, ...change }), what)
  refused({ root: flipBit(claim.root, 31) }, 'root')
  refused({ leafHash: flipBit(leaf, 0) }, 'leaf')
  claim.proof.forEach((hash, index) => refused({ proof: claim.proof.with(index, flipBit(hash, 7)) }, `sibling ${index}`))
  refused({ proof: claim.proof.slice(1) }, 'short')
  refused({ proof: [...claim.proof, leaf] }, 'long')
  refused({ proof: claim.proof.toReversed() }, 'reversed')
  refused({ proof: claim.proof.map((hash) => hash.subarray(1)) }, 'hashes of 31 bytes')
  refused({ index: 11 }, 'index outside')
  refused({ index: -1 }, 'negative index')
  refused({ index: 0.5 }, 'half an index')
  refused({ treeSize: 0 }, 'empty tree')
  t.end()
})

t.test('a tree size or place that does not fit the length of the proof is refused', (t) => {
  const [left, right] = leavesOf(2) as [Uint8Array, Uint8Array]
  const root = merkleRoot([left, right])
  t.doesNotThrow(() => verifyInclusion({ leafHash: right, index: 1, treeSize: 2, proof: [left], root }))
  refuses(t, 'PROOF_INVALID', () => verifyInclusion({ leafHash: right, index: 0, treeSize: 1, proof: [left], root }), 'two leaves as one')
  refuses(t, 'PROOF_INVALID', () => verifyInclusion({ leafHash: right, index: 3, treeSize: 4, proof: [left], root }), 'two leaves as four')
  refuses(
    t,
    'PROOF_INVALID',
    () => verifyInclusion({ leafHash: left, index: 1, treeSize: 1, proof: [], root: left }),
    'a second leaf of one'
  )
  t.end()
})

t.test('an inner node does not pass for a leaf', (t) => {
  const [left, right, last] = leavesOf(3) as [Uint8Array, Uint8Array, Uint8Array]
  const forged = leafHash(Buffer.concat([left, right]))
  refuses(
    t,
    'PROOF_INVALID',
    () => verifyInclusion({ leafHash: forged, index: 0, treeSize: 2, proof: [last], root: merkleRoot([left, right, last]) }),
    'other prefix'
  )
  t.end()
})

t.test('no proof is made for a leaf that is not there', (t) => {
  for (const index of [-1, 3, 1.5]) t.throws(() => inclusionProof(leavesOf(3), index), RangeError)
  t.throws(() => merkleRoot([new Uint8Array(31)]), RangeError)
  t.end()
})
