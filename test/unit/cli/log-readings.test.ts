import { join } from 'node:path'
import t from 'tap'
import type { LoggedReading } from '@epione/protocol/api'
import { explainAccess, listAccessEvents, listLogReadings, requestAccess } from '@epione/sdk'
import type {} from '../../../gateway/src/access/log-notes-plugin.ts'
import { about } from '../../helpers/client/front.ts'
import { Typist, writeNetworkFile } from '../../helpers/client/cli.ts'
import { grantTo, Hospitals, writeRecord } from '../../helpers/client/hospitals.ts'
import { until } from '../../helpers/sharing.ts'

// Three gateways start here, beside whatever else the machine does.
t.setTimeout(300_000)
const hospitals = await Hospitals.open(t)
const { core, regional1 } = hospitals
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
