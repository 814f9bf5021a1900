/** A note that waits for its transaction: JSON of a `LogNote`. */
export interface PendingNotesTable { id: string, created_at: number, note: string }

/** Equal denials of late, so that a restart forgets none: see `RepeatedDenials`. `times` is a JSON list of ms. */
export interface DeniedQuestionsTable {
  question: string
  patient_id: string
  consent_id: string | null
  times: string
  until: number | null
  event_id: string
  /** Requests that were not submitted, and when the first and the last of them came. */
  refused: number
  first_refused: number | null
  last_refused: number | null
}

/** Read model of who read the log; `reading` is the JSON of what the list shows. */
export interface LogReadingsTable {
  reading_id: string
  block_number: number
  event_index: number
  msp_id: string
  reader: string
  /** When the ledger took it (ms). */
  time: number
  reading: string
}
export interface LogReadingPatientsTable { patient_id: string, block_number: number, event_index: number, reading_id: string }

/** How many requests equal to a denied one were refused, by each note of it. */
export interface DenialRepeatsTable { event_id: string, note_id: string, count: number, until: number }
