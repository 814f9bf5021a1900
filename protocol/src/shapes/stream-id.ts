import { concatBytes, fromHex, sha256, toHex, utf8 } from '@epione/crypto'

/** Streams of one device: its index from 1 is the last byte of a stream's id. */
export const STREAMS_PER_DEVICE = 255

const [ID_BYTES, HASH_BYTES] = [16, 12]
const FORM = /^[0-9a-f]{24}000000(?!00)[0-9a-f]{2}$/

/**
 * The id of a device's stream: H(`epione/stream` || device id 32 || index as u32) to 12 bytes || that u32. Nobody but the device can be the
 * author of anything under it, also before its first segment. @throws {RangeError} for an index that is not 1 to 255
 */
export function streamIdOf (deviceId: string, index = 1): string {
  if (!Number.isInteger(index) || index < 1 || index > STREAMS_PER_DEVICE) {
    throw new RangeError(`index: expected 1 to ${String(STREAMS_PER_DEVICE)}, got ${String(index)}`)
  }
  const place = new Uint8Array(ID_BYTES - HASH_BYTES)
  place[place.length - 1] = index
  const hash = sha256(concatBytes(utf8('epione/stream'), fromHex(deviceId, 32), place))
  return toHex(concatBytes(hash.subarray(0, HASH_BYTES), place))
}

/** Whether an id of 16 bytes (hex) has the form of a stream's: no other record may have one. */
export function hasStreamForm (id: string): boolean {
  return FORM.test(id)
}

/** Whether a stream is a device's, which the two ids say alone. */
export function isStreamOf (stream: string, deviceId: string): boolean {
  return hasStreamForm(stream) && streamIdOf(deviceId, Number.parseInt(stream.slice(-2), 16)) === stream
}
