import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import t from 'tap'
import { openStaffWallet } from '../../../gateway/src/staff/staff-wallet.ts'
import { GroupCommit } from '../../../gateway/src/store/group-commit.ts'
import { createStoreJournal } from '../../../gateway/src/store/journal.ts'
import { openStore } from '../../../gateway/src/store/store.ts'
import type { Store } from '../../../gateway/src/store/store.ts'
import type { Teardown } from '../../helpers/gateway.ts'
import { startPostgres } from '../../helpers/postgresql.ts'

type Open = () => Promise<Store>

/** The suite that both kinds of database pass. `open` opens the same database each time. */
function suite (kind: Store['kind'], prepare: (t: Teardown) => Promise<Open>): void {
  t.test(`${kind}: tables are made once and survive opening again`, async (t) => {
    const open = await prepare(t)
    const first = await open()
    t.equal(first.kind, kind)
    await first.check()
    await first.db.insertInto('checkpoints').values({ name: 'n', block_number: 2 ** 40 }).execute()
    await first.close()
    const second = await open()
    t.same(
      await second.db.selectFrom('checkpoints').selectAll().execute(),
      [{ name: 'n', block_number: 2 ** 40, header_hash: null }],
      'bigint comes back as number'
    )
    await second.close()
  })

  t.test(`${kind}: bytes come back as they went in`, async (t) => {
    const store = await (await prepare(t))()
    const wrap = randomBytes(170)
    await store.db.insertInto('wraps').values({ wrap_hash: 'h', wrap, created_at: 1 }).execute()
    const row = await store.db.selectFrom('wraps').selectAll().executeTakeFirstOrThrow()
    t.equal(Buffer.compare(row.wrap, wrap), 0)
    await store.close()
  })

  t.test(`${kind}: a transaction that fails leaves nothing`, async (t) => {
    const store = await (await prepare(t))()
    await t.rejects(store.db.transaction().execute(async (trx) => {
      await trx.insertInto('sessions').values({ statement_id: 's', expires_at: 1 }).execute()
      throw new Error('no')
    }))
    t.same(await store.db.selectFrom('sessions').selectAll().execute(), [])
    await store.close()
  })

  t.test(`${kind}: small writes that come at once share a transaction, and one that fails takes none with it`, async (t) => {
    const store = await (await prepare(t))()
    const transactions: unknown[] = []
    const db = new Proxy(store.db, {
      get: (target, name) => {
        if (name === 'transaction') transactions.push(name)
        const value: unknown = Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) as unknown : value
      }
    })
    const commits = new GroupCommit(db)
    const add = (id: string): Promise<void> => commits.run(async (trx) => {
      await trx.insertInto('sessions').values({ statement_id: id, expires_at: 1 }).execute()
    })
    const ids = async (): Promise<string[]> =>
      (await store.db.selectFrom('sessions').select('statement_id').orderBy('statement_id').execute()).map((row) => row.statement_id)
    await Promise.all(['a', 'b', 'c'].map(add))
    t.equal(transactions.length, 1)
    t.same(await ids(), ['a', 'b', 'c'])
    const settled = await Promise.allSettled(['d', 'a', 'e'].map(add))
    t.same(settled.map(({ status }) => status), ['fulfilled', 'rejected', 'fulfilled'])
    t.same(await ids(), ['a', 'b', 'c', 'd', 'e'])
    await add('f')
    t.same((await ids()).at(-1), 'f', 'one alone after a group')
    await store.close()
  })

  t.test(`${kind}: the journal lists what is in doubt, oldest first`, async (t) => {
    const store = await (await prepare(t))()
    const journal = createStoreJournal(store, { error: () => undefined })
    const envelope = randomBytes(3_000)
    await journal.add({ txId: 'b', transactionName: 'Access:Request', envelope, createdAt: 2_000 })
    await journal.add({ txId: 'a', transactionName: 'Access:Request', envelope, createdAt: 1_000 })
    await journal.add({ txId: 'c', transactionName: 'Access:Request', envelope, createdAt: 3_000 })
    await journal.remove('c')
    t.same((await journal.list(3_000)).map((e) => e.txId), ['a', 'b'])
    t.same((await journal.list(2_000)).map((e) => e.txId), ['a'])
    t.equal(Buffer.compare((await journal.list(2_000))[0]?.envelope ?? new Uint8Array(), envelope), 0)
    await store.close()
  })

  t.test(`${kind}: the wallet opens an identity under its own label and key only`, async (t) => {
    const store = await (await prepare(t))()
    const key = randomBytes(32)
    const identity = { mspId: 'CoreMSP', certificate: '-----BEGIN CERTIFICATE-----', privateKey: '-----BEGIN PRIVATE KEY-----' }
    const wallet = openStaffWallet(store.db, [key])
    await wallet.put('dr-a', identity)
    await wallet.put('dr-b', { ...identity, privateKey: 'another' })
    t.same(await wallet.get('dr-a'), identity)
    t.same(await wallet.list(), ['dr-a', 'dr-b'])
    await t.rejects(wallet.get('dr-c'), { code: 'NOT_ENROLLED' })
    await t.rejects(openStaffWallet(store.db, [randomBytes(32)]).get('dr-a'), 'another key')
    const { sealed } = await store.db.selectFrom('wallet').selectAll().where('label', '=', 'dr-b').executeTakeFirstOrThrow()
    t.notMatch(Buffer.from(sealed).toString('latin1'), /BEGIN|another/, 'no PEM at rest')
    await store.db.updateTable('wallet').set({ sealed }).where('label', '=', 'dr-a').execute()
    await t.rejects(wallet.get('dr-a'), 'an entry moved to another label')
    await store.close()
  })
}

suite('sqlite', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'epione-store-'))
  t.teardown(() => rm(directory, { recursive: true }))
  return () => openStore({ directory })
})

const server = startPostgres()
t.teardown(async () => { await (await server).stop() })
suite('postgresql', async () => {
  const databaseUrl = await (await server).createDatabase()
  return () => openStore({ databaseUrl, directory: '/nonexistent' })
})

t.test('postgresql: a gateway beside this one that hangs in a transaction holds up no other write for long', async (t) => {
  const databaseUrl = await (await server).createDatabase()
  const [hanging, store] = await Promise.all([1, 2].map(async () => await openStore({ databaseUrl, directory: '/nonexistent' })))
  if (hanging === undefined || store === undefined) throw new Error('two were opened')
  const add = (id: string): Promise<void> => store.commits.run(async (trx) => {
    await trx.insertInto('sessions').values({ statement_id: id, expires_at: 1 }).execute()
  })
  const [locked, over] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()]
  const held = hanging.db.transaction().execute(async (trx) => {
    await trx.insertInto('sessions').values({ statement_id: 'locked', expires_at: 1 }).execute()
    locked.resolve(undefined)
    await over.promise
  })
  await locked.promise
  const [blocked, other] = [add('locked'), add('other')]
  await other
  await t.rejects(blocked, { code: '55P03' }, 'what is locked is not written, and whoever asked is told')
  await add('later')
  over.resolve(undefined)
  await held
  await Promise.all([hanging.close(), store.close()])
})

t.test('sqlite: a second process is refused while the first lives, and not after it was killed', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'epione-store-'))
  t.teardown(() => rm(directory, { recursive: true }))
  const module = join(import.meta.dirname, '..', '..', '..', 'gateway', 'src', 'store', 'store.ts')
  const script = `import { openStore } from ${JSON.stringify(module)}; await openStore({ directory: ${JSON.stringify(directory)} });`
  const run = (more: string): { status: number | null, stderr: string } =>
    spawnSync(process.execPath, ['--input-type=module', '-e', script + more], { encoding: 'utf8' })
  const first = await openStore({ directory })
  const refused = run('')
  t.not(refused.status, 0)
  t.match(refused.stderr, /another process holds the store/)
  await first.close()
  run('process.kill(process.pid, "SIGKILL")')
  const again = await openStore({ directory })
  await again.check()
  await again.close()
})
