import type { StreamState } from '@epione/protocol/api'
import type { FastifyInstance } from 'fastify'
import { findHead, findTip } from './windows.ts'

/**
 * How far a stream is: on the ledger as the own peer has it, so that a gateway of another organisation than the one that took the windows
 * is a witness to their device; and stored here beyond that.
 */
export async function showStream ({ store: { db }, ports: { clock } }: FastifyInstance, stream: string): Promise<StreamState> {
  const head = await findHead(db, stream)
  const registered = head?.last_number ?? 0
  const tip = await findTip(db, stream, registered)
  return {
    stream,
    ...(head !== undefined && {
      head: {
        grade: 'on-ledger' as const,
        version: head.version,
        manifestId: head.manifest_id,
        first: head.first_number,
        last: head.last_number,
        root: head.root,
        ended: head.ended === 1
      }
    }),
    ...(tip !== undefined && { stored: { grade: 'stored' as const, ...tip } }),
    expected: (tip?.last ?? registered) + 1,
    time: clock()
  }
}
