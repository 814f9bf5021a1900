import { Type } from 'typebox'
import type { Static } from 'typebox'
import { CommonName, Hash, Hex, MspId, PatientId, StaffId, TimeMs } from './primitives.ts'
import { LogReading } from './log-notes.ts'
import { AnyPurpose, strict } from './statements/parts.ts'

/** Times of a filter, in ms: seconds lie before these years and microseconds after, and would find nothing. */
export const FilterTime = Type.Integer({
  minimum: Date.UTC(2000, 0, 1),
  maximum: Date.UTC(2100, 0, 1) - 1,
  description: 'milliseconds since 1970 UTC, in the years 2000 to 2099; both ends are included'
})

/** Between which times. */
export const Between = { from: Type.Optional(FilterTime), to: Type.Optional(FilterTime) }

/** Which events of the access log: all that is given must fit. */
export const LogQuery = strict({
  patientId: Type.Optional(PatientId),
  mspId: Type.Optional(MspId),
  staffId: Type.Optional(StaffId),
  decision: Type.Optional(Type.Enum(['permit', 'deny'])),
  purpose: Type.Optional(AnyPurpose),
  origin: Type.Optional(Type.Enum(['other', 'own'], {
    description: '`other`: only where a record comes from another organisation than the requester\'s; `own`: only where none does'
  })),
  /** Only where a record of this organisation was asked for by people of another: what went out of it. */
  writtenAt: Type.Optional(MspId),
  ...Between
})
export type LogQuery = Static<typeof LogQuery>

/** What a file of events is written as. */
export const EXPORT_FORMATS = ['json', 'ndjson', 'csv', 'pdf', 'fhir', 'ch-atc'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

const BlockNumber = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })

/** The newest anchored batch that the hospital knew of, with its transaction on the EVM chain. */
const AnchorHead = strict({
  batch: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  firstBlock: BlockNumber,
  lastBlock: BlockNumber,
  root: Hash,
  chainId: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  contract: Hex(20),
  transactionHash: Type.Optional(Hash),
  state: Type.Enum(['pending', 'submitted', 'included', 'final'])
})

/**
 * What a hospital's gateway says, under its proxy's signing key, of a file that somebody made of the access log through it. The ledger
 * never holds it: it holds the reading, with the file's hash.
 */
export const LogExport = strict({
  type: Type.Literal('LogExport'),
  mspId: MspId,
  as: LogReading.properties.as,
  reader: CommonName,
  /** By the gateway's clock. */
  madeAt: TimeMs,
  query: LogQuery,
  format: Type.Enum([...EXPORT_FORMATS]),
  fileHash: Hash,
  sizeBytes: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  /** Block of the newest event that counts: later ones are in no count; absent where the log had none. */
  throughBlock: Type.Optional(BlockNumber),
  /** Events that the hospital itself finds for the query, and the hash over what a file of this format says of each, newest first. */
  count: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  eventsHash: Hash,
  /** Newer ones that it finds, in blocks after `throughBlock`. */
  later: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  firstBlock: Type.Optional(BlockNumber),
  lastBlock: Type.Optional(BlockNumber),
  anchor: Type.Optional(AnchorHead),
  /** Members whose gateways this one had not heard of: what they had yet to note is in no log. */
  silent: Type.Optional(Type.Array(MspId, { minItems: 1, maxItems: 256, uniqueItems: true }))
})
export type LogExport = Static<typeof LogExport>
