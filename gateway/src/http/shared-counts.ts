import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import fp from 'fastify-plugin'
import { repeat } from '../repeat.ts'
import { POSTGRES_NOW_MS as NOW } from '../store/chores.ts'
import type { Tables } from '../store/tables.ts'
import type { News, Total, WindowCounts } from './window-counts.ts'

/** How often (ms) gateways of one hospital tell each other what they counted, and how often what is over is removed. */
const [TELL_EVERY_MS, REMOVE_EVERY_MS] = [1_000, 60_000]
/** Callers in one statement. */
const CALLERS_PER_STATEMENT = 1_000

/** Adds what one gateway counted to what all did, and returns that. A window that is over, or longer than one can be, begins anew. */
export async function tellCounts (db: Kysely<Tables>, news: readonly News[], windowMs: number): Promise<Total[]> {
  const totals: Total[] = []
  // Always in the same order: two gateways that write the same rows wait for each other, and never in a circle.
  const sorted = news.toSorted((a, b) => a.key < b.key ? -1 : 1)
  for (let at = 0; at < sorted.length; at += CALLERS_PER_STATEMENT) {
    const isOpen = sql<boolean>`request_counts.ends_at > ${NOW} and request_counts.ends_at <= ${NOW} + ${windowMs}::bigint`
    const endsAt = sql<number>`${NOW} + ${windowMs}::bigint`
    const rows = await db.insertInto('request_counts')
      .values(sorted.slice(at, at + CALLERS_PER_STATEMENT).map(({ key, more }) => ({ key, count: more, ends_at: endsAt })))
      .onConflict((c) => c.column('key').doUpdateSet({
        count: sql<number>`case when ${isOpen} then request_counts.count + excluded.count else excluded.count end`,
        ends_at: sql<number>`case when ${isOpen} then request_counts.ends_at else excluded.ends_at end`
      })).returning(['key', 'count', sql<number>`request_counts.ends_at - ${NOW}`.as('leftMs')]).execute()
    totals.push(...rows)
  }
  return totals
}

/** One exchange of all counts that have a name. */
export async function shareCounts (db: Kysely<Tables>, named: ReadonlyMap<string, WindowCounts>, windowMs: number): Promise<void> {
  const told = new Map([...named].flatMap(([name, counts]) =>
    counts.news().map((news): [string, { counts: WindowCounts, news: News }] => [`${name} ${news.key}`, { counts, news }])))
  if (told.size === 0) return
  const totals = await tellCounts(db, [...told].map(([key, { news: { more } }]) => ({ key, more })), windowMs)
  for (const total of totals) {
    const { counts, news } = told.get(total.key) ?? {}
    if (counts !== undefined && news !== undefined) counts.learn(news, total)
  }
}

/**
 * Gateways of one hospital on one PostgreSQL count together. Each counts by itself and asks nobody while a request waits; once a second it
 * tells the others of callers that came often, in one statement for all of them, and learns what these count. So a flood costs the database
 * one statement a second, and a caller gets by no more than comes within that second (decision 0830).
 */
export const sharedCountsPlugin = fp((app, _options, done) => {
  const { store: { kind, db }, requestCounts: { named, windowMs }, log } = app
  const stop = new AbortController()
  let work: Promise<unknown> = Promise.resolve()
  app.addHook('onReady', (ready) => {
    if (kind === 'postgresql') {
      work = Promise.all([
        repeat(TELL_EVERY_MS, stop.signal, async () => { await shareCounts(db, named, windowMs) }, log),
        repeat(REMOVE_EVERY_MS, stop.signal, async () => {
          await db.deleteFrom('request_counts').where('ends_at', '<', sql<number>`${NOW} - ${windowMs}::bigint`).execute()
        }, log)
      ])
    }
    ready()
  })
  app.addHook('onClose', async () => {
    stop.abort()
    await work
  })
  done()
}, { name: 'shared-counts', dependencies: ['limits', 'store'] })
