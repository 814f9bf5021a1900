import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'
import { KINDS } from '@epione/signals'
import { main } from '../../../cli/dist/cli.js'
import { epione, Typist, writeNetworkFile } from '../../helpers/client/cli.ts'
import { Hospitals } from '../../helpers/client/hospitals.ts'

const hospitals = await Hospitals.open(t)
const dir = t.testdir()
const network = ['--network', writeNetworkFile(join(dir, 'network'), hospitals), '--gateway', 'core']
const PROGRAM = new URL('../../../device/bin/epione-device.js', import.meta.url).pathname
const { system, code } = KINDS.heartRate

const patient = new Typist(join(dir, 'patient'), await hospitals.core.gateway.token('registration-desk', 'user/Patient.c'))
await patient.run('patient', 'init', ...network, '--phrase-file', patient.path('phrase'))

async function device (args: readonly string[], input = ''): Promise<Record<string, unknown>> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(input)
  const [stdout, [status]] = await Promise.all([text(child.stdout), once(child, 'close') as Promise<[number | null]>])
  if (status !== 0) throw new Error(`epione-device ${args.join(' ')} ended with ${String(status)}: ${stdout}`)
  return JSON.parse(stdout) as Record<string, unknown>
}

t.test('a session with live feedback: what is measured is said as it comes, and an alarm is a notice and a record', async (t) => {
  const [folder, offer, pass] = ['rate', 'rate.offer', 'rate.pass'].map((name) => join(dir, name)) as [string, string, string]
  await epione(['device', 'init', folder, '--name', 'rate', '--kind', 'heart-rate', '--out', offer, ...network, '--json'])
  await patient.run('device', 'add', offer, '--category', 'vital-signs', '--days', '1', '--out', pass, '--yes')
  await device(['join', '--home', folder, '--pass', pass])
  const send = async (value: number): Promise<void> => { await device(['run', '--home', folder, '--stdin', '--once'], `${JSON.stringify({ code, value })}\n`) }
  await send(70)
  const { json: { items } } = await patient.run('stream', 'list')
  const [{ stream }] = items as [{ stream: string }]
  const rules = join(dir, 'rules.json')
  writeFileSync(rules, JSON.stringify({
    format: 'epione/rules/1',
    rules: [{ type: 'threshold', name: 'Fast heart', kind: { system, code }, above: 120, forMs: 0, severity: 'high', silentMs: 0, text: 'Rest a while' }]
  }))
  t.match((await patient.run('stream', 'follow', stream, '--rules', rules)).json, { error: { code: 'USAGE' } }, 'no category')
  writeFileSync(join(dir, 'wrong.json'), '{}')
  t.match((await patient.run('stream', 'follow', stream, '--rules', join(dir, 'wrong.json'), '--category', 'summary')).json, {
    error: { code: 'MEASUREMENTS_INVALID', reason: 'RULES_INVALID' }
  })
  let stdout = ''
  const said = async (words: RegExp): Promise<void> => { while (!words.test(stdout)) await delay(50) }
  const following = main(['stream', 'follow', stream, '--for', '40s', '--rules', rules, '--category', 'summary'], {
    stdin: Readable.from([]),
    stdout: { write: (text) => { stdout += text } },
    stderr: { write: (text) => { t.comment(text) } },
    env: { EPIONE_HOME: patient.path('home'), EPIONE_PASSPHRASE_FILE: patient.path('passphrase') }
  })
  await said(/following from window 2 on/)
  await send(131)
  t.equal(await following, 0)
  t.match(stdout, /131 \/min/)
  t.match(stdout, /ALARM raised: Fast heart \(high\): Rest a while/)
  const [, recordId = ''] = /ALARM sealed: Fast heart \(high\): record ([0-9a-f]{32})/.exec(stdout) ?? []
  t.match(stdout, /windows: 1/)
  const out = join(dir, 'alarm.json')
  t.match(await patient.run('record', 'get', recordId, '--out', out), { exitCode: 0 })
  t.match(JSON.parse(readFileSync(out, 'utf8')), { resourceType: 'DetectedIssue', detail: 'Rest a while', severity: 'high' })
})

t.test('a practitioner follows under a permit until the consent is revoked, and without one not at all', async (t) => {
  const { core } = hospitals
  await core.gateway.enrol('watcher', 'physician')
  const reader = new Typist(join(dir, 'reader'), await core.gateway.token('watcher', 'user/DocumentReference.c user/DocumentReference.rs'))
  const { json: { staffId, fingerprint } } = await reader.run('practitioner', 'init', ...network, '--phrase-file', reader.path('phrase'))
  await reader.run('practitioner', 'bind')
  const [folder, offer, pass] = ['shown', 'shown.offer', 'shown.pass'].map((name) => join(dir, name)) as [string, string, string]
  await epione(['device', 'init', folder, '--name', 'shown', '--kind', 'heart-rate', '--out', offer, ...network, '--json'])
  await patient.run('device', 'add', offer, '--category', 'vital-signs', '--days', '1', '--out', pass, '--yes')
  await device(['join', '--home', folder, '--pass', pass])
  const send = async (value: number): Promise<void> => { await device(['run', '--home', folder, '--stdin', '--once'], `${JSON.stringify({ code, value })}\n`) }
  await send(70)
  const stream = String((await device(['status', '--home', folder]))['stream'])
  const patientId = String((await patient.run('stream', 'list')).json['patientId'])
  const asked = ['stream', 'follow', stream, '--for', '2m', '--patient', patientId, '--purpose', 'TREAT']
  t.match(await reader.run('stream', 'follow', stream), { exitCode: 2, json: { error: { code: 'USAGE' } } }, 'whose, and what for')
  t.match(await reader.run(...asked, '--rules', join(dir, 'rules.json'), '--category', 'summary'), { exitCode: 2, json: { error: { code: 'USAGE' } } })
  t.match(await reader.run(...asked), { exitCode: 3, json: { error: { code: 'ACCESS_DENIED' } } }, 'without a consent the denial is logged')
  const granted = await patient.run('consent', 'grant', '--practitioner', `CoreMSP/${String(staffId)}`, '--category', 'vital-signs', '--purpose', 'TREAT',
    '--action', 'follow', '--days', '1', '--fingerprint', String(fingerprint))
  t.match(granted, { exitCode: 0, json: { consentId: String } })
  let stdout = ''
  const said = async (words: RegExp): Promise<void> => { while (!words.test(stdout)) await delay(50) }
  const following = main(asked, {
    stdin: Readable.from([]),
    stdout: { write: (text) => { stdout += text } },
    stderr: { write: (text) => { t.comment(text) } },
    env: { EPIONE_HOME: reader.path('home'), EPIONE_PASSPHRASE_FILE: reader.path('passphrase'), EPIONE_TOKEN_FILE: reader.path('token') }
  })
  await said(/permitted by event .*; following/)
  await send(93)
  await said(/93 \/min/)
  t.match(await patient.run('consent', 'revoke', String(granted.json['consentId'])), { exitCode: 0 })
  await send(94)
  t.equal(await following, 0)
  t.match(stdout, /following ended: /)
  t.notMatch(stdout, /94 \/min/, 'nothing after the revocation')
  t.match(stdout, /windows: 1/)
})
