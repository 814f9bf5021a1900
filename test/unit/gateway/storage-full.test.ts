import { open, readdir } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import t from 'tap'
import { createFile, isStorageFull } from '@epione/host'
import { DEFAULT_LIMITS } from '../../../gateway/src/http/limits.ts'
import type {} from '../../../gateway/src/store/room-plugin.ts'
import { createRecordId, sealZeros } from '../../helpers/gateway-client.ts'
import { buildGateway } from '../../helpers/gateway.ts'
import type { Teardown, TestGateway } from '../../helpers/gateway.ts'
import { createPatient, directoryMembers, publishPatient, sign, signRevocation } from '../../helpers/ledger-fixtures.ts'

/** From the call on, this process's disk has no room left; gives it back. */
async function fillDisk (t: Teardown): Promise<() => void> {
  const file = await open(import.meta.filename)
  const prototype = Object.getPrototypeOf(file) as Pick<FileHandle, 'write' | 'writeFile'>
  await file.close()
  const { write, writeFile } = prototype
  const full = (): Promise<never> =>
    Promise.reject(Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', errno: -28 }))
  Object.assign(prototype, { write: full, writeFile: full })
  const free = (): void => { Object.assign(prototype, { write, writeFile }) }
  t.teardown(free)
  return free
}

async function seal (bytes: number): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of sealZeros(createRecordId(), bytes)) pieces.push(piece)
  return Buffer.concat(pieces)
}

async function upload (gateway: TestGateway, authorization: string, payload: Buffer): Promise<{ status: number, code: unknown }> {
  const response = await gateway.app.inject({
    method: 'POST',
    url: '/v1/contents',
    headers: { authorization, 'content-type': 'application/octet-stream' },
    payload
  })
  return { status: response.statusCode, code: response.json<{ code?: unknown }>().code }
}

t.test('a full store of contents answers 507, keeps nothing of the upload, and takes it once there is room', async (t) => {
  const gateway = await buildGateway(t)
  const patient = await publishPatient(gateway.consortium.world)
  const content = await seal(100_000)
  const free = await fillDisk(t)
  t.same(await upload(gateway, gateway.session(patient), content), { status: 507, code: 'STORAGE_FULL' })
  t.same(await readdir(join(gateway.config.dataDir, 'contents', 'incoming')), [])
  free()
  t.match(await upload(gateway, gateway.session(patient), content), { status: 201 })
})

t.test('a full database answers 507 and loses nothing that was promised', async (t) => {
  const gateway = await buildGateway(t)
  const { db } = gateway.app.store
  await db.insertInto('journal').values({
    tx_id: 'kept',
    transaction_name: 'x',
    envelope: new Uint8Array(10),
    created_at: Date.now()
  }).execute()
  const { rows: [pages] } = await sql<{ page_count: number }>`pragma page_count`.execute(db)
  await sql.raw(`pragma max_page_count = ${String(pages?.page_count ?? 0)}`).execute(db)
  const patient = createPatient()
  const statement = sign(gateway.consortium.world, 'KeyDirectory', { ...directoryMembers(patient) }, patient.identity)
  const authorization = `Bearer ${await gateway.token('desk', 'user/Patient.c')}`
  let last = { statusCode: 0, body: '' }
  // Pages in use have some room left.
  for (let i = 0; i < 200 && last.statusCode !== 507; i += 1) {
    last = await gateway.app.inject({
      method: 'POST',
      url: '/v1/patients',
      payload: { statement },
      headers: { authorization, 'idempotency-key': `${String(i)}${'k'.repeat(190)}` }
    })
  }
  t.match(JSON.parse(last.body), { status: 507, code: 'STORAGE_FULL' })
  t.same((await db.selectFrom('journal').select('tx_id').execute()).map((row) => row.tx_id), ['kept'])
  await sql.raw('pragma max_page_count = 1000000').execute(db)
  t.equal(
    (await gateway.app.inject({
      method: 'POST',
      url: '/v1/patients',
      payload: { statement },
      headers: { authorization, 'idempotency-key': 'again' }
    })).statusCode,
    201
  )
})

t.test('a transaction that found no room says so, and the next one works', async (t) => {
  const gateway = await buildGateway(t)
  const { db } = gateway.app.store
  const { rows: [pages] } = await sql<{ page_count: number }>`pragma page_count`.execute(db)
  const write = async (name: string, bytes: number): Promise<unknown> => await db.transaction().execute(async (within) => {
    await within.insertInto('journal').values({
      tx_id: name,
      transaction_name: 'x',
      envelope: new Uint8Array(bytes),
      created_at: Date.now()
    }).execute()
  })
  await sql.raw(`pragma max_page_count = ${String(pages?.page_count ?? 0)}`).execute(db)
  const error: unknown = await write('large', 1_000_000).catch((caught: unknown) => caught)
  t.ok(isStorageFull(error))
  await sql.raw('pragma max_page_count = 1000000').execute(db)
  await write('next', 10)
})

t.test('a key file that found no room leaves nothing beside it', async (t) => {
  const folder = t.testdir()
  const free = await fillDisk(t)
  await t.rejects(createFile(join(folder, 'key'), new Uint8Array(32)), { code: 'ENOSPC' })
  free()
  t.same(await readdir(folder), [])
  await createFile(join(folder, 'key'), new Uint8Array(32))
})

t.test('no room is known by what disks and databases call it, also as a cause', (t) => {
  const database = new DatabaseSync(':memory:')
  database.exec('pragma max_page_count = 2; create table a (b)')
  t.throws(() => { database.prepare('insert into a values (zeroblob(100000))').run() }, /full/)
  try {
    database.prepare('insert into a values (zeroblob(100000))').run()
  } catch (error) {
    t.ok(isStorageFull(new Error('around', { cause: error })))
  }
  database.close()
  t.ok(isStorageFull(Object.assign(new Error('quota'), { code: 'EDQUOT' })))
  t.ok(isStorageFull(Object.assign(new Error('could not extend file'), { code: '53100' })), 'PostgreSQL')
  t.notOk(isStorageFull(Object.assign(new Error('locked'), { errcode: 5 })))
  t.notOk(isStorageFull('ENOSPC'))
  t.end()
})

t.test('while only the reserve is left, what stops something is done and all else is refused before it is read', async (t) => {
  let free = 2 ** 40
  const gateway = await buildGateway(t, { ports: { freeBytes: () => Promise.resolve(free) } })
  const { app, consortium: { world } } = gateway
  const patient = await publishPatient(world)
  const { patientId, identity } = patient
  const desk = `Bearer ${await gateway.token('desk', 'user/Patient.c')}`
  const send = async (url: string, statement: object, headers = {}): Promise<{ status: number, code: unknown }> => {
    const { statusCode, body } = await app.inject({ method: 'POST', url, headers, payload: { statement } })
    return { status: statusCode, code: (JSON.parse(body) as { code?: unknown }).code }
  }
  const content = await seal(100_000)
  const stranger = createPatient()
  const directory = sign(world, 'KeyDirectory', { ...directoryMembers(stranger) }, stranger.identity)
  const session = gateway.session(patient)
  free = DEFAULT_LIMITS.reservedBytes - 1
  await app.room.left()
  const full = { status: 507, code: 'STORAGE_FULL' }
  t.same(await upload(gateway, session, content), full)
  t.same(await send('/v1/patients', directory, { authorization: desk }), full)
  t.same(await send('/v1/consents', {}), full, 'whatever it says')
  t.match((await app.inject('/health/ready')).json(), { status: 'not-ready', checks: { storage: 'failing', store: 'ok' } })
  t.equal((await app.inject('/v1/network')).statusCode, 200, 'who reads is served')
  t.match(await send('/v1/revocations', signRevocation(world, patient, 'a'.repeat(64))), { status: 201 })
  t.match(await send(`/v1/patients/${patientId}/freeze`, sign(world, 'Freeze', { patientId }, identity)), { status: 201 })
  const [target, other] = ['b'.repeat(64), 'c'.repeat(64)]
  t.match(await send(`/v1/patients/${patientId}/recoveries/${target}/stop-in-person`, {}, { authorization: desk }), { status: 201 })
  const stop = sign(world, 'RecoveryStop', { patientId, target: other }, identity)
  t.match(await send(`/v1/patients/${patientId}/recoveries/stops`, stop), { status: 201 })
  free = 2 ** 40
  t.match(await upload(gateway, gateway.session(patient), content), { status: 201 })
  t.match(await send('/v1/patients', directory, { authorization: desk }), { status: 201 })
  t.match((await app.inject('/health/ready')).json(), { checks: { storage: 'ok' } })
})

t.test('an upload takes nothing of the reserve: what it says it has, and what comes, must leave it', async (t) => {
  const left = 1_000_000
  let free = 2 ** 40
  const gateway = await buildGateway(t, { ports: { freeBytes: () => Promise.resolve(free) } })
  const patient = await publishPatient(gateway.consortium.world)
  free = DEFAULT_LIMITS.reservedBytes + left
  await gateway.app.room.left()
  t.same(await upload(gateway, gateway.session(patient), await seal(left + 1)), { status: 507, code: 'STORAGE_FULL' })
  const { room } = gateway.app
  await room.take(left)
  await t.rejects(room.take(left + 1), { code: 'STORAGE_FULL' })
  t.match(await upload(gateway, gateway.session(patient), await seal(left / 2)), { status: 201 })
  t.same(await readdir(join(gateway.config.dataDir, 'contents', 'incoming')), [])
})

t.test('a write that finds no room makes a gateway not ready for a while', async (t) => {
  const gateway = await buildGateway(t)
  const patient = await publishPatient(gateway.consortium.world)
  const content = await seal(100_000)
  const free = await fillDisk(t)
  t.match(await upload(gateway, gateway.session(patient), content), { status: 507 })
  free()
  t.match((await gateway.app.inject('/health/ready')).json(), { checks: { storage: 'failing' } })
})

t.test('what may lie here unnamed is no more than the disk has free at the start, and the log says so', async (t) => {
  const free = 10 * 2 ** 30
  const gateway = await buildGateway(t, { ports: { freeBytes: () => Promise.resolve(free) } })
  const room = free - DEFAULT_LIMITS.reservedBytes
  t.match(gateway.log.find((line) => line.includes('LIMIT_UNNAMED_BYTES')), `"bytes":${String(room)}`)
  await t.rejects(gateway.app.quota.begin('peer:Regional1MSP', room + 1), { code: 'QUOTA_EXCEEDED' })
  await t.rejects(gateway.app.quota.begin('staff:a', Math.floor(room / 4) + 1), { code: 'QUOTA_EXCEEDED' })
  const reservation = await gateway.app.quota.begin('staff:a', Math.floor(room / 4))
  reservation.end()
})
