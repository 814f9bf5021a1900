import type { Written } from '../context/submit.ts'
import type { EntrySummary } from '../search/make-entry.ts'

/** What registering a record answers. */
export interface RecordAdded extends Written {
  recordId: string
  version: number
  manifestId: string
  patientId: string
  category: string
  cid: string
  contentHash: string
  /** Bytes that were sealed. */
  sizeBytes: number
  /** Bytes of the ciphertext. */
  sealedBytes: number
  /** Organisations that keep a copy. */
  copies: string[]
  /** What was indexed, or why nothing was. */
  index: EntrySummary
}
