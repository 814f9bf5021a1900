/**
 * Sealed index entries, each brought for one record version; `owner` and `named` as for wraps. The same bytes under another version's name
 * are another row: whoever names a stranger's entry has to bring it, and takes none away.
 */
export interface IndexEntriesTable {
  record_id: string
  version: number
  entry_hash: string
  entry: Uint8Array
  created_at: number
  owner: string
  patient_id: string
  named: number
}

/**
 * Read model of the chains of index entries, in the ledger's order: `place` tells what one event appended apart. `kind` is `in`, `out`, or
 * `end` of an order, which is none of the chain and has no number. `digest` is that of the chain with this link; `live` is 1 of an `in`
 * whose entry stands; `statement` is the JSON of a rewrap.
 */
export interface IndexLinksTable {
  patient_id: string
  label: string
  block_number: number
  event_index: number
  place: number
  writer: string
  number: number
  digest: string
  kind: string
  record_id: string
  version: number
  statement_id: string
  /** Of an `in`, with the next three. */
  entry_hash: string | null
  index_key: string | null
  issue: number | null
  truncated: number | null
  /** Of an `in`, the epoch that it is for; of an `out`, the one that it leaves. */
  epoch: number
  live: number
  /** The erasure or withdrawal that ended its version. */
  ended_by: string | null
  /** Organisation that brought the statement. */
  origin: string
  statement: string | null
}

/** Read model of search keys: the newest issue of each epoch of a compartment, and the hash of the wrap of its secret. */
export interface SearchKeysTable {
  patient_id: string
  label: string
  epoch: number
  issue: number
  wrap_hash: string
  statement_id: string
}
