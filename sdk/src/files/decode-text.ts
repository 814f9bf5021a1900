import { ClientError } from '../errors.ts'

/**
 * Text that people make, as strict UTF-8: bytes that are none would all become the same replacement character, and another
 * pass-phrase would open what the first one sealed. A byte order mark at the start says "UTF-8" and is no part of the text.
 * @throws {ClientError} TEXT_NOT_UTF8 naming the file, never what it holds
 */
export function decodeText (bytes: Uint8Array, path: string): string {
  const text = decodeStrictly(bytes)
  // Plain words in UTF-16 are valid UTF-8 with a zero byte beside each letter.
  if (text === undefined || text.includes('\0')) {
    throw new ClientError('TEXT_NOT_UTF8', `${path} is not text in UTF-8 (${guess(bytes)}): save it as UTF-8 and try again.`, {
      path,
      encoding: 'UTF-8'
    })
  }
  return text
}

function decodeStrictly (bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

function guess ([first, second, ...rest]: Uint8Array): string {
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  return isMarked || first === 0 || second === 0
    ? 'it looks like UTF-16'
    : rest.includes(0) ? 'it looks like no text at all' : 'it may be Latin-1 or Windows-1252'
}
