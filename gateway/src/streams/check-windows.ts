import { ContentHasher, CryptoError, HEADER_BYTES, leafCid, parseContentHeader, toHex } from '@epione/crypto'
import { windowPlace } from '@epione/protocol'
import type { SignedStatement, Window } from '@epione/protocol'
import { WINDOWS_BYTES_MAX } from '@epione/protocol/api'
import type { SentWindow } from '@epione/protocol/api'
import { GatewayError } from '../errors.ts'
import { checkStatement } from '../ledger/statements.ts'
import { isWrapOf } from '../records/wraps.ts'

/** A window whose statement holds and whose bytes are those that it names; `wrap` is hex. Its device is still to be judged. */
export interface CheckedWindow {
  id: string
  body: Window
  signers: readonly string[]
  statement: SignedStatement
  wrap: string
  ciphertext: Uint8Array
}

/**
 * Checks what a device or a gateway sent: all of one stream and device, in rising order.
 * @throws {GatewayError} STATEMENT_INVALID, FEATURE_INACTIVE, REQUEST_INVALID, WRAP_MISMATCH, CONTENT_MISMATCH, REQUEST_TOO_LARGE
 */
export function checkWindows (
  sent: readonly SentWindow[],
  networkId: Uint8Array,
  { isRewrapped = false }: { /** The patient replaced the wraps: theirs is not the device's to name. */ isRewrapped?: boolean } = {}
): CheckedWindow[] {
  const checked: CheckedWindow[] = []
  let bytes = 0
  for (const { statement, wrap, ciphertext: text } of sent) {
    const { id, body, signers } = checkStatement('Window', statement, networkId)
    const before = checked.at(-1)?.body
    if (before !== undefined && (before.stream !== body.stream || before.deviceId !== body.deviceId || before.number >= body.number)) {
      throw new GatewayError('REQUEST_INVALID', 'send windows of one stream, in the order of their numbers')
    }
    if (!isRewrapped && !isWrapOf(wrap, body.wrapHash, windowPlace(networkId, body))) {
      throw new GatewayError('WRAP_MISMATCH', `the wrap of window ${String(body.number)} is not the one that it signs`)
    }
    const ciphertext = Buffer.from(text, 'base64')
    bytes += ciphertext.length
    if (bytes > WINDOWS_BYTES_MAX) {
      throw new GatewayError('REQUEST_TOO_LARGE', `send at most ${String(WINDOWS_BYTES_MAX)} bytes of ciphertext at once`)
    }
    requireContentOf(body, signers, ciphertext)
    checked.push({ id, body, signers, statement, wrap, ciphertext })
  }
  return checked
}

/** @throws {GatewayError} CONTENT_MISMATCH */
function requireContentOf ({ number, stream, contentHash, cid }: Window, signers: readonly string[], ciphertext: Buffer): void {
  const mismatch = (what: string): GatewayError => new GatewayError('CONTENT_MISMATCH', `the ciphertext of window ${String(number)} ${what}`)
  try {
    const header = parseContentHeader(ciphertext.subarray(0, HEADER_BYTES))
    if (header.recordId !== stream || header.recordVersion !== number || header.authorKey.toHex() !== signers.join()) {
      throw mismatch('was sealed for another window, or by another key')
    }
    const hasher = new ContentHasher()
    hasher.update(ciphertext)
    if (toHex(hasher.digest().contentHash) !== contentHash) throw mismatch('has another content hash than it signs')
  } catch (error) {
    if (error instanceof CryptoError) throw mismatch(`is no sealed content: ${error.message}`)
    throw error
  }
  if (leafCid(ciphertext) !== cid) throw mismatch('has another CID than it signs')
}
