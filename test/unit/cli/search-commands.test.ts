import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { Typist, writeNetworkFile } from '../../helpers/client/cli.ts'
import { Hospitals } from '../../helpers/client/hospitals.ts'

const hospitals = await Hospitals.open(t)
const { core } = hospitals
const dir = t.testdir({})
const network = ['--network', writeNetworkFile(join(dir, 'network'), hospitals), '--gateway', 'core']
const patient = new Typist(join(dir, 'patient'), await core.gateway.token('registration-desk', 'user/Patient.c'))
const patientId = String((await patient.run('patient', 'init', ...network, '--phrase-file', patient.path('phrase'))).json['patientId'])
await core.gateway.enrol('finder', 'physician')
const reader = new Typist(join(dir, 'reader'), await core.gateway.token('finder', 'user/DocumentReference.c user/DocumentReference.rs'))
const { json: { staffId, fingerprint } } = await reader.run('practitioner', 'init', ...network, '--phrase-file', reader.path('phrase'))
await reader.run('practitioner', 'bind')
const error = (members: Record<string, unknown>): object => ({ error: members, ms: Number })

t.test('a record is found by its words and by what was named, by patient and reader, and not when it was added without', async (t) => {
  t.match(await patient.run('patient', 'card', '--out', patient.path('card')), { exitCode: 0 })
  writeFileSync(reader.path('note.txt'), 'Patient is a heavy smoker\n')
  const add = ['record', 'add', reader.path('note.txt'), '--category', 'summary', '--card', patient.path('card')]
  const added = await reader.run(...add, '--keyword', 'code:loinc|4548-4')
  t.match(added, { exitCode: 0, json: { index: { issue: 1, keywords: 5, truncated: false } } })
  t.match(await reader.run(...add, '--no-index'), { exitCode: 0, json: { index: { notIndexed: 'not-wanted' } } })
  t.match(await reader.run(...add, '--keyword', 'smoker AND'), { exitCode: 2, json: error({ code: 'QUERY_INVALID', column: 8 }) })
  const { recordId } = added.json
  t.match(await patient.run('search', 'code:loinc|4548-4 smoker', '--explain'), {
    exitCode: 0, json: { total: 1, items: [{ recordId, version: 1, category: 'summary' }], explained: { withoutEntry: { count: 1 } } }
  })
  const search = ['search', 'smoker', '--purpose', 'TREAT']
  t.match(await reader.run(...search, '--patient', patientId), { exitCode: 3, json: error({ code: 'ACCESS_DENIED' }) })
  t.match(await reader.run(...search), { exitCode: 0, json: { items: [], total: 0 } }, 'nobody consented')
  const granted = await patient.run(
    'consent', 'grant', '--practitioner', `CoreMSP/${String(staffId)}`, '--category', 'summary', '--purpose', 'TREAT', '--days', '1',
    '--action', 'search', '--fingerprint', String(fingerprint)
  )
  t.match(granted, { exitCode: 0 })
  t.match(await reader.run(...search, '--patient', patientId), { exitCode: 0, json: { total: 1, items: [{ recordId }], liars: [] } })
  t.match(await reader.run(...search), { exitCode: 0, json: { total: 1, items: [{ patientId, total: 1 }] } })

  const folder = join(reader.path('home'), 'search')
  const [kept = ''] = readdirSync(folder)
  t.notOk(kept.includes(patientId) || readFileSync(join(folder, kept)).includes(String(recordId)), 'what is kept says nothing')
  t.equal(statSync(join(folder, kept)).mode & 0o077, 0)
  t.match(await patient.run('index', 'rebuild'), { exitCode: 0, json: { items: [{ index: { issue: 1 } }], indexedBefore: 1 } })
  t.match(await reader.run(...search, '--patient', patientId, '--limit', '1'), { exitCode: 0, json: { total: 2, items: [{}], next: /:1$/ } })
  t.match(await patient.run('consent', 'revoke', String(granted.json['consentId'])), { exitCode: 0, json: { searchKeysRaised: ['summary'] } })
  t.match(await reader.run(...search, '--patient', patientId), { exitCode: 3, json: error({ code: 'ACCESS_DENIED' }) })
  t.strictSame(readdirSync(folder), [])
  t.match(await patient.run('index', 'raise', '--category', 'summary'), { exitCode: 0, json: { keys: [{ category: 'summary', issue: 3 }] } })
})

t.test('a revocation that breaks off is made good by the next command, whichever that is, or by itself again', async (t) => {
  const grant = async (): Promise<string> => String((await patient.run(
    'consent', 'grant', '--practitioner', `CoreMSP/${String(staffId)}`, '--category', 'summary', '--purpose', 'TREAT', '--days', '1',
    '--action', 'search', '--fingerprint', String(fingerprint)
  )).json['consentId'])
  const away = { status: 503, body: { type: 'about:blank', title: 'Away', status: 503, code: 'LEDGER_UNAVAILABLE', detail: 'away' } }
  const refuseKeys = (isRefused: boolean): void => {
    for (const { front } of hospitals.all) {
      front.instead = (method, url) => isRefused && method === 'POST' && url.endsWith('/search-keys') ? away : undefined
    }
  }
  const mark = join(patient.path('home'), 'revocation.json')

  refuseKeys(true)
  const first = await grant()
  t.match(await patient.run('consent', 'revoke', first), { exitCode: 0, json: { warnings: [/not raised/] } }, 'the consent is over all the same')
  t.ok(existsSync(mark))
  t.match(await patient.run('patient', 'keys'), { exitCode: 0, json: { warnings: [/could not be raised/] } }, 'each command says it')
  refuseKeys(false)
  t.match(await patient.run('patient', 'keys'), { exitCode: 0, json: { searchKeysRaised: ['summary'] } })
  t.notOk(existsSync(mark))
  const after = await patient.run('patient', 'keys')
  t.notOk(after.json['searchKeysRaised'], 'once')

  refuseKeys(true)
  const second = await grant()
  await patient.run('consent', 'revoke', second)
  refuseKeys(false)
  t.match(await patient.run('consent', 'revoke', second), { exitCode: 0, json: { consentId: second, searchKeysRaised: ['summary'] } })
  t.notOk(existsSync(mark))
})

t.test('wrong usage says what is right', async (t) => {
  const cases: Array<[Typist, string[], string]> = [
    [patient, ['search', '(smoker'], 'QUERY_INVALID'],
    [patient, ['search', 'smoker', '--purpose', 'TREAT'], 'USAGE'],
    [patient, ['search', 'smoker', '--after', 'ab'.repeat(16)], 'USAGE'],
    [patient, ['search', 'smoker', '--category', 'no-such'], 'CATEGORY_UNKNOWN'],
    [patient, ['search', 'smoker', '--limit', '1001'], 'USAGE'],
    [reader, ['search', 'smoker'], 'USAGE'],
    [reader, ['search', 'smoker', '--purpose', 'TREAT', '--category', 'summary'], 'USAGE'],
    [reader, ['search', 'smoker', '--purpose', 'TREAT', '--after', `${'ab'.repeat(16)}:1`], 'USAGE'],
    [reader, ['index', 'rebuild'], 'USAGE']
  ]
  for (const [who, args, code] of cases) t.match(await who.run(...args), { exitCode: 2, json: error({ code }) }, args.join(' '))
})
