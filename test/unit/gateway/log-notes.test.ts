import t from 'tap'
import type { Test } from 'tap'
import { randomBytes, toHex } from '@epione/crypto'
import { NOTED_MAX } from '@epione/protocol'
import type { LogNotes } from '@epione/protocol'
import type { LoggedAccessEvent, LoggedReading } from '@epione/protocol/api'
import type {} from '../../../gateway/src/access/log-notes-plugin.ts'
import type {} from '../../../gateway/src/access/repeated-denials-plugin.ts'
import { adminSecret, nextDocument, signApproval, signProposal } from '../../helpers/founding.ts'
import { publishPatient } from '../../helpers/ledger-fixtures.ts'
import { READER_MSP, Sharing, until } from '../../helpers/sharing.ts'
import type { TestGateway } from '../../helpers/gateway.ts'

/* Who reads the log is in the log; floods of equal denials are one note with a count. */

const AUDIT = 'user/AuditEvent.rs'
const MINUTES_10 = 10 * 60 * 1000
let ahead = 0
const sharing = await Sharing.create(t, { running: [READER_MSP], clock: () => Date.now() + ahead })
const gateway = (): TestGateway => sharing.of(READER_MSP)

interface Answer { status: number, items: unknown[], next?: string, code?: string }

async function get (path: string, authorization: string): Promise<Answer> {
  const response = await gateway().app.inject({ method: 'GET', url: path, headers: { authorization } })
  return { ...response.json<Omit<Answer, 'status'>>(), status: response.statusCode }
}

const auditor = async (): Promise<string> => `Bearer ${await gateway().token('auditor-wide', AUDIT)}`
const readings = async (authorization: string, query = ''): Promise<LoggedReading[]> =>
  (await get(`/v1/access-log-readings${query}`, authorization)).items as LoggedReading[]

/** Brings what waits to the ledger, as the gateway does from time to time. */
async function flush (): Promise<void> {
  const { app } = gateway()
  app.repeatedDenials.sweep()
  await app.repeatedDenials.changes.save(app.store.db, app.ports.clock())
  await app.logNotes.flush()
  await until(async () => (await app.store.db.selectFrom('outbox').select('id').where('kind', '=', 'log-notes').execute()).length === 0)
  await app.events.catchUp()
}

t.test('whoever reads the log is noted: once in a while, and with whom it was about', async (t) => {
  const { body } = await sharing.request()
  const eventId = String(body['eventId'])
  const own = gateway().session
  for (const path of ['/v1/access-events', '/v1/access-events?limit=1', `/v1/access-events/${eventId}`, `/v1/access-events/${eventId}/explanation`]) {
    t.equal((await get(path, await auditor())).status, 200, path)
  }
  t.equal((await get('/v1/access-events', own(sharing.patient))).status, 200)
  t.equal((await get('/v1/access-events', sharing.token)).status, 200)
  const { height } = sharing.world.memory
  await flush()
  t.equal(sharing.world.memory.height, height + 1n, 'six readings of three readers are one transaction')
  const noted = await readings(await auditor())
  t.match(noted.map(({ as, reader, reads, patients }) => ({ as, reader, reads, patients })).sort((a, b) => a.as < b.as ? -1 : 1), [
    { as: 'auditor', reader: /^auditor-/, reads: 4, patients: [sharing.patient.patientId] },
    { as: 'patient', reader: sharing.patient.patientId, reads: 1, patients: [sharing.patient.patientId] },
    { as: 'staff', reader: sharing.reader.staffId, reads: 1, patients: [sharing.patient.patientId] }
  ])
  t.match(noted[0], { mspId: READER_MSP, from: Number, to: Number, time: Number, txId: /./, blockNumber: Number(height) })
  const { ledger } = sharing.world.gateway('CoreMSP')
  const [, id = ''] = noted[0]?.readingId.split('.') ?? []
  t.equal((await ledger.getNotes(READER_MSP, id)).notes.length, noted.length, 'as the ledger has it')
})

t.test('reading who read is not noted, and each sees of it what is theirs', async (t) => {
  const { height } = sharing.world.memory
  const all = await readings(await auditor())
  const stranger = await publishPatient(sharing.world)
  const mine = await readings(gateway().session(sharing.patient))
  t.equal(mine.length, 3)
  t.notOk(mine.some((reading) => reading.patients !== undefined), 'a patient is not told of other patients')
  t.strictSame(await readings(gateway().session(stranger)), [])
  t.strictSame((await readings(sharing.token)).map(({ reader }) => reader), [sharing.reader.staffId])
  t.match(await get(`/v1/access-log-readings?patientId=${stranger.patientId}`, gateway().session(sharing.patient)), { status: 403, code: 'NOT_PERMITTED' })
  t.strictSame(await readings(await auditor(), `?patientId=${sharing.patient.patientId}`), all)
  const first = await get('/v1/access-log-readings?limit=2', await auditor())
  const second = await get(`/v1/access-log-readings?limit=2&cursor=${first.next ?? ''}`, await auditor())
  t.strictSame([...first.items, ...second.items], all)
  t.match(await get('/v1/access-log-readings?cursor=x', await auditor()), { status: 400, code: 'CURSOR_INVALID' })
  await flush()
  t.equal(sharing.world.memory.height, height + 1n, 'the patient who came, and no reading')
})

t.test('what cannot be noted is not shown', async (t) => {
  const { db } = gateway().app.store
  await db.schema.alterTable('pending_notes').renameTo('elsewhere').execute()
  t.equal((await get('/v1/access-events', await auditor())).status, 500)
  await db.schema.alterTable('elsewhere').renameTo('pending_notes').execute()
  t.equal((await get('/v1/access-events', await auditor())).status, 200)
})

/** Denied five times, and then so often not even asked. @returns the id of the event that says why */
async function flood (t: Test, refused: number): Promise<string> {
  let last = ''
  for (let i = 0; i < 5; i += 1) last = String((await sharing.request()).body['eventId'])
  for (let i = 1; i <= refused; i += 1) {
    t.match(await sharing.request(), { status: 429, body: { code: 'DENIED_REPEATEDLY', eventId: last, notSubmitted: i } })
  }
  return last
}

const shown = async (eventId: string): Promise<LoggedAccessEvent | undefined> =>
  ((await get('/v1/access-events', await auditor())).items as LoggedAccessEvent[]).find((event) => event.eventId === eventId)

t.test('a flood of equal denials is five events and one note that names the count, across a restart', async (t) => {
  ahead += MINUTES_10
  const last = await flood(t, 3)
  await gateway().close()
  await sharing.start(READER_MSP)
  t.match(await sharing.request(), { status: 429, body: { eventId: last, notSubmitted: 4 } }, 'the restart has forgotten nothing')
  await flush()
  t.equal((await shown(last))?.repeats, undefined, 'it goes on')
  ahead += MINUTES_10
  await flush()
  t.equal((await shown(last))?.repeats, 4)
  const notes = (await sharing.world.gateway('CoreMSP').ledger.listAccessByPatient(sharing.patient.patientId)).items
  t.equal(notes.filter(({ eventId }) => eventId === last).length, 1, 'the event itself is what it was')
  t.match(await sharing.request(), { status: 403, body: { code: 'ACCESS_DENIED' } }, 'then it is asked again')
})

t.test('news of the patient ends a flood, and notes it', async (t) => {
  ahead += MINUTES_10
  const last = await flood(t, 2)
  await sharing.addRecord()
  await gateway().app.events.catchUp()
  await flush()
  t.equal((await shown(last))?.repeats, 2)
  t.match(await sharing.request(), { status: 403, body: { code: 'ACCESS_DENIED' } })
})

t.test('a policy that comes into force makes it a new question at once', async (t) => {
  ahead += MINUTES_10
  const { document } = sharing.consortium.network
  await flood(t, 1)
  const now = Date.now() + ahead
  const second = nextDocument(document, { settings: { ...document.settings, permitSeconds: 10 }, inForceFrom: now + 90_000 })
  const { ledger } = sharing.world.gateway('CoreMSP')
  const issued = { issuedAt: now, submitBefore: now + 60_000 }
  await ledger.proposeNetwork(signProposal(second, adminSecret('CoreMSP'), issued))
  for (const mspId of ['CoreMSP', READER_MSP]) await ledger.approveNetwork(signApproval(second, adminSecret(mspId), issued))
  await gateway().app.events.catchUp()
  t.match(await sharing.request(), { status: 429 }, 'it is not in force yet')
  ahead += 90_001
  t.match(await sharing.request(), { status: 403, body: { code: 'ACCESS_DENIED' } })
})

t.test('a hospital cannot note counts that keep others from reading the log', async (t) => {
  const eventId = String((await sharing.request()).body['eventId'])
  const { ledger } = sharing.world.gateway(READER_MSP)
  const note = (count: number): object => ({ kind: 'repeats', eventId, from: 1, to: 2, count })
  const noted = (...counts: number[]): Promise<unknown> =>
    ledger.noteLog({ id: toHex(randomBytes(32)), notes: counts.map(note) } as LogNotes)
  await t.rejects(noted(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER), { code: 'ARGUMENT_INVALID' })
  await noted(NOTED_MAX, NOTED_MAX)
  await gateway().app.events.catchUp()
  t.equal((await shown(eventId))?.repeats, 2 * NOTED_MAX)
})

t.test('a note that the ledger refuses holds up none of its neighbours', async (t) => {
  const { app } = gateway()
  const { db } = app.store
  await flush()
  const before = (await readings(await auditor())).length
  await flush()
  const eventId = `${sharing.patient.patientId}.1790000000000.${'00'.repeat(32)}`
  const note = { kind: 'repeats', eventId, from: 1, to: 2, count: 3 }
  await db.insertInto('pending_notes').values({ id: 'bad', created_at: 1, note: JSON.stringify(note) }).execute()
  await get('/v1/access-events', await auditor())
  await app.logNotes.flush()
  await until(async () => {
    await app.events.catchUp()
    return (await readings(await auditor())).length > before
  })
  const waiting = await db.selectFrom('outbox').select('payload').where('kind', '=', 'log-notes').execute()
  t.match(waiting.map(({ payload }) => JSON.parse(payload) as LogNotes), [{ notes: [note] }], 'it alone waits, and is tried again')
  await db.deleteFrom('outbox').where('kind', '=', 'log-notes').execute()
})

t.test('a clock that is set back during a flood loses no count', async (t) => {
  const { app } = gateway()
  const news = async (): Promise<void> => { await sharing.addRecord().then(() => app.events.catchUp()) }
  ahead += 5_000
  await news()
  const last = await flood(t, 1)
  await app.repeatedDenials.changes.save(app.store.db, app.ports.clock())
  ahead -= 1_000
  t.match(await sharing.request(), { status: 429 })
  await news()
  await flush()
  t.equal((await shown(last))?.repeats, 2)
})
