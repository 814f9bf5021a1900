import { LedgerError, TIMESTAMP_TOLERANCE_MS } from '@epione/protocol'

/**
 * The one clock of the chaincode. It only ever refuses a transaction (DESIGN §4, Time): a refusal changes no write
 * set, so endorsers with slightly different clocks still agree on everything that commits.
 */
export function readEndorserClock (): number {
  return Date.now()
}

/** Refuses a transaction whose client-made timestamp is further from this endorser's clock than the tolerance. */
export function checkTimestamp (transactionTime: number, endorserTime: number): void {
  const offsetMs = transactionTime - endorserTime
  if (Math.abs(offsetMs) <= TIMESTAMP_TOLERANCE_MS) return
  throw new LedgerError(
    'TIMESTAMP_OUT_OF_TOLERANCE',
    `The transaction's time is ${String(offsetMs)} ms from this organisation's clock; set the clocks (${String(TIMESTAMP_TOLERANCE_MS)} ms are allowed).`
  )
}
