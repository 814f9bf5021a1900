import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'
import { deleteWindows, findHead, findSegment } from './windows.ts'

/** A record version, which may be a segment. */
interface Version { recordId: string, version: number }

/**
 * Nothing of these segments is taken any more, in the transaction that moves the checkpoint past the block of their order. Their stream
 * goes on where they were erased with their compartment (`ended` 2).
 */
export async function noteEnded (trx: Kysely<Tables>, versions: readonly Version[], ended: 1 | 2 = 1): Promise<void> {
  for (const { recordId, version } of versions) {
    await trx.updateTable('segments').set({ ended }).where('stream', '=', recordId).where('version', '=', version).execute()
  }
}

/**
 * Destroys the windows of an ended segment; where none follows it, with the newest one also those that no segment names yet. True when any
 * lay here.
 */
export async function destroyWindows (db: Kysely<Tables>, { recordId: stream, version }: Version, isFollowed: boolean): Promise<boolean> {
  const segment = await findSegment(db, stream, version)
  if (segment === undefined) return false
  const head = await findHead(db, stream)
  const last = head?.version === version && !isFollowed ? Number.MAX_SAFE_INTEGER : segment.last_number
  await db.deleteFrom('window_wraps').where('stream', '=', stream).where('version', '=', version).execute()
  return await deleteWindows(db, { stream, first: segment.first_number, last })
}
