import { canonicalize } from '@epione/crypto'
import { originsOutside, REQUESTS_PER_BATCH } from '@epione/protocol'
import type { AccessEvent } from '@epione/protocol'
import type { LedgerEvent } from '@epione/ledger/fabric'
import { readAccessEvents } from '../ledger/ledger-events.ts'
import type { Projection } from '../ledger/projection.ts'
import type { AccessEventsTable } from '../store/tables.ts'

/** Writes access events into the read model. Repeating it changes nothing. */
export const projectAccess: Projection = (event, eventIndex) => {
  const rows = readAccessEvents(event).map((access, position) => toRow(access, event, eventIndex * REQUESTS_PER_BATCH + position))
  if (rows.length === 0) return undefined
  return async (trx) => {
    await trx.insertInto('access_events').values(rows).onConflict((c) => c.doNothing()).execute()
  }
}

/** `index` orders the events of a block: those of one transaction follow each other. */
function toRow (access: AccessEvent, { txId, blockNumber }: LedgerEvent, index: number): AccessEventsTable {
  const origins = originsOutside(access)
  return {
    event_id: access.eventId,
    tx_id: txId,
    block_number: Number(blockNumber),
    event_index: index,
    time: access.time,
    patient_id: access.patientId,
    msp_id: access.actor.mspId,
    staff_id: access.actor.staffId,
    decision: access.decision,
    purpose: access.purpose,
    outside: Number(origins !== ''),
    origins,
    consent_id: access.consentId ?? null,
    event: canonicalize(access)
  }
}
