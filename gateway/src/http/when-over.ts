import { finished } from 'node:stream'
import type { FastifyReply } from 'fastify'

/**
 * Tells once that an answer is over, and whether one was begun: also of a request that whoever asked broke off, of which `onResponse` is
 * not told.
 */
export function whenOver ({ raw }: FastifyReply, tell: (isAnswered: boolean) => void): void {
  // One listener more is meant: Node takes more than ten for a leak.
  raw.setMaxListeners(raw.getMaxListeners() + 1)
  finished(raw, () => { tell(raw.headersSent) })
}
