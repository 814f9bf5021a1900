import { setTimeout as delay } from 'node:timers/promises'
import { GatewayError as FabricError, StatusCode } from '@hyperledger/fabric-gateway'
import type { Gateway, Status } from '@hyperledger/fabric-gateway'
import { ReadConflict } from '../client/index.ts'
import { LedgerUnavailable } from './errors.ts'

/** How long (ms) a caller waits for a transaction in doubt: a lost leader costs the orderers 3 to 4 s. */
export const SUBMIT_BUDGET_MS = 12_000
/** Pause in ms before the same transaction is submitted again. */
const RESUBMIT_PAUSE_MS = 250

/**
 * Brings a signed transaction to its end: submits it and asks for its status, and submits the SAME bytes again while
 * in doubt. A second copy that reaches a block is only marked DUPLICATE_TXID; the status is that of the first.
 * `gateway` is asked for anew before each attempt, as the peer may have changed.
 * @throws {LedgerUnavailable} when `budgetMs` is over and its fate is unknown
 */
export async function driveToCommit (
  gateway: () => Gateway,
  envelope: Uint8Array,
  txId: string,
  budgetMs: number,
  onUnreachable: () => void
): Promise<Status> {
  const deadline = Date.now() + budgetMs
  for (;;) {
    try {
      const submitted = await gateway().newTransaction(envelope).submit()
      const status = await submitted.getStatus()
      if (status.code !== StatusCode.DUPLICATE_TXID) return status
    } catch (error) {
      if (!(error instanceof FabricError)) throw error
      // Orderers without a leader answer with several codes: until the fate is known, only the budget ends the attempts.
      if (Date.now() >= deadline) {
        throw new LedgerUnavailable('the orderers did not confirm the transaction; it is kept and submitted again', { cause: error, txId })
      }
      onUnreachable()
    }
    await delay(RESUBMIT_PAUSE_MS)
  }
}

/** Throws unless the transaction took effect. */
export function requireValid ({ code, successful, transactionId }: Status): void {
  if (successful) return
  if (code === StatusCode.MVCC_READ_CONFLICT || code === StatusCode.PHANTOM_READ_CONFLICT) throw new ReadConflict(transactionId)
  throw new LedgerUnavailable('the peers did not accept the transaction; send it again', {
    cause: new Error(`validation code ${code}`),
    txId: transactionId
  })
}
