import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import type { Bundle } from 'fhir/r4.js'
import { findFault } from '../../../fhir/src/schema.ts'
import { Typist, writeNetworkFile } from '../../helpers/client/cli.ts'
import { Hospitals } from '../../helpers/client/hospitals.ts'

const hospitals = await Hospitals.open(t)
const { gateway } = hospitals.core
const dir = t.testdir({ 'record.txt': 'for whoever is on duty' })
const network = ['--network', writeNetworkFile(join(dir, 'network'), hospitals), '--gateway', 'core']
const CLINICIAN = 'user/DocumentReference.c user/DocumentReference.rs'
const error = (members: Record<string, unknown>): object => ({ error: members, ms: Number })

interface Member extends Typist { staffId: string }

async function hire (name: string, department?: string): Promise<Member> {
  await gateway.enrol(name, 'nurse', department === undefined ? {} : { department })
  const typist = new Typist(join(dir, name), await gateway.token(name, CLINICIAN))
  const { json } = await typist.run('practitioner', 'init', ...network, '--phrase-file', typist.path('phrase'))
  await typist.run('practitioner', 'bind')
  return Object.assign(typist, { staffId: String(json['staffId']) })
}

const [founder, leaver, joiner] = [await hire('founder', 'ward'), await hire('leaver', 'ward'), await hire('joiner', 'ward')]
const registrar = new Typist(join(dir, 'registrar'), await gateway.token('head-of-staff', 'system/Practitioner.c'))
const patient = new Typist(join(dir, 'patient'), await gateway.token('registration-desk', 'user/Patient.c'))
const { json: { patientId } } = await patient.run('patient', 'init', ...network, '--phrase-file', patient.path('phrase'))
const { json: { recordId } } = await patient.run('record', 'add', '--category', 'summary', join(dir, 'record.txt'))
const ask = ['access', 'request', '--patient', String(patientId), '--record', String(recordId), '--purpose', 'TREAT']

async function opens (t: Test, who: Typist): Promise<void> {
  const { exitCode, json } = await who.run(...ask)
  t.equal(exitCode, 0, JSON.stringify(json))
  const out = join(t.testdir(), 'opened')
  t.match(await who.run('open', String(json['eventId']), '--out', out), { exitCode: 0, json: { liars: [] } })
  t.equal(readFileSync(out, 'utf8'), 'for whoever is on duty')
}

t.test('a member founds a department, and nothing is in place before its registrar confirms the file', async (t) => {
  const file = founder.path('ward.json')
  const made = await founder.run('department', 'found', leaver.staffId, '--out', file)
  t.match(made, { exitCode: 0, json: { file, version: 1, members: [founder.staffId, leaver.staffId].sort(), fingerprint: String } })
  t.match(await founder.run('department', 'found', '--out', file), { exitCode: 2, json: error({ code: 'FILE_EXISTS' }) })
  t.match(await patient.run('department', 'show', 'CoreMSP/ward'), { exitCode: 7, json: error({ code: 'NOT_FOUND' }) })
  t.match(await registrar.run('department', 'confirm', file, ...network), { exitCode: 2, json: error({ code: 'USAGE', message: /--yes/ }) })
  writeFileSync(join(dir, 'other'), '{"statement": 1}')
  t.match(await registrar.run('department', 'confirm', join(dir, 'other'), '--yes', ...network), { exitCode: 2, json: error({ code: 'FILE_DAMAGED' }) })
  t.match(await founder.run('department', 'confirm', file, '--yes'), { exitCode: 3, json: error({ gatewayCode: 'SCOPE_MISSING' }) })
  t.match(await registrar.run('department', 'confirm', file, '--yes', ...network), { exitCode: 0, json: { department: 'ward', version: 1 } })
  t.match(await patient.run('department', 'show', 'CoreMSP/ward'), {
    exitCode: 0, json: { version: 1, keyVersion: 1, fingerprint: made.json['fingerprint'], signer: founder.staffId, registrar: String }
  })
  t.match(await patient.run('department', 'show', 'ward'), { exitCode: 2, json: error({ code: 'USAGE' }) })
  const none = await hire('of-none')
  t.match(await none.run('department', 'found', '--out', none.path('x')), { exitCode: 3, json: error({ code: 'REFUSED', message: /no department/ }) })
})

t.test('a patient grants to it, grants anew when its key changed, and only its present members open', async (t) => {
  const to = ['--category', 'summary', '--purpose', 'TREAT', '--days', '1']
  const { json: { fingerprint } } = await patient.run('department', 'show', 'CoreMSP/ward')
  t.match(await patient.run('consent', 'grant', ...to), { exitCode: 2, json: error({ code: 'USAGE', message: /--to-department/ }) })
  t.match(await patient.run('consent', 'grant', ...to, '--to-department', 'CoreMSP/ward'), { exitCode: 2, json: error({ code: 'FINGERPRINT_REQUIRED' }) })
  const granted = await patient.run('consent', 'grant', ...to, '--to-department', 'CoreMSP/ward', '--fingerprint', String(fingerprint))
  t.match(granted, { exitCode: 0, json: { consentId: String } })
  await opens(t, leaver)
  t.match(await patient.run('consent', 'regrant', '--yes'), { exitCode: 0, json: { items: [] } })

  t.match(await joiner.run('department', 'rotate'), { exitCode: 3, json: error({ code: 'REFUSED' }) })
  t.match(await founder.run('department', 'remove', leaver.staffId), { exitCode: 0, json: { left: [leaver.staffId], rotated: true, version: 2 } })
  t.match(await founder.run('department', 'rotate'), { exitCode: 0, json: { left: [], rotated: true, version: 3 } })
  t.match(await founder.run('department', 'add', joiner.staffId), { exitCode: 0, json: { rotated: false, version: 4 } })
  t.match(await leaver.run(...ask), { exitCode: 3, json: error({ code: 'ACCESS_DENIED' }) })
  t.match(await founder.run(...ask), { exitCode: 3, json: error({ code: 'ACCESS_DENIED', reasons: [{ rule: 'consent.department-key-outdated' }] }) })
  t.match(await patient.run('consent', 'list'), { exitCode: 0, json: { warnings: [/CoreMSP\/ward.*consent regrant/] } })
  t.match(await patient.run('consent', 'regrant'), { exitCode: 2, json: error({ code: 'USAGE', message: /--yes/ }) })
  t.match(await patient.run('consent', 'regrant', '--yes'), {
    exitCode: 0, json: { items: [{ consentId: granted.json['consentId'], newConsentId: String, department: 'CoreMSP/ward', continued: true }] }
  })
  t.notOk((await patient.run('consent', 'list')).json['warnings'])
  await opens(t, joiner)
  t.match(await leaver.run(...ask), { exitCode: 3, json: error({ code: 'ACCESS_DENIED' }) })
})

t.test('who joined is an event of CH:ATC for each patient who had given access, and nobody who left', async (t) => {
  const { exitCode, json } = await patient.run('audit', 'ask', 'group-joins', '--format', 'ch-atc')
  t.equal(exitCode, 0, JSON.stringify(json))
  const { bundle } = json as unknown as { bundle: Bundle }
  t.notOk(findFault(bundle))
  t.match(bundle.entry?.map(({ resource }) => resource), [{
    resourceType: 'AuditEvent',
    subtype: [{ code: 'ATC_HPD_GROUP_ENTRY_NOTIFY' }],
    entity: [{ what: { reference: `Patient/${String(patientId)}` } }, { what: { identifier: { value: new RegExp(joiner.staffId) } } }, { name: 'CoreMSP/ward' }]
  }])
  t.equal(bundle.entry?.length, 1, JSON.stringify(bundle))
  t.match(await patient.run('audit', 'ask', 'who-saw', '--format', 'ch-atc'), { exitCode: 2, json: error({ code: 'USAGE' }) })
})
