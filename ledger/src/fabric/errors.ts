import { status as GrpcStatus } from '@grpc/grpc-js'
import { GatewayError as FabricError } from '@hyperledger/fabric-gateway'
import { ReadConflict } from '../client/index.ts'
import { LedgerError, parseLedgerError } from '@epione/protocol'

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

/** What a device is asked to sign, in which undertaking; `bytes` go into SHA-256 and ECDSA as they are. */
export interface SigningRequest { undertaking: string, txId: string, stage: 'proposal' | 'transaction', bytes: Uint8Array }

/** The key of this identity is at its person's device: nothing goes on without its signature on this. */
export class SignatureRequired extends Error {
  override readonly name = 'SignatureRequired'
  readonly code = 'SIGNATURE_REQUIRED'
  readonly request: SigningRequest

  constructor (request: SigningRequest) {
    super('the key of this person\'s certificate is at their device: look at what stands in signing.bytes, sign it, and send the request again')
    this.request = request
  }
}

/** A device's signature that does not count. What was to be signed can still be. */
export class SignatureInvalid extends Error {
  override readonly name = 'SignatureInvalid'
  readonly code = 'SIGNATURE_INVALID'
}

/** Another request of the same undertaking submits the transaction. */
export class SigningUnderWay extends Error {
  override readonly name = 'SigningUnderWay'
  readonly code = 'IDEMPOTENCY_IN_PROGRESS'
  readonly retryAfterSeconds = 1

  constructor () {
    super('another request with these signatures is still at work')
  }
}

/** Peers that endorsed on different heights disagree; a new proposal settles it. Fabric has no code of its own for this. */
const DISAGREEMENT = /ProposalResponsePayloads do not match/
/** What a peer says to whose certificate it takes none from any more; Fabric has no code for this, either. */
const REFUSED_CREATOR = /access denied: channel \[[^\]]*\] creator org/

/** Codes by which a node says that it, or one behind it, cannot be reached: the call may be repeated. */
const UNREACHABLE: readonly number[] = [
  GrpcStatus.UNAVAILABLE, GrpcStatus.DEADLINE_EXCEEDED, GrpcStatus.CANCELLED, GrpcStatus.RESOURCE_EXHAUSTED
]

/** True when the same call may succeed on another peer or a moment later. */
export function isUnreachable (error: unknown): boolean {
  return error instanceof PeerLost || (error instanceof FabricError && UNREACHABLE.includes(error.code))
}

/**
 * What a failed endorsement or evaluation means: a refusal by the chaincode or of the certificate, a conflict, or an unreachable ledger.
 * `isOwn`: it was asked as the process itself, which whoever waits for it can do nothing about.
 */
export function explainFabricError (error: unknown, isOwn = false): Error {
  if (error instanceof PeerLost) return new LedgerUnavailable('the peers of this hospital do not answer; nothing was written', { cause: error })
  if (!(error instanceof FabricError)) return error instanceof Error ? error : new Error('unknown failure', { cause: error })
  const messages = [...error.details.map((d) => d.message), error.message]
  for (const message of messages) {
    const refusal = parseLedgerError(message, error)
    if (refusal !== undefined) return refusal
  }
  if (messages.some((m) => REFUSED_CREATOR.test(m))) {
    return isOwn
      ? new LedgerUnavailable('the peers refuse the certificate of this process: it was revoked or has expired', { cause: error })
      : new LedgerError('NOT_AUTHORIZED', 'The peers refuse this certificate: it was revoked, has expired, or is of no member.', { cause: error })
  }
  if (messages.some((m) => DISAGREEMENT.test(m))) return new ReadConflict(transactionIdOf(error), { cause: error })
  return new LedgerUnavailable('the peers of the consortium cannot endorse or answer now; nothing was written', { cause: error })
}

function transactionIdOf (error: object): string {
  const { transactionId } = error as { transactionId?: unknown }
  return typeof transactionId === 'string' ? transactionId : ''
}
