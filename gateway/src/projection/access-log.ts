import { LEDGER_EVENTS } from '@epione/chaincode/model'
import type { AccessEvent } from '@epione/chaincode/model'
import type { Transaction } from 'kysely'
import type { LedgerEvent } from '../fabric/ledger-connection.ts'
import type { Tables } from '../store/tables.ts'

/** Writes one chaincode event into the read model. Repeating it changes nothing. */
export async function projectEvent (trx: Transaction<Tables>, event: LedgerEvent, eventIndex: number): Promise<void> {
  if (event.name !== LEDGER_EVENTS.accessDecided) return
  const text = Buffer.from(event.payload).toString()
  const access = JSON.parse(text) as AccessEvent
  await trx.insertInto('access_events').values({
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
    event: text
  }).onConflict((c) => c.doNothing()).execute()
}
