import { Type } from 'typebox'
import type { Static } from 'typebox'
import { LEDGER_ERROR_CODES } from './codes.ts'
import { SEGMENTS_PER_BATCH } from './limits.ts'
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
