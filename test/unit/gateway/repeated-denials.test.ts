import t from 'tap'
import type { AccessRequest } from '@epione/protocol'
import { RepeatedDenials } from '../../../gateway/src/access/repeated-denials.ts'
import { bindMember, signMembership } from '../../helpers/department-fixtures.ts'
import { requestMembers, signProhibition, signRequest } from '../../helpers/ledger-fixtures.ts'
import { READER_MSP, Sharing } from '../../helpers/sharing.ts'

/* Equal denials are not submitted for ever; what is another question is. */

const ALLOWED = 5
const STARTS_IN_MS = 90_000
let ahead = 0
const sharing = await Sharing.create(t, { running: [READER_MSP], clock: () => Date.now() + ahead })
const { app } = sharing.of(READER_MSP)
const AGAIN = { status: 429, body: { code: 'DENIED_REPEATEDLY' } }
const DENIED = { status: 403, body: { code: 'ACCESS_DENIED' } }

async function send (statement: object): Promise<{ status: number, body: { eventId?: string } }> {
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/access-requests',
    headers: { authorization: sharing.token },
    payload: { statement }
  })
  return { status: answer.statusCode, body: answer.json() }
}

t.test('a request sent again is answered as the first time, and is no denial more', async (t) => {
  const first = signRequest(sharing.world, sharing.reader, sharing.patient, [sharing.record])
  const { body: { eventId } } = await send(first)
  for (let i = 0; i < ALLOWED + 2; i += 1) t.match(await send(first), { ...DENIED, body: { eventId } }, 'sent again')
  for (let i = 1; i < ALLOWED; i += 1) t.match(await sharing.request(), DENIED, 'a new one')
  t.match(await sharing.request(), AGAIN)
  t.match(await send(first), { ...DENIED, body: { eventId } }, 'still answered')
})

t.test('a consent that begins makes it a new question', async (t) => {
  const now = Date.now() + ahead
  const grant = await sharing.createGrant({ notBefore: now + STARTS_IN_MS })
  await sharing.commit(grant, ...sharing.world.members)
  for (let i = 0; i < ALLOWED; i += 1) {
    t.match(await sharing.request(grant.consentId), {
      ...DENIED,
      body: { reasons: [{ rule: 'consent.not-started' }] }
    })
  }
  const refused = await sharing.request(grant.consentId)
  t.match(refused, AGAIN)
  ahead += STARTS_IN_MS + 1_000
  t.match(await sharing.request(grant.consentId), { status: 201 })
})

t.test('a prohibition that runs out makes it a new question', async (t) => {
  const grant = await sharing.createGrant({})
  await sharing.commit(grant, ...sharing.world.members)
  const now = Date.now() + ahead
  const forbids = { organizations: [READER_MSP] }
  await sharing.world.gateway(READER_MSP).ledger.forbidAccess(
    signProhibition(sharing.world, sharing.patient, { forbids, notAfter: now + STARTS_IN_MS }))
  await app.events.catchUp()
  for (let i = 0; i < ALLOWED; i += 1) {
    t.match(await sharing.request(grant.consentId), { ...DENIED, body: { reasons: [{ rule: 'patient.prohibits' }] } })
  }
  t.match(await sharing.request(grant.consentId), AGAIN)
  ahead += STARTS_IN_MS + 1_000
  t.match(await sharing.request(grant.consentId), { status: 201 })
})

t.test('another receiving key, role, department, policy, box or second practitioner asks another question', (t) => {
  const denials = new RepeatedDenials(Date.now)
  const request = { type: 'AccessRequest', ...requestMembers(sharing.reader, sharing.patient, [sharing.record]) } as AccessRequest
  const actor = { role: 'physician', department: 'cardiology' }
  for (let i = 0; i < ALLOWED; i += 1) denials.note({ request, actor, networkVersion: 1 }, { eventId: String(i) })
  t.throws(() => { denials.refuse({ request, actor, networkVersion: 1 }) }, { code: 'DENIED_REPEATEDLY' })
  for (const other of [
    { request: { ...request, receivingKey: `02${'a'.repeat(64)}` }, actor, networkVersion: 1 },
    { request, actor: { ...actor, role: 'nurse' }, networkVersion: 1 },
    { request, actor: { ...actor, department: 'oncology' }, networkVersion: 1 },
    { request, actor, networkVersion: 2 },
    { request: { ...request, emergency: { reason: 'covering', second: 's-2' } } as AccessRequest, actor, networkVersion: 1 },
    { request: { ...request, emergency: { reason: 'covering', opening: 'e' } } as AccessRequest, actor, networkVersion: 1 }
  ]) {
    t.notOk(denials.isFull(other))
    t.doesNotThrow(() => { denials.refuse(other) })
  }
  t.end()
})

t.test('whoever becomes a member of a department asks anew, of any patient; another hospital\'s departments change nothing', async (t) => {
  ahead += 600_000
  for (let i = 0; i < ALLOWED; i += 1) t.match(await sharing.request(), DENIED)
  const found = async (mspId: string): Promise<void> => {
    const lead = await bindMember(sharing.world, { mspId })
    await sharing.world.registrar(mspId).ledger.foundDepartment(signMembership(sharing.world, [lead]).statement)
    await app.events.catchUp()
  }
  await found('CoreMSP')
  t.match(await sharing.request(), AGAIN)
  await found(READER_MSP)
  t.match(await sharing.request(), DENIED)
})
