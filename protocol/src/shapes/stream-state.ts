import { Type } from 'typebox'
import type { Static } from 'typebox'
import { LEDGER_ERROR_CODES } from './codes.ts'
import { SEGMENTS_PER_BATCH } from './limits.ts'
import { LEDGER_EVENTS } from './names.ts'
import { Hash, MspId, PatientId, TimeMs } from './primitives.ts'
import { RecordState, StoredStatement } from './state.ts'

/** What the ledger keeps and answers of devices and their streams (docs/protocol.md, "Streams"). */

/** A device, and its end where there is one before its `notAfter`: the first `DeviceEnd` of it. */
export const DeviceState = Type.Object({ device: StoredStatement, end: Type.Optional(StoredStatement) })
export type DeviceState = Static<typeof DeviceState>

/** An end under what it ends, which may not have come yet: result of `Devices:End`, payload of `DeviceEnded`. */
export const DeviceEndEntry = Type.Object({ patientId: PatientId, deviceId: Hash, end: StoredStatement })
export type DeviceEndEntry = Static<typeof DeviceEndEntry>

/**
 * What became of each segment of a batch, in its order: the record version that it is, or why it is none. Result of
 * `Records:RegisterSegments`, payload of `SegmentsRegistered`.
 */
export const SegmentBatch = Type.Object({
  items: Type.Array(
    Type.Union([Type.Object({ record: RecordState }), Type.Object({ code: Type.Enum([...LEDGER_ERROR_CODES]) })]),
    { minItems: 1, maxItems: SEGMENTS_PER_BATCH }
  )
})
export type SegmentBatch = Static<typeof SegmentBatch>

/** A sign of life of the ledger, submitted by a gateway: a peer that shows a fresh one is not cut off. */
export const Beat = Type.Object({ mspId: MspId, txId: Hash, time: TimeMs })
export type Beat = Static<typeof Beat>

/**
 * The record changes that a transaction's event carries, as they stand there: of one record, or of a batch of segments; undefined where it
 * carries none, or no list of them.
 */
export function recordChangesIn (name: string, payload: unknown): unknown[] | undefined {
  if (name === LEDGER_EVENTS.recordRegistered || name === LEDGER_EVENTS.recordRewrapped) return [payload]
  if (name !== LEDGER_EVENTS.segmentsRegistered) return undefined
  const items: unknown = typeof payload === 'object' && payload !== null && 'items' in payload ? payload.items : undefined
  if (!Array.isArray(items) || items.length > SEGMENTS_PER_BATCH) return undefined
  return items.flatMap((item: unknown) => typeof item === 'object' && item !== null && 'record' in item ? [item.record] : [])
}
