import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** Seconds: from a read of the store to a transaction that waits for a block, and what nobody waits for any more. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** How a call of the ledger or of another gateway ended. */
export type Outcome = 'ok' | 'refused' | 'conflict' | 'unavailable' | 'failed'

/**
 * What the gateway tells of itself. Labels are names that this code, the API or the network's description lists: never an id, a path, a
 * filter or a person, so that neither a caller nor a patient adds a series, and whoever reads them learns of nobody.
 */
export type Metrics = ReturnType<typeof createMetrics>

// The shape is given by what is returned.
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types
export function createMetrics () {
  const registry = new Registry()
  const registers = [registry]
  const counter = <L extends string>(name: string, help: string, labelNames: L[]): Counter<L> =>
    new Counter({ name: `epione_gateway_${name}`, help, labelNames, registers })
  const gauge = <L extends string = never>(name: string, help: string, labelNames: L[] = []): Gauge<L> =>
    new Gauge({ name: `epione_gateway_${name}`, help, labelNames, registers })
  const seconds = <L extends string>(name: string, help: string, labelNames: L[]): Histogram<L> =>
    new Histogram({ name: `epione_gateway_${name}`, help, labelNames, registers, buckets: SECONDS })
  return {
    registry,
    requestSeconds: seconds('request_seconds', 'Time from the head of a request to the end of its answer, by operation.', ['operation']),
    requests: counter('requests_total', 'Requests that are over, by operation and status, or broken-off.', ['operation', 'status']),
    requestsUnderWay: gauge('requests_under_way', 'Requests that are not answered yet.'),
    problems: counter('problems_total', 'Refusals and failures that were answered, by problem code.', ['code']),
    ledgerSeconds: seconds('ledger_call_seconds', 'Time of a call of the own peers, by kind and outcome.', ['call', 'outcome']),
    peerSeconds: seconds('peer_call_seconds', 'Time until another hospital\'s gateway began its answer, by its MSP id and outcome.', ['peer', 'outcome']),
    reencryptSeconds: seconds('reencrypt_seconds', 'Time of one task of re-encryption, its wait in the queue included, by outcome.', ['outcome']),
    capsules: counter('reencrypted_capsules_total', 'Capsules that this proxy re-encrypted.', []),
    outboxGivenUp: counter('outbox_given_up_total', 'Work of the outbox that was given up, by kind.', ['kind']),
    check: gauge('check', 'Conditions of readiness: 1 fine, 0 failing.', ['check']),
    ready: gauge('ready', '1 while every condition of readiness is fine.'),
    ledgerHeight: gauge('ledger_height', 'Blocks of the own peer.'),
    ledgerPosition: gauge('ledger_position', 'Last block in the read model; -1 before the first.'),
    ledgerLag: gauge('ledger_lag_blocks', 'Blocks of the own peer that the read model has not.'),
    inDoubt: gauge('transactions_in_doubt', 'Signed transactions whose fate is not known yet.'),
    outboxWaiting: gauge('outbox_waiting', 'Work of the outbox that waits, by kind.', ['kind']),
    outboxOverdue: gauge('outbox_overdue_seconds', 'For how long work of the outbox has been due that nobody began, by kind.', ['kind']),
    outboxAttempts: gauge('outbox_attempts', 'How often the work of the outbox that fails most was tried, by kind.', ['kind']),
    storageFree: gauge('storage_free_bytes', 'Bytes of the data folder\'s disk that may be taken; below 0 the reserve is begun.'),
    certificateEnd: gauge('certificate_not_after_seconds', 'When a certificate of this gateway ends, in seconds since 1970.', ['certificate']),
    clockOffset: gauge('clock_offset_seconds', 'By how much another hospital\'s clock is ahead of this one, by its MSP id.', ['peer']),
    peerSilent: gauge('peer_silent', '1 for another hospital whose gateway has said nothing for a minute.', ['peer']),
    collectFailures: counter('collect_failures_total', 'Parts of the metrics that could not be read, by part.', ['part'])
  }
}
