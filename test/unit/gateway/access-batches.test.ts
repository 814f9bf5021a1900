import t from 'tap'
import { sign, bindPractitioner, publishPatient, registerRecord, requestMembers, signRequest } from '../../helpers/ledger-fixtures.ts'
import type { TestPatient, TestRecord } from '../../helpers/ledger-fixtures.ts'
import { post, READER_MSP, Sharing } from '../../helpers/sharing.ts'
import type { Answered } from '../../helpers/sharing.ts'

/* Requests for several patients in one transaction, through the gateway. */

const sharing = await Sharing.create(t)
const { app } = sharing.of(READER_MSP)
const { world, reader } = sharing
const other: { patient: TestPatient, record: TestRecord } = await (async () => {
  const patient = await publishPatient(world)
  return { patient, record: await registerRecord(world, sharing.author, patient) }
})()
const consentId = await sharing.activate()
const AUDIT = 'user/AuditEvent.rs'

const own = (consent: string | undefined = consentId): object => signRequest(world, reader, sharing.patient, [sharing.record], consent)
const others = (): object => signRequest(world, reader, other.patient, [other.record])
const send = (statements: readonly object[]): Promise<Answered> => post(app, '/v1/access-requests/of-all', { statements }, sharing.token)
const itemsOf = ({ body }: Answered): { event?: { eventId: string, txId: string, decision: string }, code?: string }[] => body['items'] as []
const said = (answer: Answered): (string | undefined)[] => itemsOf(answer).map(({ event, code }) => event?.decision ?? code)
const see = async (path: string, authorization: string): Promise<Answered> => {
  const response = await app.inject({ method: 'GET', url: path, headers: { authorization } })
  return { status: response.statusCode, body: response.json() }
}

t.test('each request is answered in its place, and a permit of a batch opens as any other', async (t) => {
  const spoilt = { ...own(), body: '{}' }
  const unknownKey = sign(world, 'AccessRequest', requestMembers(reader, other.patient, [other.record]), reader.receiving)
  const answer = await send([own(), spoilt, unknownKey, others()])
  t.equal(answer.status, 200)
  t.strictSame(said(answer), ['permit', 'STATEMENT_INVALID', 'BINDING_MISMATCH', 'deny'])
  const [permitted, , , denied] = itemsOf(answer)
  t.equal(permitted?.event?.txId, denied?.event?.txId, 'one transaction')
  const { status, body } = await sharing.collect(permitted?.event?.eventId ?? '')
  t.equal(status, 200)
  t.ok(sharing.open(sharing.record, body.answers), 'every proxy found the event in its block')
})

t.test('sent again, requests show the events that they have', async (t) => {
  const statements = [own(), others()]
  const first = await send(statements)
  t.strictSame(itemsOf(await send(statements)).map(({ event }) => event?.eventId), itemsOf(first).map(({ event }) => event?.eventId))
  const [permit] = statements
  t.equal(itemsOf(await send([permit ?? {}, others()]))[0]?.event?.eventId, itemsOf(first)[0]?.event?.eventId, 'among new ones, too')
})

t.test('another person\'s request is refused with all', async (t) => {
  const colleague = await bindPractitioner(world, { mspId: READER_MSP })
  t.match(await send([own(), signRequest(world, colleague, other.patient, [other.record])]), { status: 403, body: { code: 'NOT_PERMITTED' } })
})

t.test('too many, none, and unknown members are refused', async (t) => {
  const one = own()
  for (const statements of [[], Array.from({ length: 33 }, () => one)]) {
    t.match(await send(statements), { status: 400, body: { code: 'REQUEST_INVALID' } })
  }
})

t.test('pages of the log join within a batch, and an event of a batch is proven without the others', async (t) => {
  const answer = await send([own(), others()])
  const ids = itemsOf(answer).map(({ event }) => event?.eventId ?? '')
  const all = `Bearer ${await sharing.of(READER_MSP).token('auditor-wide', AUDIT)}`
  const page = await see('/v1/access-events?limit=1', all)
  const next = await see(`/v1/access-events?limit=1&cursor=${String(page.body['next'])}`, all)
  t.same([...itemsListed(next), ...itemsListed(page)], ids)
  const [mine] = ids
  const session = sharing.of(READER_MSP).session
  t.match(await see(`/v1/access-events/${mine ?? ''}`, session(sharing.patient)), { status: 200 })
  const proof = await see(`/v1/access-events/${mine ?? ''}/anchor`, session(sharing.patient))
  t.match(proof, { status: 200, body: { item: { event: { eventId: mine }, count: 2, path: [/^[0-9a-f]{64}$/] } } })
  t.notOk('envelope' in proof.body)
  t.notOk(JSON.stringify(proof.body).includes(other.patient.patientId), 'nothing of the other patient')
  t.same((await see(`/v1/access-events/${mine ?? ''}/anchor`, sharing.token)).body, proof.body, 'for whoever asked it is the same')
  t.match(await see(`/v1/access-events/${ids[1] ?? ''}/anchor`, session(sharing.patient)), { status: 404, body: { code: 'EVENT_UNKNOWN' } })
})

t.test('nor are the requests shown that came to nothing beside it', async (t) => {
  const spoilt = sign(world, 'AccessRequest', requestMembers(reader, other.patient, [other.record]), reader.receiving)
  const [permitted] = itemsOf(await send([own(), spoilt]))
  const proof = await see(`/v1/access-events/${permitted?.event?.eventId ?? ''}/anchor`, sharing.of(READER_MSP).session(sharing.patient))
  t.match(proof, { status: 200, body: { item: { count: 1, path: [] } } })
  t.notOk('envelope' in proof.body, 'which holds their statements')
})

const itemsListed = ({ body }: Answered): string[] => (body['items'] as { eventId: string }[]).map((e) => e.eventId)

t.test('equal denials are counted in batches, too', async (t) => {
  for (let i = 0; i < 6; i += 1) await send([others(), own()])
  t.match(itemsOf(await send([others(), own()])), [{ code: 'DENIED_REPEATEDLY' }, { event: { decision: 'permit' } }])
})
