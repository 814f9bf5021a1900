import type { Generated, Selectable } from 'kysely'
import type {
  DenialRepeatsTable, DeniedQuestionsTable, LogReadingPatientsTable, LogReadingsTable, PendingNotesTable
} from './access-notes-tables.ts'
import type { AnchorBatchesTable, AnchorProposalsTable, AnchorStatusTable } from './anchors-tables.ts'
import type { ConsentChangesTable, ConsentCustodyTable, GroupChangesTable, WebhookDeadTable, WebhookPlacesTable } from './audit-tables.ts'
import type { ChoresTable, RequestCountsTable } from './gateways-tables.ts'
import type { IndexEntriesTable, IndexLinksTable, SearchKeysTable } from './search-tables.ts'
import type { PractitionersTable, SigningsTable, SuspendedStaffTable, WalletTable } from './staff-tables.ts'
import type { SegmentsTable, WindowsTable, WindowWrapsTable } from './streams-tables.ts'

/** What ended of anybody's staff, by the blocks: `target` is its canonical JSON, `entry` the JSON of it all. */
export interface SuspensionsTable { msp_id: string, staff_id: string, target: string, entry: string }

/** Patients whose freeze a block showed, and none its end. */
export interface FrozenPatientsTable { patient_id: string, freeze_id: string }

/** Representations and limited keys that a block ended, by the statements that named them, and when (ms). */
export interface EndedActorsTable { patient_id: string, statement_id: string, ended_at: number }

/** A department's key sealed to one member's envelope key. */
export interface EnvelopesTable { membership_id: string, staff_id: string, department: string, version: number, sealed: Uint8Array }

/**
 * Ciphertext kept on disk under its CID; `created_at` is when it was last asked to be kept, `named` 1 once a record on the ledger names
 * it.
 */
export interface ContentsTable {
  cid: string
  content_hash: string
  size_bytes: number
  created_at: number
  /** Who brought it. */ owner: string | null
  named: Generated<number>
  /** 1 once the own IPFS node has pinned it. */ pinned: Generated<number>
}

/** Uploads that come in parts: unfinished while `cid` is null. `received_bytes` is for counting; the file's length is the offset. */
export interface UploadsTable {
  id: string
  owner: string
  length_bytes: number
  received_bytes: number
  created_at: number
  wanted_cid: string | null
  cid: string | null
  content_hash: string | null
}

/** Wraps of record versions and of search keys (no record), by their hash; `owner` brought it for that patient, `named` as for contents. */
export interface WrapsTable {
  wrap_hash: string
  wrap: Uint8Array
  created_at: number
  owner: Generated<string>
  patient_id: Generated<string>
  record_id: Generated<string>
  version: Generated<number>
  named: Generated<number>
}

/** Contents that another gateway may bring, because it showed a signed manifest that names them. */
export interface AnnouncedContentsTable { cid: string, msp_id: string, patient_id: string, size_bytes_max: number, created_at: number }

/** Endorsed transactions handed to the orderers whose fate is not yet known: the very same bytes are submitted again. */
export interface JournalTable { tx_id: string, transaction_name: string, envelope: Uint8Array, created_at: number }

/** Answers given under an idempotency key; `status` null while the first request is at work. */
export interface IdempotencyTable {
  caller: string
  key: string
  request_hash: string
  status: number | null
  body: string | null
  created_at: number
}

/** Sessions already used: each signed session opens one request. */
export interface SessionsTable { statement_id: string, expires_at: number }

/** Last block applied by the projection; `header_hash` (hex) is null in a store from before it was kept. */
export interface CheckpointsTable { name: string, block_number: number, header_hash: string | null }

/** Read model of record versions: who wrote them (null for the patient), and the compartment in which they stand now. */
export interface RecordVersionsTable {
  record_id: string
  version: number
  patient_id: string
  label: string
  epoch: number
  author_msp: string | null
  author_staff: string | null
}

/**
 * Record versions that were erased or withdrawn, each proven, with what names their bytes: whatever of them comes back is destroyed again.
 */
export interface EndedVersionsTable {
  record_id: string
  version: number
  order_id: string
  cause: string
  wrap_hash: string
  cid: string
  /** Key that signed the manifest, hex. */
  author_key: string
}

/** Compartments that were erased, up to `epoch`, by which order. */
export interface ErasedCompartmentsTable { patient_id: string, label: string, epoch: number, order_id: string }

/** Read model of the access log. `event` is the JSON of the AccessEvent as committed. */
export interface AccessEventsTable {
  event_id: string
  tx_id: string
  block_number: number
  event_index: number
  time: number
  patient_id: string
  msp_id: string
  staff_id: string
  decision: string
  purpose: string
  /** 1 where a record of it comes from another organisation than the requester's, else 0. */
  outside: number
  /** Those organisations, with blanks around each. */
  origins: string
  consent_id: string | null
  event: string
}

/** Consents of which this proxy holds kfrags, with the times after which they have ended by themselves. */
export interface KfragConsentsTable { consent_id: string, patient_id: string, not_after: number, void_after: number, created_at: number }

/** Kfrags in custody, each sealed under a key of its own consent that lies in a file (proxy/). */
export interface KfragsTable { consent_id: string, kfrag_id: string, label: string, epoch: number, sealed: Uint8Array }

/** Consents known to have ended: remembered even where the peer's state would say otherwise. Nobody ends another patient's. */
export interface EndedConsentsTable { patient_id: string, consent_id: string, cause: string, ended_at: number }

/** Prohibitions and ends of them as blocks have them; `statement` is the JSON of the stored statement. */
export interface ProhibitionsTable { statement_id: string, patient_id: string, statement: string }

/** Work that must get done though a peer, a ledger or this process fails; `due_at` moves on with each attempt. */
export interface OutboxTable {
  id: string
  kind: string
  /** JSON of the work, its shape given by `kind`. */
  payload: string
  attempts: number
  due_at: number
  /** Time in ms after which it is not tried any more; null for what must be done however long it takes. */
  give_up_at: number | null
  /** Patient on whose word it is done. */
  owner: string | null
  created_at: number
  last_error: string | null
}

/** Releases of cfrags not yet on the ledger in a receipt. */
export interface ReleasesTable { event_id: string, wrap_hash: string, released_at: number }

/**
 * Windows of followed streams that this proxy released, and that no receipt has said yet: none while the numbers are null; `ended` is how
 * following ended, once it did and until that is said, too.
 */
export interface FollowsTable {
  event_id: string
  expires_at: number
  first_number: number | null
  last_number: number | null
  ended: string | null
}

/**
 * A patient's encrypted phrase and its guardians' sealed shares, by the `Guardians` statement that commits to both; ciphertext only.
 * `named` is 1 once that is on the ledger.
 */
export interface EscrowsTable {
  statement_id: string
  patient_id: string
  issue: number
  backup: Uint8Array
  created_at: number
  named: Generated<number>
}
export interface EscrowSharesTable { statement_id: string, share_index: number, sealed: Uint8Array }

/** Boxes of break-glass by the event that opened them; `review` is JSON of who reviewed it, when and what they found. */
export interface EmergenciesTable {
  event_id: string
  block_number: number
  event_index: number
  time: number
  patient_id: string
  msp_id: string
  staff_id: string
  open_until: number
  review_by: number
  reason: string
  second: string | null
  closed_at: number | null
  review: string | null
}

export interface Tables {
  emergencies: EmergenciesTable
  wallet: WalletTable
  signings: SigningsTable
  practitioners: PractitionersTable
  suspended_staff: SuspendedStaffTable
  envelopes: EnvelopesTable
  contents: ContentsTable
  uploads: UploadsTable
  wraps: WrapsTable
  announced_contents: AnnouncedContentsTable
  journal: JournalTable
  idempotency: IdempotencyTable
  request_counts: RequestCountsTable
  chores: ChoresTable
  sessions: SessionsTable
  checkpoints: CheckpointsTable
  access_events: AccessEventsTable
  consent_changes: ConsentChangesTable
  consent_custody: ConsentCustodyTable
  group_changes: GroupChangesTable
  webhook_places: WebhookPlacesTable
  webhook_dead: WebhookDeadTable
  pending_notes: PendingNotesTable
  denied_questions: DeniedQuestionsTable
  log_readings: LogReadingsTable
  log_reading_patients: LogReadingPatientsTable
  denial_repeats: DenialRepeatsTable
  record_versions: RecordVersionsTable
  index_entries: IndexEntriesTable
  index_links: IndexLinksTable
  search_keys: SearchKeysTable
  windows: WindowsTable
  segments: SegmentsTable
  window_wraps: WindowWrapsTable
  ended_versions: EndedVersionsTable
  erased_compartments: ErasedCompartmentsTable
  kfrag_consents: KfragConsentsTable
  kfrags: KfragsTable
  ended_consents: EndedConsentsTable
  prohibitions: ProhibitionsTable
  suspensions: SuspensionsTable
  frozen_patients: FrozenPatientsTable
  ended_actors: EndedActorsTable
  outbox: OutboxTable
  releases: ReleasesTable
  follows: FollowsTable
  escrows: EscrowsTable
  escrow_shares: EscrowSharesTable
  anchor_proposals: AnchorProposalsTable
  anchor_batches: AnchorBatchesTable
  anchor_status: AnchorStatusTable
}

export type PractitionerRow = Selectable<PractitionersTable>
export type AccessEventRow = Selectable<AccessEventsTable>
