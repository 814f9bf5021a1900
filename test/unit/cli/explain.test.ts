import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { compartmentsOf, explainAccess, explainRequest, forbidAccess, isClientError, listReaders, requestAccess } from '@epione/sdk'
import { toHex } from '@epione/crypto'
import { POLICY_1 } from '@epione/protocol'
import type { TokenContext } from '@epione/sdk'
import { about } from '../../helpers/client/front.ts'
import { epione, Typist, writeNetworkFile } from '../../helpers/client/cli.ts'
import { grantTo, Hospitals, writeRecord } from '../../helpers/client/hospitals.ts'

const hospitals = await Hospitals.open(t)
const { core, regional1 } = hospitals
const dir = t.testdir({})
const network = writeNetworkFile(join(dir, 'network'), hospitals)
const patient = await hospitals.patient()
const [author, reader] = [await hospitals.physician(core), await hospitals.physician(regional1)]
const recordId = await writeRecord(author, patient, 'words')
const { consentId } = await grantTo(reader, patient)
const { eventId } = await requestAccess(reader, { patientId: patient.patientId, records: [{ recordId }], purpose: 'TREAT' })

/** Details of the denial that a request ends with. */
async function deniedBy (request: Promise<unknown>): Promise<{ eventId: string }> {
  const error: unknown = await request.then(() => undefined, (reason: unknown) => reason)
  if (!isClientError(error, 'ACCESS_DENIED')) throw new Error('the request was not denied', { cause: error })
  return { eventId: String(error.details['eventId']) }
}

t.afterEach(() => { for (const { front } of hospitals.all) front.lies = [] })

t.test('an auditor reads an event explained in sentences, or in full', async (t) => {
  const auditor = new Typist(join(dir, 'auditor'), await core.gateway.token('auditor-wide', 'user/AuditEvent.rs'))
  const at = ['--network', network, '--gateway', 'core']
  const title = new RegExp(`^Permitted: Regional1MSP/${reader.person.staffId} \\(physician, cardiology\\), read for TREAT`)
  t.match(await auditor.run('access', 'explain', eventId, ...at), {
    exitCode: 0,
    json: { eventId, decision: 'permit', agrees: true, sentences: [title], askedMspIds: ['CoreMSP'] }
  })
  t.match(await auditor.run('access', 'explain', eventId, '--full', ...at), {
    exitCode: 0,
    json: { consentId, agrees: true, policyHash: String, explanation: { decision: 'permit', policy: { decided: [{}] } }, assumed: [{}, {}] }
  })
  const plain = await epione(['access', 'explain', eventId, ...at], { EPIONE_HOME: join(dir, 'auditor', 'home'), EPIONE_TOKEN_FILE: join(dir, 'auditor', 'token') })
  t.match(plain.stdout, /\nPermitted: .*\nThe policy lets this role act.*\nThe patient's consent covers it/, 'each sentence has its line')
  t.match(await auditor.run('access', 'explain', 'x', ...at), { exitCode: 2, json: { error: { code: 'USAGE' } } })
  t.match(await auditor.run('access', 'explain', `${patient.patientId}.0000000000000.${'00'.repeat(32)}`, ...at), {
    exitCode: 7, json: { error: { code: 'NOT_FOUND' } }
  })
})

t.test('a practitioner has their own hospital explain, and only their own requests', async (t) => {
  t.match(await explainAccess(reader, eventId), { agrees: true, askedMspIds: ['Regional1MSP'], explanation: { consent: { consentId, status: 'active' } } })
  await t.rejects(explainAccess(author, eventId), { code: 'NOT_FOUND' })
  const token: TokenContext = { ...hospitals.client(core), role: 'token', token: await hospitals.token(core, 'registration-desk', 'desk') }
  await t.rejects(explainAccess(token, eventId), { message: /SCOPE_MISSING/ })
})

t.test('a patient has two hospitals explain, and is told when they differ', async (t) => {
  t.match(await explainAccess(patient, eventId), { agrees: true, askedMspIds: { length: 2 } })
  const { prohibitionId } = await forbidAccess(patient, { people: [reader.person] })
  const { eventId: denied } = await deniedBy(requestAccess(reader, { patientId: patient.patientId, records: [{ recordId }], purpose: 'TREAT' }))
  t.match(await explainAccess(patient, denied), { explanation: { reasons: [{ rule: 'patient.prohibits', facts: [prohibitionId] }] } })
  core.front.lies = [about('GET', /explanation$/, (answer: object) => ({ ...answer, policyHash: '00'.repeat(32) }))]
  t.match(await explainAccess(patient, eventId), { warnings: [/says otherwise/], askedMspIds: { length: 1 } })
  core.front.lies = [about('GET', /explanation$/, (answer: object) => ({ ...answer, eventId: denied }))]
  await t.rejects(explainAccess(patient, eventId), { code: 'ANSWER_MALFORMED', details: { party: { mspId: 'CoreMSP' } } })
  const other = await hospitals.patient()
  await t.rejects(explainAccess(other, eventId), { code: 'NOT_FOUND' })
})

t.test('who can read a record is told to its patient by two hospitals, and to an auditor', async (t) => {
  const owner = await hospitals.patient()
  const record = await writeRecord(author, owner, 'words')
  t.match(await listReaders(owner, { recordId: record }), { version: 1, items: [], askedMspIds: { length: 2 } })
  const granted = await grantTo(reader, owner)
  const told = await listReaders(owner, { recordId: record })
  t.match(told, { items: [{ consentId: granted.consentId, outcome: 'permit' }], assumed: [] })
  t.notOk(told.warnings)
  const auditor = new Typist(join(dir, 'asking'), await core.gateway.token('auditor-wide', 'user/AuditEvent.rs'))
  const at = ['--network', network, '--gateway', 'core']
  t.match(await auditor.run('access', 'readers', `${record}:1`, ...at), {
    exitCode: 0,
    json: {
      recordId: record,
      items: [{ consentId: granted.consentId, outcome: 'permit', sentence: / of Regional1MSP \(physician, cardiology\) can read it to treat you\.$/ }],
      assumed: []
    }
  })
  const { json: { blockNumber } } = await auditor.run('access', 'readers', record, '--full', ...at)
  t.match(await auditor.run('access', 'readers', record, '--block', String(blockNumber), ...at), { exitCode: 0, json: { blockNumber, assumed: [String, String] } })
  t.match(await auditor.run('access', 'readers', record, '--block', 'x', ...at), { exitCode: 2 })
  t.match(await auditor.run('access', 'readers', record, '--block', '99999999', ...at), { json: { error: { code: 'REFUSED' } } })

  core.front.lies = [about('GET', /readers$/, (answer: object) => ({ ...answer, items: [] }))]
  t.match(await listReaders(owner, { recordId: record }), { warnings: [/says otherwise of consents/], askedMspIds: { length: 1 } })
  core.front.lies = [about('GET', /readers$/, (answer: object) => ({ ...answer, recordId }))]
  await t.rejects(listReaders(owner, { recordId: record }), { code: 'ANSWER_MALFORMED', details: { party: { mspId: 'CoreMSP' } } })
  core.front.lies = []
  await t.rejects(listReaders(await hospitals.patient(), { recordId: record }), { code: 'NOT_FOUND' })
})

t.test('a request that nobody made is explained to auditors, to the person and to the patient', async (t) => {
  const owner = await hospitals.patient()
  const record = await writeRecord(author, owner, 'words')
  const { patientId } = owner
  const requester = `Regional1MSP/${reader.person.staffId}`
  const auditor = new Typist(join(dir, 'asking-on'), await core.gateway.token('auditor-wide', 'user/AuditEvent.rs'))
  const at = ['--network', network, '--gateway', 'core']
  const asked = ['access', 'explain', '--requester', requester, '--purpose', 'TREAT', '--record', record, '--patient', patientId]
  t.match(await auditor.run(...asked, ...at), {
    exitCode: 0,
    json: {
      patientId,
      decision: 'deny',
      able: true,
      sentences: [new RegExp(`^Would be denied: ${requester} \\(physician, cardiology\\), read for TREAT`)],
      askedMspIds: ['CoreMSP']
    }
  })
  const question = { patientId, requester: reader.person, purpose: 'TREAT' as const, records: [{ recordId: record }] }
  await t.rejects(explainRequest(reader, question), { code: 'NOT_FOUND' }, 'without a consent, the person is told nothing')
  const granted = await grantTo(reader, owner)
  t.match(await auditor.run(...asked, ...at), { exitCode: 0, json: { decision: 'permit', consentId: granted.consentId } })
  t.match((await auditor.run(...asked, '--role', 'clerk', '--full', ...at)).json, {
    certifiedBy: 'question', explanation: { decision: 'deny', policy: { nearly: [{ facts: [{ member: 'roles', has: ['clerk'] }] }] } }
  })
  t.match(await explainRequest(reader, question), { consentId: granted.consentId, explanation: { decision: 'permit' }, askedMspIds: ['Regional1MSP'] })
  const told = await explainRequest(owner, question)
  t.match(told, { explanation: { decision: 'permit' }, askedMspIds: { length: 2 } })
  t.notOk(told.warnings)
  t.match(await auditor.run(...asked.slice(0, -4), '--patient', patientId, '--compartment', `${'0'.repeat(64)}:1`, ...at), {
    exitCode: 0, json: { decision: 'deny', sentences: [/search for TREAT/] }
  })
  core.front.lies = [about('POST', /explain$/, (answer: object) => ({ ...answer, able: false }))]
  t.match(await explainRequest(owner, question), { warnings: [/says otherwise/], askedMspIds: { length: 1 } })
  core.front.lies = [about('POST', /explain$/, (answer: object) => ({ ...answer, patientId: patient.patientId }))]
  await t.rejects(explainRequest(owner, question), { code: 'ANSWER_MALFORMED', details: { party: { mspId: 'CoreMSP' } } })
  core.front.lies = []
  const usage = { exitCode: 2, json: { error: { code: 'USAGE' } } }
  t.match(await auditor.run('access', 'explain', ...at), usage, 'nothing is asked')
  t.match(await auditor.run('access', 'explain', eventId, '--purpose', 'TREAT', ...at), usage, 'an event and a question')
  t.match(await auditor.run(...asked, '--compartment', `${'0'.repeat(64)}:1`, ...at), usage, 'both targets')
  t.match(await auditor.run(...asked.slice(0, -4), '--patient', patientId, '--category', 'summary', ...at), usage, 'a category that only the patient knows')
  const [compartment] = await compartmentsOf(owner, ['summary'])
  t.equal(compartment?.label, toHex(owner.keys.compartmentLabel('summary')))
  await t.rejects(compartmentsOf(owner, ['astrology']), { code: 'CATEGORY_UNKNOWN' })
  const searching = { patientId, requester: reader.person, purpose: 'TREAT' as const, compartments: [compartment ?? { label: '', epoch: 1 }] }
  t.match(await explainRequest(owner, searching), { explanation: { decision: 'deny', request: { action: 'search' } } })
  t.match(await auditor.run(...asked.slice(0, -2), ...at), usage, 'no patient')
  t.match(await auditor.run(...asked.slice(0, -4), '--patient', patientId, '--compartment', 'x:1', ...at), usage)
})

t.test('an auditor of the consortium sees what a policy would change for readers that there are', async (t) => {
  const auditor = new Typist(join(dir, 'previewing'), await core.gateway.token('auditor-wide', 'user/AuditEvent.rs'))
  const at = ['--network', network, '--gateway', 'core']
  writeFileSync(auditor.path('closed.json'), JSON.stringify({ ...POLICY_1, rules: [] }))
  const { exitCode, json } = await auditor.run('policy', 'preview', auditor.path('closed.json'), ...at)
  t.equal(exitCode, 0)
  t.match((json['items'] as { staffId: string }[]).find((item) => item.staffId === reader.person.staffId), {
    change: 'loses', before: { outcome: 'permit' }, after: { outcome: 'deny' }
  })
  t.match(await auditor.run('policy', 'preview', 'in-force', ...at), { exitCode: 0, json: { items: [] } })
  t.match(await auditor.run('policy', 'preview', 'in-force', '--limit', '0', ...at), { exitCode: 2, json: { error: { code: 'USAGE' } } })
  const own = new Typist(join(dir, 'previewing-own'), await core.gateway.token('auditor-own', 'user/AuditEvent.rs'))
  t.match(await own.run('policy', 'preview', 'in-force', ...at), { json: { error: { code: 'REFUSED', gatewayCode: 'NOT_PERMITTED' } } })
})

t.test('a patient at the command line is told in plain words', async (t) => {
  const own = new Typist(join(dir, 'patient'), await core.gateway.token('registration-desk', 'user/Patient.c'))
  const { json: { patientId } } = await own.run('patient', 'init', '--network', network, '--gateway', 'core', '--phrase-file', own.path('phrase'))
  writeFileSync(own.path('record.txt'), 'a record of some words')
  const added = await own.run('record', 'add', '--category', 'summary', own.path('record.txt'))
  const { eventId: denied } = await deniedBy(requestAccess(reader, {
    patientId: String(patientId), records: [{ recordId: String(added.json['recordId']) }], purpose: 'TREAT', consentId
  }))
  t.match(await own.run('access', 'explain', denied), {
    exitCode: 0,
    json: {
      decision: 'deny',
      sentences: [
        /^On .*, physician .* of Regional1MSP, department cardiology, asked to read one of your records to treat you\.$/,
        'That was refused, and nothing was shown:', 'The consent that was named is not yours.', String
      ]
    }
  })
  t.match(await own.run('access', 'explain', '--requester', `Regional1MSP/${reader.person.staffId}`, '--purpose', 'TREAT', '--record', String(added.json['recordId'])), {
    exitCode: 0,
    json: {
      patientId: String(patientId),
      decision: 'deny',
      sentences: [
        /^If physician .* of Regional1MSP, department cardiology, asked now to read one of your records to treat you:$/, 'That would be refused:'
      ]
    }
  })
})
