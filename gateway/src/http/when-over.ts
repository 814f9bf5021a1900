import { finished } from 'node:stream'
import type { FastifyReply } from 'fastify'

/**
 * Tells once that an answer is over, and whether one was begun: also of a request that whoever asked broke off, of which `onResponse` is
 * not told.
 */
export function whenOver ({ raw }: FastifyReply, tell: (isAnswered: boolean) => void): void {
  finished(raw, () => { tell(raw.headersSent) })
}
