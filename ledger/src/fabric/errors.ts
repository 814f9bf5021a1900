import { status as GrpcStatus } from '@grpc/grpc-js'
import { GatewayError as FabricError } from '@hyperledger/fabric-gateway'
import { ReadConflict } from '../client/index.ts'
import { parseLedgerError } from '@epione/protocol'

/** Seconds after which orderers or peers may be back. */
const RETRY_AFTER_SECONDS = 5

/** The ledger cannot be reached, or did not answer in time. What was journalled stays; `txId` names the transaction in doubt. */
export class LedgerUnavailable extends Error {
  override readonly name = 'LedgerUnavailable'
  readonly code = 'LEDGER_UNAVAILABLE'
  readonly retryAfterSeconds = RETRY_AFTER_SECONDS
  readonly txId: string | undefined

  constructor (message: string, options: ErrorOptions & { txId?: string } = {}) {
    super(message, options)
    this.txId = options.txId
  }
}

/** A peer that others found silent, while there is another of the organisation's: the call may be repeated there. */
export class PeerLost extends Error {
  override readonly name = 'PeerLost'

  constructor () {
    super('the peer answers nobody')
  }
}

/** Peers that endorsed on different heights disagree; a new proposal settles it. Fabric has no code of its own for this. */
const DISAGREEMENT = /ProposalResponsePayloads do not match/

/** Codes by which a node says that it, or one behind it, cannot be reached: the call may be repeated. */
const UNREACHABLE: readonly number[] = [
  GrpcStatus.UNAVAILABLE, GrpcStatus.DEADLINE_EXCEEDED, GrpcStatus.CANCELLED, GrpcStatus.RESOURCE_EXHAUSTED
]

/** True when the same call may succeed on another peer or a moment later. */
export function isUnreachable (error: unknown): boolean {
  return error instanceof PeerLost || (error instanceof FabricError && UNREACHABLE.includes(error.code))
}

/** What a failed endorsement or evaluation means: a refusal by the chaincode, a conflict, or an unreachable ledger. */
export function explainFabricError (error: unknown): Error {
  if (error instanceof PeerLost) return new LedgerUnavailable('the peers of this hospital do not answer; nothing was written', { cause: error })
  if (!(error instanceof FabricError)) return error instanceof Error ? error : new Error('unknown failure', { cause: error })
  for (const message of [...error.details.map((d) => d.message), error.message]) {
    const refusal = parseLedgerError(message, error)
    if (refusal !== undefined) return refusal
  }
  if ([error.message, ...error.details.map((d) => d.message)].some((m) => DISAGREEMENT.test(m))) {
    return new ReadConflict(transactionIdOf(error), { cause: error })
  }
  return new LedgerUnavailable('the peers of the consortium cannot endorse or answer now; nothing was written', { cause: error })
}

function transactionIdOf (error: object): string {
  const { transactionId } = error as { transactionId?: unknown }
  return typeof transactionId === 'string' ? transactionId : ''
}
