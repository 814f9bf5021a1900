import type { LedgerClient } from '@epione/ledger/client'
import type { LedgerConnection } from '@epione/ledger/fabric'

/** What a proxy reads from the state of its own peer before it decides for itself. */
export type LedgerView = Pick<LedgerClient,
  | 'findSearchKeys'
  | 'getAccess'
  | 'getBinding'
  | 'getConsent'
  | 'getDepartment'
  | 'getDevice'
  | 'getDirectory'
  | 'getProxies'
  | 'getRecord'
  | 'getStanding'>

/** Whether the proxy's own picture of the ledger is good enough to release by. Asks nobody. */
export interface Freshness {
  /**
   * Waits a moment until this gateway has itself read the ledger up to a block: only then does it know of all ends before. @throws
   * {GatewayError} READ_MODEL_BEHIND
   */
  requireRead: (blockNumber: number) => Promise<void>
  /** @throws {GatewayError} PEER_BEHIND, LEDGER_DIVERGED while `threshold` other hospitals know more, or otherwise, than the own peer */
  requireCurrent: (threshold: number) => void
  /** @throws {GatewayError} PEER_BEHIND while the own peer has shown no transaction of the last minute */
  requireRecent: () => void
}

/** Looks transactions up in the blocks of the proxy's own peer, not in its state. */
export type BlockView = Pick<LedgerConnection, 'findTransaction'>
