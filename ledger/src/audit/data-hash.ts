import { createHash } from 'node:crypto'
import { equalConstantTime } from '@epione/crypto'
import { dataHashOf } from '../blocks/index.ts'
import { VerificationError } from '../errors.ts'
import type { PeerBlock } from '../blocks/index.ts'

/** Beyond so many bytes hashed, a fault goes without the finer name. */
const SEARCH_BYTES = 2 ** 30

/** Why a block's envelopes do not have the data hash of its header: two of them changed places, or bytes did. */
export function describeDataFault (block: PeerBlock): VerificationError {
  const place = { block: Number(block.number) }
  const swapped = findSwap(block)
  if (swapped === undefined) {
    return new VerificationError(
      'DATA_HASH_MISMATCH',
      `The transactions of block ${block.number} were changed: they are not those of its header. Take the block from another peer.`,
      { place }
    )
  }
  const [first, second] = swapped
  return new VerificationError(
    'TRANSACTIONS_SWAPPED',
    `Transactions ${first} and ${second} of block ${block.number} have changed places.`,
    { place: { ...place, transaction: first } }
  )
}

function findSwap ({ envelopes, dataHash }: PeerBlock): [number, number] | undefined {
  const total = envelopes.reduce((sum, envelope) => sum + envelope.length, 0)
  const pairs = envelopes.length * (envelopes.length - 1) / 2
  if (total * pairs > SEARCH_BYTES) return undefined
  const prefix = createHash('sha256')
  for (const [first, one] of envelopes.entries()) {
    for (let second = first + 1; second < envelopes.length; second++) {
      const other = envelopes[second] ?? one
      const hash = prefix.copy()
      const rest = envelopes.slice(first).map((envelope, i) => i === 0 ? other : first + i === second ? one : envelope)
      for (const envelope of rest) hash.update(envelope)
      if (equalConstantTime(new Uint8Array(hash.digest()), dataHash)) return [first, second]
    }
    prefix.update(one)
  }
  return undefined
}

/** Whether the envelopes are those of the header. */
export function hasItsData ({ envelopes, dataHash }: PeerBlock): boolean {
  return equalConstantTime(dataHashOf(envelopes), dataHash)
}
