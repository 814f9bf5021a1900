import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { Typist, writeNetworkFile } from './support/cli.ts'
import { Hospitals } from './support/hospitals.ts'

// Three gateways start here, beside whatever else the machine does.
t.setTimeout(300_000)
const hospitals = await Hospitals.open(t)
const dir = t.testdir({ 'not-ours.json': '{}' })
const where = ['--network', writeNetworkFile(join(dir, 'network'), hospitals), '--gateway', 'core']
const notOurs = join(dir, 'not-ours.json')
const patient = new Typist(join(dir, 'patient'), await hospitals.core.gateway.token('registration-desk', 'user/Patient.c'))
const registered = await patient.run('patient', 'register', '--provisional', ...where, '--phrase-file', patient.path('phrase'))
const patientId = String(registered.json['patientId'])
const error = (members: Record<string, unknown>): object => ({ error: members, ms: Number })

t.test('a provisional patient names the own hospital as custodian', async (t) => {
  t.match(registered, { exitCode: 0, json: { custodian: 'CoreMSP', confirmedElsewhere: true } })
  t.match(await patient.run('patient', 'status'), { exitCode: 0, json: { patientId, keyNumbers: { identity: 1, kfragSigning: 1 }, records: [], frozen: false } })
  t.match(await patient.run('patient', 'rotate'), { exitCode: 0, json: { version: 2 } }, 'the custodian stays through a rotation')
})

t.test('a home is set up again from the phrase alone, once, and never over another\'s', async (t) => {
  const machine = new Typist(join(dir, 'machine'))
  t.match(await machine.run('patient', 'restore', ...where, '--phrase-file', patient.path('phrase')), { exitCode: 0, json: { patientId, version: 2, epochs: { inbox: 2 } } })
  t.match(await machine.run('patient', 'restore', ...where, '--phrase-file', patient.path('phrase')), { exitCode: 2, json: error({ code: 'ALREADY_INITIALIZED' }) })
  t.match(await machine.run('patient', 'keys'), { exitCode: 0 })
  const other = new Typist(join(dir, 'other'))
  const words = readFileSync(patient.path('phrase'), 'utf8').trim().split(' ')
  writeFileSync(other.path('wrong'), ['zzzzz', ...words.slice(1)].join(' '))
  const wrong = await other.run('patient', 'restore', ...where, '--phrase-file', other.path('wrong'))
  t.match(wrong, { exitCode: 2, json: error({ code: 'PHRASE_INVALID', message: /word 1/ }) })
  t.notMatch(wrong.stdout, words[1] ?? '')
  writeFileSync(other.path('stranger'), `${'abandon '.repeat(11)}about`)
  t.match(await other.run('patient', 'restore', ...where, '--phrase-file', other.path('stranger')), { exitCode: 7, json: error({ code: 'NOT_FOUND' }) })
  t.match(await other.run('patient', 'keys'), { exitCode: 2, json: error({ code: 'NOT_INITIALIZED' }) }, 'nothing was set up')
})

t.test('wrong usage of the commands of a lifetime ends with 2 and says so', async (t) => {
  const missing = join(dir, 'missing')
  const cases: Array<[string, string[]]> = [
    ['USAGE', ['patient', 'succeed']],
    ['USAGE', ['recovery', 'stop', 'x']],
    ['USAGE', ['guardian', 'stop', '--patient', patientId, '--target', 'x']],
    ['USAGE', ['patient', 'guardians', 'set', notOurs, '--threshold', '2']],
    ['FILE_UNREADABLE', ['patient', 'guardians', 'set', missing, '--threshold', '2']],
    ['USAGE', ['guardian', 'approve', notOurs, '--out', missing]],
    ['FILE_EXISTS', ['guardian', 'approve', notOurs, '--out', notOurs]],
    ['NOT_INITIALIZED', ['recovery', 'status']],
    ['USAGE', ['recovery', 'finish', '--threshold', '2']],
    ['NOT_INITIALIZED', ['recovery', 'finish']],
    ['ALREADY_INITIALIZED', ['recovery', 'begin', ...where, '--patient', patientId, '--out', missing]],
    ['ALREADY_INITIALIZED', ['guardian', 'init', ...where]],
    ['USAGE', ['verify-evidence', notOurs]],
    ['FILE_UNREADABLE', ['verify-evidence', missing]],
    ['CATEGORY_UNKNOWN', ['patient', 'rotate', '--category', 'poems']]
  ]
  for (const [code, args] of cases) t.match(await patient.run(...args), { exitCode: 2, json: error({ code, exitCode: 2 }) }, args.join(' '))
})

t.test('who guards nobody, and who has no guardians, is told so with 3', async (t) => {
  const guardian = new Typist(join(dir, 'guardian'))
  t.match(await guardian.run('guardian', 'init', ...where, '--phrase-file', guardian.path('phrase')), { exitCode: 0 })
  t.match(await guardian.run('guardian', 'freeze', '--patient', patientId), { exitCode: 3, json: error({ code: 'GUARDIAN_UNKNOWN' }) })
  t.match(await guardian.run('patient', 'status'), { exitCode: 2, json: error({ code: 'USAGE', message: /guardian's home/ }) })
  const device = new Typist(join(dir, 'device'))
  t.match(await device.run('recovery', 'begin', ...where, '--patient', patientId, '--out', device.path('request')), { exitCode: 3, json: error({ code: 'GUARDIAN_UNKNOWN' }) })
})
