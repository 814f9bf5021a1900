import { Type } from 'typebox'
import type { Static } from 'typebox'
import { COMPARTMENTS_PER_SEARCH, PAGE_SIZE_MAX } from './limits.ts'
import { Count, Epoch, Hash, Level, PatientId, RecordId, Version } from './primitives.ts'
import { Compartment } from './statements/parts.ts'

/** What the ledger keeps and answers of search (docs/protocol.md, "Search"). */

/** A compartment that was searched, as an event says: its level, the newest issue of its search key, and the wrap of that key's secret. */
export const EventCompartment = Type.Object({ label: Hash, epoch: Epoch, level: Level, issue: Version, wrapHash: Hash })
export type EventCompartment = Static<typeof EventCompartment>

/** An issue that is asked about, by default the newest. */
export const AskedIssues = Type.Array(
  Type.Object({ ...Compartment.properties, issue: Type.Optional(Version) }),
  { minItems: 1, maxItems: COMPARTMENTS_PER_SEARCH }
)
export type AskedIssues = Static<typeof AskedIssues>

/** Which `SearchKeys` statement published an issue of a compartment's search key. */
export const SearchKeyIssue = Type.Object({ label: Hash, epoch: Epoch, issue: Version, statementId: Hash })
export type SearchKeyIssue = Static<typeof SearchKeyIssue>

/** Whose links a chain has (`patient` or `mspId/staffId`), how many, and the hash over all of them. */
export const ChainHeadEntry = Type.Object({ writer: Type.String({ minLength: 1, maxLength: 256 }), count: Count, digest: Hash })
export type ChainHeadEntry = Static<typeof ChainHeadEntry>

/** What a record's manifest or rewrap added to a chain, as crypto's `ChainLink`, and the head after it. */
export const ChainStep = Type.Object({
  patientId: PatientId,
  label: Hash,
  ...ChainHeadEntry.properties,
  link: Type.Union([
    Type.Object({ kind: Type.Literal('in'), recordId: RecordId, version: Version, statementId: Hash, entryHash: Hash }),
    Type.Object({ kind: Type.Literal('out'), recordId: RecordId, version: Version, statementId: Hash })
  ])
})
export type ChainStep = Static<typeof ChainStep>

/** The chains of one compartment, by writer ascending: the first page of them; an empty bookmark means there are no more. */
export const CompartmentHeads = Type.Object({
  label: Hash, heads: Type.Array(ChainHeadEntry, { maxItems: PAGE_SIZE_MAX }), bookmark: Type.String()
})
export type CompartmentHeads = Static<typeof CompartmentHeads>
