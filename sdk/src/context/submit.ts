import { confirmElsewhere } from './confirm.ts'
import type { Confirmation } from './confirm.ts'
import type { ClientContext } from './context.ts'
import { isClientError } from '../errors.ts'
import { orNotFound } from '../gateways/gateways.ts'
import type { Answered } from '../gateways/ask-two.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'

/** Where a statement stands on the ledger. The block is not known when only a receipt of an earlier attempt was found. */
export interface Written { txId: string, blockNumber?: number }
export type Done<T> = T & Confirmation

export interface Submission<T extends Written> {
  statementId: string
  send: (gateway: GatewayApi) => Promise<T>
  /** The answer that `send` would have given, when an earlier attempt had succeeded unseen. */
  recover: (written: Written) => T
}

/** Sends a statement that any hospital's gateway may take: to the first that can be reached, then waits for another's confirmation. */
export async function submitAnywhere<T extends Written> (context: ClientContext, submission: Submission<T>): Promise<Done<T>> {
  return confirm(context, submission, await context.gateways.askFirstReachable((gateway) => sendOnce(gateway, submission)))
}

/** Sends a statement through the own hospital's gateway, which alone can submit it under the caller's certificate. */
export async function submitThroughOwn<T extends Written> (context: ClientContext, submission: Submission<T>): Promise<Done<T>> {
  const gateway = context.gateways.own
  return confirm(context, submission, { gateway, value: await sendOnce(gateway, submission) })
}

async function sendOnce<T extends Written> (gateway: GatewayApi, { statementId, send, recover }: Submission<T>): Promise<T> {
  try {
    return await send(gateway)
  } catch (error) {
    // An attempt before may have committed it and lost the connection while answering.
    if (!isClientError(error, 'REFUSED') || error.details['gatewayCode'] !== 'STATEMENT_REPLAYED') throw error
    const receipt = await orNotFound(gateway.getStatement(statementId))
    if (receipt === undefined) throw error
    return recover({ txId: receipt.txId })
  }
}

async function confirm<T extends Written> (
  context: ClientContext,
  { statementId }: Submission<T>,
  { gateway, value }: Answered<T>
): Promise<Done<T>> {
  const { reference: _, ...confirmation } = await confirmElsewhere(context, { statementId, txId: value.txId, through: gateway })
  return { ...value, ...confirmation }
}
