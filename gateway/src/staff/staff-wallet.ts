import fabricNetwork from 'fabric-network'
import type { X509Identity } from 'fabric-network'
import type { Kysely } from 'kysely'
import { notEnrolled } from './not-enrolled.ts'
import type { LedgerIdentity } from '@epione/ledger/fabric'
import type { Tables } from '../store/tables.ts'
import type { WalletKeys } from './wallet-keys.ts'
import { SealedWalletStore } from './sealed-wallet-store.ts'

/** Label of the registration desk's identity; no subject of an identity provider can have it (see `labelOf`). */
export const REGISTRATION_DESK = 'registration-desk'

/** X.509 identities of the hospital's staff, sealed at rest. */
export interface StaffWallet {
  /** @throws {GatewayError} NOT_ENROLLED */
  get: (label: string) => Promise<LedgerIdentity>
  put: (label: string, identity: LedgerIdentity) => Promise<void>
  list: () => Promise<string[]>
}

/** Opens fabric-network's `Wallet` over sealed storage in `db`. */
export function openStaffWallet (db: Kysely<Tables>, keys: WalletKeys): StaffWallet {
  const wallet = new fabricNetwork.Wallet(new SealedWalletStore(db, keys))
  return {
    get: async (label) => {
      const identity = await wallet.get(label) as X509Identity | undefined
      if (identity === undefined) {
        throw notEnrolled()
      }
      return { mspId: identity.mspId, certificate: identity.credentials.certificate, privateKey: identity.credentials.privateKey }
    },
    put: async (label, { mspId, certificate, privateKey }) => {
      const identity: X509Identity = { type: 'X.509', mspId, credentials: { certificate, privateKey } }
      await wallet.put(label, identity)
    },
    list: () => wallet.list()
  }
}
