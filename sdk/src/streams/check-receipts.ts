import type { SignedStatement } from '@epione/crypto'
import { openStatement, Refusal } from '@epione/protocol/verify'
import { currentTime } from '../context/context.ts'
import type { ClientContext } from '../context/context.ts'
import { ClientError } from '../errors.ts'
import { readOrganizations } from '../keys/organizations.ts'

interface Receipt { readonly mspId: string, readonly statement: SignedStatement }

/** How long (ms) keys count that were read: one that a hospital replaced because it was stolen signs nothing for long. */
const KEYS_MS = 15 * 60 * 1000

/**
 * Proves that two hospitals signed that they have windows: what the grade `stored` means. Their proxies' keys are read through two
 * organisations, again when a receipt is by another, and after a while in any case. @throws {ClientError} RECEIPT_MISMATCH
 */
export class ReceiptChecker {
  readonly #context: ClientContext
  #keys: Map<string, string> | undefined
  #readAt = -Infinity

  constructor (context: ClientContext) {
    this.#context = context
  }

  async check (receipts: readonly Receipt[], windowIds: readonly string[], servedBy: string): Promise<void> {
    const isFresh = Math.abs(currentTime(this.#context) - this.#readAt) < KEYS_MS
    if (!isFresh || receipts.some((receipt) => this.#faultOf(receipt, windowIds) !== undefined)) await this.#readKeys()
    const faults = receipts.flatMap((receipt) => this.#faultOf(receipt, windowIds) ?? [])
    if (new Set(receipts.map(({ mspId }) => mspId)).size < 2) faults.push('they are not of two hospitals')
    if (faults.length === 0) return
    throw new ClientError('RECEIPT_MISMATCH', `${servedBy} answers with receipts for windows that prove nothing: ${faults.join('; ')}.`, {
      party: { kind: 'gateway', mspId: servedBy }
    })
  }

  async #readKeys (): Promise<void> {
    this.#readAt = currentTime(this.#context)
    this.#keys = new Map((await readOrganizations(this.#context)).map(({ mspId, signingKey }) => [mspId, signingKey.toHex()]))
  }

  #faultOf ({ mspId, statement }: Receipt, windowIds: readonly string[]): string | undefined {
    try {
      const { body, signers } = openStatement('WindowReceipt', statement, this.#context.networkId)
      const named = new Set(body.windowIds)
      if (body.mspId !== mspId || signers.join() !== this.#keys?.get(mspId)) return `${mspId} did not sign its own`
      return windowIds.every((id) => named.has(id)) ? undefined : `that of ${mspId} does not name all of them`
    } catch (error) {
      if (error instanceof Refusal) return `that of ${mspId} is none: ${error.why}`
      throw error
    }
  }
}
