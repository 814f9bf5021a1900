import t from 'tap'
import { SecretKey } from '@epione/crypto'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import {
  activateConsent, bindPractitioner, createManifest, grantConsent, publishPatient, registerRecord, sign, signBinding,
  signRequest, signRevocation
} from '../../helpers/ledger-fixtures.ts'
import { LyingPeers } from '../../helpers/sharing.ts'
import type { TestPractitioner } from '../../helpers/ledger-fixtures.ts'

/* Who may see that a record exists, and what its manifest says: no right comes from being staff. */

const consortium = await createConsortium(t)
const { world } = consortium
const core = await buildGateway(t, { consortium })
const patient = await publishPatient(world)
const author = await bindPractitioner(world, { mspId: 'Regional1MSP' })
const record = await registerRecord(world, author, patient)
const hidden = await registerRecord(world, author, patient, patient.compartments[1])

type Person = TestPractitioner & { authorization: string }

async function hire (subject: string): Promise<Person> {
  const staffId = await core.enrol(subject)
  const person = {
    ...world.actor({ mspId: 'CoreMSP', staffId, role: 'physician' }),
    receiving: SecretKey.random(),
    requestSigning: SecretKey.random()
  }
  await person.ledger.bindKeys(signBinding(world, person))
  return { ...person, authorization: `Bearer ${await core.token(subject, 'user/DocumentReference.rs user/DocumentReference.c')}` }
}

interface Seen { status: number, code?: string, recordIds: string[] }

async function list (authorization: string, patientId = patient.patientId, query = ''): Promise<Seen> {
  const answer = await core.app.inject({ method: 'GET', url: `/v1/patients/${patientId}/records${query}`, headers: { authorization } })
  const { items = [], code } = answer.json<{ items?: Array<{ recordId: string }>, code?: string }>()
  return { status: answer.statusCode, ...(code === undefined ? {} : { code }), recordIds: items.map((r) => r.recordId).sort() }
}

async function show (authorization: string, recordId: string, query = ''): Promise<number> {
  return (await core.app.inject({ method: 'GET', url: `/v1/records/${recordId}${query}`, headers: { authorization } })).statusCode
}

const refused = { status: 403, code: 'NOT_PERMITTED', recordIds: [] }

t.test('a practitioner without consent sees nothing of a patient', async (t) => {
  const { authorization } = await hire('dr-stranger')
  t.strictSame(await list(authorization), refused)
  t.strictSame(await list(authorization, (await publishPatient(world)).patientId), refused, 'and cannot tell who has records')
  t.equal(await show(authorization, record.recordId), 403)
  t.equal(await show(authorization, record.recordId, '?version=1'), 403)
})

t.test('a patient sees their own, and nobody else\'s', async (t) => {
  t.strictSame((await list(core.session(patient))).recordIds, [record.recordId, hidden.recordId].sort())
  t.equal(await show(core.session(patient), hidden.recordId), 200)
  const stranger = await publishPatient(world)
  t.strictSame(await list(core.session(stranger)), refused)
  t.equal(await show(core.session(stranger), record.recordId), 403)
})

t.test('a grantee sees the compartments of an active consent, until it ends', async (t) => {
  const reader = await hire('dr-reader')
  const pending = await grantConsent(world, patient, reader)
  t.equal((await list(reader.authorization)).status, 403, 'not yet in custody')
  await world.gateway('CoreMSP').ledger.revokeConsent(signRevocation(world, patient, pending.consentId))
  const { consentId } = await activateConsent(world, patient, reader)
  t.strictSame(await list(reader.authorization), { status: 200, recordIds: [record.recordId] })
  t.strictSame(
    await list(reader.authorization, patient.patientId, '?limit=1'),
    { status: 200, recordIds: [record.recordId] },
    'pages that show nothing are passed over'
  )
  t.equal(await show(reader.authorization, record.recordId), 200)
  t.equal(await show(reader.authorization, hidden.recordId), 403, 'of another compartment')
  const { value: event } = await reader.ledger.requestAccess(signRequest(world, reader, patient, [record], consentId))
  t.equal(event.decision, 'permit')
  await world.gateway('CoreMSP').ledger.revokeConsent(signRevocation(world, patient, consentId))
  t.strictSame(await list(reader.authorization), refused)
  t.equal(await show(reader.authorization, record.recordId), 403)
  t.equal(
    await show(reader.authorization, record.recordId, `?event=${event.eventId}`),
    200,
    'what a permit named stays known, for a dispute'
  )
  t.equal(await show(reader.authorization, hidden.recordId, `?event=${event.eventId}`), 403)
  t.equal(
    await show((await hire('dr-colleague')).authorization, record.recordId, `?event=${event.eventId}`),
    403,
    'the permit of somebody else'
  )
  const { value: denial } = await reader.ledger.requestAccess(signRequest(world, reader, patient, [record], consentId))
  t.equal(await show(reader.authorization, record.recordId, `?event=${denial.eventId}`), 403, 'a denial')
})

t.test('an author sees what they wrote, and the versions before', async (t) => {
  const writer = await hire('dr-writer')
  const own = await registerRecord(world, writer, patient)
  const next = { ...createManifest(writer, patient).members, recordId: own.recordId, version: 2, previous: own.manifestId }
  await writer.ledger.registerRecord(sign(world, 'RecordManifest', next, writer.requestSigning))
  t.strictSame(await list(writer.authorization), { status: 200, recordIds: [own.recordId, own.recordId] })
  t.equal(await show(writer.authorization, own.recordId, '?version=1'), 200)
  t.equal(await show(writer.authorization, record.recordId), 403)
})

t.test('who may see a version may see those that it follows', async (t) => {
  const reader = await hire('dr-follower')
  const [ordinary, sensitive] = patient.compartments
  const first = await registerRecord(world, author, patient, sensitive)
  const follow = async (version: number, previous: string, compartment = sensitive): Promise<string> => {
    const members = { ...createManifest(author, patient, compartment).members, recordId: first.recordId, version, previous }
    return (await author.ledger.registerRecord(sign(world, 'RecordManifest', members, author.requestSigning))).value.manifest.id
  }
  const second = await follow(2, first.manifestId, ordinary)
  await follow(3, second)
  await activateConsent(world, patient, reader)
  t.equal(await show(reader.authorization, first.recordId, '?version=1'), 200)
  t.equal(await show(reader.authorization, first.recordId, '?version=2'), 200)
  t.equal(await show(reader.authorization, first.recordId, '?version=3'), 403)
})

t.test('what a stranger on the staff asks costs no more with many records and versions', async (t) => {
  const peers = new LyingPeers()
  let reads = 0
  peers.state = (transaction) => {
    if (transaction.startsWith('Records:')) reads += 1
    return undefined
  }
  const own = await createConsortium(t)
  const gateway = await buildGateway(t, { consortium: own, ports: peers.ports(own) })
  const staffId = await gateway.enrol('dr-stranger')
  const authorization = `Bearer ${await gateway.token('dr-stranger', 'user/DocumentReference.rs')}`
  const writer = await bindPractitioner(own.world)
  const owner = await publishPatient(own.world)
  const first = await registerRecord(own.world, writer, owner)
  let previous = first.manifestId
  for (let version = 2; version <= 12; version += 1) {
    const members = { ...createManifest(writer, owner).members, recordId: first.recordId, version, previous }
    previous = (await writer.ledger.registerRecord(sign(own.world, 'RecordManifest', members, writer.requestSigning))).value.manifest.id
  }
  const ask = async (url: string): Promise<{ status: number, reads: number }> => {
    reads = 0
    const { statusCode } = await gateway.app.inject({ method: 'GET', url, headers: { authorization } })
    return { status: statusCode, reads }
  }
  t.strictSame(await ask(`/v1/records/${first.recordId}?version=1`), { status: 403, reads: 1 })
  t.strictSame(await ask(`/v1/patients/${owner.patientId}/records?limit=1`), { status: 403, reads: 1 })
  await activateConsent(own.world, owner, {
    ...own.world.actor({ mspId: 'CoreMSP', staffId, role: 'physician' }),
    receiving: SecretKey.random(),
    requestSigning: SecretKey.random()
  })
  t.strictSame(await ask(`/v1/records/${first.recordId}?version=1`), { status: 200, reads: 1 })
})
