import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ReceiveOptions, StoredContent } from './content-store.ts'
import type { Owner } from './quota.ts'

/** Stores the body of a request as content of `owner`, within what that one may leave here unnamed. @throws {GatewayError} QUOTA_EXCEEDED, and what `receive` throws */
export async function receiveUpload (app: FastifyInstance, request: FastifyRequest, owner: Owner, options: Pick<ReceiveOptions, 'maxBytes' | 'expectedCid'>): Promise<StoredContent> {
  const reservation = await app.quota.begin(owner, Number(request.headers['content-length'] ?? 0))
  try {
    // A refusal in the middle of an upload must still reach the client, so the stream is not destroyed with it.
    const source = request.raw.iterator({ destroyOnReturn: false })
    return await app.contents.receive(source, { ...options, idleMs: app.config.limits.idleStreamSeconds * 1000, owner, reservation })
  } finally {
    reservation.end()
  }
}
