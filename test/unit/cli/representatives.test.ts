import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { SecretKey } from '@epione/crypto'
import { Typist, writeNetworkFile } from '../../helpers/client/cli.ts'
import { Hospitals } from '../../helpers/client/hospitals.ts'

const hospitals = await Hospitals.open(t)
const { gateway } = hospitals.core
const dir = t.testdir({ 'record.txt': 'for the parent' })
const network = ['--network', writeNetworkFile(join(dir, 'network'), hospitals), '--gateway', 'core']
const error = (members: Record<string, unknown>): object => ({ error: members, ms: Number })

t.test('a parent is named, confirmed, acts for the patient with --on-behalf-of, and ends', async (t) => {
  const desk = await gateway.token('registration-desk', 'user/Patient.c')
  const [patient, parent] = [new Typist(join(dir, 'patient'), desk), new Typist(join(dir, 'parent'), desk)]
  const { json: { patientId } } = await patient.run('patient', 'init', ...network, '--phrase-file', patient.path('phrase'))
  await parent.run('guardian', 'init', ...network, '--phrase-file', parent.path('phrase'))
  const { json: { recordId } } = await patient.run('record', 'add', '--category', 'summary', join(dir, 'record.txt'))
  const [offer, file, id] = [parent.path('offer'), patient.path('file'), String(patientId)]
  const terms = ['--patient', id, '--relation', 'prn', '--days', '7', '--name', 'Jane', '--out', offer]
  const { json: { representationId, fingerprint } } = await parent.run('representative', 'offer', ...terms)
  t.match(await patient.run('representative', 'name', offer, '--out', file), { exitCode: 2, json: error({ code: 'USAGE', message: /--yes/ }) })
  t.match(await patient.run('representative', 'name', offer, '--out', file, '--yes'), { exitCode: 0, json: { name: 'Jane', fingerprint } })
  t.match(await parent.run('representative', 'accept', file), { exitCode: 7, json: error({ code: 'NOT_FOUND' }) })
  t.match(await parent.run('representative', 'confirm', file), { exitCode: 0, json: { representationId, relation: 'prn' } })
  t.match(await parent.run('record', 'list', '--on-behalf-of', id), { exitCode: 7, json: error({ code: 'NOT_FOUND' }) })
  t.match(await parent.run('representative', 'accept', file), { exitCode: 0, json: { patientId, name: 'Jane' } })
  const out = parent.path('opened')
  t.match(await parent.run('record', 'get', String(recordId), '--out', out, '--on-behalf-of', id), { exitCode: 0 })
  t.equal(readFileSync(out, 'utf8'), 'for the parent')
  t.match(await parent.run('search', 'fever', '--on-behalf-of', id), { exitCode: 3, json: error({ code: 'NOT_FOR_REPRESENTATIVES' }) })
  t.match(await parent.run('patient', 'rotate', '--on-behalf-of', id), { exitCode: 3, json: error({ code: 'NOT_FOR_REPRESENTATIVES' }) })
  t.match(await patient.run('representative', 'list'), { json: { items: [{ name: 'Jane', state: 'in force', relation: 'prn' }] } })
  t.match(await patient.run('representative', 'end', String(representationId)), { exitCode: 0, json: { raised: Array } })
  t.match(await parent.run('record', 'list', '--on-behalf-of', id), { exitCode: 3, json: error({ code: 'REPRESENTATION_ENDED' }) })
  t.match(await patient.run('representative', 'list'), { json: { items: [{ name: 'Jane', state: 'ended' }] } })
})

t.test('a limited key is named once it was compared, listed and ended', async (t) => {
  const patient = new Typist(join(dir, 'careful'), await gateway.token('registration-desk', 'user/Patient.c'))
  await patient.run('patient', 'init', ...network, '--phrase-file', patient.path('phrase'))
  const key = SecretKey.random().publicKey().toHex()
  const refused = (message: RegExp): object => ({ exitCode: 2, json: error({ code: 'USAGE', message }) })
  t.match(await patient.run('delegate', 'add', key, '--days', '7'), refused(/--yes/))
  t.match(await patient.run('delegate', 'add', 'mine', '--days', '7', '--yes'), { exitCode: 2 })
  t.match(await patient.run('delegate', 'add', key, '--days', '7', '--power', 'grant', '--yes'), refused(/--power/))
  const { json: { delegateId } } = await patient.run('delegate', 'add', key, '--days', '7', '--power', 'read-log', 'freeze', '--yes')
  t.match(await patient.run('delegate', 'list'), { json: { items: [{ delegateId, key, powers: ['read-log', 'freeze'], state: 'in force' }] } })
  t.match(await patient.run('delegate', 'end', String(delegateId)), { exitCode: 0, json: { delegateId } })
  t.match(await patient.run('delegate', 'list'), { json: { items: [{ delegateId, state: 'ended' }] } })
})
