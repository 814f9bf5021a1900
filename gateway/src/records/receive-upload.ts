import type { FastifyInstance, FastifyRequest } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { ReceiveOptions, StoredContent } from './write-content.ts'
import type { Owner } from './tally.ts'

/**
 * Stores the body of a request as content of `owner`, within what that one may leave here unnamed. @throws {GatewayError}
 * CONTENT_TOO_LARGE, STORAGE_FULL, QUOTA_EXCEEDED, and what `receive` throws
 */
export async function receiveUpload (
  app: FastifyInstance,
  request: FastifyRequest,
  owner: Owner,
  options: Pick<ReceiveOptions, 'maxBytes' | 'expectedCid'>
): Promise<StoredContent> {
  const promised = Number(request.headers['content-length'] ?? 0)
  if (promised > options.maxBytes) {
    throw new GatewayError('CONTENT_TOO_LARGE', `${String(options.maxBytes)} bytes of ciphertext at most are taken here`)
  }
  await app.room.require(promised)
  const reservation = await app.quota.begin(owner, promised)
  const grow = async (bytes: number): Promise<void> => {
    await app.room.take(bytes)
    await reservation.grow(bytes)
  }
  try {
    // A refusal in the middle of an upload must still reach the client, so the stream is not destroyed with it.
    const source = request.raw.iterator({ destroyOnReturn: false })
    return await app.contents.receive(source, { ...options, idleMs: app.config.limits.idleStreamSeconds * 1000, owner, grow })
  } finally {
    reservation.end()
  }
}
