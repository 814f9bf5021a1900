import { bindPractitioner, publishPatient, registerRecord, signRequest } from '../ledger-fixtures.ts'
import type { EventRequest } from '@epione/ledger/client'
import type { AccessEvent, Page } from '@epione/protocol'
import type { Test } from 'tap'
import type { LedgerWorld } from '../ledger-world.ts'

type Query = (request: EventRequest) => Promise<Page<AccessEvent>>

async function readAll (query: Query, request: EventRequest): Promise<string[]> {
  const events: AccessEvent[] = []
  let bookmark = ''
  do {
    const page = await query({ ...request, bookmark })
    events.push(...page.items)
    bookmark = page.bookmark
  } while (bookmark !== '')
  return events.map((e) => e.eventId)
}

/** Queries of the access log by patient, with pages and scopes. */
export async function logSuite (t: Test, world: LedgerWorld): Promise<void> {
  const [, regional, second] = world.members
  const gateway = world.gateway(second).ledger
  const author = await bindPractitioner(world)
  const colleague = await bindPractitioner(world, { mspId: regional })
  const patient = await publishPatient(world)
  const record = await registerRecord(world, author, patient)
  const requests = [author, colleague, author, colleague, author]
  const events: AccessEvent[] = []
  for (const person of requests) events.push((await person.ledger.requestAccess(signRequest(world, person, patient, [record]))).value)
  const idsOf = (of: typeof author): string[] => events.filter((e) => e.actor.staffId === of.staffId).map((e) => e.eventId)
  const all = events.map((e) => e.eventId)
  const times = events.map((e) => e.time)
  const [first = 0, last = 0] = [times[0], times.at(-1)]
  const query: Query = (request) => gateway.listAccessByPatient(patient.patientId, request)

  await t.test('events come in order of time, the same whatever the size of the pages', async (t) => {
    for (const pageSize of [1, 2, 100]) t.strictSame(await readAll(query, { pageSize }), all)
  })

  await t.test('events are cut to a period, both ends included', async (t) => {
    const [from = 0, to = 0] = [times[1], times[3]]
    const within = events.filter(({ time }) => time >= from && time <= to).map((e) => e.eventId)
    t.strictSame(await readAll(query, { fromMs: from, toMs: to, pageSize: 2 }), within)
    t.strictSame(await readAll(query, { fromMs: last + 1, toMs: last + 2 }), [])
    t.strictSame(await readAll(query, { fromMs: 0, toMs: first - 1, pageSize: 100 }), [])
  })

  await t.test('a page stays the same while events are added', async (t) => {
    const busy = await publishPatient(world)
    const file = await registerRecord(world, author, busy)
    const add = async (): Promise<string> => (await author.ledger.requestAccess(signRequest(world, author, busy, [file]))).value.eventId
    const before = [await add(), await add(), await add()]
    const page = await gateway.listAccessByPatient(busy.patientId, { pageSize: 2 })
    const added = await add()
    t.strictSame(await gateway.listAccessByPatient(busy.patientId, { pageSize: 2 }), page)
    const rest = await gateway.listAccessByPatient(busy.patientId, { pageSize: 2, bookmark: page.bookmark })
    t.strictSame([...page.items, ...rest.items].map((e) => e.eventId), [...before, added])
  })

  await t.test('an auditor sees the events of the own organisation, or with that scope all', async (t) => {
    const own = await world.enroll({ mspId: regional, role: 'auditor', scope: 'organization' })
    const wide = await world.enroll({ mspId: regional, role: 'auditor', scope: 'consortium' })
    t.strictSame(await readAll((r) => own.ledger.listAccessByPatient(patient.patientId, r), { pageSize: 2 }), idsOf(colleague))
    t.strictSame(await readAll((r) => wide.ledger.listAccessByPatient(patient.patientId, r), {}), all)
  })

  await t.test('practitioners do not read the log', async (t) => {
    await t.rejects(author.ledger.listAccessByPatient(patient.patientId), { code: 'NOT_AUTHORIZED' })
  })

  await t.test('a page of over 100, a time that is none, or a bookmark of another range\'s making is refused or harmless', async (t) => {
    await t.rejects(gateway.listAccessByPatient(patient.patientId, { pageSize: 101 }), { code: 'ARGUMENT_INVALID' })
    await t.rejects(gateway.listAccessByPatient(patient.patientId, { fromMs: -1 }), { code: 'ARGUMENT_INVALID' })
    await t.rejects(gateway.listAccessByPatient(patient.patientId, { toMs: 1.5 }), { code: 'ARGUMENT_INVALID' })
    const { bookmark } = await gateway.listAccessByPatient(patient.patientId, { pageSize: 1 })
    const foreign = await gateway.listAccessByPatient((await publishPatient(world)).patientId, { bookmark })
    t.strictSame(foreign.items, [])
  })
}
