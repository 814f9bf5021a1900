import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { epione, Typist, writeNetworkFile } from '../../helpers/client/cli.ts'
import { about } from '../../helpers/client/front.ts'
import { Hospitals } from '../../helpers/client/hospitals.ts'

const hospitals = await Hospitals.open(t)
const { core, regional1 } = hospitals
const dir = t.testdir({ 'record.txt': 'a record of eleven words or so, in plain sight here', empty: '' })
const network = writeNetworkFile(join(dir, 'network'), hospitals)
const recordFile = join(dir, 'record.txt')
const CLINICIAN = 'user/DocumentReference.c user/DocumentReference.rs'

const patient = new Typist(join(dir, 'patient'), await core.gateway.token('registration-desk', 'user/Patient.c'))
const author = new Typist(join(dir, 'author'), await core.gateway.token('dr-author', CLINICIAN))
const reader = new Typist(join(dir, 'reader'), await regional1.gateway.token('dr-reader', CLINICIAN))
const error = (members: Record<string, unknown>): object => ({ error: members, ms: Number })

t.afterEach(() => { for (const { front } of hospitals.all) front.lies = [] })

t.test('the story by commands: each prints one JSON object and ends with its exit code', async (t) => {
  for (const [hospital, subject] of [[core, 'dr-author'], [regional1, 'dr-reader']] as const) {
    const admin = new Typist(join(dir, `admin-${hospital.info.id}`), await hospital.gateway.token('admin', 'system/Practitioner.c'))
    const enrolled = await admin.run(
      'practitioner',
      'enroll',
      '--network',
      network,
      '--gateway',
      hospital.info.id,
      '--subject',
      subject,
      '--role',
      'physician'
    )
    t.match(enrolled, { exitCode: 0, json: { subject, mspId: hospital.mspId, role: 'physician', staffId: String } })
  }
  t.match(await patient.run('patient', 'init', '--network', network, '--gateway', 'core', '--phrase-file', patient.path('phrase')), {
    exitCode: 0,
    json: { patientId: /^[a-z2-7]{32}$/, txId: String, blockNumber: Number, confirmedElsewhere: true, ms: Number }
  })
  t.match(await patient.run('patient', 'keys'), { exitCode: 0, json: { version: 1, compartments: [] } })
  t.match(await patient.run('patient', 'card', '--out', patient.path('card.json'), '--category', 'summary'), {
    exitCode: 0,
    json: { directoryVersion: 1, out: patient.path('card.json') }
  })
  t.match(await author.run('practitioner', 'init', '--network', network, '--gateway', 'CoreMSP', '--phrase-file', author.path('phrase')), {
    exitCode: 0,
    json: { mspId: 'CoreMSP' }
  })
  t.match(await author.run('practitioner', 'bind'), { exitCode: 0, json: { version: 1, fingerprint: /^([0-9a-f]{4}-)+[0-9a-f]{4}$/ } })
  await reader.run('practitioner', 'init', '--network', network, '--gateway', 'regional1')
  const bound = await reader.run('practitioner', 'bind')

  const added = await author.run('record', 'add', '--card', patient.path('card.json'), '--category', 'summary', recordFile)
  t.match(added, {
    exitCode: 0,
    json: { recordId: /^[0-9a-f]{32}$/, version: 1, mediaClass: 'document', copies: ['CoreMSP', String], confirmedElsewhere: true }
  })
  const recordId = String(added.json['recordId'])
  const patientId = String(added.json['patientId'])
  const next = await author.run(
    'record',
    'add',
    '--card',
    patient.path('card.json'),
    '--category',
    'summary',
    '--amends',
    recordId,
    recordFile
  )
  t.match(next, { exitCode: 0, json: { recordId, version: 2 } })
  t.match(await author.run('record', 'add', '--card', patient.path('card.json'), '--category', 'imaging', recordFile), {
    exitCode: 3,
    json: error({ code: 'CARD_INCOMPLETE', exitCode: 3 })
  })
  t.match(await author.run('record', 'add', '--card', patient.path('card.json'), '--to', 'inbox', recordFile), {
    exitCode: 0,
    json: { category: 'inbox' }
  })
  t.match(await patient.run('record', 'add', '--category', 'vital-signs', '--media', 'signal', recordFile), {
    exitCode: 0,
    json: { category: 'vital-signs', mediaClass: 'signal' }
  })
  t.match(await patient.run('record', 'list'), {
    exitCode: 0,
    json: {
      items: [
        { category: 'vital-signs', author: 'patient', state: 'current' }, { category: 'inbox' },
        { recordId, version: 2, state: 'current' }, { recordId, version: 1, state: 'former' }
      ]
    }
  })
  t.match(
    await reader.run('record', 'get', `${recordId}:1`),
    { exitCode: 3, json: error({ code: 'REFUSED' }) },
    'who was granted nothing sees no manifest'
  )

  const request = ['access', 'request', '--patient', patientId, '--record', `${recordId}:2`, '--purpose', 'TREAT']
  t.match(await reader.run(...request), {
    exitCode: 3,
    json: error({ code: 'ACCESS_DENIED', decision: 'deny', eventId: String, txId: String, reasons: [{ rule: 'consent.none-named' }] })
  })
  const who = `${String(bound.json['mspId'])}/${String(bound.json['staffId'])}`
  const grant = ['consent', 'grant', '--practitioner', who, '--category', 'summary', '--purpose', 'TREAT', '--days', '2']
  t.match(await patient.run(...grant), {
    exitCode: 2,
    json: error({ code: 'FINGERPRINT_REQUIRED', fingerprint: bound.json['fingerprint'] })
  })
  t.match(await patient.run(...grant, '--fingerprint', '0000-0000-0000-0000'), {
    exitCode: 2,
    json: error({ code: 'FINGERPRINT_MISMATCH', party: undefined, fingerprint: bound.json['fingerprint'] })
  })
  t.match(await patient.run(...grant, '--fingerprint', String(bound.json['fingerprint']), '--threshold', '1'), { exitCode: 2 })
  const granted = await patient.run(...grant, '--fingerprint', String(bound.json['fingerprint']).toUpperCase().replaceAll('-', ' '))
  t.match(granted, {
    exitCode: 0,
    json: {
      status: 'active',
      custody: ['CoreMSP', 'Regional1MSP', 'Regional2MSP'],
      shares: 3,
      threshold: 2,
      grantee: { organization: 'Regional1MSP' }
    }
  })
  const permit = await reader.run(...request)
  t.match(permit, { exitCode: 0, json: { decision: 'permit', eventId: String, expiresAt: Number } })
  const out = reader.path('opened')
  const opened = await reader.run('open', String(permit.json['eventId']), '--out', out, '--stats', '--progress')
  t.match(opened, { exitCode: 0, json: { liars: [], version: 2, sha256: /^[0-9a-f]{64}$/ }, stderr: /opened: 51 bytes\n/ })
  t.equal(readFileSync(out, 'utf8'), readFileSync(recordFile, 'utf8'))
  t.match(await reader.run('open', String(permit.json['eventId']), '--out', out), { exitCode: 2, json: error({ code: 'FILE_EXISTS' }) })

  const both = String((await reader.run(...request, '--record', `${recordId}:1`)).json['eventId'])
  t.match(await reader.run('open', both, '--out', reader.path('one')), { exitCode: 2, json: error({ code: 'USAGE', message: /--folder/ }) })
  t.match(await reader.run('open', both, '--record', recordId, '--out', reader.path('one')), {
    exitCode: 2,
    json: error({ code: 'USAGE', message: /several versions/ })
  })
  t.match(await reader.run('open', both, '--record', `${recordId}:1`, '--out', reader.path('one')), { exitCode: 0, json: { version: 1 } })
  const folder = reader.path('folder')
  writeFileSync(folder, 'a file')
  t.match(await reader.run('open', both, '--folder', folder), { exitCode: 2, json: error({ failed: [{ recordId, version: 2 }, { recordId, version: 1 }] }) })
  rmSync(folder)
  t.match(await reader.run('open', both, '--record', `${recordId}:1`, '--folder', folder), { exitCode: 0, json: { items: [{ version: 1 }] } })
  t.match(await reader.run('open', both, '--folder', folder), {
    exitCode: 2,
    json: error({ code: 'FILE_EXISTS', message: /^1 of 2 records did not open/, items: [{ version: 2 }], failed: [{ version: 1, code: 'FILE_EXISTS' }] })
  }, 'the other is opened nevertheless')
  t.match(await reader.run('open', both, '--folder', folder, '--force', '--stats'), {
    exitCode: 0,
    json: { folder, items: [2, 1].map((version) => ({ version, out: join(folder, `${recordId}.${version}`), sha256: /^[0-9a-f]{64}$/ })) }
  })
  t.strictSame(readdirSync(folder).sort(), [`${recordId}.1`, `${recordId}.2`])

  t.match(await patient.run('audit', 'list', '--decision', 'deny'), {
    exitCode: 0,
    json: {
      interval: { from: null, to: null },
      items: [{ decision: 'deny', blockNumber: Number }],
      askedMspIds: ['CoreMSP', 'Regional1MSP']
    }
  })
  const auditor = new Typist(join(dir, 'auditor'), await regional1.gateway.token('auditor-wide', 'user/AuditEvent.rs'))
  const audit = await auditor.run('audit', 'list', '--network', network, '--gateway', 'regional1', '--actor', who, '--from', '2020-01-01')
  t.match(audit, { exitCode: 0, json: { items: [{ decision: 'permit' }, { decision: 'permit' }, { decision: 'deny' }] } })
  const today = new Date().toISOString().slice(0, 10)
  const byDay = await auditor.run('audit', 'list', '--network', network, '--gateway', 'regional1', '--from', today, '--to', today)
  t.match(
    byDay,
    {
      exitCode: 0,
      json: {
        interval: { from: `${today}T00:00:00.000Z`, to: `${today}T23:59:59.999Z` },
        items: [{ decision: 'permit' }, { decision: 'permit' }, { decision: 'deny' }]
      }
    },
    'a day is included to its end'
  )
  t.match(await auditor.run('audit', 'list', '--network', network, '--gateway', 'regional1', '--from', '2099-01-01'), {
    json: { items: [], warnings: [/future/] }
  })
  t.match(await reader.run('audit', 'list', '--patient', patientId), {
    exitCode: 0,
    json: { items: [{ decision: 'permit' }, { decision: 'permit' }, { decision: 'deny' }] }
  })

  const consentId = String(granted.json['consentId'])
  t.match(await patient.run('consent', 'revoke', consentId), { exitCode: 0, json: { consentId } })
  t.match(await patient.run('consent', 'list'), { json: { items: [{ consentId, status: 'revoked', categories: ['summary'] }] } })
  t.match(await reader.run(...request), { exitCode: 3, json: error({ reasons: [{ rule: 'consent.revoked' }] }) })
  t.match(await reader.run('practitioner', 'bind', '--rotate'), { exitCode: 0, json: { version: 2, confirmedElsewhere: true } })
  t.match(
    await reader.run(...request),
    { exitCode: 3, json: error({ reasons: [{ rule: 'consent.none-named' }] }) },
    'a consent names a key'
  )

  const whose = /^([^/]+)\/(.+)$/.exec(who)
  const unasked = ['practitioner', 'suspend', '--cause', 'lost']
  t.match(await reader.run(...unasked), { exitCode: 2, json: error({ message: /for good, at every hospital: it ends you\. Say --yes/ }) })
  const suspend = [...unasked, '--yes']
  t.match(await reader.run(...suspend, '--certificate', '00:0A:1B'), {
    exitCode: 0,
    json: { staffId: whose?.[2], target: { kind: 'certificate', serial: '0a1b' }, cause: 'lost', confirmedElsewhere: true }
  })
  t.match(await reader.run(...suspend), { exitCode: 0, json: { target: { kind: 'person' } } })
  t.match(await patient.run(...grant), { exitCode: 3, json: error({ code: 'SUSPENDED', cause: 'lost' }) })
  const headOf = new Typist(join(dir, 'admin-core'), await core.gateway.token('admin', 'system/Practitioner.c'))
  t.match(await headOf.run(...suspend, '--staff', 's-nobody', '--network', network, '--gateway', 'core'), {
    exitCode: 0,
    json: { mspId: core.mspId, staffId: 's-nobody', cause: 'lost' }
  })
})

t.test('wrong usage ends with 2 and says so in JSON', async (t) => {
  const cases = [
    ['consent', 'grant'], ['no-such-command'], [
      'record', 'add', recordFile
    ], ['record', 'add', join(dir, 'empty'), '--category', 'summary'],
    [
      'record', 'add', join(dir, 'absent'), '--category', 'summary'
    ], ['record', 'add', recordFile, '--category', 'poems'], ['record', 'get', 'x'],
    ['consent', 'revoke', 'x'], ['patient', 'init'], ['practitioner', 'bind'],
    ['open', 'x'], ['open', 'x', '--out', 'a', '--folder', 'b'], ['open', 'x', '--record', 'a', '--record', 'b', '--out', 'c']
  ]
  for (const args of cases) {
    t.match(
      await patient.run(...args),
      { exitCode: 2, json: error({ exitCode: 2, code: String, message: String }) },
      args.join(' ')
    )
  }
})

t.test('a patient\'s new phrase is refused rather than lost, and shown in no answer', async (t) => {
  const other = new Typist(join(dir, 'other'), await core.gateway.token('registration-desk', 'user/Patient.c'))
  t.match(await other.run('patient', 'init', '--network', network), { exitCode: 2, json: error({ message: /--phrase-file/ }) })
  const made = await other.run('patient', 'init', '--network', network, '--phrase-file', other.path('phrase'))
  const phrase = readFileSync(other.path('phrase'), 'utf8').trim()
  t.equal(phrase.split(' ').length, 24)
  t.equal(statSync(other.path('phrase')).mode & 0o777, 0o600)
  t.notMatch(made.stdout + made.stderr, phrase)
  t.notMatch(
    readdirSync(other.path('home')).map((f) => readFileSync(join(other.path('home'), f), 'utf8')).join(''),
    phrase.split(' ').slice(0, 2).join(' ')
  )
  t.match(await other.run('patient', 'init', '--network', network), { exitCode: 2, json: error({ code: 'ALREADY_INITIALIZED' }) })

  const restored = new Typist(join(dir, 'restored'))
  t.match(await restored.run('patient', 'init', '--network', network, '--restore', other.path('phrase')), {
    exitCode: 0,
    json: { patientId: made.json['patientId'], restored: true }
  })
  t.match(await restored.run('record', 'list'), { exitCode: 0, json: { items: [] } })
})

t.test('an init that did not get as far as the ledger is taken up again', async (t) => {
  const other = new Typist(join(dir, 'interrupted'), 'no.such.token')
  t.match(await other.run('patient', 'init', '--network', network, '--phrase-file', other.path('phrase')), {
    exitCode: 3,
    json: error({ gatewayCode: 'TOKEN_INVALID' })
  })
  other.useToken(await core.gateway.token('registration-desk', 'user/Patient.c'))
  t.match(await other.run('patient', 'init'), { exitCode: 0, json: { resumed: true, confirmedElsewhere: true } })
})

t.test('a wrong pass-phrase or a damaged keystore ends with 6', async (t) => {
  await patient.run('lock')
  const wrong = join(dir, 'wrong-passphrase')
  writeFileSync(wrong, 'another horse\n')
  t.match(await patient.run('patient', 'keys', '--passphrase-file', wrong), { exitCode: 6, json: error({ code: 'PASSPHRASE_WRONG' }) })
  const keystore = join(patient.path('home'), 'keystore.json')
  const text = readFileSync(keystore, 'utf8')
  writeFileSync(keystore, text.replace(/"box": "../, '"box": "zz'))
  t.match(await patient.run('patient', 'keys'), { exitCode: 6, json: error({ code: 'KEYSTORE_DAMAGED' }) })
  writeFileSync(keystore, text)
})

t.test('a token of another hospital, and a missing one, are refused with 3 and 2', async (t) => {
  const stranger = new Typist(join(dir, 'stranger'), await regional1.gateway.token('dr-reader', CLINICIAN))
  t.match(await stranger.run('practitioner', 'init', '--network', network, '--gateway', 'core', '--phrase-file', stranger.path('phrase')), {
    exitCode: 3,
    json: error({ code: 'REFUSED', gatewayCode: 'TOKEN_AUDIENCE', status: 401 })
  })
  const none = new Typist(join(dir, 'none'))
  t.match(await none.run('audit', 'list', '--network', network), { exitCode: 2, json: error({ code: 'TOKEN_REQUIRED' }) })
})

t.test('what is not there ends with 7, and who is not there with 5', async (t) => {
  t.match(await patient.run('record', 'get', '0'.repeat(32)), { exitCode: 7, json: error({ code: 'NOT_FOUND' }) })
  const off = JSON.parse(readFileSync(network, 'utf8')) as { organizations: Array<{ gateway: { url: string } }> }
  for (const organization of off.organizations) organization.gateway.url = 'https://localhost:1'
  const offFile = join(dir, 'network', 'off.json')
  writeFileSync(offFile, JSON.stringify(off))
  const auditor = new Typist(join(dir, 'late-auditor'), await core.gateway.token('x', 'user/AuditEvent.rs'))
  t.match(await auditor.run('audit', 'list', '--network', offFile), { exitCode: 5, json: error({ code: 'UNAVAILABLE' }) })
})

t.test('a gateway that serves another network, or one founded otherwise, is refused with 4 before any key is made', async (t) => {
  const other = new Typist(join(dir, 'elsewhere'), await core.gateway.token('registration-desk', 'user/Patient.c'))
  const { settings, members } = hospitals.consortium.network.document
  for (const [change, message] of [
    [{ networkId: '0'.repeat(64) }, /networkId/],
    [{ settings: { ...settings, recoveryDelaySeconds: 0 } }, /settings\.recoveryDelaySeconds is 0 on the ledger and 604800 in the file/],
    [{ members: members.slice(1) }, /members\.CoreMSP\.id/],
    [{ testing: true }, /testing is true/]
  ] as const) {
    core.front.lies = [
      about('GET', /\/v1\/network$/, (body: { document: object }) => ({ ...body, document: { ...body.document, ...change } }))
    ]
    t.match(await other.run('patient', 'init', '--network', network, '--phrase-file', other.path('phrase')), {
      exitCode: 4,
      json: error({ code: 'NETWORK_MISMATCH', message })
    })
  }
  t.strictSame(readdirSync(other.folder).sort(), ['passphrase', 'token'])
})

t.test('for a person, results are lines and errors a sentence on stderr', async (t) => {
  const env = { EPIONE_HOME: patient.path('home'), EPIONE_PASSPHRASE_FILE: patient.path('passphrase') }
  const keys = await epione(['patient', 'keys'], env)
  t.match(keys, { exitCode: 0, stdout: /^patientId: [a-z2-7]{32}\n/, stderr: '' })
  t.match(await epione(['record', 'get', '0'.repeat(32)], env), { exitCode: 7, stdout: '', stderr: /^NOT_FOUND: / })
  t.match(await epione(['--help']), { exitCode: 0, stdout: /Exit codes/ })
  t.match(await epione(['record', 'add', '--nonsense']), { exitCode: 2, stderr: /unknown option/ })
})

t.test('a home that lost its keystore is restored from the phrase, not set up anew', async (t) => {
  const other = new Typist(join(dir, 'lost'), await core.gateway.token('registration-desk', 'user/Patient.c'))
  const made = await other.run('patient', 'init', '--network', network, '--phrase-file', other.path('phrase'))
  rmSync(join(other.path('home'), 'keystore.json'))
  t.match(await other.run('patient', 'keys'), { exitCode: 6, json: error({ code: 'KEYSTORE_MISSING' }) })
  t.match(await other.run('patient', 'init', '--phrase-file', other.path('phrase2')), {
    exitCode: 6,
    json: error({ code: 'KEYSTORE_MISSING' })
  })
  t.match(await other.run('patient', 'init', '--restore', patient.path('phrase')), {
    exitCode: 2,
    json: error({ code: 'PHRASE_FOREIGN', patientId: made.json['patientId'] })
  })
  t.match(
    await other.run('patient', 'init', '--restore', other.path('phrase')),
    { exitCode: 0, json: { patientId: made.json['patientId'], restored: true } },
    'the wrong phrase left nothing behind'
  )
  t.match(await other.run('patient', 'keys'), { exitCode: 0 })
})

t.test('a practitioner who restores with another\'s phrase is told of a slip, and can do it again', async (t) => {
  rmSync(join(author.path('home'), 'keystore.json'))
  t.match(await author.run('practitioner', 'init', '--restore', patient.path('phrase')), {
    exitCode: 2,
    json: error({ code: 'PHRASE_FOREIGN', party: undefined })
  })
  t.match(await author.run('practitioner', 'init', '--restore', author.path('phrase')), { exitCode: 0 })
})

t.test('what a gateway says cannot steer a terminal', async (t) => {
  core.front.lies = [
    ({ path }) => path === '/v1/organizations' ? { status: 403, body: { code: 'X', detail: 'red \u001b[31m alert' } } : undefined
  ]
  const env = { EPIONE_HOME: patient.path('home'), EPIONE_PASSPHRASE_FILE: patient.path('passphrase') }
  const answer = await epione(['consent', 'list'], env)
  t.match(answer, { exitCode: 3, stderr: /red \?\[31m alert/ })
})
