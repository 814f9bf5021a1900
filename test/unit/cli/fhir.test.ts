import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import t from 'tap'
import { Client } from 'fhir-kit-client'
import { Typist, writeNetworkFile } from '../../helpers/client/cli.ts'
import { about } from '../../helpers/client/front.ts'
import { Hospitals } from '../../helpers/client/hospitals.ts'

const BIN = join(import.meta.dirname, '..', '..', '..', 'cli', 'bin', 'epione.js')
const hospitals = await Hospitals.open(t)
const { core } = hospitals
const dir = t.testdir({})
const network = ['--network', writeNetworkFile(join(dir, 'network'), hospitals), '--gateway', 'core']
const error = (code: string): object => ({ exitCode: 2, json: { error: { code } } })

const patient = new Typist(join(dir, 'patient'), await core.gateway.token('registration-desk', 'user/Patient.c'))
const patientId = String((await patient.run('patient', 'init', ...network, '--phrase-file', patient.path('phrase'))).json['patientId'])
await core.gateway.enrol('dr-desk', 'physician')
const token = await core.gateway.token('dr-desk', 'user/DocumentReference.c user/DocumentReference.rs')
const doctor = new Typist(join(dir, 'doctor'), token)
const { json: { staffId, fingerprint } } = await doctor.run('practitioner', 'init', ...network, '--phrase-file', doctor.path('phrase'))
await doctor.run('practitioner', 'bind')
mkdirSync(doctor.path('cards'))
await patient.run('patient', 'card', '--out', join(doctor.path('cards'), `${patientId}.json`))
writeFileSync(doctor.path('patients'), `${JSON.stringify({
  resourceType: 'Patient',
  identifier: [{ system: 'urn:oid:2.16.756.5.30', value: '7' }, { system: 'urn:epione:patient', value: patientId }],
  name: [{ family: 'Gusikowski', given: ['Levi'] }],
  birthDate: '1970-02-03'
})}\n`)

t.test('the program serves who shows its token, as it is started, until it is told to end', async (t) => {
  await patient.run('consent', 'grant', '--practitioner', `CoreMSP/${String(staffId)}`, '--category', 'encounters', '--purpose', 'TREAT', '--days', '1', '--fingerprint', String(fingerprint))
  const env = { EPIONE_HOME: join(doctor.folder, 'home'), EPIONE_PASSPHRASE_FILE: doctor.path('passphrase'), EPIONE_TOKEN_FILE: doctor.path('token') }
  const child = spawn(process.execPath, [BIN, 'fhir', '--port', '0', '--json', '--cards', doctor.path('cards'), '--patients', doctor.path('patients')], { stdio: ['ignore', 'pipe', 'inherit'], env })
  const ended = once(child, 'close')
  t.teardown(() => { child.kill('SIGKILL') })
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const { value: said } = await lines.next() as { value: string }
  const { type, url, tokenFile, purpose } = JSON.parse(said) as Record<string, string>
  t.match({ type, url, purpose }, { type: 'listening', url: /^http:\/\/127\.0\.0\.1:[0-9]+\/fhir$/, purpose: 'TREAT' }, said)
  t.equal(statSync(String(tokenFile)).mode & 0o077, 0)
  const client = new Client({ baseUrl: String(url), bearerToken: readFileSync(String(tokenFile), 'utf8').trim() })
  t.match(await client.search({ resourceType: 'Patient', searchParams: { family: 'gusi', birthdate: '1970' } }), { entry: [{ resource: { id: patientId } }] })
  const created = await client.create({
    resourceType: 'DocumentReference',
    body: {
      resourceType: 'DocumentReference',
      status: 'current',
      type: { coding: [{ system: 'http://loinc.org', code: '34117-2' }] },
      subject: { identifier: { system: 'urn:oid:2.16.756.5.30', value: '7' } },
      content: [{ attachment: { contentType: 'text/plain', data: Buffer.from('coughs').toString('base64') } }]
    }
  })
  t.match(created, { resourceType: 'DocumentReference', subject: { reference: `Patient/${patientId}` } })
  const found = await client.search({ resourceType: 'DocumentReference', searchParams: { 'patient.identifier': 'urn:oid:2.16.756.5.30|7', status: 'current' } })
  t.match(found, { entry: [{ resource: { id: created['id'] } }] })
  t.equal((await fetch(`${String(url)}/Patient`)).status, 401)
  child.kill('SIGTERM')
  t.strictSame(await ended, [0, null])
  t.match(JSON.parse((await lines.next() as { value: string }).value), { ended: true })
})

t.test('a transaction during which the program is killed goes on with the next, and is written once', async (t) => {
  const document = (number: number, after?: number): object => ({
    fullUrl: `urn:uuid:00000000-0000-4000-8000-00000000000${number}`,
    resource: {
      resourceType: 'DocumentReference',
      status: 'current',
      subject: { reference: `Patient/${patientId}` },
      ...(after === undefined ? {} : { relatesTo: [{ code: 'appends', target: { reference: `urn:uuid:00000000-0000-4000-8000-00000000000${after}` } }] }),
      content: [{ attachment: { contentType: 'text/plain', data: btoa(`killed ${number}`) } }]
    },
    request: { method: 'POST', url: 'DocumentReference' }
  })
  const body = JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry: [document(1), document(2, 1), document(3, 2)] })
  const start = async (): Promise<{ child: ReturnType<typeof spawn>, send: () => Promise<Response> }> => {
    const env = { EPIONE_HOME: join(doctor.folder, 'home'), EPIONE_PASSPHRASE_FILE: doctor.path('passphrase'), EPIONE_TOKEN_FILE: doctor.path('token') }
    const child = spawn(process.execPath, [BIN, 'fhir', '--port', '0', '--json', '--cards', doctor.path('cards')], { stdio: ['ignore', 'pipe', 'inherit'], env })
    t.teardown(() => { child.kill('SIGKILL') })
    const [said] = await once(createInterface(child.stdout), 'line') as [string]
    const { url, tokenFile } = JSON.parse(said) as Record<string, string>
    const headers = { authorization: `Bearer ${readFileSync(String(tokenFile), 'utf8').trim()}`, 'content-type': 'application/fhir+json' }
    return { child, send: () => fetch(String(url), { method: 'POST', headers, body }) }
  }
  const live = async (): Promise<string[]> => {
    const { json } = await patient.run('record', 'list')
    return (json['items'] as Array<{ recordId: string }>).map(({ recordId }) => recordId)
  }
  const before = await live()
  const first = await start()
  let taken = 0
  core.front.lies = [about('POST', /^\/v1\/records$/, () => {
    taken += 1
    if (taken === 2) first.child.kill('SIGKILL')
    return undefined
  })]
  await t.rejects(first.send())
  core.front.lies = []
  const half = (await live()).filter((id) => !before.includes(id))
  t.equal(half.length, 2, 'two are written, and one is not')
  const second = await start()
  const answer = await second.send()
  t.equal(answer.status, 200)
  const { entry } = await answer.json() as { entry: Array<{ response: { status: string, location: string } }> }
  const written = entry.map(({ response }) => response.location.split('/')[1] ?? '')
  t.strictSame((await live()).filter((id) => !before.includes(id)).sort(), written.toSorted())
  t.strictSame(await (await second.send()).json(), { resourceType: 'Bundle', type: 'transaction-response', entry }, 'an answer that was lost is given again')
})

t.test('what it cannot be started with is said', async (t) => {
  t.match(await doctor.run('fhir', '--bind', '0.0.0.0'), error('USAGE'))
  t.match(await doctor.run('fhir', '--tls-cert', doctor.path('cards')), error('USAGE'))
  t.match(await doctor.run('fhir', '--purpose', 'FUN'), error('USAGE'))
  for (const file of ['passphrase', 'no-such-file']) t.match(await doctor.run('fhir', '--callers', doctor.path(file)), error('USAGE'), file)
  t.match(await doctor.run('fhir', '--port', '65536'), error('USAGE'))
  t.match(await patient.run('fhir'), error('USAGE'), 'a patient\'s home')
  const { port } = core.gateway.app.server.address() as { port: number }
  t.match(await doctor.run('fhir', '--port', String(port)), error('USAGE'), 'a port that is taken')
})
