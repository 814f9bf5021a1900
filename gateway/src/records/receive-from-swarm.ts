import { GatewayError } from '../errors.ts'
import type { ContentStore } from './content-store.ts'
import type { IpfsNode } from './ipfs-node.ts'
import type { ReceiveOptions } from './write-content.ts'

/** Longest pause (ms) between two pieces. */
const IDLE_MS = 8_000

interface SwarmOptions extends Pick<ReceiveOptions, 'maxBytes' | 'owner' | 'grow'> {
  /** Told how long the node says that the content is, before any of it is stored. */
  begin?: (sizeBytes: number) => Promise<void>
}

/**
 * Stores a content that the own IPFS node gives, if its bytes have that CID.
 * @throws {GatewayError} IPFS_UNAVAILABLE, CONTENT_MISMATCH, also for one that is longer than `maxBytes`, and what `receive` throws
 */
export async function receiveFromSwarm (
  { contents, ipfs }: { contents: ContentStore, ipfs: IpfsNode }, cid: string, { begin, ...options }: SwarmOptions
): Promise<void> {
  const { sizeBytes, body } = await ipfs.cat(cid)
  try {
    if (sizeBytes > options.maxBytes) {
      throw new GatewayError('CONTENT_MISMATCH', `the swarm gives ${String(sizeBytes)} bytes, and ${String(options.maxBytes)} are the most that it may have`)
    }
    await begin?.(sizeBytes)
    await contents.receive(body as AsyncIterable<Uint8Array>, { ...options, expectedCid: cid, idleMs: IDLE_MS })
  } finally {
    body.destroy()
  }
}
