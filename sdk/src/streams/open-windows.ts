import { fromHex, PublicKey } from '@epione/crypto'
import { Refusal, verifyOpenWindow } from '@epione/protocol/verify'
import type { OpenPlace, ShownOpenWindow, VerifiedDevice } from '@epione/protocol/verify'
import { ClientError } from '../errors.ts'
import { fromBase64 } from './base64.ts'
import type { ProvenWindow } from './stream-windows.ts'

/** A window of no segment yet, as a gateway gives it. */
export interface GivenWindow extends ShownOpenWindow { readonly number: number, readonly ciphertext: string }

/** Proves that a window which no segment names is its device's. @throws {ClientError} WINDOWS_INVALID, naming the gateway */
export function proveOpenWindow (
  networkId: Uint8Array, device: VerifiedDevice, place: OpenPlace, { number, ciphertext, ...shown }: GivenWindow, servedBy: string
): ProvenWindow {
  const { stream } = place
  const invalid = (why: string, cause?: unknown): ClientError =>
    new ClientError('WINDOWS_INVALID', `A window that ${servedBy} gives of stream ${stream} is refused: ${why}.`, {
      party: { kind: 'store', mspId: servedBy }, stream, number
    }, { cause })
  try {
    const { id, body } = verifyOpenWindow(shown, place, device, networkId)
    if (body.number !== number) throw invalid(`it is window ${body.number}, and was given as ${number}`)
    const authorKey = PublicKey.fromHex(device.body.key)
    return { id, text: shown.statement.body, body, wrap: fromHex(shown.wrap), ciphertext: decode(ciphertext, invalid), authorKey, servedBy }
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    throw invalid(cause.why, cause)
  }
}

function decode (ciphertext: string, invalid: (why: string, cause?: unknown) => ClientError): Uint8Array {
  try {
    return fromBase64(ciphertext)
  } catch (cause) {
    throw invalid('its content is no base64', cause)
  }
}
