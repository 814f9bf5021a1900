/**
 * Signatures over batches as organisations' anchor services handed them in: kept unjudged, never replaced, because two of one
 * witness that contradict each other are evidence. `id` is the digest of all that was handed in; `contradicted` is 0 or 1.
 */
export interface AnchorProposalsTable {
  id: string
  number: number
  first_block: number
  last_block: number
  root: string
  witness: string
  signature: string
  /** Whose anchor service or gateway handed it in, which need not be the witness's own. */
  msp_id: string
  received_at: number
  contradicted: number
}

/** Batches as the own anchor service last published them; `batch` is the JSON of it. */
export interface AnchorBatchesTable { number: number, first_block: number, last_block: number, batch: string }

/** One row: what the own anchor service told of itself last, JSON, and when. */
export interface AnchorStatusTable { id: number, status: string, told_at: number }
