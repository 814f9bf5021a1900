import type { LedgerClient } from '@epione/chaincode/client'
import type { LedgerConnection } from '../fabric/ledger-connection.ts'

/** What a proxy reads from the state of its own peer before it decides for itself. */
export type LedgerView = Pick<LedgerClient, 'getAccess' | 'getBinding' | 'getConsent' | 'getDirectory' | 'getNetwork' | 'getProxies' | 'getRecord' | 'getSafety'>

/** Looks transactions up in the blocks of the proxy's own peer, not in its state. */
export type BlockView = Pick<LedgerConnection, 'findTransaction'>
