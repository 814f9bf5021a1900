import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import { isReasonToDoubt } from '../records/round.ts'
import { firstTaker } from './first-taker.ts'
import type { PeerClient } from './peer-client.ts'

/** How long (ms) one other hospital may take for a copy, beside what its size takes. */
export const COPY_TIMEOUT_MS = 30_000
/** Slowest transfer between hospitals that is waited for, in bytes a millisecond (1 MB/s). */
const COPY_BYTES_PER_MS = 1_000
/** How long (ms) the first hospital alone is waited for, beside what its size usually takes. */
const COPY_PATIENCE_MS = 2_000
/** Usual transfer between hospitals, in bytes a millisecond (20 MB/s). */
const USUAL_BYTES_PER_MS = 20_000

/** What is copied, in words such as "a copy of the content", and its size where that counts (bytes). */
export interface Copied { readonly what: string, readonly sizeBytes?: number }

/**
 * Brings what is about to be registered to one more hospital, the first that takes it: acknowledged data survives the loss of one
 * (DESIGN §5). Returns all hospitals that have it, this one first. @throws {GatewayError} COPY_UNAVAILABLE
 */
export async function copyElsewhere (
  app: FastifyInstance,
  { what, sizeBytes = 0 }: Copied,
  put: (peer: PeerClient, signal: AbortSignal) => Promise<unknown>
): Promise<string[]> {
  try {
    const taker = await firstTaker(app.peers.inOrder(), async (mspId, signal) => { await put(app.peers.of(mspId), signal) }, {
      patienceMs: COPY_PATIENCE_MS + Math.ceil(sizeBytes / USUAL_BYTES_PER_MS),
      limitMs: COPY_TIMEOUT_MS + Math.ceil(sizeBytes / COPY_BYTES_PER_MS),
      onTrouble: (mspId, err) => {
        // One that says no, such as for want of room, still has what it has.
        if (err === undefined || isReasonToDoubt(err)) app.peers.doubt(mspId)
        app.log.warn({ err, mspId, what }, err === undefined ? 'a copy takes long: the next hospital is asked, too' : 'a copy was not taken')
      }
    })
    return [app.config.mspId, taker]
  } catch (cause) {
    throw new GatewayError('COPY_UNAVAILABLE', `no other hospital could take ${what}, so nothing was registered; send it again`, { cause })
  }
}
