import type { FastifyBaseLogger } from 'fastify'
import { sql } from 'kysely'
import { repeat } from '../repeat.ts'
import type { Store } from './store.ts'

/** PostgreSQL's own clock, in ms: those of a hospital's gateways may differ. */
export const POSTGRES_NOW_MS = sql<number>`(extract(epoch from statement_timestamp()) * 1000)::bigint`
/** Part of its period after which a chore may begin again: no gateway's timer is exact. */
const DUE_FROM = 0.9

/** Periodic work of which it is enough that one of a hospital's gateways does it; `name` is the same at all of them. */
interface Chore { name: string, everyMs: number, work: () => Promise<void> }

/**
 * True for one of the gateways on this store within a period; who dies at the work leaves it to whoever asks in the next. An SQLite store
 * has one process.
 */
export async function claimChore ({ db, kind }: Pick<Store, 'db' | 'kind'>, { name, everyMs }: Omit<Chore, 'work'>): Promise<boolean> {
  if (kind === 'sqlite') return true
  const claimed = await db.insertInto('chores').values({ name, begun_at: POSTGRES_NOW_MS })
    .onConflict((c) => c.column('name').doUpdateSet({ begun_at: POSTGRES_NOW_MS }).where((e) => e.or([
      e('chores.begun_at', '<=', sql<number>`${POSTGRES_NOW_MS} - ${Math.round(everyMs * DUE_FROM)}::bigint`),
      // The clock was set back.
      e('chores.begun_at', '>', POSTGRES_NOW_MS)
    ]))).executeTakeFirst()
  return claimed.numInsertedOrUpdatedRows === 1n
}

/** Lets another gateway begin at once: one whose disk is away would else take the chore each time, and nobody would do it. */
async function giveBack ({ db, kind }: Pick<Store, 'db' | 'kind'>, name: string): Promise<void> {
  if (kind === 'postgresql') await db.updateTable('chores').set({ begun_at: 0 }).where('name', '=', name).execute()
}

/** Does the work now and again after each pause until aborted, unless another gateway of the hospital did; a failure is logged. */
export async function repeatChore (
  { store, log }: { store: Pick<Store, 'db' | 'kind'>, log: FastifyBaseLogger }, { name, everyMs, work }: Chore, signal: AbortSignal
): Promise<void> {
  await repeat(everyMs, signal, async () => {
    if (!await claimChore(store, { name, everyMs })) return
    try {
      await work()
    } catch (error) {
      await giveBack(store, name)
      throw error
    }
  }, log)
}
