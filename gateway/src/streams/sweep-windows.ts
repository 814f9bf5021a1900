import type { FastifyInstance } from 'fastify'

/** How long (ms) windows lie here that no segment names: a device closes one each hour, and one that was lost closes none any more. */
export const OPEN_KEEP_MS = 30 * 24 * 60 * 60 * 1000
/** Life (ms) of new wraps whose rewrap the ledger did not take: no statement can be submitted for longer. */
const WRAPS_KEEP_MS = 25 * 60 * 60 * 1000

/** Removes windows that no segment named for a month, and wraps of rewraps that never came to the ledger; returns how many windows. */
export async function sweepWindows ({ store: { db }, ports: { clock }, heads, events, log }: FastifyInstance): Promise<number> {
  // While the own peer may lack what others have, what it does not name may be named.
  if (!heads.isSettled() || !events.connected) return 0
  await db.deleteFrom('window_wraps').where('created_at', '<', clock() - WRAPS_KEEP_MS).execute()
  const { numDeletedRows } = await db.deleteFrom('windows').where('version', 'is', null).where('created_at', '<', clock() - OPEN_KEEP_MS)
    .executeTakeFirstOrThrow()
  if (numDeletedRows > 0n) log.warn({ removed: Number(numDeletedRows) }, 'removed windows that no segment named for a month')
  return Number(numDeletedRows)
}
