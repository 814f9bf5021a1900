import { LEDGER_ERROR_CODES } from './shapes/codes.ts'
import type { LedgerErrorCode } from './shapes/codes.ts'

/**
 * A transaction that the ledger refused. Contracts throw it, the client throws it again: only the message
 * crosses the peer, so it starts `CODE: `.
 */
export class LedgerError extends Error {
  override readonly name = 'LedgerError'
  readonly code: LedgerErrorCode

  constructor (code: LedgerErrorCode, sentence: string, options?: ErrorOptions) {
    super(`${code}: ${sentence}`, options)
    this.code = code
  }
}

/** What a peer puts before a chaincode's own message, and nothing else may. */
const MESSAGE = /^(?:chaincode response \d+, )?([A-Z_]+): (.*)$/s

/** The refusal in a message that came from a peer, or undefined when the message is not one of ours. */
export function parseLedgerError (message: string, cause?: unknown): LedgerError | undefined {
  const [, code, sentence] = MESSAGE.exec(message) ?? []
  const known = LEDGER_ERROR_CODES.find((c) => c === code)
  return known === undefined || sentence === undefined ? undefined : new LedgerError(known, sentence, { cause })
}
