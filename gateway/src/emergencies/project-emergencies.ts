import { canonicalize } from '@epione/crypto'
import { LEDGER_EVENTS, REQUESTS_PER_BATCH, StoredStatement } from '@epione/protocol'
import type { AccessEvent } from '@epione/protocol'
import type { FastifyBaseLogger } from 'fastify'
import type { LedgerEvent } from '@epione/ledger/fabric'
import { readAccessEvents, readPayload } from '../ledger/ledger-events.ts'
import type { Projection } from '../ledger/projection.ts'
import type { EmergenciesTable } from '../store/tables.ts'
import { isReviewersWord } from './prove-review.ts'
import type { ReviewProof } from './prove-review.ts'

/**
 * Writes boxes, their closings and reviews into the read model. Of a box the first closing and the first review stay; a review is one that
 * its officer signed, of another organisation's box that is over.
 */
export function projectEmergencies (proof: ReviewProof, log: FastifyBaseLogger): Projection {
  const { reader } = proof
  return (event, eventIndex) => {
    if (event.name === LEDGER_EVENTS.emergencyClosed) {
      const stored = readPayload(StoredStatement, event)
      const { opening, requester: { mspId, staffId } } = reader.readStored('EmergencyClose', stored).body
      return async (trx) => {
        await trx.updateTable('emergencies').set({ closed_at: stored.time }).where('event_id', '=', opening)
          .where('msp_id', '=', mspId).where('staff_id', '=', staffId).where('closed_at', 'is', null).execute()
      }
    }
    if (event.name === LEDGER_EVENTS.emergencyReviewed) {
      const stored = readPayload(StoredStatement, event)
      const { signers, body: { opening, reviewer, finding } } = reader.readStored('Review', stored)
      const review = canonicalize({ ...reviewer, finding, time: stored.time, statementId: stored.id })
      return async (trx) => {
        if (!await isReviewersWord(proof, reviewer, { signers, time: stored.time })) {
          log.error({ statementId: stored.id, reviewer }, 'a block carries a review that its officer did not sign: the box stays due')
          return
        }
        await trx.updateTable('emergencies').set({ review }).where('event_id', '=', opening)
          .where('msp_id', '!=', reviewer.mspId).where('review', 'is', null)
          .where((e) => e.or([e('open_until', '<', stored.time), e('closed_at', 'is not', null)])).execute()
      }
    }
    const rows = readAccessEvents(event).flatMap((access, i) => toRow(access, event, eventIndex * REQUESTS_PER_BATCH + i))
    if (rows.length === 0) return undefined
    return async (trx) => { await trx.insertInto('emergencies').values(rows).onConflict((c) => c.doNothing()).execute() }
  }
}

function toRow (access: AccessEvent, { blockNumber }: LedgerEvent, index: number): EmergenciesTable[] {
  const { emergency, decision, actor } = access
  if (decision !== 'permit' || emergency?.openUntil === undefined || emergency.reviewBy === undefined) return []
  return [{
    event_id: access.eventId,
    block_number: Number(blockNumber),
    event_index: index,
    time: access.time,
    patient_id: access.patientId,
    msp_id: actor.mspId,
    staff_id: actor.staffId,
    open_until: emergency.openUntil,
    review_by: emergency.reviewBy,
    reason: emergency.reason,
    second: emergency.second ?? null,
    closed_at: null,
    review: null
  }]
}
