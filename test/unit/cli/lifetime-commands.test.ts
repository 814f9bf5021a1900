import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { Typist, writeNetworkFile } from '../../helpers/client/cli.ts'
import { Hospitals } from '../../helpers/client/hospitals.ts'

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
  t.match(await patient.run('patient', 'status'), {
    exitCode: 0,
    json: { patientId, keyNumbers: { identity: 1, kfragSigning: 1 }, records: [], frozen: false }
  })
  t.match(await patient.run('patient', 'rotate'), { exitCode: 0, json: { version: 2 } }, 'the custodian stays through a rotation')
})

t.test('a home is set up again from the phrase alone, once, and never over another\'s', async (t) => {
  const machine = new Typist(join(dir, 'machine'))
  t.match(await machine.run('patient', 'restore', ...where, '--phrase-file', patient.path('phrase')), {
    exitCode: 0,
    json: { patientId, version: 2, epochs: { inbox: 2 } }
  })
  t.match(await machine.run('patient', 'restore', ...where, '--phrase-file', patient.path('phrase')), {
    exitCode: 2,
    json: error({ code: 'ALREADY_INITIALIZED' })
  })
  t.match(await machine.run('patient', 'keys'), { exitCode: 0 })
  const other = new Typist(join(dir, 'other'))
  const words = readFileSync(patient.path('phrase'), 'utf8').trim().split(' ')
  writeFileSync(other.path('wrong'), ['zzzzz', ...words.slice(1)].join(' '))
  const wrong = await other.run('patient', 'restore', ...where, '--phrase-file', other.path('wrong'))
  t.match(wrong, { exitCode: 2, json: error({ code: 'PHRASE_INVALID', message: /word 1/ }) })
  t.notMatch(wrong.stdout, words[1] ?? '')
  writeFileSync(other.path('stranger'), `${'abandon '.repeat(11)}about`)
  t.match(await other.run('patient', 'restore', ...where, '--phrase-file', other.path('stranger')), {
    exitCode: 7,
    json: error({ code: 'NOT_FOUND' })
  })
  t.match(await other.run('patient', 'keys'), { exitCode: 2, json: error({ code: 'NOT_INITIALIZED' }) }, 'nothing was set up')
})

t.test('a keystore or configuration that is empty or damaged does not block the restore that its error advises, and is not lost', async (t) => {
  const machine = new Typist(join(dir, 'damaged'))
  const restore = ['patient', 'restore', ...where, '--phrase-file', patient.path('phrase')]
  const keystore = join(machine.path('home'), 'keystore.json')
  await machine.run(...restore)
  const good = JSON.parse(readFileSync(keystore, 'utf8')) as { box: string }
  const changed = JSON.stringify({ ...good, box: `${good.box.startsWith('0') ? '1' : '0'}${good.box.slice(1)}` })
  let aside = 0
  for (const damaged of ['', 'ÿ', '{"header":', changed]) {
    for (const again of [restore, ['patient', 'init', ...where, '--restore', patient.path('phrase')]]) {
      writeFileSync(keystore, damaged, 'latin1')
      t.match(await machine.run('patient', 'status'), { exitCode: 6, json: error({ code: 'KEYSTORE_DAMAGED' }) })
      t.match(await machine.run(...again), { exitCode: 0, json: { patientId } })
      t.match(await machine.run('patient', 'keys'), { exitCode: 0 })
      t.equal(readdirSync(machine.path('home')).filter((name) => name.startsWith('keystore-damaged-')).length, ++aside)
    }
  }
  t.match(await machine.run(...restore), { exitCode: 2, json: error({ code: 'ALREADY_INITIALIZED' }) }, 'one that opens stays')
  writeFileSync(join(machine.path('home'), 'config.json'), '')
  t.match(await machine.run('patient', 'status'), { exitCode: 2, json: error({ code: 'CONFIG_INVALID' }) })
  t.match(await machine.run(...restore), { exitCode: 0 })
  t.match(await machine.run('patient', 'status'), { exitCode: 0, json: { patientId } })
})

t.test('a guardian whose keystore is gone or damaged restores it from the phrase', async (t) => {
  const guardian = new Typist(join(dir, 'forgetful'))
  await guardian.run('guardian', 'init', ...where, '--phrase-file', guardian.path('phrase'))
  const key = async (name: string): Promise<unknown> =>
    (await guardian.run('guardian', 'key', '--patient', patientId, '--out', guardian.path(name))).json['signingKey']
  const before = await key('before')
  writeFileSync(join(guardian.path('home'), 'keystore.json'), '')
  t.match(
    await guardian.run('guardian', 'init', ...where, '--phrase-file', guardian.path('another')),
    { exitCode: 2, json: error({ code: 'ALREADY_INITIALIZED' }) },
    'but never makes a new one in its place'
  )
  t.match(await guardian.run('guardian', 'init', ...where, '--restore', guardian.path('phrase')), { exitCode: 0 })
  t.equal(await key('after'), before)
})

t.test('checking guardians says what it asks and ends with 3 for who has none', async (t) => {
  t.match(await patient.run('patient', 'guardians', 'check'), { exitCode: 3, json: error({ code: 'GUARDIAN_UNKNOWN', exitCode: 3 }) })
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
  t.match(await device.run('recovery', 'begin', ...where, '--patient', patientId, '--out', device.path('request')), {
    exitCode: 3,
    json: error({ code: 'GUARDIAN_UNKNOWN' })
  })
})
