import { Type } from 'typebox'
import type { Static } from 'typebox'
import { COMPARTMENTS_PER_SEARCH } from './limits.ts'
import { Count, Epoch, Hash, KeyHex, Level, PatientId, RecordId, Version } from './primitives.ts'
import { Compartment } from './statements/parts.ts'

/** What the ledger keeps and answers of search (docs/protocol.md, "Search"). */

/** The chains of a compartment at one time: how many writers have one, and the root (docs/protocol.md §5) over their heads. */
export const ChainsRoot = Type.Object({ writers: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }), root: Hash })
export type ChainsRoot = Static<typeof ChainsRoot>

/**
 * A compartment that was searched, as an event says: its level, the newest issue of its search key, and the wrap of that key's secret. Of a
 * permit also its chains just before: a denied stranger learns nothing of them.
 */
export const EventCompartment = Type.Object({
  label: Hash, epoch: Epoch, level: Level, issue: Version, wrapHash: Hash, heads: Type.Optional(ChainsRoot)
})
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

const linked = { recordId: RecordId, version: Version, statementId: Hash }

/** Crypto's `ChainLink`, as events and gateways tell it. */
export const ChainLink = Type.Union([
  Type.Object({ kind: Type.Literal('in'), ...linked, entryHash: Hash, indexKey: KeyHex, epoch: Epoch, issue: Version, truncated: Type.Boolean() }),
  Type.Object({ kind: Type.Literal('out'), ...linked })
])

/** What a record's manifest or rewrap added to a chain, and the head after it. */
export const ChainStep = Type.Object({ patientId: PatientId, label: Hash, ...ChainHeadEntry.properties, link: ChainLink })
export type ChainStep = Static<typeof ChainStep>
