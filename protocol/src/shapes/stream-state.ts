import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Hash, MspId, PatientId, TimeMs } from './primitives.ts'
import { StoredStatement } from './state.ts'

/** What the ledger keeps and answers of devices and their streams (docs/protocol.md, "Streams"). */

/** A device, and its end where there is one before its `notAfter`: the first `DeviceEnd` of it. */
export const DeviceState = Type.Object({ device: StoredStatement, end: Type.Optional(StoredStatement) })
export type DeviceState = Static<typeof DeviceState>

/** An end under what it ends, which may not have come yet: result of `Devices:End`, payload of `DeviceEnded`. */
export const DeviceEndEntry = Type.Object({ patientId: PatientId, deviceId: Hash, end: StoredStatement })
export type DeviceEndEntry = Static<typeof DeviceEndEntry>

/** A sign of life of the ledger, submitted by a gateway: a peer that shows a fresh one is not cut off. */
export const Beat = Type.Object({ mspId: MspId, txId: Hash, time: TimeMs })
export type Beat = Static<typeof Beat>
