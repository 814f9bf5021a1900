import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import t from 'tap'
import type {} from '../../../gateway/src/http/limits-plugin.ts'
import { DEFAULT_LIMITS } from '../../../gateway/src/http/limits.ts'
import { shareCounts, tellCounts } from '../../../gateway/src/http/shared-counts.ts'
import { createCounts, WindowCounts } from '../../../gateway/src/http/window-counts.ts'
import { reachable } from '../../../gateway/src/audit/webhook-settings.ts'
import type {} from '../../../gateway/src/audit/webhooks-plugin.ts'
import { claimChore, repeatChore } from '../../../gateway/src/store/chores.ts'
import { MIGRATIONS } from '../../../gateway/src/store/migrations.ts'
import type { ClaimMapping } from '../../../gateway/src/staff/claim-mapping.ts'
import { openStore } from '../../../gateway/src/store/store.ts'
import type { Tables } from '../../../gateway/src/store/tables.ts'
import { waitForWindows } from '../../../gateway/src/streams/window-sources.ts'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import type { TestGateway } from '../../helpers/gateway.ts'
import { bindPractitioner, publishPatient, registerRecord, signRequest } from '../../helpers/ledger-fixtures.ts'
import { startPostgres } from '../../helpers/postgresql.ts'
import { until } from '../../helpers/sharing.ts'

/* Two gateways of one hospital on one PostgreSQL and one data folder: nothing that counts lies in one of them alone. */

const WINDOW_MS = 60_000
const server = await startPostgres()
t.teardown(() => server.stop())
const databaseUrl = await server.createDatabase()
const consortium = await createConsortium(t)
const { world } = consortium
const limits = { ...DEFAULT_LIMITS, requestsPerAddress: 40 }
const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const hooks = [{ id: 'mail', url: new URL('https://localhost:1/hook'), secret, filter: {} }]
const claimMapping: ClaimMapping = { format: 1, roles: [{ claim: '/job', value: 'arzt', role: 'physician' }], changes: 'refuse' }
const ports = { claimMapping, webhooks: { hooks, mayReach: reachable(['127.0.0.0/8', '::1']), timeoutMs: 3_000 } }
const build = async (): Promise<TestGateway> => await buildGateway(t, { consortium, databaseUrl, config: { limits }, ports })
const [one, other] = [await build(), await build()]
const { store } = one.app
const status = async ({ app }: TestGateway, remoteAddress: string): Promise<number> =>
  (await app.inject({ url: '/v1/network', remoteAddress })).statusCode

t.test('what callers do is counted by both together', async (t) => {
  const share = async ({ app: { store: { db }, requestCounts } }: TestGateway): Promise<void> => {
    await shareCounts(db, requestCounts.named, requestCounts.windowMs)
  }
  const known = ({ app: { requestCounts } }: TestGateway): number => {
    let most = 0
    for (const counts of requestCounts.named.values()) counts.read('10.1.0.1', (_error, result) => { most = Math.max(most, result?.current ?? 0) })
    return most
  }
  for (let n = 0; n < 36; n += 1) await status(one, '10.1.0.1')
  for (let n = 0; n < 6; n += 1) await status(other, '10.1.0.1')
  // What a gateway tells by itself, each second, is on its way for a moment in which there is nothing more to tell.
  await until(async () => {
    await share(one)
    await share(other)
    return known(other) === 42
  })
  t.equal(await status(other, '10.1.0.1'), 429, 'a caller who goes on at the other one')
  t.not(await status(other, '10.1.0.2'), 429, 'another caller')
  await until(async () => await status(one, '10.1.0.1') === 429)
  const rare = await store.db.selectFrom('request_counts').select('key').where('key', 'like', '%10.1.0.2').execute()
  t.same(rare, [], 'who comes now and then costs the database nothing')
})

t.test('counts add up by the database\'s clock, and begin anew where a window is over or cannot be true', async (t) => {
  const tell = async (more: number): Promise<number[]> =>
    (await tellCounts(store.db, [{ key: 'k', more }], WINDOW_MS)).map(({ count }) => count)
  t.same([await tell(3), await tell(4)], [[3], [7]])
  const set = async (byMs: number): Promise<void> => {
    const endsAt = sql<number>`(extract(epoch from now()) * 1000)::bigint + ${byMs}::bigint`
    await store.db.updateTable('request_counts').set({ ends_at: endsAt }).where('key', '=', 'k').execute()
  }
  await set(-1)
  t.same(await tell(2), [2], 'the minute is over')
  await set(2 * WINDOW_MS)
  t.same(await tell(5), [5], 'the clock was set back')
  const keys = Array.from({ length: 2_500 }, () => ({ key: randomUUID(), more: 1 }))
  const both = await Promise.all([tellCounts(store.db, keys, WINDOW_MS), tellCounts(store.db, keys.toReversed(), WINDOW_MS)])
  t.same(both.flat().reduce((sum, { count }) => sum + count, 0), 3 * keys.length, 'thousands, from both at once')
})

t.test('a gateway knows what was counted since it told, also when the others cannot be told', async (t) => {
  const { store: Store, named } = createCounts()
  const counts = new Store({}).child({ shareAs: 'requests', max: 8 } as never) as WindowCounts
  const add = (): number => {
    let counted = 0
    counts.incr('a', (_error, result) => { counted = result?.current ?? NaN }, WINDOW_MS)
    return counted
  }
  t.equal(named.get('requests'), counts)
  t.same([add(), add()], [1, 2])
  const [news] = counts.news()
  t.same(news, { key: 'a', more: 2 })
  t.same(counts.news(), [], 'told once')
  add()
  if (news !== undefined) counts.learn(news, { key: 'a', count: 12, leftMs: 30_000 })
  t.equal(add(), 14, 'ten of others, four of its own')
  t.same(counts.news(), [{ key: 'a', more: 2 }])
  add()
  t.same(counts.news(), [{ key: 'a', more: 3 }], 'what could not be told is told later')
  const [rare] = [new WindowCounts({ max: 80 })]
  for (let n = 0; n < 9; n += 1) rare.incr('a', () => undefined, WINDOW_MS)
  t.same(rare.news(), [], 'less than an eighth is nobody else\'s business')
  add()
  await t.rejects(shareCounts(null as never, named, WINDOW_MS), TypeError, 'whoever repeats it tells that the store fails')
  t.equal(add(), 17, 'which changes no count')
})

t.test('periodic work is done by one of them in a period, and by another one after that', async (t) => {
  const chore = { name: 'test', everyMs: 3_600_000 }
  t.same((await Promise.all([one, other].map(async ({ app }) => await claimChore(app.store, chore)))).sort(), [false, true])
  const begun = async (agoMs: number): Promise<void> => {
    await store.db.updateTable('chores').set((e) => ({ begun_at: e('begun_at', '-', agoMs) })).where('name', '=', 'test').execute()
  }
  await begun(3_000_000)
  t.notOk(await claimChore(other.app.store, chore), 'before its time')
  await begun(3_000_000)
  t.ok(await claimChore(other.app.store, chore), 'whoever did it last may be dead')
  await begun(-3_600_000)
  t.ok(await claimChore(one.app.store, chore), 'the clock was set back')
})

t.test('work that failed at one gateway is left to the other', async (t) => {
  const chore = { name: 'failing', everyMs: 3_600_000 }
  const stop = new AbortController()
  const failed = Promise.withResolvers<undefined>()
  const log = Object.assign(Object.create(one.app.log) as typeof one.app.log, { error: () => { failed.resolve(undefined) } })
  const repeating = repeatChore({ store: one.app.store, log }, { ...chore, work: () => Promise.reject(new Error('the disk is away')) }, stop.signal)
  await failed.promise
  t.ok(await claimChore(other.app.store, chore))
  stop.abort()
  await repeating
})

t.test('a block changes the store once, is told to receivers once, and both gateways know it', async (t) => {
  await until(async () => await store.db.selectFrom('webhook_places').select('hook').executeTakeFirst() !== undefined)
  const patient = await publishPatient(world)
  const reader = await bindPractitioner(world, { mspId: 'CoreMSP' })
  const record = await registerRecord(world, reader, patient)
  const { value: { eventId }, blockNumber } = await reader.ledger.requestAccess(signRequest(world, reader, patient, [record]))
  await until(() => [one, other].every(({ app }) => app.events.position >= blockNumber))
  await Promise.all([one, other, one, other].map(async ({ app }) => { await app.webhooks.look() }))
  const count = async (table: 'access_events' | 'pending_notes'): Promise<number> =>
    (await store.db.selectFrom(table).select((e) => e.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n
  t.equal(await count('access_events'), 1)
  const work = async (): Promise<string[]> =>
    (await store.db.selectFrom('outbox').select('payload').where('kind', '=', 'webhook').execute()).map(({ payload }) => payload)
  await until(async () => (await work()).some((payload) => payload.includes(eventId)))
  t.equal((await work()).filter((payload) => payload.includes(eventId)).length, 1)
  t.ok(await count('pending_notes') <= 2, 'the log says once that it went out')
})

t.test('what may be used once is used once, whichever gateway takes it', async (t) => {
  const patient = await publishPatient(world)
  const authorization = one.session(patient)
  const list = async ({ app }: TestGateway): Promise<{ statusCode: number, code?: string }> => {
    const response = await app.inject({ url: `/v1/patients/${patient.patientId}/records`, headers: { authorization } })
    return { statusCode: response.statusCode, ...response.json<{ code?: string }>() }
  }
  const both = await Promise.all([list(one), list(other)])
  t.same(both.map(({ statusCode }) => statusCode).sort(), [200, 401])
  t.match(both.find(({ statusCode }) => statusCode === 401), { code: 'SESSION_REPLAYED' })
})

t.test('a person who signs in for the first time at both is enrolled once', async (t) => {
  const authorization = `Bearer ${await one.token('dr-new', 'user/DocumentReference.rs', { claims: { job: 'arzt' } })}`
  const both = await Promise.all([one, other].map(({ app }) => app.inject({ url: '/v1/practitioners/me', headers: { authorization } })))
  t.same(both.map(({ statusCode }) => statusCode), [200, 200], both.map(({ body }) => body).join())
  t.equal(new Set(both.map((answer) => answer.json<{ staffId: string }>().staffId)).size, 1)
})

t.test('a follower at one gateway is given windows that another one stored', async (t) => {
  const stream = 'f'.repeat(32)
  const { db } = store
  const waiting = waitForWindows(
    { store: { ...store, kind: 'postgresql' }, windows: { onStored: () => () => undefined } as unknown as typeof one.app.windows },
    { stream, after: 0, waitMs: 60_000 }, new AbortController().signal
  )
  await db.insertInto('windows').values({
    stream,
    number: 1,
    statement_id: 'a',
    patient_id: 'p',
    device_id: 'd',
    epoch: 1,
    statement: JSON.stringify({ body: '{}', signatures: [] }),
    wrap_hash: 'w',
    wrap: Buffer.alloc(170),
    ciphertext: Buffer.alloc(3),
    size_bytes: 3,
    created_at: Date.now(),
    owner: 'device:d',
    acknowledged: 1,
    version: null
  }).execute()
  t.match(await waiting, [{ number: 1 }])
  const aborted = new AbortController()
  const none = waitForWindows({ store, windows: one.app.windows }, { stream, after: 1, waitMs: 60_000 }, aborted.signal)
  aborted.abort()
  t.same(await none, [], 'nobody waits for one who left')
})

t.test('a gateway of the next build brings the tables up to date while this one writes, and so do two that start at once', async (t) => {
  const url = await server.createDatabase()
  const open = async (migrations = MIGRATIONS): ReturnType<typeof openStore> =>
    await openStore({ databaseUrl: url, directory: '', migrations })
  const [first, second] = await Promise.all([open(), open()])
  await second.close()
  let written = 0
  const end = new AbortController()
  const writing = (async () => {
    while (!end.signal.aborted) {
      await Promise.all(Array.from({ length: 8 }, async () => await first.commits.run(async (trx) =>
        await trx.insertInto('sessions').values({ statement_id: randomUUID(), expires_at: 1 }).execute())))
      written += 8
    }
  })()
  await until(() => written > 100)
  const next = {
    ...MIGRATIONS,
    '999-next': {
      up: async (db: Kysely<Tables>) => {
        await db.schema.alterTable('sessions').addColumn('seen_at', 'bigint').execute()
        await db.schema.createIndex('sessions_by_end').on('sessions').column('expires_at').execute()
      }
    }
  }
  const newer = await open(next)
  const [atMigration, column] = [written, sql<number>`select count(seen_at) as n, count(*) as rows from sessions`]
  await until(() => written > atMigration + 100)
  end.abort()
  await writing
  t.match((await column.execute(newer.db)).rows, [{ n: '0', rows: String(written) }], 'no write is lost or fails')
  await newer.close()
  await first.close()
  await t.rejects(open(), /could not be brought up to date/, 'a build that does not know these tables does not start on them')
})
