import type { SecretKey } from '@epione/crypto'
import type { LedgerClient } from '@epione/ledger/client'

/** Somebody with a certificate, and the ledger as seen under it. */
export interface LedgerActor { mspId: string, staffId: string, ledger: LedgerClient }

/** What an organisation's CA certifies of a new identity. */
export interface Enrollment { mspId: string, role?: string, department?: string, scope?: 'organization' | 'consortium' }

/** A founded network with registered proxies, in memory or of real peers: what the contract suite runs on. */
export interface LedgerWorld {
  networkId: Uint8Array
  /** At least three members, all with a gateway and a proxy. */
  members: readonly [string, string, string, ...string[]]
  now: () => number
  /** A new identity with a staff id of its own. */
  enroll (who: Enrollment): Promise<LedgerActor>
  gateway (mspId: string): LedgerActor
  registrar (mspId: string): LedgerActor
  /** An identity with the node OU `admin`. */
  admin (mspId: string): LedgerActor
  /** Secret (32 bytes, P-256) of the admin key that the network document lists. */
  adminSecret (mspId: string): Uint8Array
  /** The key that the organisation's registered proxy signs with. */
  proxySigner (mspId: string): SecretKey
}
