import type { FastifyInstance } from 'fastify'
import type { HospitalState, StatePart } from '@epione/protocol/api'
import { readState } from '../state/read-state.ts'
import type { Metrics } from './metrics.ts'

type Shows = { [Part in StatePart]: (metrics: Metrics, state: NonNullable<HospitalState[Part]>) => void }

const SHOWS: Shows = {
  readiness: (metrics, { ready, checks }) => {
    metrics.ready.set(Number(ready))
    for (const [check, result] of Object.entries(checks)) metrics.check.set({ check }, Number(result === 'ok'))
  },
  ledger: (metrics, { height, lagBlocks }) => {
    metrics.ledgerHeight.set(height)
    metrics.ledgerLag.set(lagBlocks)
  },
  outbox: (metrics, { inDoubt, kinds }) => {
    metrics.inDoubt.set(inDoubt)
    for (const { kind, waiting, overdueMs, attempts } of kinds) {
      metrics.outboxWaiting.set({ kind }, waiting)
      metrics.outboxOverdue.set({ kind }, overdueMs / 1000)
      metrics.outboxAttempts.set({ kind }, attempts)
      // A counter that begins at 1 has not grown, for an alert.
      metrics.outboxGivenUp.inc({ kind }, 0)
    }
  },
  storage: (metrics, { freeBytes }) => { metrics.storageFree.set(freeBytes) },
  certificates: (metrics, certificates) => {
    // Roots are watched by the hospitals whose they are.
    for (const { certificate, notAfter } of certificates) {
      if (certificate !== 'tls-root') metrics.certificateEnd.set({ certificate }, notAfter / 1000)
    }
  },
  hospitals: (metrics, hospitals) => {
    metrics.clockOffset.reset()
    for (const { mspId: peer, silent, clockOffsetMs } of hospitals) {
      metrics.peerSilent.set({ peer }, Number(silent))
      if (clockOffsetMs !== undefined) metrics.clockOffset.set({ peer }, clockOffsetMs / 1000)
    }
  },
  // The anchor service has metrics of its own.
  anchoring: () => undefined
}

/**
 * Shows the state of a moment as metrics. A part that cannot be read says nothing rather than something old, and is counted; the others
 * go on.
 */
export async function collectState (app: FastifyInstance): Promise<void> {
  const { metrics, events } = app
  metrics.ledgerPosition.set(Number(events.position))
  const state = await readState(app)
  for (const part of Object.keys(SHOWS) as StatePart[]) {
    metrics.collectFailures.inc({ part }, Number(state.unread.includes(part)))
    if (state.unread.includes(part)) forget(metrics, part)
    else show(metrics, part, state[part])
  }
}

function show<P extends StatePart> (metrics: Metrics, part: P, value: HospitalState[P]): void {
  if (value !== undefined) SHOWS[part](metrics, value)
}

/** What a part sets, with labels and without. */
function forget (metrics: Metrics, part: StatePart): void {
  const labelled = {
    readiness: [metrics.check],
    ledger: [],
    outbox: [metrics.outboxWaiting, metrics.outboxOverdue, metrics.outboxAttempts],
    storage: [],
    certificates: [metrics.certificateEnd],
    hospitals: [metrics.clockOffset, metrics.peerSilent],
    anchoring: []
  }
  const plain = {
    readiness: [metrics.ready],
    ledger: [metrics.ledgerHeight, metrics.ledgerLag],
    outbox: [metrics.inDoubt],
    storage: [metrics.storageFree],
    certificates: [],
    hospitals: [],
    anchoring: []
  }
  for (const gauge of labelled[part]) gauge.reset()
  // Reset, one without labels would say 0, which may well be false.
  for (const gauge of plain[part]) gauge.remove()
}
