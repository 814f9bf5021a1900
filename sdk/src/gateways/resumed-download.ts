import { ClientError } from '../errors.ts'
import { Patience } from './patience.ts'
import type { HttpDownload } from './transport.ts'

/** Asks for the bytes from `start` on, of the very content that `etag` names. @throws {ClientError} */
export type OpenFrom = (start: number, etag: string) => Promise<HttpDownload>

/**
 * A download that goes on at the byte where it broke off, with a new request. Nothing is believed of what comes: whoever reads it holds
 * the whole against its hash, as of one that came in one piece. `from`: byte that `first` begins with.
 */
export async function * resumeDownload (first: HttpDownload, openFrom: OpenFrom, from = 0): AsyncGenerator<Uint8Array, void, void> {
  const { etag } = first.headers
  const patience = new Patience()
  let [at, answer]: [number, HttpDownload | undefined] = [from, first]
  for (;;) {
    try {
      answer ??= requireFrom(at, await openFrom(at, etag ?? ''))
      for await (const piece of answer.stream) {
        at += piece.length
        yield piece
      }
      return
    } catch (error) {
      // Without a name for the bytes nobody can tell whether the rest is of the same.
      if (etag === undefined) throw error
      await patience.endure(error, at)
      answer = undefined
    }
  }
}

/** @throws {ClientError} ANSWER_MALFORMED for an answer that does not begin at that byte */
export function requireFrom (start: number, answer: HttpDownload): HttpDownload {
  const isPart = answer.status === 206 && answer.headers['content-range']?.startsWith(`bytes ${String(start)}-`) === true
  if (isPart || start === 0) return answer
  throw new ClientError('ANSWER_MALFORMED', `The gateway was asked for the bytes from ${String(start)} on, and answers with others.`)
}
