import { status as GrpcStatus } from '@grpc/grpc-js'
import { GatewayError as FabricError } from '@hyperledger/fabric-gateway'
import { ReadConflict } from '../client/index.ts'
import { parseLedgerError } from '@epione/protocol'
import { GatewayError } from '@epione/gateway'

/** Seconds after which orderers or peers may be back. */
const RETRY_AFTER_SECONDS = 5

/** Peers that endorsed on different heights disagree; a new proposal settles it. Fabric has no code of its own for this. */
const DISAGREEMENT = /ProposalResponsePayloads do not match/

/** Codes by which a node says that it, or one behind it, cannot be reached: the call may be repeated. */
const UNREACHABLE: readonly number[] = [GrpcStatus.UNAVAILABLE, GrpcStatus.DEADLINE_EXCEEDED, GrpcStatus.CANCELLED, GrpcStatus.RESOURCE_EXHAUSTED]

/** True when the same call may succeed on another peer or a moment later. */
export function isUnreachable (error: unknown): boolean {
  return error instanceof FabricError && UNREACHABLE.includes(error.code)
}

/** The ledger cannot be reached; what was journalled stays. `txId` names the transaction in doubt. */
export function unavailable (detail: string, cause: unknown, txId?: string): GatewayError {
  const extensions = txId === undefined ? {} : { txId }
  return new GatewayError('LEDGER_UNAVAILABLE', detail, { cause, extensions, retryAfterSeconds: RETRY_AFTER_SECONDS })
}

/** What a failed endorsement or evaluation means: a refusal by the chaincode, a conflict, or an unreachable ledger. */
export function explainFabricError (error: unknown): Error {
  if (!(error instanceof FabricError)) return error instanceof Error ? error : new Error('unknown failure', { cause: error })
  for (const message of [...error.details.map((d) => d.message), error.message]) {
    const refusal = parseLedgerError(message, error)
    if (refusal !== undefined) return refusal
  }
  if ([error.message, ...error.details.map((d) => d.message)].some((m) => DISAGREEMENT.test(m))) return new ReadConflict(transactionIdOf(error), { cause: error })
  return unavailable('the peers of the consortium cannot endorse or answer now; nothing was written', error)
}

function transactionIdOf (error: object): string {
  const { transactionId } = error as { transactionId?: unknown }
  return typeof transactionId === 'string' ? transactionId : ''
}
