/**
 * Every reason for which this reader refuses a block or a transaction. Of a block it is the peer's fault: take the block from
 * another peer, or later. Of an envelope or event it is the sender's: it is no event, and stays so.
 */
export type BlockErrorCode =
  | 'BLOCK_MALFORMED'
  | 'BLOCK_INCOMPLETE'
  | 'BLOCK_OUT_OF_ORDER'
  | 'CHAIN_BROKEN'
  | 'DATA_HASH_MISMATCH'
  | 'ENVELOPE_MALFORMED'
  | 'EVENT_MALFORMED'
  | 'EVENT_TOO_LARGE'

/** A block, envelope or event that is not what it must be. */
export class BlockError extends Error {
  override readonly name = 'BlockError'
  readonly code: BlockErrorCode

  constructor (code: BlockErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
