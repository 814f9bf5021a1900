import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { assembleCast } from '../../helpers/cast.ts'
import { signIn, SCOPES } from '../../helpers/sign-in.ts'
import { Party } from '../../helpers/epione.ts'
import type { EpioneAnswer } from '../../helpers/epione.ts'
import { until } from '../../helpers/sharing.ts'
import { TestNetwork } from '../../helpers/test-network.ts'

/** Waits of this network: long enough to be refused before, short enough to be waited for. */
const DELAY_SECONDS = 20
const ROOT = join(import.meta.dirname, '..', '..', '..')
const SCAN = join(ROOT, 'test', 'data', 'dicom', 'CT_small.dcm')

// A network of its own: its waiting periods are short.
const network = await TestNetwork.create({ policy: { recoveryDelaySeconds: DELAY_SECONDS, identityDelaySeconds: DELAY_SECONDS } })
t.teardown(() => network.destroy())
const folder = t.testdir()
const { organizations: [home, readerHospital] } = await network.network()
if (home === undefined || readerHospital === undefined) throw new Error('the story needs two hospitals')
const {
  author,
  reader,
  readerId,
  readerFingerprint
} = await assembleCast({ stateDir: network.stateDir, folder, home: home.id, readerHospital: readerHospital.id, unlocked: true })
const where = ['--network', join(network.stateDir, 'network.json'), '--gateway', home.id]
const deskToken = await signIn(network.stateDir, home.id, 'desk', SCOPES.desk)

const party = (name: string): Party => new Party(name, join(folder, name))
const text = (answer: EpioneAnswer, member: string): string => String(answer.json[member])
const refusal = (code: string, exitCode = 3): object => ({ exitCode, json: { error: { code } } })

async function register (name: string, ...args: string[]): Promise<{ patient: Party, patientId: string }> {
  const patient = party(name)
  patient.useToken(deskToken)
  const answer = await patient.must([
    ...(args.length === 0 ? ['patient', 'init'] : args), ...where, '--phrase-file', patient.path('phrase')
  ])
  // Some hundred commands are typed here: deriving keys from the pass-phrase each time would take longer than all else.
  await patient.unlock()
  await patient.must(['patient', 'card', '--out', patient.path('card.json')])
  return { patient, patientId: text(answer, 'patientId') }
}

async function write (patient: Party, category = 'imaging'): Promise<string> {
  return text(await author.must(['record', 'add', '--card', patient.path('card.json'), '--category', category, SCAN]), 'recordId')
}

async function grant (patient: Party, category = 'imaging'): Promise<string> {
  return text(
    await patient.must([
      'consent', 'grant', '--practitioner', readerId, '--category', category, '--purpose', 'TREAT', '--days', '1',
      '--fingerprint', readerFingerprint
    ]),
    'consentId'
  )
}

const ask = (
  patientId: string,
  recordId: string,
  ...consent: string[]
): Promise<EpioneAnswer> => reader.run([
  'access', 'request', '--patient', patientId, '--record', recordId, '--purpose', 'TREAT', ...consent
])

/** The reader opens a record, byte for byte. */
async function opens (patientId: string, recordId: string): Promise<boolean> {
  const permit = await ask(patientId, recordId)
  if (permit.exitCode !== 0) throw new Error(`denied: ${JSON.stringify(permit.json)}`)
  const out = reader.path(`${text(permit, 'eventId')}.dcm`)
  await reader.must(['open', text(permit, 'eventId'), '--out', out])
  return (await readFile(out)).equals(await readFile(SCAN))
}

/** Waits for a time of the ledger. */
async function passes (timeMs: unknown): Promise<void> {
  await until(() => Date.now() > Number(timeMs))
}

async function approve (guardians: readonly Party[], device: Party, begun: EpioneAnswer): Promise<string[]> {
  const files: string[] = []
  for (const guardian of guardians) {
    const out = guardian.path(`${device.name}.approval`)
    await guardian.must(['guardian', 'approve', device.path('request'), '--out', out, '--fingerprint', text(begun, 'fingerprint')])
    files.push(out)
  }
  return files
}

const { patient, patientId } = await register('patient')
const recordId = await write(patient)
const guardians = ['guardian-a', 'guardian-b', 'guardian-c', 'guardian-d'].map(party)
for (const guardian of guardians) {
  await guardian.must(['guardian', 'init', ...where, '--phrase-file', guardian.path('phrase'), '--words', '12'])
  await guardian.unlock()
  await guardian.must(['guardian', 'key', '--patient', patientId, '--out', guardian.path('key.json')])
}
const [a, b, c, d] = guardians
if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error('four guardians')
const keyOf = (guardian: Party): string => guardian.path('key.json')
const device = party('device')

t.test('phrase and home are lost, and guardians give them back after the wait', async (t) => {
  t.match(await patient.must(['patient', 'guardians', 'set', keyOf(a), keyOf(b), keyOf(c), '--threshold', '2']), {
    json: { issue: 1, threshold: 2, confirmedElsewhere: true }
  })
  const phrase = await readFile(patient.path('phrase'), 'utf8')
  await rm(patient.home, { recursive: true })
  await rm(patient.path('phrase'))
  const begun = await device.must(['recovery', 'begin', ...where, '--patient', patientId, '--out', device.path('request')])
  const [one, two] = await approve([a, c], device, begun)
  t.match(await device.run(['recovery', 'submit', one ?? '']), refusal('SHARES_TOO_FEW'))
  const late = party('late')
  const lateApprovals = await approve(
    [a, b],
    late,
    await late.must(['recovery', 'begin', ...where, '--patient', patientId, '--out', late.path('request')])
  )

  const submitted = await device.must(['recovery', 'submit', one ?? '', two ?? ''])
  t.match(submitted.json, { availableFrom: Number, confirmedElsewhere: true })
  t.match(await device.run(['recovery', 'finish']), refusal('RECOVERY_PENDING'))
  await passes(submitted.json['availableFrom'])
  const finished = await device.must(['recovery', 'finish', '--threshold', '2', '--guardian', keyOf(b), keyOf(c), keyOf(d)])
  await device.unlock()
  t.match(finished.json, { patientId, guardians: { issue: 2, keptBy: ['CoreMSP', 'Regional1MSP', 'Regional2MSP'] } })
  t.equal((finished.json['raised'] as unknown[]).length, 11)
  t.notMatch(JSON.stringify(finished.json) + finished.stderr, phrase.split(' ').slice(0, 3).join(' '))

  await device.must(['record', 'get', recordId, '--out', device.path('own.dcm')])
  t.ok((await readFile(device.path('own.dcm'))).equals(await readFile(SCAN)))
  t.match((await device.must(['patient', 'rewrap'])).json, { items: [{ recordId, category: 'imaging', epoch: 2 }] })
  t.match(await late.run(['recovery', 'submit', ...lateApprovals]), refusal('RECOVERY_OUTDATED'), 'old shares are of no use')
})

t.test('a recovery that its patient stopped gives nothing back', async (t) => {
  const thief = party('thief')
  const begun = await thief.must(['recovery', 'begin', ...where, '--patient', patientId, '--out', thief.path('request')])
  const submitted = await thief.must(['recovery', 'submit', ...await approve([b, d], thief, begun)])
  t.match((await device.must(['patient', 'status'])).json, {
    recoveries: [{ outdated: true }, { requestId: begun.json['requestId'], stopped: false }],
    warnings: [/asked for your phrase/]
  })
  await device.must(['recovery', 'stop', text(begun, 'requestId')])
  await passes(submitted.json['availableFrom'])
  t.match(await thief.run(['recovery', 'finish']), refusal('RECOVERY_STOPPED'))
})

t.test('a frozen patient is denied to all until unfrozen', async (t) => {
  const consentId = await grant(device)
  t.ok(await opens(patientId, recordId))
  await device.must(['patient', 'freeze'])
  t.match(await ask(patientId, recordId, '--consent', consentId), {
    exitCode: 3,
    json: { error: { code: 'ACCESS_DENIED', reasons: [{ rule: 'patient.frozen' }] } }
  })
  t.match(await device.run(['patient', 'rotate']), refusal('PATIENT_FROZEN'))
  await device.must(['patient', 'unfreeze'])
  t.ok(await opens(patientId, recordId))

  const begun = await b.must(['guardian', 'freeze', '--patient', patientId, '--out', b.path('freeze')])
  t.match(begun.json, { submitted: false, signatures: 1, threshold: 2 })
  t.match((await c.must(['guardian', 'freeze', '--patient', patientId, '--with', b.path('freeze')])).json, { submitted: true })
  t.match(await device.run(['patient', 'unfreeze']), refusal('PATIENT_FROZEN'))
  await d.must(['guardian', 'unfreeze', '--patient', patientId, '--out', d.path('unfreeze')])
  t.match((await b.must(['guardian', 'unfreeze', '--patient', patientId, '--with', d.path('unfreeze')])).json, { submitted: true })
})

t.test('a rotated and rewrapped record opens for a new consent, not under the old one', async (t) => {
  const { patient, patientId } = await register('rotating')
  const recordId = await write(patient)
  const consentId = await grant(patient)
  t.ok(await opens(patientId, recordId))
  await patient.must(['patient', 'rotate', '--category', 'imaging'])
  t.match((await patient.must(['patient', 'rewrap'])).json, { items: [{ recordId, epoch: 2 }] })
  t.match(await ask(patientId, recordId, '--consent', consentId), {
    exitCode: 3,
    json: { error: { reasons: [{ rule: 'consent.compartment-not-granted' }] } }
  })
  await grant(patient)
  t.ok(await opens(patientId, recordId))
})

t.test('a provisional patient is handed over: the successor reads, old consents are dead', async (t) => {
  const { patient: former, patientId: formerId } = await register('unconscious', 'patient', 'register', '--provisional')
  const recordId = await write(former, 'encounters')
  const consentId = await grant(former, 'encounters')
  t.ok(await opens(formerId, recordId))
  const { patient: successor, patientId: successorId } = await register('awake')
  t.match((await successor.must(['patient', 'succeed', '--from-phrase', former.path('phrase')])).json, {
    items: [{ patientId: formerId, successor: successorId, items: [{ recordId }] }]
  })
  await successor.must(['record', 'get', recordId, '--out', successor.path('own.dcm')])
  t.ok((await readFile(successor.path('own.dcm'))).equals(await readFile(SCAN)))
  t.match(await ask(successorId, recordId, '--consent', consentId), { exitCode: 3, json: { error: { code: 'ACCESS_DENIED' } } })
  await grant(successor, 'encounters')
  t.ok(await opens(successorId, recordId))
  t.match(
    await author.run(['record', 'add', '--card', former.path('card.json'), '--category', 'encounters', SCAN]),
    refusal('PATIENT_SUCCEEDED')
  )
})

t.test('everything is found again on a new machine from the phrase alone, also under a new identity key', async (t) => {
  const { patient, patientId } = await register('restored')
  const recordId = await write(patient)
  const consentId = await grant(patient)
  t.ok(await opens(patientId, recordId))
  await patient.must(['patient', 'rotate', '--kfrag-signing'])
  const proposed = await patient.must(['patient', 'rotate', '--identity'])
  t.match(await patient.run(['patient', 'activate']), refusal('CHANGE_PENDING'))
  await passes(proposed.json['activeFrom'])
  t.match((await patient.must(['patient', 'activate'])).json, { identityNumber: 2 })

  const machine = party('new-machine')
  const restored = await machine.must(['patient', 'restore', ...where, '--phrase-file', patient.path('phrase')])
  t.match(restored.json, {
    patientId,
    version: 3,
    keyNumbers: { identity: 2, kfragSigning: 2 },
    records: [{ recordId, category: 'imaging' }],
    consents: [{ consentId }],
    log: { permitted: 1 }
  })
  await machine.must(['record', 'get', recordId, '--out', machine.path('own.dcm')])
  t.ok((await readFile(machine.path('own.dcm'))).equals(await readFile(SCAN)))
  t.ok(await opens(patientId, recordId), 'a consent signed with the first key still stands')
  await machine.must(['consent', 'revoke', consentId])
  t.match(await machine.run(['patient', 'restore', ...where, '--phrase-file', patient.path('phrase')]), refusal('ALREADY_INITIALIZED', 2))
})
