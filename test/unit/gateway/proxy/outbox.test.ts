import t from 'tap'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { Outbox } from '../../../../gateway/src/outbox/outbox.ts'
import { openStore } from '../../../../gateway/src/store/store.ts'
import { startPostgres } from '../../../helpers/postgresql.ts'
import { until } from '../../../helpers/sharing.ts'
import type { Test } from 'tap'

const log = pino({ level: 'silent' })

async function suite (t: Test, databaseUrl?: string): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'epione-outbox-'))
  const store = await openStore({ directory: root, databaseUrl })
  t.teardown(async () => {
    await store.close()
    await rm(root, { recursive: true })
  })
  let now = 1_000_000
  const create = (): Outbox => new Outbox({ db: store.db, clock: () => now, log })
  const waiting = async (): Promise<number> => (await store.db.selectFrom('outbox').select('id').execute()).length

  t.test('work is done once, and the same work is added once', async (t) => {
    const outbox = create()
    const done: unknown[] = []
    outbox.handle('a', async (payload) => { await Promise.resolve(); done.push(payload) })
    await outbox.add({ kind: 'a', key: '1', payload: { n: 1 } })
    await outbox.add({ kind: 'a', key: '1', payload: { n: 2 } })
    outbox.start()
    t.teardown(() => outbox.stop())
    await until(() => done.length > 0)
    await until(async () => await waiting() === 0)
    t.same(done, [{ n: 1 }])
  })

  t.test('work that fails is tried again later, with a growing pause', async (t) => {
    const outbox = create()
    let attempts = 0
    outbox.handle('b', async () => { await Promise.resolve(); attempts += 1; if (attempts < 3) throw new Error('the peer is down') })
    const id = await outbox.add({ kind: 'b', key: '1', payload: null })
    t.equal(await outbox.deliver(id), false)
    const first = await store.db.selectFrom('outbox').selectAll().executeTakeFirstOrThrow()
    t.match(first, { attempts: 1, last_error: 'Error: the peer is down' })
    t.ok(first.due_at > now)
    t.equal(await outbox.deliver(id), false)
    t.equal(attempts, 1, 'not before its time')
    now = first.due_at
    t.equal(await outbox.deliver(id), false)
    const second = await store.db.selectFrom('outbox').selectAll().executeTakeFirstOrThrow()
    t.ok(second.due_at - now > 300)
    now = second.due_at
    t.equal(await outbox.deliver(id), true)
    t.equal(await waiting(), 0)
  })

  t.test('work is not done before its time, and then by the loop', async (t) => {
    const outbox = create()
    let done = false
    outbox.handle('c', async () => { await Promise.resolve(); done = true })
    await outbox.add({ kind: 'c', key: '1', payload: null, dueAt: now + 5_000 })
    outbox.start()
    t.teardown(() => outbox.stop())
    outbox.nudge()
    await new Promise((resolve) => setImmediate(resolve))
    t.equal(done, false)
    now += 5_001
    outbox.nudge()
    await until(() => done)
  })

  t.test('two processes that share a store do a piece of work once', async (t) => {
    const [first, second] = [create(), create()]
    let started = 0
    for (const outbox of [first, second]) {
      outbox.handle('d', async () => {
        started += 1; await new Promise((resolve) =>
          setTimeout(resolve, 50))
      })
    }
    const id = await first.add({ kind: 'd', key: '1', payload: null })
    const outcomes = await Promise.all([first.deliver(id), second.deliver(id)])
    t.equal(started, 1)
    t.ok(outcomes.includes(true))
  })

  t.test('what died with its process is taken up again', async (t) => {
    const [dying, next] = [create(), create()]
    dying.handle('e', () => new Promise(() => undefined))
    let done = false
    next.handle('e', async () => { await Promise.resolve(); done = true })
    const dead = dying.deliver(await dying.add({ kind: 'e', key: '1', payload: null }))
    t.ok(dead instanceof Promise, 'it never ends')
    await until(async () => (await store.db.selectFrom('outbox').select('due_at').executeTakeFirstOrThrow()).due_at > now)
    next.start()
    t.teardown(() => next.stop())
    next.nudge()
    now += 60_000
    next.nudge()
    await until(() => done)
  })

  t.test('one kind that hangs keeps no other waiting', async (t) => {
    const outbox = create()
    const hanging = Promise.withResolvers<undefined>()
    let done = false
    outbox.handle('slow', async () => { await hanging.promise })
    outbox.handle('quick', async () => { await Promise.resolve(); done = true })
    for (let i = 0; i < 40; i += 1) await outbox.add({ kind: 'slow', key: String(i), payload: null, dueAt: 1 })
    await outbox.add({ kind: 'quick', key: '1', payload: null })
    outbox.start()
    t.teardown(() => outbox.stop())
    await until(() => done)
    hanging.resolve(undefined)
    await until(async () => await waiting() === 0)
  })

  t.test('work of one patient that hangs leaves others a place', async (t) => {
    const outbox = create()
    const hanging = Promise.withResolvers<undefined>()
    let [begun, done] = [0, false]
    outbox.handle('shared', async (payload) => {
      if (payload === 'quick') done = true
      else {
        begun += 1
        await hanging.promise
      }
    })
    for (let i = 0; i < 40; i += 1) await outbox.add({ kind: 'shared', key: String(i), payload: 'slow', owner: 'a', dueAt: 1 })
    await outbox.add({ kind: 'shared', key: 'quick', payload: 'quick', owner: 'b' })
    outbox.start()
    t.teardown(() => outbox.stop())
    await until(() => done)
    t.ok(begun <= 2, `${String(begun)} of the patient whose work hangs`)
    hanging.resolve(undefined)
    await until(async () => await waiting() === 0)
  })

  t.test('work of one that hangs does not slow down others, however much they have', async (t) => {
    const outbox = create()
    const hanging = Promise.withResolvers<undefined>()
    let [atOnce, most, done] = [0, 0, 0]
    outbox.handle('mixed', async (payload) => {
      if (payload === 'hangs') {
        await hanging.promise
        return
      }
      atOnce += 1
      most = Math.max(most, atOnce)
      await new Promise((resolve) => setTimeout(resolve, 5))
      atOnce -= 1
      done += 1
    })
    for (let i = 0; i < 10; i += 1) {
      await outbox.add({ kind: 'mixed', key: `a${String(i)}`, payload: 'hangs', owner: 'a', dueAt: 1 })
      await outbox.add({ kind: 'mixed', key: `b${String(i)}`, payload: 'quick', owner: 'b' })
    }
    outbox.start()
    t.teardown(() => outbox.stop())
    await until(() => done === 10)
    t.ok(most <= 2, `${String(most)} of one at once`)
    hanging.resolve(undefined)
    await until(async () => await waiting() === 0)
  })

  t.test('no patient takes more than a share of what others leave, and each has a few places', async (t) => {
    const outbox = create()
    outbox.handle('fair', () => Promise.resolve(), { room: { all: 64, perOwner: 40, shareOfFree: 1 / 4, always: 2 } })
    const take = async (owner: string): Promise<number> => {
      for (let taken = 0; ; taken += 1) {
        const isFull = await outbox.add({ kind: 'fair', key: `${owner}${String(taken)}`, payload: null, owner, dueAt: now + 1 }).then(() =>
          false, () => true)
        if (isFull) return taken
      }
    }
    const taken = []
    for (const owner of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']) taken.push(await take(owner))
    t.same(taken, [16, 12, 9, 6, 5, 4, 3, 2, 2, 2])
    await store.db.deleteFrom('outbox').execute()
  })

  t.test('a piece of work that goes on failing is told of once an hour', async (t) => {
    const lines: string[] = []
    const outbox = new Outbox({
      db: store.db,
      clock: () => now,
      log: pino({ level: 'warn' }, { write: (line: string) => { lines.push(line) } })
    })
    outbox.handle('failing', () => Promise.reject(new Error('the peer is down')))
    const id = await outbox.add({ kind: 'failing', key: '1', payload: null })
    for (let i = 0; i < 5; i += 1) {
      t.equal(await outbox.deliver(id), false)
      now += 60_000
    }
    t.equal(lines.length, 1)
    await outbox.remove('failing', '1')
  })

  t.test('a queue that is full, or full of one patient\'s, takes no more', async (t) => {
    const outbox = create()
    outbox.handle('full', () => Promise.resolve(), { room: { all: 3, perOwner: 2 } })
    const add = async (
      key: string,
      owner: string
    ): Promise<string> => await outbox.add({ kind: 'full', key, payload: null, owner, dueAt: now + 1 })
    await add('1', 'a')
    await add('2', 'a')
    await t.rejects(add('3', 'a'), { code: 'OVERLOADED', retryAfterSeconds: 30 })
    t.equal(await add('2', 'a'), 'full:2', 'what waits already needs no room')
    await t.rejects(outbox.requireRoom({ kind: 'full', owner: 'b', pieces: 2 }), { code: 'OVERLOADED' })
    t.same((await outbox.listKeys('full', 'a')).sort(), ['1', '2'])
    await add('3', 'b')
    await t.rejects(add('4', 'c'), { code: 'OVERLOADED' })
    for (const key of ['1', '2', '3']) await outbox.remove('full', key)
    await add('4', 'a')
    await outbox.remove('full', '4')
  })

  t.test('work whose time is over is given up and cleaned up after', async (t) => {
    const outbox = create()
    const abandoned: unknown[] = []
    let attempts = 0
    outbox.handle('late', async () => { await Promise.resolve(); attempts += 1; throw new Error('the peer is down') }, {
      abandon: async (payload) => { await Promise.resolve(); abandoned.push(payload) }
    })
    const id = await outbox.add({ kind: 'late', key: '1', payload: { n: 1 }, giveUpAt: now + 60_000 })
    t.equal(await outbox.deliver(id), false)
    t.same([attempts, abandoned], [1, []])
    now += 60_001
    t.equal(await outbox.deliver(id), true)
    t.same([attempts, abandoned], [1, [{ n: 1 }]])
    t.equal(await waiting(), 0)
  })

  t.test('work whose time went by while nobody could try it is tried once more, and given up when that fails, too', async (t) => {
    const outbox = create()
    const abandoned: object[] = []
    let [attempts, fails] = [0, false]
    outbox.handle('last', async () => {
      await Promise.resolve()
      attempts += 1
      if (fails) throw new Error('the peer is down')
    }, { triesLast: true, abandon: async (payload, how) => { await Promise.resolve(); abandoned.push({ payload, ...how }) } })
    const [first, second] = [await outbox.add({ kind: 'last', key: '1', payload: 1, giveUpAt: now + 1 }), await outbox.add({ kind: 'last', key: '2', payload: 2, giveUpAt: now + 1 })]
    now += 60_000
    t.equal(await outbox.deliver(first), true)
    t.same([attempts, abandoned], [1, []])
    fails = true
    t.equal(await outbox.deliver(second), true)
    t.same([attempts, abandoned], [2, [{ payload: 2, attempts: 1, lastError: 'Error: the peer is down' }]])
    t.equal(await waiting(), 0)
  })

  t.test('work that is removed is not done', async (t) => {
    const outbox = create()
    outbox.handle('f', () => Promise.reject(new Error('not this')))
    const id = await outbox.add({ kind: 'f', key: '1', payload: null, dueAt: now + 1 })
    await outbox.remove('f', '1')
    t.equal(await outbox.deliver(id), true)
  })
}

t.test('the outbox on SQLite', async (t) => { await suite(t) })

t.test('the outbox on PostgreSQL', async (t) => {
  const server = await startPostgres()
  t.teardown(() => server.stop())
  await suite(t, await server.createDatabase())
})
