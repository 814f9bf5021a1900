import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { listRecords } from '@epione/sdk'
import { FolderJournal } from '@epione/fhir'
import type { JournalEntry } from '@epione/fhir'
import { Transactions } from '../../../fhir/src/transaction.ts'
import { about } from '../../helpers/client/front.ts'
import { grantTo, Hospitals } from '../../helpers/client/hospitals.ts'
import { FhirDesk, giveCard } from '../../helpers/fhir.ts'
import type { FhirAnswer } from '../../helpers/fhir.ts'

const hospitals = await Hospitals.open(t)
const { core, regional1 } = hospitals
const folder = t.testdir({})
const [patient, other, author, reader] = await Promise.all([
  hospitals.patient(), hospitals.patient(), hospitals.physician(core), hospitals.physician(regional1)
])
await giveCard(patient, folder)
await giveCard(other, folder)
const journal = new FolderJournal(join(folder, 'journal'))
const writing = await FhirDesk.open(t, author, folder, { journal })
const reading = await FhirDesk.open(t, reader, folder)
await grantTo(reader, patient, 'encounters')

const urn = (number: number): string => `urn:uuid:5b7c5a80-0000-4000-8000-${String(number).padStart(12, '0')}`
const entry = (number: number, more: object = {}, request: object = {}): object => ({
  fullUrl: urn(number),
  resource: {
    resourceType: 'DocumentReference',
    status: 'current',
    type: { coding: [{ system: 'http://loinc.org', code: '34117-2' }] },
    subject: { reference: `Patient/${patient.patientId}` },
    content: [{ attachment: { contentType: 'text/plain', data: btoa(`document ${String(number)}`) } }],
    ...more
  },
  request: { method: 'POST', url: 'DocumentReference', ...request }
})
const bundle = (...entries: object[]): object => ({ resourceType: 'Bundle', type: 'transaction', entry: entries })
const relates = (code: string, target: number): object => ({ relatesTo: [{ code, target: { reference: urn(target) } }] })
const send = async (body: object): Promise<FhirAnswer & { locations: string[] }> => {
  const answer = await writing.call('', { method: 'POST', body })
  const entries = (answer.body['entry'] ?? []) as Array<{ response: { location?: string } }>
  return { ...answer, locations: entries.map(({ response }) => response.location ?? '') }
}
const idOf = (location = ''): string => location.split('/')[1] ?? ''
const live = async (): Promise<string[]> =>
  (await listRecords(patient, patient.patientId)).filter(({ end }) => end === undefined).map(({ recordId }) => recordId)
const begun = async (): Promise<JournalEntry[]> =>
  (await Promise.all((await journal.list()).map((id) => journal.find(id)))).flatMap((one) => one ?? [])
const refused = { status: 422, body: { issue: [{ details: { coding: [{ code: 'RESOURCE_INVALID' }] } }] } }

t.test('documents of one bundle relate to each other, in whatever order they stand', async (t) => {
  const { status, locations: [first, second, third] } = await send(bundle(entry(1, relates('appends', 2)), entry(2), entry(3, relates('transforms', 1))))
  t.equal(status, 200)
  const relation = async (location = ''): Promise<unknown> => (await reading.call(`/DocumentReference/${idOf(location)}`)).body['relatesTo']
  t.strictSame(await relation(first), [{ code: 'appends', target: { reference: second } }])
  t.strictSame(await relation(third), [{ code: 'transforms', target: { reference: first } }])
  t.equal(await relation(second), undefined)
  t.equal((await send(bundle(entry(1, { ...relates('replaces', 2), description: 'again' }), entry(2)))).status, 200)
})

t.test('a circle, an entry that is not there and another patient\'s document are refused before anything is written', async (t) => {
  const before = await live()
  t.match(await send(bundle(entry(1, relates('appends', 2)), entry(2, relates('appends', 1)))), refused)
  t.match(await send(bundle(entry(1, relates('appends', 1)))), refused)
  t.match(await send(bundle(entry(1, relates('appends', 9)))), refused)
  t.match(await send(bundle(entry(1, relates('appends', 2)), entry(2, { subject: { reference: `Patient/${other.patientId}` } }))), refused)
  t.strictSame(await live(), before)
  t.strictSame((await begun()).filter(({ answer }) => answer === undefined), [])
})

t.test('the same bundle is the same transaction: while it runs, and when it is sent again', async (t) => {
  const before = await live()
  const body = bundle(entry(21), entry(22), entry(23))
  const [one, two] = await Promise.all([send(body), send(body)])
  t.equal(one.status, 200)
  t.strictSame(two.locations, one.locations)
  t.strictSame((await send(body)).body, one.body)
  t.equal((await live()).length, before.length + 3)
  const others = await send(bundle(entry(21), entry(22), entry(24)))
  t.not(others.locations[0], one.locations[0], 'another one')
})

t.test('what was cut off goes on where it was, and each entry is written once', async (t) => {
  const body = bundle(entry(31), entry(32, relates('appends', 31)), entry(33, relates('appends', 32)))
  // The second is refused, and nothing can be withdrawn: as if the program had been killed between them.
  let taken = 0
  core.front.instead = (method, path) => {
    const isWrite = method === 'POST' && /\/(records|withdrawals|record-ends)/.test(path)
    if (isWrite) taken += 1
    return isWrite && taken > 1 ? { status: 503, body: { type: 'about:blank', title: 'away', status: 503, code: 'UNAVAILABLE', detail: 'away' } } : undefined
  }
  const before = await live()
  const cut = await send(body)
  core.front.instead = undefined
  t.not(cut.status, 200)
  const half = (await live()).filter((id) => !before.includes(id))
  t.equal(half.length, 1, 'one is written')
  t.equal((await begun()).filter(({ answer }) => answer === undefined).length, 1)
  const again = await send(body)
  t.equal(again.status, 200)
  t.ok(again.locations.map(idOf).includes(half[0] ?? ''), 'it is one of those')
  t.strictSame((await live()).filter((id) => !before.includes(id)).sort(), again.locations.map(idOf).sort())
  t.match(again.body['entry'], [1, 2, 3].map(() => ({ response: { status: '201 Created', etag: 'W/"1"', lastModified: String } })))
})

t.test('what was cut off and is not sent again is withdrawn, and can be sent after that', async (t) => {
  const body = bundle(entry(41), entry(42))
  const first = await send(body)
  const [done] = (await begun()).filter(({ records }) => records.includes(idOf(first.locations[0])))
  if (done === undefined) throw new Error('the journal has it')
  const { answer: _, ...cut } = done
  await journal.keep(cut)
  const transactions = new Transactions(journal)
  await transactions.settle(author, cut.begunAt + 14 * 60_000)
  t.ok((await live()).includes(idOf(first.locations[0])), 'its caller may come back')
  await transactions.settle(author, cut.begunAt + 16 * 60_000)
  for (const location of first.locations) t.notOk((await live()).includes(idOf(location)))
  t.equal(await journal.find(cut.id), undefined)
  const second = await send(body)
  t.equal(second.status, 200)
  t.not(second.locations[0], first.locations[0])
  t.match(await reading.call(`/DocumentReference/${idOf(second.locations[0])}`), { status: 200 })
  const kept = await journal.find(cut.id) as JournalEntry
  await transactions.settle(author, kept.begunAt + 25 * 3_600_000)
  t.equal(await journal.find(cut.id), undefined, 'a day later it is forgotten')
  t.ok((await live()).includes(idOf(second.locations[0])), 'and its records stay')
})

t.test('one that is damaged in the journal is told, and stops no others', async (t) => {
  const [sent, left] = [await send(bundle(entry(45))), await send(bundle(entry(46)))]
  const cut = (await begun()).find(({ records }) => records[0] === idOf(left.locations[0])) as JournalEntry
  const { answer: _, ...half } = cut
  await journal.keep(half)
  const damaged = '0'.repeat(32)
  writeFileSync(join(folder, 'journal', `${damaged}.json`), '{')
  await t.rejects(new Transactions(journal).settle(author, half.begunAt + 16 * 60_000), /damaged/)
  rmSync(join(folder, 'journal', `${damaged}.json`))
  t.ok((await live()).includes(idOf(sent.locations[0])))
  t.notOk((await live()).includes(idOf(left.locations[0])))
})

t.test('of two that make one thing by its condition, the one that fails undoes nothing of the other', async (t) => {
  const once = { ifNoneExist: 'identifier=urn:oid:1.2.3|at-once' }
  const sent = await Promise.all([send(bundle(entry(47, {}, once))), send(bundle(entry(48, {}, once), entry(49)))])
  const won = sent.find(({ status }) => status === 200)
  t.ok(won)
  for (const location of won?.locations ?? []) t.ok((await live()).includes(idOf(location)), sent.map(({ status }) => status).join())
})

t.test('a gateway that lost its answer has not written twice', async (t) => {
  const before = await live()
  core.front.lies = [about('POST', /^\/v1\/records$/, () => ({ status: 503, body: { type: 'about:blank', title: 'lost', status: 503, code: 'UNAVAILABLE', detail: 'lost' } }))]
  const body = bundle(entry(51), entry(52))
  const failed = await send(body)
  core.front.lies = []
  t.ok([200, 503].includes(failed.status), String(failed.status))
  const again = await send(body)
  t.equal(again.status, 200)
  t.strictSame((await live()).filter((id) => !before.includes(id)).sort(), again.locations.map(idOf).sort())
})
