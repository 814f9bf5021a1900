import { concatBytes, CryptoError, fromHex, isContentOf, openContent, toHex, wrapHash } from '@epione/crypto'
import type { PublicKey } from '@epione/crypto'
import { windowPlace } from '@epione/protocol'
import type { Window } from '@epione/protocol'
import type { ShownWindow } from '@epione/protocol/api'
import { decodeWindow, StreamError } from '@epione/protocol/streams'
import type { WindowContent } from '@epione/protocol/streams'
import { Refusal, verifyWindows } from '@epione/protocol/verify'
import { ClientError, messageOf } from '../errors.ts'
import { once } from '../files/once.ts'
import { fromBase64 } from './base64.ts'
import type { VerifiedSegment } from './stream-list.ts'

/** A window of which everything but its content is proven. */
export interface ProvenWindow {
  readonly id: string
  /** Canonical text of its statement. */
  readonly text: string
  readonly body: Window
  readonly wrap: Uint8Array
  readonly ciphertext: Uint8Array
  /** The device's key, which stands in the content's header. */
  readonly authorKey: PublicKey
  /** Organisation whose gateway served it. */
  readonly servedBy: string
}

/**
 * Proves that what a gateway serves is a segment whole and in order: every window under the root that the device signed, each with the
 * wrap that is in force. @throws {ClientError} WINDOWS_INVALID, naming the gateway
 */
export function proveSegment (
  networkId: Uint8Array, record: VerifiedSegment, shown: readonly ShownWindow[], servedBy: string
): ProvenWindow[] {
  const { body: { recordId: stream, author }, segment: { first, last }, authorKey } = record
  const deviceId = author.kind === 'device' ? author.deviceId : ''
  const isWhole = shown.length === last - first + 1 && shown.every(({ number }, i) => number === first + i)
  if (!isWhole) throw invalid(record, servedBy, `it has ${shown.length} windows of ${last - first + 1}, or in another order`)
  const wraps = shown.map(({ wrap }) => fromHex(wrap))
  const wrapHashes = wraps.map((wrap, i) => toHex(wrapHash(wrap, windowPlace(networkId, { stream, number: first + i, deviceId }))))
  const texts = shown.map(({ statement }) => statement.body)
  const proven = judgedWindow(record, servedBy, () => verifyWindows({ first, texts, wrapHashes }, record))
  return shown.map(({ ciphertext }, i) => {
    const { id, body, wrapHash: expected } = proven[i] ?? missing()
    const wrap = wraps[i]
    if (wrap === undefined || wrapHashes[i] !== expected) throw invalid(record, servedBy, `the wrap of window ${body.number} is another than was signed for`)
    return { id, text: texts[i] ?? '', body, wrap, ciphertext: bytesOf(record, servedBy, ciphertext), authorKey, servedBy }
  })
}

function judgedWindow<T> (record: VerifiedSegment, servedBy: string, judge: () => T): T {
  try {
    return judge()
  } catch (cause) {
    if (cause instanceof Refusal) throw invalid(record, servedBy, cause.why, cause)
    throw cause
  }
}

function bytesOf (record: VerifiedSegment, servedBy: string, text: string): Uint8Array {
  try {
    return fromBase64(text)
  } catch (cause) {
    throw invalid(record, servedBy, 'a ciphertext is no base64', cause)
  }
}

/** What a device measured in a window. @throws {ClientError} what `openBytes` and `decodeContent` throw */
export async function openWindow (window: ProvenWindow, contentKey: Uint8Array): Promise<WindowContent> {
  return decodeContent(window.body, await openBytes(window, contentKey))
}

/** A window's plaintext. @throws {ClientError} CONTENT_MODIFIED (the store), SEALED_WRONGLY (the device, or whoever wrapped anew) */
export async function openBytes (
  { body: { stream, number, contentHash, deviceId }, ciphertext, authorKey, servedBy }: ProvenWindow, contentKey: Uint8Array
): Promise<Uint8Array> {
  try {
    const pieces: Uint8Array[] = []
    const request = { contentKey, recordId: stream, recordVersion: number, authorKey, contentHash: fromHex(contentHash) }
    for await (const piece of openContent(request, once(ciphertext))) pieces.push(piece)
    return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : concatBytes(...pieces)
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause
    throw isContentOf(ciphertext, contentHash)
      ? new ClientError('SEALED_WRONGLY', `Window ${number} is as its device sent it, and does not open: ${messageOf(cause)}.`, {
        party: { kind: 'author', deviceId }, stream, number
      }, { cause })
      : new ClientError('CONTENT_MODIFIED', `Window ${number} as served by ${servedBy} is not the one that its device signed.`, {
        party: { kind: 'store', mspId: servedBy }, stream, number
      }, { cause })
  }
}

/** The measurements in a window's plaintext. @throws {ClientError} SEALED_WRONGLY when these are none */
export function decodeContent ({ stream, number, deviceId }: Pick<Window, 'stream' | 'number' | 'deviceId'>, bytes: Uint8Array): WindowContent {
  try {
    return decodeWindow(bytes)
  } catch (cause) {
    if (!(cause instanceof StreamError)) throw cause
    throw new ClientError('SEALED_WRONGLY', `Window ${number} opens, and holds no measurements: ${cause.message}.`, {
      party: { kind: 'author', deviceId }, stream, number
    }, { cause })
  }
}

function invalid ({ body: { recordId, version } }: VerifiedSegment, servedBy: string, why: string, cause?: unknown): ClientError {
  return new ClientError('WINDOWS_INVALID', `The windows that ${servedBy} serves of segment ${recordId}:${version} are refused: ${why}.`, {
    party: { kind: 'store', mspId: servedBy }, stream: recordId, version
  }, { cause })
}

function missing (): never {
  throw new TypeError('as many proven windows as shown ones')
}
