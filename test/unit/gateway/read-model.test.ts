import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { StatementReader } from '@epione/protocol/verify'
import { rebuildReadModel, verifyReadModel } from '../../../gateway/src/admin/read-model.ts'
import type { Comparison, ReadModelOptions } from '../../../gateway/src/admin/read-model.ts'
import type {} from '../../../gateway/src/ledger/events-plugin.ts'
import { openStore, openStoreToRead, storeFolderOf } from '../../../gateway/src/store/store.ts'
import { buildGateway } from '../../helpers/gateway.ts'
import type { TestGateway } from '../../helpers/gateway.ts'
import { bindPractitioner, createConsent, publishPatient, registerRecord, sign, signRequest, signRevocation } from '../../helpers/ledger-fixtures.ts'
import { statementId } from '@epione/crypto'

/** A gateway that has read two consents, one of them revoked, and some requests. */
async function createHistory (t: Test, database: 'sqlite' | 'postgresql'): Promise<TestGateway & { ask: () => Promise<void> }> {
  const gateway = await buildGateway(t, { database })
  const { world } = gateway.consortium
  const [patient, reader] = [await publishPatient(world), await bindPractitioner(world)]
  const record = await registerRecord(world, reader, patient)
  const ledger = world.gateway('CoreMSP').ledger
  for (const isRevoked of [false, true]) {
    const statement = sign(world, 'Consent', createConsent(world, patient, reader).members, patient.identity)
    await ledger.grantConsent(statement)
    if (isRevoked) await ledger.revokeConsent(signRevocation(world, patient, statementId(statement.body)))
  }
  const ask = async (): Promise<void> => {
    await reader.ledger.requestAccess(signRequest(world, reader, patient, [record]))
    await gateway.app.events.waitFor(world.memory.height - 1n, AbortSignal.timeout(10_000))
  }
  for (let i = 0; i < 3; i += 1) await ask()
  return { ...gateway, ask }
}

function optionsOf ({ app, consortium }: TestGateway): ReadModelOptions & { directory: string } {
  const { world, blocks, network: { networkId } } = consortium
  return {
    store: app.store,
    connection: blocks.connect(networkId),
    proof: { reader: new StatementReader(world.networkId), ledger: world.gateway('CoreMSP').ledger },
    networkId,
    log: app.log,
    directory: app.config.dataDir,
    tell: () => undefined
  }
}

for (const database of ['sqlite', 'postgresql'] as const) {
  t.test(`${database}: what is not as the ledger makes it is named, and mended by making it anew`, async (t) => {
    const gateway = await createHistory(t, database)
    const { app: { store: { db } } } = gateway
    const verify = async (): Promise<Comparison> => await verifyReadModel(optionsOf(gateway))
    const whole = await verify()
    t.equal(whole.difference, null)
    t.match(whole.rows, { access_events: 3, consent_changes: 3 })
    t.equal(whole.blockNumber, Number(gateway.app.events.position))

    const [event] = await db.selectFrom('access_events').selectAll().orderBy('event_id').execute()
    if (event === undefined) throw new Error('no event')
    await db.updateTable('access_events').set({ decision: 'permit' }).where('event_id', '=', event.event_id).execute()
    t.match((await verify()).difference, {
      table: 'access_events', key: { event_id: event.event_id }, kind: 'changed', column: 'decision', ledger: event.decision, store: 'permit'
    })
    await db.deleteFrom('access_events').where('event_id', '=', event.event_id).execute()
    t.match((await verify()).difference, { kind: 'missing', key: { event_id: event.event_id } })
    await db.insertInto('access_events').values([event, { ...event, event_id: 'made-up', event_index: 7_777 }]).execute()
    t.match((await verify()).difference, { kind: 'invented', key: { event_id: 'made-up' } })
    await db.updateTable('consent_changes').set({ ended_at: null }).where('change', '=', 'granted').execute()

    t.same(await rebuildReadModel(optionsOf(gateway)), { blockNumber: whole.blockNumber, rows: whole.rows })
    t.equal((await verify()).difference, null)
    await gateway.ask()
    t.match(await verify(), { difference: null, rows: { access_events: 4 } }, 'and the gateway goes on from there')
  })
}

t.test('a rebuild that is broken off leaves everything as it was, and progress is told block by block', async (t) => {
  const gateway = await createHistory(t, 'sqlite')
  const { db } = gateway.app.store
  await db.updateTable('access_events').set({ decision: 'permit' }).execute()
  const told: bigint[] = []
  const tell = (blockNumber: bigint, last: bigint): void => {
    told.push(blockNumber)
    if (blockNumber === last - 1n) throw new Error('broken off')
  }
  await t.rejects(rebuildReadModel({ ...optionsOf(gateway), tell }), /broken off/)
  t.same(told, told.toSorted((a, b) => Number(a - b)))
  t.ok(told.length > 3)
  t.equal((await db.selectFrom('access_events').selectAll().execute()).length, 3)
  t.match((await verifyReadModel(optionsOf(gateway))).difference, { kind: 'changed', column: 'decision' }, 'nothing was lost')
  const { connection } = optionsOf(gateway)
  const short = { height: async () => await connection.height(), blocks: () => gateway.consortium.blocks.connect('').blocks(0n, AbortSignal.abort()) }
  await t.rejects(verifyReadModel({ ...optionsOf(gateway), connection: short }), /the peer gave no block after -1/)
  const behind = { height: async () => await connection.height() - 1n, blocks: connection.blocks.bind(connection) }
  for (const work of [verifyReadModel, rebuildReadModel]) {
    await t.rejects(work({ ...optionsOf(gateway), connection: behind }), /blocks, and the store has read up to \d+: it was set back/, 'nobody waits for what does not come')
  }
})

t.test('what a comparison left that was killed is removed by the next, and not what is under way', async (t) => {
  const gateway = await createHistory(t, 'sqlite')
  const { dataDir } = gateway.config
  const [killed, running] = [join(dataDir, 'verify-killed'), join(dataDir, 'verify-running')]
  for (const directory of [killed, running]) {
    const store = await openStore({ directory })
    if (directory === killed) await store.close()
    else t.teardown(() => store.close())
  }
  t.equal((await verifyReadModel(optionsOf(gateway))).difference, null)
  t.strictSame((await readdir(dataDir)).filter((name) => name.startsWith('verify-')), ['verify-running'])
})

t.test('a store is read beside the gateway that has it, never written, and one that read nothing is refused', async (t) => {
  const gateway = await createHistory(t, 'sqlite')
  const directory = storeFolderOf(gateway.config.dataDir)
  await t.rejects(openStore({ directory }), /another process holds the store/)
  const beside = openStoreToRead({ directory })
  t.teardown(() => beside.close())
  t.equal((await verifyReadModel({ ...optionsOf(gateway), store: beside })).difference, null)
  await t.rejects(beside.db.deleteFrom('access_events').execute(), /readonly/)
  await t.rejects(verifyReadModel({ ...optionsOf(gateway), networkId: 'f'.repeat(64) }), /has read no block of this network/)
  t.throws(() => openStoreToRead({ directory: `${directory}/nowhere` }), /there is no store/)
})
