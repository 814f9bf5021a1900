/** Read model of who may read: a row a statement, in the order of the ledger. `about` is the consent, prohibition or freeze. */
export interface ConsentChangesTable {
  statement_id: string
  block_number: number
  event_index: number
  tx_id: string
  time: number
  submitted_by: string
  patient_id: string
  change: string
  about: string
  /** Of a consent: to whom; of all else null. */
  msp_id: string | null
  staff_id: string | null
  department: string | null
  /** Of a consent: custody of so many proxies, which it had at `active_from`. */
  threshold: number | null
  active_from: number | null
  not_before: number | null
  not_after: number | null
  /** By a later statement. */
  ended_at: number | null
  ended_by: string | null
  /** JSON of what it says, for those who are shown it. */
  said: string
}

/** Proxies that hold their kfrags of a consent. */
export interface ConsentCustodyTable { consent_id: string, msp_id: string }

/** Changes of departments' members: `joined` and `left` are staff ids with blanks between; `members` the same of all after it. */
export interface GroupChangesTable {
  statement_id: string
  block_number: number
  event_index: number
  tx_id: string
  time: number
  msp_id: string
  department: string
  version: number
  joined: string
  left_out: string
  members: string
}

/** Up to where each receiver of webhooks was told: its messages are work of the outbox, or were delivered or given up. */
export interface WebhookPlacesTable {
  hook: string
  block_number: number
  event_index: number
  delivered: number
  delivered_at: number | null
}

/** Messages that were given up, whole, so that they can be sent again. */
export interface WebhookDeadTable {
  id: string
  hook: string
  place: string
  body: string
  attempts: number
  last_error: string
  died_at: number
}
