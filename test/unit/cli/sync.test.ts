import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { Typist, writeNetworkFile } from '../../helpers/client/cli.ts'
import { Hospitals } from '../../helpers/client/hospitals.ts'
import { Ehr, observation } from '../../helpers/ehr.ts'

const BIN = join(import.meta.dirname, '..', '..', '..', 'cli', 'bin', 'epione.js')
const COUNT = 24
/** Resources whose cost is measured; and how much more memory (MiB) they may take than a few do: what a collector of garbage puts off. */
const [MANY, GROWTH_MIB] = [process.env['SLOW'] === '1' ? 10_000 : 160, 120]
const hospitals = await Hospitals.open(t)
const { core } = hospitals
const dir = t.testdir({})
const network = ['--network', writeNetworkFile(join(dir, 'network'), hospitals), '--gateway', 'core']

const patient = new Typist(join(dir, 'patient'), await core.gateway.token('registration-desk', 'user/Patient.c'))
await patient.run('patient', 'init', ...network, '--phrase-file', patient.path('phrase'))
await core.gateway.enrol('dr-sync', 'physician')
const doctor = new Typist(join(dir, 'doctor'), await core.gateway.token('dr-sync', 'user/DocumentReference.c user/DocumentReference.rs'))
await doctor.run('practitioner', 'init', ...network, '--phrase-file', doctor.path('phrase'))
await doctor.run('practitioner', 'bind')
await patient.run('patient', 'card', '--out', doctor.path('anna.json'))
writeFileSync(doctor.path('mapping.csv'), 'patient,card\nPatient/1,anna.json\n')
writeFileSync(doctor.path('bearer'), 'of the EHR\n')
const environment = { EPIONE_HOME: join(doctor.folder, 'home'), EPIONE_PASSPHRASE_FILE: doctor.path('passphrase'), EPIONE_TOKEN_FILE: doctor.path('token') }
const ehr = await Ehr.open(t)
for (let i = 0; i < COUNT; i++) ehr.put(observation(`o${String(i)}`, '1', i))
const SYNC = ['sync', 'fhir', ehr.base, '--name', 'kis', '--mapping', doctor.path('mapping.csv'), '--type', 'Observation', '--count', '5', '--at-once', '3']

interface Listed { recordId: string, version: number }
const records = async (): Promise<Listed[]> => (await patient.run('record', 'list')).json['items'] as Listed[]

/** Kills a run of the program once it has looked at so many things; false where it ended before. */
async function killAfter (things: number): Promise<boolean> {
  const child = spawn(process.execPath, [BIN, ...SYNC, '--json', '--progress'], { stdio: ['ignore', 'ignore', 'pipe'], env: environment })
  child.stderr.on('data', (text: Buffer) => {
    const seen = [...text.toString().matchAll(/looked at: (\d+) things/g)].map(([, count]) => Number(count))
    if (seen.some((count) => count >= things)) child.kill('SIGKILL')
  })
  const [, signal] = await once(child, 'close') as [number | null, string | null]
  return signal === 'SIGKILL'
}

t.test('a dry run says what would be done, with the token that the server wants', async (t) => {
  t.match((await doctor.run(...SYNC, '--dry-run', '--bearer', doctor.path('bearer'))), { exitCode: 0, json: { dryRun: true, added: COUNT, failed: 0 } })
  t.ok(ehr.tokens.every((token) => token === 'Bearer of the EHR'))
  t.strictSame(await records(), [])
})

t.test('killed where it stands it goes on, and each thing is a record once', async (t) => {
  let kills = 0
  for (let i = 0; i < 3; i++) if (await killAfter(1 + Math.floor(Math.random() * 5))) kills++
  t.ok(kills > 0, `${String(kills)} of 3 were killed`)
  t.match(await doctor.run(...SYNC, '--report', doctor.path('report.json')), { exitCode: 0, json: { system: 'kis', failed: 0, unmatched: 0, updated: 0 } })
  const sealed = await records()
  t.equal(sealed.length, COUNT)
  t.equal(new Set(sealed.map(({ recordId }) => recordId)).size, COUNT)
  t.match(JSON.parse(readFileSync(doctor.path('report.json'), 'utf8')), { format: 'epione-sync-report/1', system: 'kis' })
  t.equal(statSync(join(doctor.folder, 'home', 'sync', 'kis.sqlite')).mode & 0o077, 0)
  t.match(await doctor.run(...SYNC), { json: { added: 0, updated: 0, withdrawn: 0 } })
})

/** A run out of a system with so many things: most memory of its process (MiB), and how long it took (s). */
async function cost (t: Test, name: string, count: number): Promise<{ peakMiB: number, seconds: number }> {
  const system = await Ehr.open(t)
  for (let i = 0; i < count; i++) system.put(observation(`o${String(i)}`, '1', i))
  const args = ['sync', 'fhir', system.base, '--name', name, '--mapping', doctor.path('mapping.csv'), '--type', 'Observation', '--at-once', '32', '--json']
  const begun = performance.now()
  const child = spawn(process.execPath, [BIN, ...args], { stdio: ['ignore', 'pipe', 'inherit'], env: environment })
  const said: Buffer[] = []
  child.stdout.on('data', (text: Buffer) => { said.push(text) })
  let peakMiB = 0
  const watch = setInterval(() => {
    const status = existsSync(`/proc/${String(child.pid)}/status`) ? readFileSync(`/proc/${String(child.pid)}/status`, 'utf8') : ''
    peakMiB = Math.max(peakMiB, Math.round(Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? '0') / 1024))
  }, 100)
  await once(child, 'close')
  clearInterval(watch)
  const answer = Buffer.concat(said).toString()
  t.match(JSON.parse(answer), { added: count, failed: 0, unmatched: 0 }, answer)
  return { peakMiB, seconds: (performance.now() - begun) / 1000 }
}

t.test('however much a system has, memory is that of what is under way', async (t) => {
  const [few, many] = [await cost(t, 'few', 40), await cost(t, 'many', MANY)]
  t.comment(`${String(MANY)} resources in ${many.seconds.toFixed(1)} s, at most ${String(many.peakMiB)} MiB; 40 at most ${String(few.peakMiB)} MiB`)
  t.ok(few.peakMiB > 0)
  t.ok(many.peakMiB < few.peakMiB + GROWTH_MIB, `${String(few.peakMiB)} MiB, and ${String(many.peakMiB)} of ${String(MANY)}`)
})

t.test('who has no card is a warning, what failed ends with its own code', async (t) => {
  ehr.put(observation('stranger', '2'))
  const warned = await doctor.run(...SYNC)
  t.match(warned, { exitCode: 0, json: { unmatched: 1, unmatchedPatients: [{ sourcePatient: '2', things: 1 }] } })
  t.match(warned.json['warnings'], [/card is not here/])
  ehr.put(observation('nobody', '1', 1, { subject: undefined }))
  t.match(await doctor.run(...SYNC), { exitCode: 8, json: { error: { code: 'SYNC_INCOMPLETE', failed: 1, failures: [{ key: 'Observation/nobody', reason: 'PATIENT_MISSING' }] } } })
})

t.test('what is not meant is refused before anything is asked', async (t) => {
  const asked = ehr.asked.length
  const refused = { exitCode: 2, json: { error: { code: 'USAGE' } } }
  t.match(await doctor.run(...SYNC, '--type', 'Claim'), refused)
  t.match(await doctor.run(...SYNC, '--at-once', '65'), refused)
  t.match(await doctor.run('sync', 'fhir', ehr.base, '--name', '../kis'), refused)
  t.match(await doctor.run('sync', 'fhir', 'http://ehr.example/fhir', '--name', 'kis'), { json: { error: { code: 'USAGE', syncCode: 'OPTION_INVALID' } } })
  t.match(await doctor.run('sync', 'dicom', dir, '--name', 'kis'), { json: { error: { code: 'USAGE', syncCode: 'JOURNAL_FOREIGN' } } })
  t.match(await doctor.run('sync', 'folder', join(dir, 'none'), '--name', 'other'), { json: { error: { code: 'FILE_UNREADABLE', syncCode: 'SOURCE_UNREADABLE' } } })
  t.match(await doctor.run('sync', 'bulk', ehr.base, '--name', 'kis', '--of', 'Group/../1'), refused)
  writeFileSync(doctor.path('basic'), 'a name alone\n')
  t.match(await doctor.run(...SYNC, '--basic', doctor.path('basic')), { json: { error: { syncCode: 'OPTION_INVALID' } } })
  t.match(await doctor.run('deliver', 'no-event', '--to', ehr.base), refused)
  t.equal(ehr.asked.length, asked)
})
