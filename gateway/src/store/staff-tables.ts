import type { Generated } from 'kysely'

/** X.509 identities of the hospital's staff, sealed with the wallet key; the label is authenticated with them. */
export interface WalletTable { label: string, sealed: Uint8Array }

/** Who of the identity provider's subjects is enrolled, with the certified attributes. */
export interface PractitionersTable {
  subject: string
  msp_id: string
  staff_id: string
  role: string
  department: string | null
  certificate_not_after: number
  /** admin or claims: whose word role and department are. */
  enrolled_by: string
  newest_token: number
  /** gateway or device: where the key of their certificate is. */
  keys_at: Generated<string>
  /** PEM, where the key is at the device and has one; the gateway's wallet has the others. */
  certificate: Generated<string | null>
  created_at: number
}

/**
 * What waits for signatures of people whose key is at their device, by undertaking and by name and arguments of the transaction: `stage` is
 * proposal, transaction, submitting or committed.
 */
export interface SigningsTable {
  undertaking: string
  call_hash: string
  staff_id: string
  certificate: string
  tx_id: string
  stage: string
  kept: Uint8Array
  to_sign: Uint8Array
  result: Uint8Array | null
  block_number: number | null
  created_at: number
}

/** Who of the hospital, auditors too, is suspended on the ledger. */
export interface SuspendedStaffTable { staff_id: string, suspended_at: number }
