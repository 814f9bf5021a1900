import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { extractText, getDocumentProxy } from 'unpdf'
import { AUDIT_QUESTIONS } from '@epione/protocol/api'
import type { LoggedReading } from '@epione/protocol/api'
import { askQuestion, explainAccess, listAccessEvents, listLogReadings, redeemPermit, requestAccess } from '@epione/sdk'
import type {} from '../../../gateway/src/access/log-notes-plugin.ts'
import type {} from '../../../gateway/src/audit/audit-plugin.ts'
import { findFault } from '../../../fhir/src/schema.ts'
import { about } from '../../helpers/client/front.ts'
import { Typist, writeNetworkFile } from '../../helpers/client/cli.ts'
import { grantTo, Hospitals, writeRecord } from '../../helpers/client/hospitals.ts'
import { until } from '../../helpers/sharing.ts'

let offset = 0
const hospitals = await Hospitals.open(t, { clock: () => Date.now() + offset })
const { core, regional1, regional2 } = hospitals
const dir = t.testdir({})
const network = ['--network', writeNetworkFile(join(dir, 'network'), hospitals), '--gateway', 'core']
const patient = await hospitals.patient()
const [author, reader] = [await hospitals.physician(core), await hospitals.physician(regional1)]
const recordId = await writeRecord(author, patient, 'words')
await grantTo(reader, patient)
const { eventId } = await requestAccess(reader, { patientId: patient.patientId, records: [{ recordId }], purpose: 'TREAT' })
const auditor = new Typist(join(dir, 'auditor'), await core.gateway.token('auditor-wide', 'user/AuditEvent.rs'))
const { patientId } = patient

t.afterEach(() => { for (const { front } of hospitals.all) front.lies = [] })

/** Brings what waits at each hospital to the ledger, as gateways do from time to time. */
async function flush (): Promise<void> {
  for (const { gateway: { app } } of hospitals.all) {
    await app.logNotes.flush()
    await until(async () => (await app.store.db.selectFrom('outbox').select('id').where('kind', '=', 'log-notes').execute()).length === 0)
  }
}

t.test('an auditor lists who read the log, and a patient who read of them, as two hospitals show it', async (t) => {
  t.match(await auditor.run('audit', 'list', '--patient', patientId, ...network), { exitCode: 0, json: { items: [{ eventId }] } })
  await explainAccess(reader, eventId)
  await flush()
  const { exitCode, json } = await auditor.run('audit', 'readings', ...network)
  t.equal(exitCode, 0, JSON.stringify(json))
  const items = json['items'] as LoggedReading[]
  t.match(items.map(({ as, mspId, reads, patients }) => ({ as, mspId, reads, patients })).sort((a, b) => a.as < b.as ? -1 : 1), [
    { as: 'auditor', mspId: 'CoreMSP', reads: 1, patients: [patientId] },
    { as: 'staff', mspId: 'Regional1MSP', reads: 1, patients: [patientId] }
  ])
  t.match(await auditor.run('audit', 'readings', '--reader', `Regional1MSP/${reader.person.staffId}`, '--patient', patientId, ...network), {
    json: { items: { length: 1, 0: { reader: reader.person.staffId } }, askedMspIds: ['CoreMSP'] }
  })
  const { json: { bundle } } = await auditor.run('audit', 'readings', '--format', 'ch-atc', ...network)
  t.notOk(findFault(bundle), 'fits FHIR R4')
  const resources = (bundle as { entry: Array<{ resource: object }> }).entry.map(({ resource }) => resource)
  t.same(resources.map((resource) => findFault(resource)), resources.map(() => undefined))
  t.match(resources, [
    { subtype: [{ code: 'ATC_LOG_READ' }], agent: [{ role: { length: 1 }, requestor: true }], entity: [{ what: { reference: `Patient/${patientId}` } }] },
    { subtype: [{ code: 'ATC_LOG_READ' }] }
  ])
  t.match(await auditor.run('audit', 'readings', '--format', 'xml', ...network), { exitCode: 2, json: { error: { code: 'USAGE' } } })
  t.match(await auditor.run('audit', 'readings', '--limit', '1', ...network), { json: { items: { length: 1 } } })
  t.match(await auditor.run('audit', 'readings', '--reader', 'x', ...network), { exitCode: 2, json: { error: { code: 'USAGE' } } })

  const mine = await listLogReadings(patient, {})
  t.match(mine, { items: { length: 2 }, askedMspIds: { length: 2 } })
  t.notOk(mine.warnings)
  t.notOk(mine.items.some((reading) => reading.patients !== undefined))
  t.match(await listLogReadings(await hospitals.patient(), {}), { items: { length: 0 } })
  t.match((await listLogReadings(reader, {})).items, [{ reader: reader.person.staffId }])
  await t.rejects(listLogReadings(reader, { mspId: 'CoreMSP', staffId: author.person.staffId }), { code: 'REFUSED', details: { gatewayCode: 'NOT_PERMITTED' } })
})

t.test('a patient at the command line reads who read of them', async (t) => {
  const own = new Typist(join(dir, 'patient'), await core.gateway.token('registration-desk', 'user/Patient.c'))
  await own.run('patient', 'init', ...network, '--phrase-file', own.path('phrase'))
  t.match(await own.run('audit', 'readings'), { exitCode: 0, json: { items: [], askedMspIds: { length: 2 } } })
})

t.test('a hospital that leaves a reading out, or tells it otherwise, is said', async (t) => {
  await listAccessEvents(patient, {})
  await flush()
  const before = await listLogReadings(patient, {})
  const items = (change: (items: LoggedReading[]) => LoggedReading[]): void => {
    const lie = (answer: { items: LoggedReading[] }): object => ({ ...answer, items: change(answer.items) })
    core.front.lies = [about('GET', /access-log-readings/, lie)]
  }
  const last = before.items.at(-1)?.readingId ?? ''
  items((all) => all.filter(({ readingId }) => readingId !== last))
  t.match(await listLogReadings(patient, {}), { items: before.items, warnings: [`Reading ${last} is shown by Regional1MSP alone.`] })
  items((all) => all.map((reading) => ({ ...reading, reads: reading.reads + 1 })))
  t.equal((await listLogReadings(patient, {})).warnings?.length, before.items.length)
  t.match(await listLogReadings(patient, { limit: 1 }), { items: { length: 1 } })
})

t.test('each question of an auditor is one command', async (t) => {
  const { mspId, staffId } = reader.person
  const given: Record<string, string[]> = {
    patientId: ['--patient', patientId],
    staffId: ['--actor', `${mspId}/${staffId}`],
    at: ['--at', new Date().toISOString()],
    eventId: ['--event', eventId]
  }
  const { json: { questions } } = await auditor.run('audit', 'ask', ...network)
  t.same((questions as Array<{ question: string }>).map(({ question }) => question), Object.keys(AUDIT_QUESTIONS))
  const answers = new Map<string, Record<string, unknown>>()
  for (const [name, { parameters }] of Object.entries(AUDIT_QUESTIONS)) {
    const needed = Object.entries(parameters).flatMap(([parameter, need]) => need === 'needed' ? given[parameter] ?? [] : [])
    const { exitCode, json } = await auditor.run('audit', 'ask', name, ...needed, ...network)
    t.match({ exitCode, json }, { exitCode: 0, json: { question: name, request: /^[/]v1[/]/, asks: /[?]$/ } }, `${name}: ${JSON.stringify(json)}`)
    answers.set(name, json)
    if (needed.length > 0) t.match(await auditor.run('audit', 'ask', name, ...network), { exitCode: 2, json: { error: { code: 'USAGE', message: /needs --/ } } }, name)
  }
  t.match(answers.get('who-saw'), { items: [{ eventId }], askedMspIds: ['CoreMSP'] })
  t.match(answers.get('disclosed'), { items: [{ eventId }] })
  t.match(answers.get('actions-of'), { items: [{ eventId }] })
  t.match(answers.get('refused'), { items: { length: 0 } })
  t.match(answers.get('consent-changes'), { items: [{ change: 'granted', patientId, activeFrom: Number }] })
  t.match(answers.get('in-force'), { items: [{ change: 'granted', patientId }] })
  t.match(answers.get('released'), { eventId, decision: 'permit', asRecorded: true, records: [{ recordId, releasedBy: { length: 0 } }], others: { length: 0 } })
  t.match(answers.get('untouched'), { eventId, state: 'pending', proven: false, warnings: [/no anchored batch/] })

  t.match(await auditor.run('audit', 'ask', 'everything', ...network), { exitCode: 2, json: { error: { code: 'USAGE' } } })
  t.match(await auditor.run('audit', 'ask', 'overdue-reviews', '--event', eventId, ...network), {
    exitCode: 2, json: { error: { code: 'USAGE', message: /not narrowed by --event/ } }
  })
  t.match(await auditor.run('audit', 'ask', 'refused', '--actor', `${mspId}/${staffId}`, '--organization', mspId, ...network), { exitCode: 2 })
})

t.test('a patient asks about themself of two hospitals, and a release that is not what was recorded is told', async (t) => {
  t.match(await askQuestion(patient, 'consent-changes', {}), { items: [{ change: 'granted' }], askedMspIds: { length: 2 }, request: new RegExp(patientId) })
  t.match(await askQuestion(patient, 'group-joins', {}), { items: { length: 0 }, askedMspIds: { length: 2 } })
  t.match(await askQuestion(patient, 'emergencies', {}), { items: { length: 0 } })
  core.front.lies = [about('GET', /consent-changes/, (answer: object) => ({ ...answer, items: [] }))]
  t.match(await askQuestion(patient, 'consent-changes', {}), { items: { length: 1 }, warnings: [/^Change granted .* is shown by Regional1MSP alone/] }, 'a hospital that hides all')
  core.front.lies = [about('GET', /consent-changes/, (answer: { items: object[] }) => ({ ...answer, items: answer.items.map((item) => ({ ...item, submittedBy: 'Regional2MSP' })) }))]
  t.match(await askQuestion(patient, 'consent-changes', {}), { warnings: [/is shown differently by CoreMSP and Regional1MSP/] })
  core.front.lies = [about('GET', new RegExp(`access-events/${eventId}$`), (answer: { event: { records: object[] } }) => ({
    ...answer, event: { ...answer.event, records: answer.event.records.map((record) => ({ ...record, wrapHash: '0'.repeat(64) })) }
  }))]
  await redeemPermit(reader, eventId)
  await until(async () => (await askQuestion(reader, 'released', { eventId }) as { records: Array<{ releasedBy: string[] }> }).records[0]?.releasedBy.length !== 0)
  t.match(await askQuestion(reader, 'released', { eventId }), { asRecorded: true, records: [{ releasedBy: Array }] })
  t.match(await askQuestion(patient, 'released', { eventId }), { asRecorded: false, others: [{ mspId: String, wrapHash: String }] })
})

t.test('an auditor of one organisation is told in each answer what the scope cuts off, one of the consortium nothing', async (t) => {
  const own = new Typist(join(dir, 'own'), await core.gateway.token('auditor-own', 'user/AuditEvent.rs'))
  const wide = new Typist(join(dir, 'wide'), await core.gateway.token('auditor-wide', 'user/AuditEvent.rs'))
  for (const words of [['list'], ['readings'], ['ask', 'consent-changes'], ['ask', 'emergencies'], ['ask', 'group-joins']]) {
    t.match(await own.run('audit', ...words, ...network), { exitCode: 0, json: { warnings: [/^Only what people of CoreMSP asked for is shown/] } }, words.join(' '))
    t.equal((await wide.run('audit', ...words, ...network)).json['warnings'], undefined, words.join(' '))
  }
  t.match(await own.run('audit', 'list', '--organization', 'Regional1MSP', ...network), { exitCode: 3, json: { error: { code: 'REFUSED' } } })
})

t.test('a hospital whose part is missing is a warning in each answer, for auditors and patients', async (t) => {
  await regional2.gateway.close()
  offset += 61_000
  // The others are asked again meanwhile: their words are as young as the clock.
  await until(() => core.gateway.app.silent().silent?.length === 1 && regional1.gateway.app.silent().silent?.length === 1)
  const token = await core.gateway.token('auditor-wide', 'user/AuditEvent.rs')
  const late = new Typist(join(dir, 'late'), token)
  const missing = /^Regional2MSP has not been heard of since .* by CoreMSP: what it had yet to note/
  for (const words of [['list'], ['readings'], ['ask', 'log-readers'], ['ask', 'consent-changes'], ['ask', 'emergencies'], ['ask', 'refused']]) {
    t.match(await late.run('audit', ...words, ...network), { exitCode: 0, json: { warnings: [missing] } }, words.join(' '))
  }
  t.match(await listAccessEvents(patient, {}), { warnings: [/Regional2MSP has not been heard of/], askedMspIds: { length: 2 } })
  const out = join(dir, 'export.csv')
  t.match(await late.run('audit', 'export', '--format', 'csv', '--out', out, ...network), { exitCode: 0, json: { warnings: [missing] } })
  const notHeard = { exitCode: 0, json: { warnings: [/^CoreMSP had not heard of Regional2MSP/] } }
  t.match(await late.run('verify', out, ...network), notHeard)
  const json = join(dir, 'export.json')
  t.match(await late.run('audit', 'export', '--format', 'json', '--out', json, ...network), { exitCode: 0 })
  t.same((JSON.parse(readFileSync(json, 'utf8')) as { silent: string[] }).silent, ['Regional2MSP'], 'the head of the file says it')
  t.match(await late.run('verify', json, ...network), notHeard)
  const pdf = join(dir, 'export.pdf')
  t.match(await late.run('audit', 'export', '--format', 'pdf', '--out', pdf, ...network), { exitCode: 0 })
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(readFileSync(pdf))), { mergePages: true })
  t.match(text, /Missing: .* had not been heard of when this was made/)
})
