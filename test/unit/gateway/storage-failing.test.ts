import { readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import t from 'tap'
import { isStorageFailing, isStorageFull } from '@epione/host'
import type {} from '../../../gateway/src/ledger/events-plugin.ts'
import type {} from '../../../gateway/src/store/store-plugin.ts'
import { createStoreJournal } from '../../../gateway/src/store/journal.ts'
import { openStore } from '../../../gateway/src/store/store.ts'
import { FaultProxy } from '../../helpers/fault-proxy.ts'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import type { Consortium, Teardown, TestGateway } from '../../helpers/gateway.ts'
import { createPatient, directoryMembers, publishPatient, sign, signRevocation } from '../../helpers/ledger-fixtures.ts'
import { startPostgres } from '../../helpers/postgresql.ts'
import { until } from '../../helpers/sharing.ts'

/* Disks and databases that are read-only, away, torn or set back: callers are told, operators, too, and nothing is lost. */

interface Answer { status: number, code: unknown, retryAfter: unknown }

async function post ({ app }: TestGateway, url: string, statement: object, headers = {}): Promise<Answer> {
  const { statusCode, body, headers: answered } = await app.inject({ method: 'POST', url, headers, payload: { statement } })
  return { status: statusCode, code: (JSON.parse(body) as { code?: unknown }).code, retryAfter: answered['retry-after'] }
}

async function registerPatient (gateway: TestGateway, patient = createPatient()): Promise<Answer> {
  const { consortium: { world } } = gateway
  const authorization = `Bearer ${await gateway.token('desk', 'user/Patient.c')}`
  return await post(gateway, '/v1/patients', sign(world, 'KeyDirectory', { ...directoryMembers(patient) }, patient.identity), {
    authorization, 'idempotency-key': patient.patientId
  })
}

const UNAVAILABLE = { status: 503, code: 'STORAGE_UNAVAILABLE', retryAfter: /^\d+$/ }

t.test('a read-only database refuses with a code of its own, but for what stops something, and loses nothing', async (t) => {
  const gateway = await buildGateway(t)
  const { app, consortium: { world }, log } = gateway
  const [patient, stranger, consentId] = [await publishPatient(world), createPatient(), 'a'.repeat(64)]
  await app.events.catchUp()
  await sql`pragma query_only = 1`.execute(app.store.db)
  t.match(await registerPatient(gateway, stranger), UNAVAILABLE)
  t.match(await post(gateway, '/v1/revocations', signRevocation(world, patient, consentId)), { status: 201 }, 'goes straight to the ledger')
  t.match((await app.inject('/health/ready')).json(), { status: 'not-ready', checks: { storage: 'failing' } })
  t.ok(log.some((line) => line.includes('readonly')), 'the operator reads why')
  await sql`pragma query_only = 0`.execute(app.store.db)
  t.match(await registerPatient(gateway, stranger), { status: 201 })
  await until(async () => (await app.store.db.selectFrom('ended_consents').select('consent_id').execute()).some((row) => row.consent_id === consentId))
  t.pass('the block that could not be kept was read again')
})

t.test('a PostgreSQL that is away, and back', async (t) => {
  const server = await startPostgres()
  t.teardown(() => server.stop())
  const url = new URL(await server.createDatabase())
  const link = await FaultProxy.start(Number(url.port))
  t.teardown(() => link.stop())
  url.port = String(link.port)
  const gateway = await buildGateway(t, { databaseUrl: url.href })
  link.become('refusing')
  t.match(await registerPatient(gateway), UNAVAILABLE)
  t.match((await gateway.app.inject('/health/ready')).json(), { checks: { store: 'failing' } })
  link.become('passing')
  t.match(await registerPatient(gateway), { status: 201 })
})

t.test('the journal keeps nothing from the ledger that stops something, and nothing else goes there unkept', async (t) => {
  const store = await openStore({ directory: t.testdir() })
  t.teardown(() => store.close())
  const told: object[] = []
  const journal = createStoreJournal(store, { error: (what: object) => { told.push(what) } })
  const entry = { envelope: new Uint8Array(10), createdAt: 1 }
  await journal.add({ ...entry, txId: 'before', transactionName: 'Access:Request' })
  await sql`pragma query_only = 1`.execute(store.db)
  await t.rejects(journal.add({ ...entry, txId: 'a', transactionName: 'Access:Request' }), /readonly/)
  await journal.add({ ...entry, txId: 'b', transactionName: 'Consents:Revoke' })
  await journal.remove('before')
  t.match(told, [{ txId: 'b', transactionName: 'Consents:Revoke' }, { txId: 'before' }])
  await sql`pragma query_only = 0`.execute(store.db)
  t.same((await journal.list(2)).map(({ txId }) => txId), ['before'], 'it is submitted once more, and forgotten then')
  await journal.add({ ...entry, txId: 'c', transactionName: 'Consents:Revoke' })
  t.same((await journal.list(2)).map(({ txId }) => txId).sort(), ['before', 'c'])
})

/** A gateway that has read a block, and where its database lies. */
async function runAndClose (t: Teardown): Promise<{ consortium: Consortium, directory: string }> {
  const consortium = await createConsortium(t)
  const { app, config, close } = await buildGateway(t, { consortium })
  await publishPatient(consortium.world)
  await app.events.catchUp()
  await app.store.db.insertInto('record_versions').values({
    record_id: 'r', version: 1, patient_id: 'p', label: 'l', epoch: 1, author_msp: null, author_staff: null
  }).execute()
  await close()
  return { consortium, directory: join(config.dataDir, 'store') }
}

t.test('a store that lost up to which block it has read is refused at the start, with what to do', async (t) => {
  const { consortium, directory } = await runAndClose(t)
  const torn = await openStore({ directory })
  const [checkpoint] = await torn.db.selectFrom('checkpoints').selectAll().execute()
  await torn.db.deleteFrom('checkpoints').execute()
  await torn.close()
  await t.rejects(buildGateway(t, { consortium }), /lost up to which block it has read.*restore it from a backup/)
  const mended = await openStore({ directory })
  t.same(await mended.db.selectFrom('checkpoints').selectAll().execute(), [], 'it was left alone')
  if (checkpoint !== undefined) await mended.db.insertInto('checkpoints').values(checkpoint).execute()
  await mended.close()
  const { app } = await buildGateway(t, { consortium })
  t.ok(app.events.position >= 0n)
})

t.test('a store that is no database any more, or empty, is refused at the start, and is as it was', async (t) => {
  const { consortium, directory } = await runAndClose(t)
  const path = join(directory, 'store.sqlite')
  const whole = await readFile(path)
  await writeFile(path, Buffer.alloc(8_192, 'torn'))
  await t.rejects(buildGateway(t, { consortium }), /cannot be opened.*restore it from a backup/)
  t.same(await readFile(path), Buffer.alloc(8_192, 'torn'))
  await truncate(path)
  await t.rejects(buildGateway(t, { consortium }), /is empty: restore it from a backup/)
  await writeFile(path, whole)
  const { app } = await buildGateway(t, { consortium })
  t.match((await app.inject('/health/ready')).json(), { checks: { store: 'ok' } })
})

t.test('a store that has read further than its peer says so, and reads nothing until the peer is there', async (t) => {
  const consortium = await createConsortium(t)
  const gateway = await buildGateway(t, { consortium })
  await publishPatient(consortium.world)
  await gateway.app.events.catchUp()
  await gateway.app.store.db.updateTable('checkpoints').set({ block_number: 1_000 }).execute()
  await gateway.close()
  const { app, log } = await buildGateway(t, { consortium })
  await until(() => log.some((line) => line.includes('fewer blocks than were read here')))
  t.match((await app.inject('/health/ready')).json(), { status: 'not-ready', checks: { projection: 'failing' } })
})

t.test('what fails is known by what disks and databases call it, also as a cause', (t) => {
  const of = (members: object): Error => new Error('around', { cause: Object.assign(new Error('x'), members) })
  const failing = [
    { code: 'EROFS' }, { code: 'EIO' }, { code: '25006' }, { code: '57P01' }, { errcode: 8 }, { errcode: 1032 }, { errcode: 26 },
    { message: 'Connection terminated unexpectedly' }
  ]
  for (const members of failing) {
    t.ok(isStorageFailing(of(members)), JSON.stringify(members))
  }
  for (const members of [{ code: 'ENOSPC' }, { errcode: 13 }, { errcode: 4874 }]) {
    t.ok(isStorageFull(of(members)))
    t.notOk(isStorageFailing(of(members)), 'no room is another thing')
  }
  for (const members of [{ code: 'ECONNREFUSED' }, { errcode: 5 }, { code: 14 }]) t.notOk(isStorageFailing(of(members)), JSON.stringify(members))
  t.notOk(isStorageFailing('EROFS'))
  t.end()
})
