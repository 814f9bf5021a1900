import t from 'tap'
import { link, mkdtemp, open, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { toHex } from '@epione/crypto'
import { sealBox } from '@epione/host'
import { ConsentKeyFiles } from '../../../../gateway/src/proxy/consent-key-files.ts'
import { KfragVault } from '../../../../gateway/src/proxy/kfrag-vault.ts'
import { loadOrCreateProxyKeys, loadProxyKeys, PROXY_KEYS_FILE } from '../../../../gateway/src/proxy/proxy-keys.ts'
import { openStore } from '../../../../gateway/src/store/store.ts'
import type { Store } from '../../../../gateway/src/store/store.ts'
import { startPostgres } from '../../../helpers/postgresql.ts'
import type { Test } from 'tap'

const newHash = (): string => toHex(randomBytes(32))
const LABEL = newHash()

async function createVault (t: Test, databaseUrl?: string): Promise<{ vault: KfragVault, folder: string, store: Store }> {
  const root = await mkdtemp(join(tmpdir(), 'epione-vault-'))
  const store = await openStore({ directory: join(root, 'store'), databaseUrl })
  t.teardown(async () => {
    await store.close()
    await rm(root, { recursive: true })
  })
  const folder = join(root, 'keys')
  return { vault: new KfragVault(store.db, new ConsentKeyFiles(folder)), folder, store }
}

const consent = (): { consentId: string, patientId: string, notAfter: number, voidAfter: number } =>
  ({ consentId: newHash(), patientId: 'p', notAfter: 2_000, voidAfter: 1_000 })
const kfrag = (): { kfragId: string, label: string, epoch: number, bytes: Uint8Array } =>
  ({ kfragId: newHash(), label: LABEL, epoch: 1, bytes: randomBytes(310) })

async function suite (t: Test, databaseUrl?: string): Promise<void> {
  const { vault, folder, store } = await createVault(t, databaseUrl)

  t.test('what is kept is found again, and its row does not show it', async (t) => {
    const [held, one] = [consent(), kfrag()]
    await vault.keep(held, [one], 1)
    await vault.keep(held, [one], 2)
    t.same(await vault.find(held.consentId, LABEL, 1), { ...one, bytes: Buffer.from(one.bytes) })
    t.equal(await vault.find(held.consentId, LABEL, 2), null)
    const { sealed } = await store.db.selectFrom('kfrags').select('sealed').where(
      'consent_id',
      '=',
      held.consentId
    ).executeTakeFirstOrThrow()
    t.notOk(Buffer.from(sealed).includes(Buffer.from(one.bytes.subarray(0, 16))))
    t.equal((await stat(join(folder, held.consentId))).mode & 0o777, 0o600)
  })

  t.test('destruction overwrites and removes the key file, and rows from a backup open nothing', async (t) => {
    const [held, one] = [consent(), kfrag()]
    await vault.keep(held, [one], 1)
    const backup = await store.db.selectFrom('kfrags').selectAll().where('consent_id', '=', held.consentId).execute()
    const [path, witness] = [join(folder, held.consentId), join(folder, `${held.consentId}.witness`)]
    // A second name for the same bytes on disk: it shows what destruction left there.
    await link(path, witness)
    const key = await readFile(path)
    await vault.destroy(held.consentId)
    t.notOk((await readdir(folder)).includes(held.consentId))
    t.notSame(await readFile(witness), key, 'overwritten before it was removed')
    t.equal(await vault.findConsent(held.consentId), undefined)
    await store.db.insertInto('kfrags').values(backup).execute()
    t.equal(await vault.find(held.consentId, LABEL, 1), null)
    await vault.destroy(held.consentId)
  })

  t.test('what a compartment had in a consent goes from backups of the store, too, and what is left opens still', async (t) => {
    const [held, gone, left] = [consent(), kfrag(), { ...kfrag(), label: newHash() }]
    const whole = { ...held, patientId: newHash() }
    const { consentId } = whole
    await vault.keep(whole, [gone, left], 1)
    const backup = await store.db.selectFrom('kfrags').selectAll().where('consent_id', '=', consentId).execute()
    const key = await readFile(join(folder, consentId))
    const destroy = async (label = LABEL): Promise<void> => {
      await vault.destroyOf(whole.patientId, [{ label, epoch: 1 }], () => Promise.reject(new Error('something is left')))
    }
    await destroy(newHash())
    t.same(await readFile(join(folder, consentId)), key, 'of another compartment nothing is to be done')
    await destroy()
    const found = async (): Promise<unknown[]> =>
      [await vault.find(consentId, LABEL, 1), (await vault.find(consentId, left.label, 1))?.kfragId]
    t.same(await found(), [null, left.kfragId])
    t.notSame(await readFile(join(folder, consentId)), key)
    t.same((await readdir(folder)).filter((name) => name.endsWith('.next')), [])
    await store.db.deleteFrom('kfrags').where('consent_id', '=', consentId).execute()
    await store.db.insertInto('kfrags').values(backup).execute()
    t.same(await found(), [null, undefined], 'rows of a backup open nothing')
    await vault.keep(whole, [gone, left], 2)
    // Cut off before its rows were written, and after that.
    const keys = new ConsentKeyFiles(folder)
    const next = await keys.obtainNext(consentId)
    t.same(await found(), [(await vault.find(consentId, LABEL, 1)), left.kfragId], 'opens by the former key')
    const sealed = sealBox(next, left.bytes, consentId + left.kfragId)
    await store.db.updateTable('kfrags').set({ sealed }).where('kfrag_id', '=', left.kfragId).where('consent_id', '=', consentId).execute()
    t.same(await found(), [(await vault.find(consentId, LABEL, 1)), left.kfragId], 'and by the next')
    await destroy()
    t.same(await found(), [null, left.kfragId])
    t.same(await readFile(join(folder, consentId)), Buffer.from(next), 'which takes its place')
    // A grant that comes again between the two is sealed under the key that stays.
    await keys.obtainNext(consentId)
    await vault.keep(whole, [left], 3)
    await link(join(folder, `${consentId}.next`), join(folder, 'seen'))
    await destroy()
    t.same(await found(), [null, left.kfragId], 'as after a grant anew')
    t.same(await readFile(join(folder, 'seen')), await readFile(join(folder, consentId)), 'the next key is whole until it is the key')
    await rm(join(folder, 'seen'))
    await keys.obtainNext(consentId)
    await vault.destroy(consentId)
    t.same((await readdir(folder)).filter((name) => name.startsWith(consentId)), [])
  })

  t.test('a row moved to another consent does not open', async (t) => {
    const [first, second, one] = [consent(), consent(), kfrag()]
    await vault.keep(first, [one], 1)
    await vault.keep(second, [kfrag()], 1)
    const { sealed } = await store.db.selectFrom('kfrags').select('sealed').where(
      'consent_id',
      '=',
      first.consentId
    ).executeTakeFirstOrThrow()
    await store.db.updateTable('kfrags').set({ sealed }).where('consent_id', '=', second.consentId).execute()
    t.equal(await vault.find(second.consentId, LABEL, 1), null)
  })

  t.test('all consents are listed, page by page, and those that are over', async (t) => {
    const ids = [consent(), consent(), consent()]
    for (const held of ids) await vault.keep(held, [kfrag()], 1)
    const listed: string[] = []
    for await (const { consentId } of vault.listConsents(2)) listed.push(consentId)
    t.ok(ids.every((held) => listed.includes(held.consentId)))
    t.equal(new Set(listed).size, listed.length)
    const [first = consent()] = ids
    t.ok((await vault.listOverdue(1_500)).some((held) => held.consentId === first.consentId))
    await vault.keepUntilPeriodEnds(first.consentId)
    t.notOk((await vault.listOverdue(1_500)).some((held) => held.consentId === first.consentId))
    t.ok((await vault.listOverdue(2_500)).some((held) => held.consentId === first.consentId))
  })
}

t.test('kfrags in SQLite', async (t) => { await suite(t) })

t.test('kfrags in PostgreSQL', async (t) => {
  const server = await startPostgres()
  t.teardown(() => server.stop())
  await suite(t, await server.createDatabase())
})

t.test('proxy keys', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'epione-keys-'))
  t.teardown(() => rm(folder, { recursive: true }))

  t.test('are made once, readable by their owner alone', async (t) => {
    t.equal(await loadProxyKeys(folder), null)
    const [keys, again] = await Promise.all([loadOrCreateProxyKeys(folder), loadOrCreateProxyKeys(folder)])
    t.ok(keys.encryption.publicKey().equals(again.encryption.publicKey()), 'two processes at once agree')
    t.notOk(keys.encryption.publicKey().equals(keys.signing.publicKey()))
    t.equal((await stat(join(folder, PROXY_KEYS_FILE))).mode & 0o777, 0o600)
    t.notMatch(JSON.stringify(keys), /[0-9a-f]{64}/)
    t.same(await readdir(folder), [PROXY_KEYS_FILE], 'no temporary file is left')
  })

  t.test('a file that is none is refused without showing it', async (t) => {
    const broken = await mkdtemp(join(tmpdir(), 'epione-keys-'))
    t.teardown(() => rm(broken, { recursive: true }))
    const file = await open(join(broken, PROXY_KEYS_FILE), 'w')
    await file.writeFile(JSON.stringify({ encryptionSecret: 'ff'.repeat(32), signingSecret: 'secret words' }))
    await file.close()
    const refusal = await loadProxyKeys(broken).catch((error: unknown) => String(error))
    t.match(refusal, /Error/)
    t.notMatch(refusal, /ffff|secret words/)
  })
})
