import { concatBytes } from '@epione/crypto'
import { ClientError } from '../errors.ts'
import { MAX_ANSWER_BYTES } from './transport.ts'

/**
 * The JSON of an answer. @throws {ClientError} ANSWER_MALFORMED for more than {@link MAX_ANSWER_BYTES}, and for a success that is no JSON
 */
export async function readAnswer (url: string, status: number, body: AsyncIterable<Uint8Array>): Promise<unknown> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of body) {
    size += piece.length
    if (size > MAX_ANSWER_BYTES) {
      throw new ClientError('ANSWER_MALFORMED', `The gateway at ${url} answers with more than ${MAX_ANSWER_BYTES} bytes.`)
    }
    pieces.push(piece)
  }
  return parseAnswer(url, status, concatBytes(...pieces))
}

function parseAnswer (url: string, status: number, bytes: Uint8Array): unknown {
  if (bytes.length === 0) return undefined
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch (error) {
    // A proxy server in front of a gateway refuses with a page of its own; that is no answer of the gateway.
    if (status >= 400) return undefined
    throw new ClientError(
      'ANSWER_MALFORMED',
      `The gateway at ${url} answers with something that is not JSON.`,
      { status },
      { cause: error }
    )
  }
}
