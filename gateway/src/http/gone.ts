import type { FastifyReply } from 'fastify'

/** Aborts when whoever asked has gone. */
export function goneOf ({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController()
  raw.once('close', () => { gone.abort() })
  // Whoever went while the request was being admitted closes nothing any more.
  if (raw.destroyed) gone.abort()
  return gone.signal
}
