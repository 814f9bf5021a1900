export type WalletErrorCode =
  /** The person said no. */
  | 'REJECTED'
  /** It is locked, or lets no account be used here. */
  | 'LOCKED'
  /** It asks the person something else just now. */
  | 'BUSY'
  /** It is at another chain than the network's anchors are. */
  | 'CHAIN_WRONG'
  /** It does not answer, or its node does not. */
  | 'UNUSABLE'
  /** The contract would refuse: the batch is anchored already, or another comes first. */
  | 'REFUSED'

/** What keeps a wallet from doing what it was asked. */
export class WalletError extends Error {
  override readonly name = 'WalletError'
  readonly code: WalletErrorCode

  constructor (code: WalletErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
