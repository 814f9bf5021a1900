import { INDEX_ENTRY_BYTES } from '@epione/crypto'
import { Type } from 'typebox'
import type { Static, TArray, TObject, TOptional, TSchema, TString } from 'typebox'
import { Hash, Hex, MspId, PatientId, RecordId, TimeMs, Version } from '../shapes/primitives.ts'
import { Signed } from '../shapes/state.ts'
import type { Bytes, Refusal, RouteAccess } from './operation.ts'

/** What a caller sends has no members that the gateway does not know. */
export const strict = { additionalProperties: false }

/** Of what everybody may know. */
export const PUBLIC: RouteAccess = { by: 'anyone', who: 'anyone', stranger: { status: 200, when: 'always' }, trace: 'request log' }

const STRANGERS_SIGNATURE: Refusal = { status: 400, code: 'SIGNATURE_INVALID', when: 'with a stranger\'s signature' }

/** Of an operation that whoever brings a signed statement may call: the statement says who speaks. */
export function bySigned (who: string, stranger: Refusal = STRANGERS_SIGNATURE): RouteAccess {
  return { by: 'anyone', who, stranger, trace: 'ledger' }
}

/** Of a new wrap, or of those of a segment's windows. */
export const REWRAP_ACCESS: RouteAccess = {
  by: 'patient',
  who: 'the record\'s patient or heir',
  stranger: { status: 403, code: 'NOT_PERMITTED', when: 'with another patient\'s rewrap' },
  trace: 'ledger'
}

/** Between gateways, of what is stored for a record: on which grounds it is given. */
export const COPIES_ACCESS: RouteAccess = {
  by: 'gateway',
  who: 'under a live permit of its own staff, by the session that a patient signed for it and this record, or as the record\'s origin',
  stranger: { status: 403, code: 'NOT_PERMITTED', when: 'without one' },
  trace: 'request log'
}

/** Where a write is on the ledger. */
export const Committed = { txId: Hash, blockNumber: Type.Integer({ minimum: 0 }) }

/** Body of an operation that takes one signed statement. */
export const StatementMessage = Type.Object({ statement: Signed }, strict)
export const PatientParams = Type.Object({ patientId: PatientId })
export const VersionParams = Type.Object({ recordId: RecordId, version: Version })

const WRAP_BYTES = 170
/** A record's wrapped content key. */
export const Wrap = Hex(WRAP_BYTES)

/** Bytes of sealed index entries (docs/protocol.md, "Index entries and chains"): of 16, 32, … 512 slots, and of no other number. */
const INDEX_ENTRY_SIZES = [16, 32, 64, 128, 256, 512].map((slots) => INDEX_ENTRY_BYTES.min + (slots - 16) * 8)
/** A sealed index entry. */
export const SealedEntry = Type.String({
  maxLength: INDEX_ENTRY_BYTES.max * 2,
  pattern: `^(?:${INDEX_ENTRY_SIZES.map((bytes) => `[0-9a-f]{${String(bytes * 2)}}`).join('|')})$`
})

/** Entries of a page when the caller does not say; the ledger gives 100 at most (PAGE_SIZE_MAX). */
export const LIMIT_DEFAULT = 50
const LIMIT_MAX = 100

/** Members whose gateways have not been heard of, each with when they last were (ms), where this gateway knows. */
export const Silent = Type.Optional(Type.Array(Type.Object({ mspId: MspId, since: Type.Optional(TimeMs) })))
export type Silent = Static<typeof Silent>

export const PageQuery = {
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 1024, description: '`next` of the page before' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMIT_MAX, default: LIMIT_DEFAULT }))
}
export interface PageQuery { cursor?: string, limit?: number }

/** A page: without `next` it is the last. */
export function PageOf<S extends TSchema> (item: S): TObject<{ items: TArray<S>, next: TOptional<TString> }> {
  return Type.Object({ items: Type.Array(item), next: Type.Optional(Type.String({ maxLength: 1024 })) })
}

/** The organisation to whose people a caller's scope as an auditor cuts what is shown; absent where nothing is cut. */
export const Within = Type.Optional(MspId)

/**
 * A page of the log. `silent`: members whose gateways this one has not heard of for a while: what they have yet to note, as who read the
 * log through them, may be missing. `within`: what an auditor of one organisation is shown is of that one alone.
 */
export function LogPageOf<S extends TSchema> (
  item: S
): TObject<{ items: TArray<S>, next: TOptional<TString>, silent: typeof Silent, within: typeof Within }> {
  return Type.Object({ ...PageOf(item).properties, silent: Silent, within: Within })
}

export const CIPHERTEXT: Bytes = { content: { 'application/octet-stream': { schema: Type.Unsafe<unknown>({}) } } }
