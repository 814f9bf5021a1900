import t from 'tap'
import type { AccessQuestion, LoggedReading, RequestExplanation } from '@epione/protocol/api'
import { asGrantee, bindMember, DEPARTMENT, foundDepartment, granteeOf } from '../../helpers/department-fixtures.ts'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import { createSearchKey, signSearchKeys } from '../../helpers/index-fixtures.ts'
import {
  activateConsent, bindPractitioner, publishPatient, randomHash, registerRecord, signBinding, signProhibition, signRequest, signRevocation
} from '../../helpers/ledger-fixtures.ts'
import type { TestPatient, TestPractitioner } from '../../helpers/ledger-fixtures.ts'
import { SecretKey } from '@epione/crypto'

/* A request that nobody made is decided as one that somebody makes, and leaves no event. */

const SCOPES = 'user/AuditEvent.rs user/DocumentReference.rs'
const consortium = await createConsortium(t)
const gateway = await buildGateway(t, { consortium })
const { world } = consortium
const office = world.gateway('CoreMSP').ledger
const author = await bindPractitioner(world)
const bearer = async (subject: string): Promise<string> => `Bearer ${await gateway.token(subject, SCOPES)}`
const auditor = await bearer('auditor-wide')

/** Somebody enrolled at the gateway that is asked, with keys. */
async function enrol (subject: string): Promise<TestPractitioner> {
  const staffId = await gateway.enrol(subject, 'physician', { department: 'cardiology' })
  const person = {
    ...world.actor({ mspId: gateway.mspId, staffId, role: 'physician', department: 'cardiology' }),
    receiving: SecretKey.random(),
    requestSigning: SecretKey.random()
  }
  await person.ledger.bindKeys(signBinding(world, person))
  return person
}

interface Answer { status: number, body: RequestExplanation & { code?: string, detail?: string } }
interface Person { mspId: string, staffId: string }

async function ask (question: object, authorization = auditor): Promise<Answer> {
  const response = await gateway.app.inject({ method: 'POST', url: '/v1/explain', headers: { authorization }, payload: question })
  return { status: response.statusCode, body: response.json<Answer['body']>() }
}

function questionOf ({ patientId }: TestPatient, { mspId, staffId }: Person, recordId: string, more: Partial<AccessQuestion> = {}): object {
  return { patientId, requester: { mspId, staffId }, purpose: 'TREAT', records: [{ recordId }], ...more }
}

async function make () {
  const patient = await publishPatient(world)
  return { patient, record: await registerRecord(world, author, patient) }
}

t.test('what would be decided is what is decided then, for reading', async (t) => {
  const { patient, record } = await make()
  const reader = await bindPractitioner(world, { mspId: 'Regional1MSP', department: 'cardiology' })
  const question = questionOf(patient, reader, record.recordId, { certificate: { role: 'physician', department: 'cardiology' } })
  t.match(await ask(question), {
    status: 200,
    body: { able: true, certifiedBy: 'question', tried: 0, more: false, explanation: { decision: 'deny', reasons: [{ rule: 'consent.none' }] } }
  })
  const former = await activateConsent(world, patient, reader)
  await office.revokeConsent(signRevocation(world, patient, former.consentId))
  const { consentId } = await activateConsent(world, patient, reader)
  const before = world.memory.height
  const told = await ask(question)
  t.match(told.body, { consentId, tried: 2, explanation: { decision: 'permit', consent: { consentId, status: 'active' } } })
  t.equal(world.memory.height, before, 'nothing is on the ledger')
  const { value: event } = await reader.ledger.requestAccess(signRequest(world, reader, patient, [record], consentId))
  t.match(event, { decision: 'permit', reasons: told.body.explanation.reasons, policyVersion: told.body.explanation.policyVersion })
  t.strictSame((await ask({ ...question, purpose: 'HRESCH' }, gateway.session(patient))).body.explanation.decision, 'deny', 'to the patient, too')
  t.match(await ask(questionOf(patient, reader, record.recordId)), { body: { certifiedBy: 'last-request', certificate: { role: 'physician' } } })
  const { value: { id } } = await office.forbidAccess(signProhibition(world, patient, { forbids: { levels: ['N'] } }))
  t.match((await ask(question)).body.explanation, { decision: 'deny', reasons: [{ rule: 'patient.prohibits', facts: [id] }] })
  t.match((await ask(questionOf(patient, reader, record.recordId, { consentId: former.consentId }))).body, {
    consentId: former.consentId, tried: 1, explanation: { reasons: [{ rule: 'patient.prohibits' }, { rule: 'consent.revoked' }] }
  })
})

t.test('rules that nearly applied say what they lacked', async (t) => {
  const { patient, record } = await make()
  const reader = await bindPractitioner(world)
  await activateConsent(world, patient, reader)
  const { body } = await ask(questionOf(patient, reader, record.recordId))
  t.match(body, { certifiedBy: 'nobody', certificate: {}, explanation: { decision: 'deny' } })
  t.ok(body.explanation.policy.nearly.some(({ effect, facts }) => effect === 'permit' && facts.some(({ member }) => member === 'roles')))
})

t.test('a search is explained over compartments that have a search key', async (t) => {
  const { patient } = await make()
  const reader = await bindPractitioner(world)
  const { consentId } = await activateConsent(world, patient, reader, { actions: ['read', 'search'] })
  const [{ label, epoch }] = patient.compartments
  const question = {
    patientId: patient.patientId,
    requester: { mspId: reader.mspId, staffId: reader.staffId },
    purpose: 'TREAT',
    compartments: [{ label, epoch }],
    certificate: { role: 'physician' }
  }
  t.match((await ask(question)).body.explanation, { decision: 'deny', reasons: [{ rule: 'compartment.unknown', facts: [`${label}/${String(epoch)}`] }] })
  await office.publishSearchKeys(signSearchKeys(world, patient, [createSearchKey(patient, patient.compartments[0])]))
  t.match((await ask(question)).body, {
    consentId, explanation: { decision: 'permit', request: { action: 'search', records: [], compartments: [{ label, epoch }] } }
  })
})

t.test('a member of a department is explained by its consent and key, who is none is not', async (t) => {
  const { patient, record } = await make()
  const [member, other] = [await bindMember(world), await bindMember(world)]
  const ward = await foundDepartment(world, [member])
  const { consentId } = await activateConsent(world, patient, asGrantee(ward, member), { grantee: granteeOf(ward) })
  const certificate = { role: 'physician', department: DEPARTMENT }
  t.match((await ask(questionOf(patient, member, record.recordId, { certificate }))).body, { consentId, explanation: { decision: 'permit' } })
  t.match((await ask(questionOf(patient, other, record.recordId, { certificate }))).body, {
    consentId, explanation: { decision: 'deny', reasons: [{ rule: 'consent.not-a-member' }, { rule: 'consent.receiving-key-mismatch' }] }
  })
})

t.test('staff ask of themselves alone, under their own certificate and consents alone', async (t) => {
  const { patient, record } = await make()
  const person = await enrol('dr-asking')
  const token = await bearer('dr-asking')
  const unknown = { status: 404, body: { code: 'PATIENT_UNKNOWN' } }
  const question = questionOf(patient, person, record.recordId)
  t.match(await ask(question, token), unknown, 'without any consent')
  const other = await bindPractitioner(world)
  const theirs = await activateConsent(world, patient, other)
  t.match(await ask({ ...question, consentId: theirs.consentId }, token), unknown)
  t.match(await ask(questionOf(patient, other, record.recordId), token), unknown, 'of somebody else')
  const { consentId } = await activateConsent(world, patient, person)
  t.match(await ask(question, token), {
    status: 200, body: { consentId, certifiedBy: 'caller', certificate: { role: 'physician', department: 'cardiology' }, explanation: { decision: 'permit' } }
  })
  const [foreign, none] = await Promise.all([theirs.consentId, randomHash()].map((id) => ask({ ...question, consentId: id }, token)))
  t.match(foreign?.body, { tried: 0, explanation: { reasons: [{ rule: 'consent.unknown' }] } })
  t.strictSame(foreign?.body.explanation.reasons, none?.body.explanation.reasons, 'a consent to somebody else is as unknown as none')
  t.match(await ask({ ...question, certificate: { role: 'head' } }, token), { status: 403, body: { code: 'NOT_PERMITTED' } })
  const elsewhere = await make()
  const [stranger, gone] = await Promise.all([elsewhere.record.recordId, randomHash().slice(0, 32)].map((recordId) =>
    ask({ ...question, records: [{ recordId }] }, token)))
  t.match(stranger?.body.explanation.reasons, [{ rule: 'record.unknown', facts: [`${elsewhere.record.recordId}/1`] }])
  t.match(gone?.body.explanation.reasons, [{ rule: 'record.unknown' }])
})

t.test('to patients and auditors who may not see it, a patient is as unknown as one that is not there', async (t) => {
  const { patient, record } = await make()
  const reader = await bindPractitioner(world, { mspId: 'Regional1MSP' })
  await activateConsent(world, patient, reader)
  const question = questionOf(patient, reader, record.recordId)
  const stranger = await publishPatient(world)
  const asked = await ask(question, gateway.session(stranger))
  const unknown = { status: 404, body: { code: 'PATIENT_UNKNOWN' } }
  t.match(asked, unknown)
  t.match(await ask(question, await bearer('auditor-own')), unknown, 'another hospital\'s person')
  const nobody = { ...patient, patientId: 'a'.repeat(32) }
  const gone = await ask(questionOf(nobody, reader, record.recordId), gateway.session(stranger))
  t.equal(gone.body.detail?.replace(nobody.patientId, ''), asked.body.detail?.replace(patient.patientId, ''))
  t.match(await ask(questionOf(nobody, reader, record.recordId)), unknown, 'nor is there one for an auditor')
  const own = await bindPractitioner(world, { mspId: gateway.mspId })
  t.match(await ask(questionOf(patient, own, record.recordId), await bearer('auditor-own')), unknown, 'their own person, without a consent')
  await activateConsent(world, patient, own)
  t.match(await ask(questionOf(patient, own, record.recordId), await bearer('auditor-own')), { status: 200, body: { tried: 1 } })
})

t.test('what is no request is refused', async (t) => {
  const { patient, record } = await make()
  const reader = await bindPractitioner(world)
  const question = questionOf(patient, reader, record.recordId)
  const refused = { status: 400, body: { code: 'REQUEST_INVALID' } }
  const compartments = [{ label: randomHash(), epoch: 1 }]
  t.match(await ask({ ...question, compartments }), refused, 'both targets')
  t.match(await ask({ ...question, records: undefined }), refused, 'no target')
  t.match(await ask({ ...question, records: [] }), refused)
  t.match(await ask({ ...question, records: Array.from({ length: 65 }, () => ({ recordId: record.recordId })) }), refused)
  t.match(await ask({ ...question, records: [{ recordId: record.recordId }, { recordId: record.recordId, version: 1 }] }), refused, 'twice')
  t.match(await ask({ ...question, purpose: 'BTG' }), refused, 'an emergency states what happened')
  t.match(await ask({ ...question, more: true }), refused)
})

t.test('whoever asks is noted as a reader of the log', async (t) => {
  const { patient, record } = await make()
  const reader = await bindPractitioner(world)
  await activateConsent(world, patient, reader)
  t.equal((await ask(questionOf(patient, reader, record.recordId))).status, 200)
  const notes = await gateway.app.store.db.selectFrom('pending_notes').select('note').execute()
  const about = notes.map(({ note }) => JSON.parse(note) as LoggedReading).filter(({ patients }) => patients?.includes(patient.patientId))
  t.match(about, [{ as: 'auditor', reads: 1 }])
})
