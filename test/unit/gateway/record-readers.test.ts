import t from 'tap'
import { POLICY_1, policyHash } from '@epione/protocol'
import type { RecordReaders } from '@epione/protocol/api'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import {
  activateConsent, bindPractitioner, publishPatient, randomHash, registerRecord, sign, signProhibition, signRequest, signRevocation
} from '../../helpers/ledger-fixtures.ts'

const consortium = await createConsortium(t)
const gateway = await buildGateway(t, { consortium })
const { world } = consortium
const office = world.gateway('CoreMSP').ledger
const author = await bindPractitioner(world)
const auditor = `Bearer ${await gateway.token('auditor-wide', 'user/AuditEvent.rs')}`

interface Answer { status: number, body: RecordReaders & { code?: string } }

async function get (recordId: string, query = '', authorization = auditor): Promise<Answer> {
  const response = await gateway.app.inject({ method: 'GET', url: `/v1/records/${recordId}/readers${query}`, headers: { authorization } })
  return { status: response.statusCode, body: response.json<Answer['body']>() }
}

async function make () {
  const patient = await publishPatient(world)
  return { patient, record: await registerRecord(world, author, patient) }
}

t.test('nobody reads a record to which nobody has a consent', async (t) => {
  const { patient, record } = await make()
  t.match(await get(record.recordId), {
    status: 200,
    body: { patientId: patient.patientId, recordId: record.recordId, version: 1, policyVersion: '1', policyHash: policyHash(POLICY_1), items: [], assumed: [] }
  })
})

t.test('whoever asked before is judged by that certificate, whoever did not by every one', async (t) => {
  const { patient, record } = await make()
  const reader = await bindPractitioner(world, { mspId: 'Regional1MSP', department: 'cardiology' })
  const { consentId } = await activateConsent(world, patient, reader)
  const before = await get(record.recordId)
  t.match(before.body.items, [{ consentId, staffId: reader.staffId, purpose: 'TREAT', outcome: 'depends', permitted: [{ departments: ['*', '-'] }] }])
  t.ok(before.body.items[0]?.permitted?.[0]?.roles.includes('physician'))
  await reader.ledger.requestAccess(signRequest(world, reader, patient, [record], consentId))
  const after = await get(record.recordId)
  t.match(after.body.items, [{ consentId, outcome: 'permit', seen: { role: 'physician', department: 'cardiology' }, reasons: [{ rule: 'policy.role-may-act' }, { rule: 'consent.grants' }] }])
  t.strictSame((await get(record.recordId, '', gateway.session(patient))).body.items, after.body.items, 'the patient sees the same')
})

t.test('any past block can be asked about, and what came later does not count in it', async (t) => {
  const { body: { blockNumber: before } } = await get((await make()).record.recordId)
  const { patient, record } = await make()
  const reader = await bindPractitioner(world, { mspId: 'Regional1MSP' })
  const { consentId } = await activateConsent(world, patient, reader)
  await reader.ledger.requestAccess(signRequest(world, reader, patient, [record], consentId))
  const at = async (block: number): Promise<Answer> => await get(record.recordId, `?block=${String(block)}`)
  const { body: { blockNumber: granted } } = await get(record.recordId)
  await office.revokeConsent(signRevocation(world, patient, consentId))
  const { body: { blockNumber: revoked } } = await get(record.recordId)
  const { value: { id } } = await office.forbidAccess(signProhibition(world, patient, { forbids: { levels: ['N'] } }))
  const now = await get(record.recordId)
  t.match(now.body.items, [{ outcome: 'deny', reasons: [{ rule: 'patient.prohibits', facts: [id] }, { rule: 'consent.revoked' }] }])
  t.match((await at(granted)).body, {
    blockNumber: granted, items: [{ consentId, outcome: 'permit' }], assumed: [{ fact: 'freeze', from: 'now' }, { fact: 'prohibitions', from: 'now' }]
  })
  t.match((await at(revoked)).body.items, [{ outcome: 'deny', reasons: [{ rule: 'consent.revoked' }] }])
  t.strictSame((await at(now.body.blockNumber)).body.items, now.body.items)
  t.match(await at(before), { status: 404, body: { code: 'RECORD_UNKNOWN' } }, 'before the record')
  t.match(await at(now.body.blockNumber + 1), { status: 400, body: { code: 'REQUEST_INVALID' } })
})

t.test('a suspended person cannot ask, and could before', async (t) => {
  const { patient, record } = await make()
  const reader = await bindPractitioner(world, { mspId: 'CoreMSP' })
  await activateConsent(world, patient, reader)
  const { body: { blockNumber } } = await get(record.recordId)
  await world.registrar('CoreMSP').ledger.suspendStaff({
    staffId: reader.staffId, target: { kind: 'person' }, cause: 'left'
  })
  t.match((await get(record.recordId)).body.items, [{ outcome: 'unable', reasons: [] }])
  t.match((await get(record.recordId, `?block=${String(blockNumber)}`)).body.items, [{ outcome: 'depends' }])
})

t.test('an erased record is read by nobody, from its erasure on', async (t) => {
  const { patient, record } = await make()
  const reader = await bindPractitioner(world, { mspId: 'CoreMSP' })
  await activateConsent(world, patient, reader)
  const { body: { blockNumber } } = await get(record.recordId)
  await office.eraseRecords(
    sign(world, 'Erasure', { patientId: patient.patientId, records: [{ recordId: record.recordId }] }, patient.identity)
  )
  t.match((await get(record.recordId)).body.items, [{ outcome: 'deny', reasons: [{ rule: 'record.erased' }] }])
  t.match((await get(record.recordId, `?block=${String(blockNumber)}`)).body.items, [{ outcome: 'depends' }])
})

t.test('consents come page by page', async (t) => {
  const { patient, record } = await make()
  const reader = await bindPractitioner(world)
  const granted = [await activateConsent(world, patient, reader), await activateConsent(world, patient, reader)]
  const ids = granted.map(({ consentId }) => consentId)
  const first = await get(record.recordId, '?limit=1')
  t.equal(first.body.items.length, 1)
  const second = await get(record.recordId, `?limit=1&cursor=${String(first.body.next)}`)
  t.strictSame([...first.body.items, ...second.body.items].map(({ consentId }) => consentId).sort(), ids.sort())
  t.match(await get(record.recordId, '?limit=21'), { status: 400 })
})

t.test('it is for the patient and auditors of the consortium; to others the record is unknown', async (t) => {
  const { record } = await make()
  const stranger = await publishPatient(world)
  const unknown = { status: 404, body: { code: 'RECORD_UNKNOWN' } }
  t.match(await get(record.recordId, '', gateway.session(stranger)), unknown)
  t.match(await get(record.recordId, '', `Bearer ${await gateway.token('auditor-own', 'user/AuditEvent.rs')}`), unknown)
  t.match(await get(randomHash().slice(0, 32)), unknown)
})
