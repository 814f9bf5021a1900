import type { FastifyInstance, FastifyRequest } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { ReceiveOptions, StoredContent } from './write-content.ts'
import type { Owner, Reservation } from './tally.ts'

/**
 * Does what stores content of `owner`, within what that one may leave here unnamed: `grow` takes the place of each piece. `promised`: bytes
 * that are to come, 0 when nobody says. @throws {GatewayError} STORAGE_FULL, QUOTA_EXCEEDED, and what `work` throws
 */
export async function withinQuota<T> (
  { quota, room }: Pick<FastifyInstance, 'quota' | 'room'>, owner: Owner, promised: number, work: (grow: Reservation['grow']) => Promise<T>
): Promise<T> {
  const reservation = await quota.begin(owner, promised)
  try {
    return await work(async (bytes) => {
      await room.take(bytes)
      await reservation.grow(bytes)
    })
  } finally {
    reservation.end()
  }
}

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
  return await withinQuota(app, owner, promised, async (grow) => {
    // A refusal in the middle of an upload must still reach the client, so the stream is not destroyed with it.
    const source = request.raw.iterator({ destroyOnReturn: false })
    return await app.contents.receive(source, { ...options, idleMs: app.config.limits.idleStreamSeconds * 1000, owner, grow })
  })
}
