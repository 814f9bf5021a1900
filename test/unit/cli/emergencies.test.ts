import { createECDH, createPrivateKey } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { Typist, epione, writeNetworkFile } from '../../helpers/client/cli.ts'
import { Hospitals } from '../../helpers/client/hospitals.ts'
import type { Hospital } from '../../helpers/client/hospitals.ts'
import { adminSecret } from '../../helpers/founding.ts'

const hospitals = await Hospitals.open(t)
const { core, regional1 } = hospitals
const dir = t.testdir({ 'record.txt': 'allergic to penicillin' })
const network = writeNetworkFile(join(dir, 'network'), hospitals)
const error = (members: Record<string, unknown>): object => ({ error: members, ms: Number })
const EVENT = `${'a'.repeat(32)}.1790000000000.${'00'.repeat(32)}`

async function hire (own: Hospital, subject: string, role: string, department?: string): Promise<Typist> {
  await own.gateway.enrol(subject, role, department === undefined ? {} : { department })
  const person = new Typist(join(dir, subject), await own.gateway.token(subject, 'user/DocumentReference.rs user/AuditEvent.rs'))
  const made = await person.run('practitioner', 'init', '--network', network, '--gateway', own.info.id, '--phrase-file', person.path('phrase'))
  if (made.exitCode !== 0) throw new Error(made.stderr)
  await person.run('practitioner', 'bind')
  return person
}

const patient = new Typist(join(dir, 'patient'), await core.gateway.token('registration-desk', 'user/Patient.c'))
const registered = await patient.run('patient', 'init', '--network', network, '--gateway', 'core', '--phrase-file', patient.path('phrase'))
const added = await patient.run('record', 'add', '--category', 'summary', join(dir, 'record.txt'))
const recordId = String(added.json['recordId'])
const doctor = await hire(regional1, 'dr-emergency', 'emergency', 'emergency-room')
const nurse = await hire(regional1, 'nurse-emergency', 'nurse', 'emergency-room')
const officer = await hire(core, 'officer', 'privacy-officer')
const staffOf = async (person: Typist): Promise<string> => String((await person.run('practitioner', 'bind')).json['staffId'])

await t.test('what is not said well opens, signs and reviews nothing', async (t) => {
  const id = 'ab'.repeat(16)
  const open = ['emergency', 'open', '--patient', 'a'.repeat(32), '--record', id, '--reason']
  for (const [message, ...args] of [
    [/--reason/, ...open, 'curiosity'], [/together/, ...open, 'covering', '--second', 'staff-1'], [/together/, ...open, 'covering', '--out', 'x'],
    [/not an event/, ...open, 'covering', '--within', 'x'], [/--finding/, 'emergency', 'review', EVENT, '--finding', 'fine'],
    [/not an event/, 'emergency', 'close', 'x'], [/--state/, 'emergency', 'list', '--state', 'all']
  ] as [RegExp, ...string[]][]) t.match(await doctor.run(...args), { exitCode: 2, json: error({ code: 'USAGE', message }) }, args.join(' '))
  writeFileSync(join(dir, 'other.json'), '{}')
  t.match(await nurse.run('emergency', 'sign', join(dir, 'other.json'), '--out', nurse.path('signed'), '--yes'), { json: error({ code: 'FILE_DAMAGED' }) })
  t.match(await doctor.run('emergency', 'submit', join(dir, 'other.json')), { json: error({ code: 'FILE_DAMAGED' }) })
})

await t.test('break-glass is prepared, used with a second practitioner, closed and reviewed', async (t) => {
  const [file, pem] = [doctor.path('department.json'), join(dir, 'admin.pem')]
  await doctor.run('department', 'found', await staffOf(nurse), '--out', file)
  const desk = new Typist(join(dir, 'desk'), await regional1.gateway.token('head-of-staff', 'system/Practitioner.c'))
  const at = ['--network', network, '--gateway', regional1.info.id]
  t.match(await desk.run('department', 'confirm', file, '--yes', ...at), { exitCode: 0 })
  writeFileSync(pem, pemOf(adminSecret(regional1.mspId)))
  t.match(await epione(['emergency', 'key', regional1.mspId, ...at, '--json']), { exitCode: 7, json: error({ code: 'NOT_FOUND' }) })
  t.match(await epione(['emergency', 'publish', `${regional1.mspId}/emergency-room`, '--key', pem, ...at, '--json']), { json: { version: 1 } })
  t.match(await epione(['emergency', 'key', regional1.mspId, ...at, '--json']), { exitCode: 0, json: { version: 1 } })

  const deposit = ['emergency', 'deposit', '--organization', regional1.mspId, '--category', 'summary', '--days', '30']
  t.match(await patient.run(...deposit), { exitCode: 0, json: { items: [{ status: 'active' }] } })
  t.match(await patient.run('emergency', 'deposits'), { json: { items: [{ state: 'no-key' }, { state: 'ready' }, { state: 'no-key' }] } })
  const patientId = String(registered.json['patientId'])
  const open = ['emergency', 'open', '--patient', patientId, '--record', recordId, '--reason', 'cannot-consent']
  t.match(await patient.run('emergency', 'off', '--organization', regional1.mspId), { exitCode: 0 })
  t.match(await doctor.run(...open), { exitCode: 3, json: error({ code: 'ACCESS_DENIED' }) })
  t.match(await patient.run('emergency', 'on', '--organization', regional1.mspId), { exitCode: 0 })

  const [asked, signed] = [doctor.path('asked.json'), nurse.path('signed.json')]
  t.match(await doctor.run(...open, '--second', await staffOf(nurse), '--out', asked), { exitCode: 0, json: { file: asked } })
  t.match(await nurse.run('emergency', 'sign', asked, '--out', signed), { exitCode: 2, json: error({ code: 'USAGE', message: /--yes/ }) })
  t.match(await nurse.run('emergency', 'sign', asked, '--out', signed, '--yes'), { exitCode: 0, json: { patientId, file: signed } })
  const opened = await doctor.run('emergency', 'submit', signed)
  t.match(opened, { exitCode: 0, json: { decision: 'permit' } })
  const eventId = String(opened.json['eventId'])
  t.match(await doctor.run('open', eventId, '--out', doctor.path('record')), { exitCode: 0 })
  t.equal(readFileSync(doctor.path('record'), 'utf8'), 'allergic to penicillin')
  t.match(await patient.run('emergency', 'list'), { json: { items: [{ eventId, state: 'open' }] } })
  t.match(await doctor.run('emergency', 'close', eventId), { exitCode: 0, json: { eventId } })
  t.match(await officer.run('emergency', 'review', eventId, '--finding', 'justified'), { exitCode: 0, json: { eventId } })
  t.match(await officer.run('emergency', 'list', '--state', 'reviewed', '--patient', patientId), { json: { items: [{ eventId }] } })
})

/** A P-256 key as Fabric's tools write it. */
function pemOf (secret: Uint8Array): string | Buffer {
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(secret)
  const point = pair.getPublicKey()
  const [x = '', y = '', d = ''] = [point.subarray(1, 33), point.subarray(33), Buffer.from(secret)].map((b) => b.toString('base64url'))
  return createPrivateKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y, d } }).export({ type: 'pkcs8', format: 'pem' })
}
