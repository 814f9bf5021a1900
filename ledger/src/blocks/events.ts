import peer from '@hyperledger/fabric-protos/lib/peer/transaction_pb.js'
import { BlockError } from './errors.ts'
import { readEnvelope } from './envelope.ts'
import type { PeerBlock } from './block.ts'
import type { BlockErrorCode } from './errors.ts'

const { VALID } = peer.TxValidationCode

/** A chaincode event that took effect, and the index of its transaction in the block. */
export interface BlockEvent {
  readonly index: number
  readonly txId: string
  /** Of its transaction, by its creator's clock (ms). */
  readonly timeMs: number
  readonly name: string
  readonly payload: Uint8Array
  /** What its transaction was called with: name, then arguments. */
  readonly args: readonly Uint8Array[]
}

/** A valid transaction that cannot be read, or whose event cannot: it is no event. */
export interface UnreadableTransaction { readonly index: number, readonly code: BlockErrorCode, readonly detail: string }

/**
 * The events of a chaincode that took effect, in order. Any member can have any bytes ordered, so only transactions that the
 * peer found valid are opened, and one that cannot be read is listed as such and stops nothing.
 */
export function readEvents (
  { envelopes, codes }: Pick<PeerBlock, 'envelopes' | 'codes'>,
  chaincode: string
): { events: BlockEvent[], unreadable: UnreadableTransaction[] } {
  const [events, unreadable]: [BlockEvent[], UnreadableTransaction[]] = [[], []]
  for (const [index, envelope] of envelopes.entries()) {
    if (codes[index] !== VALID) continue
    try {
      const contents = readEnvelope(envelope)
      if (contents?.event?.chaincode !== chaincode || contents.event.name === '') continue
      const { txId, timeMs, args, event: { name, payload } } = contents
      events.push({ index, txId, timeMs, name, payload, args })
    } catch (error) {
      if (!(error instanceof BlockError)) throw error
      unreadable.push({ index, code: error.code, detail: error.message })
    }
  }
  return { events, unreadable }
}

/** Index of the valid transaction with an id. Its like among invalid ones, which anybody can have ordered, do not count. */
export function findValidTransaction ({ envelopes, codes }: Pick<PeerBlock, 'envelopes' | 'codes'>, txId: string): number | undefined {
  const index = envelopes.findIndex((envelope, i) => codes[i] === VALID && txIdOf(envelope) === txId)
  return index < 0 ? undefined : index
}

function txIdOf (envelope: Uint8Array): string | undefined {
  try {
    return readEnvelope(envelope)?.txId
  } catch (error) {
    if (error instanceof BlockError) return undefined
    throw error
  }
}
