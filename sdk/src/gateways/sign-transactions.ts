import type { Operation } from '@epione/protocol/api'

/**
 * Answers a gateway's SIGNATURE_REQUIRED: the value of `Epione-Signature`. @throws {ClientError} ECHO_MISMATCH for what was not asked for
 */
export type AnswerSigning = (problem: unknown) => string

/** Whoever signs the transactions of one person's calls. */
export interface SignTransactions {
  /** For one call of an operation with this body; whatever it is asked to sign must be of that call. */
  begin: (operation: Operation, body: unknown) => AnswerSigning
}
