/**
 * Windows of streams, one by number; `version` is that of the segment on the ledger under whose root it lies, null until there is one.
 * `owner` brought it: `device:` and its id, or `peer:` and an MSP id; `acknowledged` is 1 of what the device itself sent here, once another
 * hospital had it, too.
 */
export interface WindowsTable {
  stream: string
  number: number
  /** Of its `Window`. */
  statement_id: string
  patient_id: string
  device_id: string
  epoch: number
  /** JSON of the signed statement. */
  statement: string
  wrap_hash: string
  wrap: Uint8Array
  ciphertext: Uint8Array
  size_bytes: number
  created_at: number
  owner: string
  acknowledged: number
  version: number | null
}

/**
 * Read model of segments: `whole` is 1 where all its windows lie here under its root, `wraps_root` the root of its newest rewrap, `ended` 1
 * once an order ended it with what follows, 2 once it was erased with its compartment, after which its stream goes on.
 */
export interface SegmentsTable {
  stream: string
  version: number
  patient_id: string
  device_id: string
  first_number: number
  last_number: number
  root: string
  /** Statement id. */
  manifest_id: string
  wraps_root: string | null
  /** Organisation that registered it. */
  origin: string
  whole: number
  ended: number
}

/** New wraps of a segment's windows that a rewrap names which the ledger may not have yet, by the root over their hashes. */
export interface WindowWrapsTable {
  root: string
  number: number
  stream: string
  version: number
  wrap_hash: string
  wrap: Uint8Array
  created_at: number
}
