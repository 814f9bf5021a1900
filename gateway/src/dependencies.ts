import type { Site } from '@epione/portal-service'
import type { LedgerConnection, LedgerIdentity, TransactionJournal } from '@epione/ledger/fabric'
import type { WalletKeys } from './staff/wallet-keys.ts'
import type { CertificateAuthority } from './staff/certificate-authority.ts'
import type { Webhooks } from './audit/webhook-settings.ts'
import type { ClaimMapping } from './staff/claim-mapping.ts'
import type { FetchDocument } from './http/fetch-document.ts'
import type { LogDestination } from './http/logging.ts'
import type { Network } from './network-file.ts'
import type { Reencryptor } from './proxy/reencryptor.ts'
import type { CollectTiming } from './access/collect-cfrags.ts'

/** What the gateway reaches outside its own process; tests pass doubles for ledger and CA. */
export interface Ports {
  network: Network
  /** Connects to the ledger; transactions in doubt go to the journal. */
  connectLedger: (journal: TransactionJournal) => LedgerConnection
  authority: CertificateAuthority
  /** How claims of tokens become attributes; without it an admin enrols each person. */
  claimMapping?: ClaimMapping
  /** Receivers of webhooks; none when absent. */
  webhooks?: Webhooks
  /** Reads what the identity provider publishes. */
  fetchDocument: FetchDocument
  identities: {
    /** The organisation's identity `gateway`. */
    gateway: LedgerIdentity
    /** The registration desk. */
    registrar: LedgerIdentity
  }
  /** The built copy of the portal that is served; none when absent. */
  pages?: Site
  /** What the hospital's own IPFS node asks for as a bearer token. */
  ipfsSecret?: string
  /** They seal the wallet, the first from now on. */
  walletKeys: WalletKeys
  /** Server and client certificate of this gateway, PEM. */
  tls: { certificate: string, privateKey: string }
  /** Milliseconds since the epoch. */
  clock: () => number
  /** How long proxies are waited for; half a second and ten seconds when absent. */
  patience?: CollectTiming
  /** In which order proxies are asked for windows, of which the first are enough; drawn by lot when absent. */
  lot?: (mspIds: readonly string[]) => string[]
  /** Bytes that are free where `dataDir` lies; asks the file system when absent. */
  freeBytes?: () => Promise<number>
  /** A pool of threads when absent. */
  reencryptor?: Reencryptor
  /** Standard output when absent. */
  log?: LogDestination
}
