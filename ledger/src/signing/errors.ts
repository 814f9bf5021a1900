/** Where what a device is asked to sign is something else than it asked for; `UNREADABLE` where it is nothing of Fabric's at all. */
export type SigningDifference =
  | 'ACTION' | 'ARGUMENTS' | 'CHAINCODE' | 'CHANNEL' | 'CREATOR' | 'ENCODING' | 'HEADER' | 'PROPOSAL_HASH' | 'RESPONSE' | 'TIME' | 'TRANSACTION'
  | 'TRANSIENT' | 'TX_ID' | 'UNREADABLE' | 'WRITE_SET'

/** A device refuses to sign. Nothing was signed. */
export class SigningRefused extends Error {
  override readonly name = 'SigningRefused'
  readonly code = 'SIGNING_REFUSED'
  readonly difference: SigningDifference

  constructor (difference: SigningDifference, why: string, options?: ErrorOptions) {
    super(`${why}: nothing was signed.`, options)
    this.difference = difference
  }
}
