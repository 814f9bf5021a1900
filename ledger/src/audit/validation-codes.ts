/** Validation codes that this audit derives itself (fabric-protos: peer/transaction.proto). */
export const CODES = {
  VALID: 0,
  BAD_PAYLOAD: 2,
  BAD_COMMON_HEADER: 3,
  BAD_CREATOR_SIGNATURE: 4,
  INVALID_ENDORSER_TRANSACTION: 5,
  UNSUPPORTED_TX_PAYLOAD: 7,
  BAD_PROPOSAL_TXID: 8,
  DUPLICATE_TXID: 9,
  ENDORSEMENT_POLICY_FAILURE: 10,
  MVCC_READ_CONFLICT: 11,
  PHANTOM_READ_CONFLICT: 12,
  BAD_HEADER_EXTENSION: 19,
  BAD_RESPONSE_PAYLOAD: 21,
  BAD_RWSET: 22,
  ILLEGAL_WRITESET: 23,
  INVALID_CHAINCODE: 25,
  INVALID_OTHER_REASON: 255
} as const

/**
 * Why an envelope goes no further, and which of a peer's checks it does not reach any more: that of its creator's signature,
 * that of its transaction id against earlier ones, or that of its endorsements.
 */
export interface Fault { readonly code: number, readonly before: 'signature' | 'duplicates' | 'endorsements' }
