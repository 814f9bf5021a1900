import t from 'tap'
import { SecretKey, statementId } from '@epione/crypto'
import type { SignedStatement } from '@epione/protocol'
import { buildGateway, createConsortium } from '../../../helpers/gateway.ts'
import { directoryMembers, publishPatient, sign } from '../../../helpers/ledger-fixtures.ts'
import type { TestPatient } from '../../../helpers/ledger-fixtures.ts'
import {
  createRepresentation, publishGuardians, signFreeze, signRepresentationEnd, signStop, signUnfreeze, twoOf
} from '../../../helpers/lifetime-fixtures.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const WAIT_MS = 7 * DAY_MS

let now = Date.now()
const consortium = await createConsortium(t, { clock: () => now })
const { world } = consortium
const core = await buildGateway(t, { consortium })
const regional = await buildGateway(t, { consortium, mspId: 'Regional1MSP' })

interface Answer { status: number, body: Record<string, unknown> }

async function send (
  method: 'POST' | 'PUT',
  url: string,
  payload?: object,
  { gateway = core, authorization }: { gateway?: typeof core, authorization?: string } = {}
): Promise<Answer> {
  const response = await gateway.app.inject({
    method,
    url,
    ...(payload !== undefined && { payload }),
    ...(authorization !== undefined && { headers: { authorization } })
  })
  return { status: response.statusCode, body: response.json() }
}

async function signsIn (patient: TestPatient): Promise<number> {
  return (await core.app.inject({
    method: 'GET',
    url: `/v1/patients/${patient.patientId}/records`,
    headers: { authorization: core.session(patient) }
  })).statusCode
}

/** The next directory version of a patient, with a new identity key. */
function changeIdentity (patient: TestPatient, identity: SecretKey): SignedStatement {
  return sign(
    world,
    'KeyDirectory',
    { ...directoryMembers({ ...patient, identity }), version: 2, previous: patient.directoryId },
    patient.identity,
    identity
  )
}

t.test('a new identity key waits, counts once it is activated, and opens sessions from then on', async (t) => {
  const patient = await publishPatient(world)
  const renewed = { ...patient, identity: SecretKey.random() }
  const statement = changeIdentity(patient, renewed.identity)
  t.match(await send('POST', `/v1/patients/${patient.patientId}/directory/activation`), { status: 404, body: { code: 'CHANGE_UNKNOWN' } })
  t.match(await send('PUT', `/v1/patients/${patient.patientId}/directory`, { statement }), {
    status: 200,
    body: { version: 2, statementId: statementId(statement.body) }
  })
  const shown = (await core.app.inject({ method: 'GET', url: `/v1/patients/${patient.patientId}/directory` })).json<object>()
  t.match(shown, {
    versions: [{ id: patient.directoryId }],
    pending: { directory: { id: statementId(statement.body) }, activeFrom: now + WAIT_MS }
  })
  t.same([await signsIn(patient), await signsIn(renewed)], [200, 401])
  t.match(await send('POST', `/v1/patients/${patient.patientId}/directory/activation`), { status: 409, body: { code: 'CHANGE_PENDING' } })
  now += WAIT_MS
  t.match(await send('POST', `/v1/patients/${patient.patientId}/directory/activation`, undefined, { gateway: regional }), {
    status: 201,
    body: { patientId: patient.patientId, version: 2, statementId: statementId(statement.body), txId: String }
  })
  t.same([await signsIn(patient), await signsIn(renewed)], [401, 200])
})

t.test('a change of the identity key that was stopped never counts', async (t) => {
  const patient = await publishPatient(world)
  const statement = changeIdentity(patient, SecretKey.random())
  await send('PUT', `/v1/patients/${patient.patientId}/directory`, { statement })
  const stop = signStop(world, patient, statementId(statement.body), patient.identity)
  t.match(await send('POST', `/v1/patients/${patient.patientId}/recoveries/stops`, { statement: stop }), {
    status: 201,
    body: { target: statementId(statement.body) }
  })
  now += WAIT_MS
  t.match(await send('POST', `/v1/patients/${patient.patientId}/directory/activation`), { status: 409, body: { code: 'CHANGE_STOPPED' } })
  t.equal(await signsIn(patient), 200)
})

t.test('guardians freeze a patient, and only they unfreeze', async (t) => {
  const patient = await publishPatient(world)
  const guardians = await publishGuardians(world, patient)
  const [freezeUrl, unfreezeUrl] = [`/v1/patients/${patient.patientId}/freeze`, `/v1/patients/${patient.patientId}/unfreeze`]
  const freeze = signFreeze(world, patient, ...twoOf(guardians))
  const freezeId = statementId(freeze.body)
  t.match(await send('POST', freezeUrl, { statement: signFreeze(world, patient, guardians.all[0].signing) }), {
    status: 403,
    body: { code: 'GUARDIANS_TOO_FEW' }
  })
  t.match(await send('POST', freezeUrl, { statement: signFreeze(world, patient, SecretKey.random()) }), {
    status: 400,
    body: { code: 'SIGNATURE_INVALID' }
  })
  t.match(await send('POST', `/v1/patients/${'b'.repeat(32)}/freeze`, { statement: freeze }), {
    status: 400,
    body: { code: 'REQUEST_INVALID' }
  })
  const frozen = await send('POST', freezeUrl, { statement: freeze })
  t.match(frozen, { status: 201, body: { freezeId, statementId: freezeId, txId: String, blockNumber: Number } })
  t.same((await send('POST', freezeUrl, { statement: freeze }, { gateway: regional })).body, frozen.body, 'again, through another hospital')
  t.match(
    await send('POST', freezeUrl, { statement: signFreeze(world, patient, patient.identity) }),
    { status: 201, body: { freezeId } },
    'the one in force stays'
  )
  t.match((await core.app.inject({ method: 'GET', url: `/v1/patients/${patient.patientId}/recovery` })).json(), {
    freeze: { id: freezeId }
  })

  t.match(await send('POST', unfreezeUrl, { statement: signUnfreeze(world, patient, freezeId, patient.identity) }), {
    status: 400,
    body: { code: 'SIGNATURE_INVALID' }
  })
  t.match(await send('POST', unfreezeUrl, { statement: signUnfreeze(world, patient, 'ab'.repeat(32), ...twoOf(guardians)) }), {
    status: 409,
    body: { code: 'FREEZE_CONFLICT' }
  })
  t.match(await send('PUT', `/v1/patients/${patient.patientId}/directory`, { statement: changeIdentity(patient, SecretKey.random()) }), {
    status: 409,
    body: { code: 'PATIENT_FROZEN' }
  })
  const unfreeze = signUnfreeze(world, patient, freezeId, ...twoOf(guardians))
  const thawed = await send('POST', unfreezeUrl, { statement: unfreeze })
  t.match(thawed, { status: 201, body: { statementId: statementId(unfreeze.body) } })
  t.same((await send('POST', unfreezeUrl, { statement: unfreeze })).body, thawed.body, 'again')
  t.notOk('freeze' in (await core.app.inject({ method: 'GET', url: `/v1/patients/${patient.patientId}/recovery` })).json<object>())
})

t.test('a representative is confirmed by the registration desk alone', async (t) => {
  const patient = await publishPatient(world)
  const { key, members } = createRepresentation(world, patient)
  const url = `/v1/patients/${patient.patientId}/representations`
  const statement = sign(world, 'Representation', members, patient.identity, key)
  const bearer = async (scope: string): Promise<{ authorization: string }> =>
    ({ authorization: `Bearer ${await core.token('desk', scope, { expiresInSeconds: DAY_MS })}` })
  t.match(await send('POST', url, { statement }), { status: 401, body: { code: 'TOKEN_MISSING' } })
  t.match(await send('POST', url, { statement }, await bearer('user/DocumentReference.rs')), {
    status: 403,
    body: { code: 'SCOPE_MISSING' }
  })
  const forged = sign(world, 'Representation', members, key)
  t.match(await send('POST', url, { statement: forged }, await bearer('user/Patient.c')), {
    status: 400,
    body: { code: 'SIGNATURE_INVALID' }
  })
  t.match(await send('POST', url, { statement }, await bearer('user/Patient.c')), {
    status: 201,
    body: { statementId: statementId(statement.body), txId: String }
  })
  t.match((await core.app.inject({ method: 'GET', url: `/v1/patients/${patient.patientId}/directory` })).json(), {
    representations: [{ representation: { id: statementId(statement.body), submittedBy: 'CoreMSP' } }]
  })
  const ends = { statement: signRepresentationEnd(world, patient, statementId(statement.body), SecretKey.random()) }
  t.match(await send('POST', `${url}/ends`, ends), { status: 400, body: { code: 'SIGNATURE_INVALID' } })
  const own = { statement: signRepresentationEnd(world, patient, statementId(statement.body), key) }
  t.match(await send('POST', `${url}/ends`, own), { status: 201, body: { statementId: statementId(own.statement.body) } })
  const late = { statement: signRepresentationEnd(world, patient, statementId(statement.body), key) }
  t.match(await send('POST', `${url}/ends`, late), { status: 403, body: { code: 'REPRESENTATION_ENDED' } })
})
