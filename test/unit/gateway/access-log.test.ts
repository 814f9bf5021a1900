import t from 'tap'
import type { Test } from 'tap'
// For the decorator that it declares.
import type {} from '../../../gateway/src/ledger/events-plugin.ts'
import type { AccessEvent as LedgerAccessEvent } from '@epione/protocol'
import { AccessEvent, checkSchema } from '@epione/protocol'
import type { LedgerConnection } from '../../../ledger/src/fabric/ledger-connection.ts'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import type { Consortium, TestGateway } from '../../helpers/gateway.ts'
import { startPostgres } from '../../helpers/postgresql.ts'
import { bindPractitioner, publishPatient, registerRecord, signRequest } from '../../helpers/ledger-fixtures.ts'
import type { TestPatient, TestPractitioner } from '../../helpers/ledger-fixtures.ts'

const AUDIT = 'user/AuditEvent.rs'

interface Answer { status: number, code?: string, items: (LedgerAccessEvent & { blockNumber: number })[], next?: string }

/** Two patients, two practitioners of different hospitals, and one denied request of each about each. */
async function createLog (
  consortium: Consortium
): Promise<{ patients: TestPatient[], people: TestPractitioner[], events: LedgerAccessEvent[] }> {
  const { world } = consortium
  const patients = [await publishPatient(world), await publishPatient(world)]
  const people = [await bindPractitioner(world), await bindPractitioner(world, { mspId: 'Regional1MSP' })]
  const events: LedgerAccessEvent[] = []
  for (const patient of patients) {
    for (const person of people) {
      const record = await registerRecord(world, person, patient)
      events.push((await person.ledger.requestAccess(signRequest(world, person, patient, [record]))).value)
    }
  }
  return { patients, people, events }
}

async function list (gateway: TestGateway, authorization: string, query = ''): Promise<Answer> {
  const response = await gateway.app.inject({ method: 'GET', url: `/v1/access-events${query}`, headers: { authorization } })
  return { ...response.json<Omit<Answer, 'status'>>(), status: response.statusCode }
}

/** Waits until the gateway has projected all that the ledger holds now. */
async function caughtUp ({ app, consortium }: TestGateway): Promise<void> {
  await app.events.waitFor(consortium.world.memory.height - 1n, AbortSignal.timeout(10_000))
}

const ids = (events: readonly { eventId: string }[]): string[] => events.map((e) => e.eventId)

t.test('the log is shown to each as far as it is theirs to see', async (t) => {
  const consortium = await createConsortium(t)
  const gateway = await buildGateway(t, { consortium })
  const { patients, events } = await createLog(consortium)
  const self = await gateway.enrol('dr-self')
  await caughtUp(gateway)
  const newestFirst = ids(events).reverse()
  const all = `Bearer ${await gateway.token('auditor-wide', AUDIT)}`

  t.test('an auditor of the consortium sees all, newest first, as the ledger has it', async (t) => {
    const answer = await list(gateway, all)
    t.same(ids(answer.items), newestFirst)
    for (const { blockNumber, ...event } of answer.items) {
      t.same(event, events.find((e) => e.eventId === event.eventId), 'nothing is lost on the way')
      t.same(checkSchema(AccessEvent, event, 'event'), event)
      t.ok(blockNumber > 0)
    }
  })

  t.test('filters narrow it by every dimension', async (t) => {
    const [patient] = patients
    t.same(ids((await list(gateway, all, `?patientId=${patient?.patientId ?? ''}`)).items), newestFirst.slice(2))
    t.same(ids((await list(gateway, all, '?mspId=Regional1MSP')).items), [newestFirst[0], newestFirst[2]])
    t.equal((await list(gateway, all, '?decision=permit')).items.length, 0)
    t.equal((await list(gateway, all, '?decision=deny')).items.length, 4)
    t.equal((await list(gateway, all, `?from=${String((events[3]?.time ?? 0) + 1)}`)).items.length, 0)
    t.equal((await list(gateway, all, `?to=${String(events[3]?.time ?? 0)}`)).items.length, 4)
  })

  t.test('pages join without gap or overlap', async (t) => {
    const seen: string[] = []
    let cursor = ''
    do {
      const page: Answer = await list(gateway, all, `?limit=3${cursor}`)
      seen.push(...ids(page.items))
      cursor = page.next === undefined ? '' : `&cursor=${page.next}`
    } while (cursor !== '')
    t.same(seen, newestFirst)
    for (const query of [
      'form=1', 'limit=3&limt=4', 'limit=3&limit=3', 'limit=', 'limit=0x10', 'limit=1e1', 'limit=%205', 'limit=+5', 'limit=05', 'limit=-1', 'limit=101', 'decision=', 'decision=Deny', 'patientId=', 'staffId=', 'cursor=',
      'to=1795824000', 'from=0', 'to=1795824000000000', 'to=2026-11-28', 'from=1795824000001&to=1795824000000', '__proto__=1', 'limit[]=3'
    ]) t.match(await list(gateway, all, `?${query}`), { status: 400, code: 'REQUEST_INVALID' }, query)
    t.match(await list(gateway, all, '?cursor=nonsense'), { status: 400, code: 'CURSOR_INVALID' })
  })

  t.test('an auditor of the organisation sees its own staff only', async (t) => {
    const own = `Bearer ${await gateway.token('auditor-own', AUDIT)}`
    t.same(ids((await list(gateway, own)).items), [newestFirst[1], newestFirst[3]])
    t.match(await list(gateway, own, '?mspId=Regional1MSP'), { status: 403, code: 'NOT_PERMITTED' })
  })

  t.test('a patient sees what concerns them, whoever asked', async (t) => {
    const [patient, other] = patients
    if (patient === undefined || other === undefined) throw new Error('two patients')
    t.same(ids((await list(gateway, gateway.session(patient))).items), newestFirst.slice(2))
    t.match(await list(gateway, gateway.session(patient), `?patientId=${other.patientId}`), { status: 403, code: 'NOT_PERMITTED' })
  })

  t.test('a practitioner sees their own requests, even with an auditor\'s scope', async (t) => {
    const token = `Bearer ${await gateway.token('dr-self', `${AUDIT} user/DocumentReference.rs`)}`
    t.same((await list(gateway, token)).items, [])
    t.match(await list(gateway, token, `?staffId=${self}`), { status: 200 })
    t.match(await list(gateway, token, '?staffId=staff-1'), { status: 403, code: 'NOT_PERMITTED' })
  })

  t.test('one event is read from the ledger, with its signed request and its block', async (t) => {
    const [event] = events
    const url = `/v1/access-events/${event?.eventId ?? ''}`
    const response = await gateway.app.inject({ method: 'GET', url, headers: { authorization: all } })
    t.match(response.json(), { event: { ...event }, request: { signatures: [{}] }, releases: [], accusations: [], blockNumber: Number })
    const stranger = await gateway.app.inject({
      method: 'GET',
      url,
      headers: { authorization: `Bearer ${await gateway.token('dr-self', AUDIT)}` }
    })
    t.match(stranger.json(), { status: 404, code: 'EVENT_UNKNOWN' })
  })
})

const postgres = startPostgres()
t.teardown(async () => { await (await postgres).stop() })
for (const database of ['sqlite', 'postgresql'] as const) {
  t.test(`${database}: the read model survives restarts and lost streams, and a rebuilt one equals it`, async (t) => {
    await rebuildSuite(t, database === 'sqlite' ? {} : { databaseUrl: await (await postgres).createDatabase() })
  })
}

async function rebuildSuite (t: Test, store: { databaseUrl?: string }): Promise<void> {
  const consortium = await createConsortium(t)
  await createLog(consortium)
  const first = await buildGateway(t, { consortium, ...store })
  await caughtUp(first)
  const rows = async ({ app }: TestGateway): Promise<unknown[]> =>
    await app.store.db.selectFrom('access_events').selectAll().orderBy('block_number').orderBy('event_index').execute()
  const before = await rows(first)
  t.equal(before.length, 4)
  await first.close()

  await createLog(consortium)
  let losses = 0
  const connectLedger = (): LedgerConnection => {
    const connection = consortium.blocks.connect(consortium.network.networkId)
    return {
      ...connection,
      blocks: async function * (from, signal) {
        for await (const block of connection.blocks(from, signal)) {
          if (losses < 3 && Number(block.blockNumber) % 2 === 0) {
            losses += 1
            throw new Error('the peer is gone')
          }
          yield block
        }
      }
    }
  }
  const second = await buildGateway(t, { consortium, ...store, ports: { connectLedger } })
  await caughtUp(second)
  const after = await rows(second)
  t.equal(losses, 3)
  t.equal(after.length, 8, 'none lost, none twice')
  t.same(after.slice(0, 4), before)

  const rebuilt = await buildGateway(t, { consortium, mspId: 'Regional1MSP' })
  await caughtUp(rebuilt)
  t.same(await rows(rebuilt), after, 'another store, filled from the ledger alone')
  const { ledger } = consortium.world.gateway('CoreMSP')
  for (const row of after) {
    const event = JSON.parse((row as { event: string }).event) as LedgerAccessEvent
    t.same(event, (await ledger.getAccess(event.eventId)).event, 'every row as the ledger has it')
  }
}

t.test('a store of another network is refused', async (t) => {
  const consortium = await createConsortium(t)
  const gateway = await buildGateway(t, { consortium })
  await gateway.app.store.db.updateTable('checkpoints').set({ name: 'f'.repeat(64) }).execute()
  await gateway.app.store.db.insertInto('checkpoints').values({ name: 'f'.repeat(64), block_number: 1 }).onConflict((c) =>
    c.doNothing()).execute()
  await gateway.close()
  await t.rejects(buildGateway(t, { consortium }), /belongs to another network/)
})

t.test('a ledger that is not the one of network.json is refused', async (t) => {
  const consortium = await createConsortium(t)
  await t.rejects(
    buildGateway(t, { consortium, ports: { connectLedger: () => consortium.blocks.connect('e'.repeat(64)) } }),
    /wrong peer or leftover state/
  )
})
