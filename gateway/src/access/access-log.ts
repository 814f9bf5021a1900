import { LEDGER_EVENTS } from '@epione/protocol'
import { readAccessEvent } from '../ledger/ledger-events.ts'
import type { Projection } from '../ledger/projection.ts'

/** Writes access events into the read model. Repeating it changes nothing. */
export const projectAccess: Projection = (event, eventIndex) => {
  if (event.name !== LEDGER_EVENTS.accessDecided) return undefined
  const access = readAccessEvent(event)
  const row = {
    event_id: access.eventId,
    tx_id: event.txId,
    block_number: Number(event.blockNumber),
    event_index: eventIndex,
    time: access.time,
    patient_id: access.patientId,
    msp_id: access.actor.mspId,
    staff_id: access.actor.staffId,
    decision: access.decision,
    consent_id: access.consentId ?? null,
    event: Buffer.from(event.payload).toString()
  }
  return async (trx) => {
    await trx.insertInto('access_events').values(row).onConflict((c) => c.doNothing()).execute()
  }
}
