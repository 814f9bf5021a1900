import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { Typist, writeNetworkFile } from '../../helpers/client/cli.ts'
import { Hospitals } from '../../helpers/client/hospitals.ts'
import { until } from '../../helpers/sharing.ts'

const hospitals = await Hospitals.open(t)
const dir = t.testdir({ 'record.txt': 'a record of some words' })
const patient = new Typist(join(dir, 'patient'), await hospitals.core.gateway.token('registration-desk', 'user/Patient.c'))
const network = writeNetworkFile(join(dir, 'network'), hospitals)
await patient.run('patient', 'init', '--network', network, '--gateway', 'core', '--phrase-file', patient.path('phrase'))
const add = ['record', 'add', '--category', 'vital-signs', join(dir, 'record.txt')]
const error = (members: Record<string, unknown>): object => ({ error: members, ms: Number })

t.test('what names no record, or is not said to be meant, ends nothing', async (t) => {
  const id = 'ab'.repeat(16)
  for (const [message, ...args] of [
    [/Say which version/, ...add, '--replaces', id], [/--cause/, 'record', 'withdraw', id, '--cause', 'regret'],
    [/--category/, 'record', 'erase', '--yes'], [/--category/, 'record', 'erase', id, '--category', 'summary', '--yes'],
    [/--yes/, 'record', 'erase', id], [/not a record/, 'record', 'erase', 'x', '--yes']
  ] as [RegExp, ...string[]][]) t.match(await patient.run(...args), { exitCode: 2, json: error({ code: 'USAGE', message }) }, args.join(' '))
})

t.test('a record is amended, withdrawn and erased, and a certificate says who destroyed it', async (t) => {
  const recordId = String((await patient.run(...add)).json['recordId'])
  t.match(await patient.run(...add, '--amends', `${recordId}:1`), { exitCode: 0, json: { recordId, version: 2 } })
  t.match(await patient.run(...add, '--amends', `${recordId}:1`), { exitCode: 3, json: error({ code: 'RECORD_CONFLICT', recordId, version: 2 }) })
  t.match(await patient.run('record', 'erasure', recordId), { exitCode: 7, json: error({ code: 'NOT_FOUND' }) })
  t.match(await patient.run('record', 'withdraw', recordId, '--cause', 'entered-in-error'), {
    exitCode: 0, json: { orderId: String, versions: [{ recordId, version: 2 }] }
  })
  const next = String((await patient.run(...add, '--replaces', `${recordId}:2`)).json['recordId'])
  t.match(await patient.run('record', 'erase', `${recordId}:1`, next, '--yes'), {
    exitCode: 0, json: { versions: [{ recordId, version: 1 }, { recordId: next, version: 1 }], confirmedElsewhere: true }
  })
  await until(async () => (await patient.run('record', 'erasure', next)).json['complete'] === true)
  const certificate = patient.path('certificate.json')
  t.match(await patient.run('record', 'erasure', next, '--certificate', certificate), {
    exitCode: 0, json: { cause: 'erased', destroyed: { length: 3 }, pending: [], certificate }
  })
  t.match(JSON.parse(readFileSync(certificate, 'utf8')), { format: 'epione-erasure/1', statements: { destructions: { length: 3 } } })
  t.match(await patient.run('record', 'erasure', next, '--certificate', certificate), { exitCode: 2, json: error({ code: 'FILE_EXISTS' }) })
  t.match(await patient.run('record', 'get', next, '--out', patient.path('opened')), { exitCode: 3, json: error({ code: 'RECORD_ENDED' }) })
  t.match(await patient.run('record', 'list'), {
    json: { items: [{ recordId: next, state: 'erased' }, { recordId, state: 'withdrawn' }, { recordId, state: 'erased' }] }
  })
})
