import t from 'tap'
import { SecretKey, toHex } from '@epione/crypto'
import { TRANSACTIONS } from '@epione/protocol'
import type { DepartmentState, SignedStatement } from '@epione/protocol'
import { DEPARTMENT, granteeOf, signMembership } from '../../../helpers/department-fixtures.ts'
import type { TestDepartment, TestMember } from '../../../helpers/department-fixtures.ts'
import { keyHex, sign, signBinding, signRequest } from '../../../helpers/ledger-fixtures.ts'
import { LyingPeers, post, READER_MSP, Sharing } from '../../../helpers/sharing.ts'
import type { Answered } from '../../../helpers/sharing.ts'

/* A department at its own hospital's gateway: its routes, and what the proxy proves of it. */

const peers = new LyingPeers()
const sharing = await Sharing.create(t, {
  running: [READER_MSP],
  special: (_mspId, consortium) => ({ ports: peers.ports(consortium) })
})
const { world, patient, record } = sharing
const gateway = sharing.of(READER_MSP)
const { app } = gateway
const registrar = `Bearer ${await gateway.token('head-of-staff', 'system/Practitioner.c')}`

interface Member extends TestMember { token: string }

async function hire (name: string, department = DEPARTMENT): Promise<Member> {
  const staffId = await gateway.enrol(name, 'physician', { department })
  const [receiving, requestSigning, envelope] = [SecretKey.random(), SecretKey.random(), SecretKey.random()]
  const actor = world.actor({ mspId: READER_MSP, staffId, role: 'physician', department })
  const member = { ...actor, receiving, requestSigning, envelope }
  await actor.ledger.bindKeys(signBinding(world, member))
  return { ...member, token: `Bearer ${await gateway.token(name, 'user/DocumentReference.c user/DocumentReference.rs')}` }
}

const [first, second, third] = [await hire('first'), await hire('second'), await hire('third')]

type Change = Pick<TestDepartment, 'statement' | 'envelopes'>
const send = async (route: 'foundings' | 'changes', { statement, envelopes }: Change, token: string): Promise<Answered> =>
  await post(app, `/v1/departments/${route}`, { statement, envelopes }, token)

/** Changes the department as the first of these. */
async function change (...members: [Member, ...Member[]]): Promise<TestDepartment> {
  const made = signMembership(world, members, { former })
  const { status, body } = await send('changes', made, members[0].token)
  if (status !== 201) throw new Error(JSON.stringify(body))
  return made
}

async function envelope (token: string, department = DEPARTMENT): Promise<Answered> {
  const response = await app.inject({ method: 'GET', url: `/v1/practitioners/me/envelopes/${department}`, headers: { authorization: token } })
  return { status: response.statusCode, body: response.json() }
}

async function permit (member: Member, consentId: string, department: TestDepartment): Promise<string> {
  const members = { receivingKey: keyHex(department.key) }
  const statement = signRequest(world, member, patient, [record], consentId, members)
  const { status, body } = await post(app, '/v1/access-requests', { statement }, member.token)
  if (status !== 201) throw new Error(JSON.stringify(body))
  return (body['event'] as { eventId: string }).eventId
}

let former = signMembership(world, [first, second])

async function ask (eventId: string): Promise<{ code: string, message?: string }> {
  try {
    const { recordId, version, wrap } = record
    const { answers } = await app.proxy.answerEvent(eventId, READER_MSP, [{ recordId, version, wrap: toHex(wrap) }])
    return { code: answers.length === 1 ? 'answered' : 'incomplete' }
  } catch (error) {
    return error as { code: string, message: string }
  }
}

/** A consent to the department, in custody of this hospital's proxy. */
async function grantTo (department: TestDepartment): Promise<string> {
  const { reader } = sharing
  sharing.reader = { ...reader, receiving: department.key }
  const grant = await sharing.createGrant({ grantee: granteeOf(department) })
  sharing.reader = reader
  await sharing.commit(grant, 'CoreMSP')
  await app.proxy.acceptCustody(grant.consentId, grant.kfrags.filter((k) => k.mspId === READER_MSP))
  return grant.consentId
}

t.test('a department is put in place by the registrar alone, with each member\'s envelope and no other', async (t) => {
  const made = former
  const [one, two] = made.envelopes as [{ staffId: string, sealed: string }, { staffId: string, sealed: string }]
  t.match(await envelope(first.token), { status: 403, body: { code: 'NOT_PERMITTED' } }, 'before there is one')
  t.match(await send('foundings', made, first.token), { status: 403, body: { code: 'SCOPE_MISSING' } })
  t.match(await send('changes', made, first.token), { status: 404, body: { code: 'DEPARTMENT_UNKNOWN' } })
  t.match(await send('changes', made, registrar), { status: 403, body: { code: 'SCOPE_MISSING' } })
  for (const [what, envelopes] of [
    ['one too few', [one]], ['one twice', [one, one]], ['one too many', [one, two, { ...one, staffId: third.staffId }]],
    ['exchanged', [{ ...one, sealed: two.sealed }, { ...two, sealed: one.sealed }]], ['none', []],
    ['another size', [one, { ...two, sealed: two.sealed.slice(2) }]]
  ] as Array<[string, typeof made.envelopes]>) {
    t.match(await send('foundings', { ...made, envelopes }, registrar), { status: 400, body: { code: 'REQUEST_INVALID' } }, what)
  }
  const body = { ...JSON.parse(made.statement.body) as object, mspId: 'CoreMSP' }
  const foreign = sign(world, 'Membership', body, first.requestSigning)
  t.match(await send('foundings', { ...made, statement: foreign }, registrar), { status: 403, body: { code: 'NOT_PERMITTED' } })
  t.match(await send('foundings', signMembership(world, [first, second], { signer: SecretKey.random() }), registrar), { status: 400 })
  t.strictSame(await app.store.db.selectFrom('envelopes').selectAll().execute(), [], 'what the ledger refused is not kept')
  t.match(await send('foundings', made, registrar), { status: 201, body: { department: DEPARTMENT, version: 1 } })
  t.match(await send('foundings', made, registrar), { status: 201 }, 'the same again changes nothing')
})

t.test('each present member gets the own envelope, and nobody else one', async (t) => {
  t.match(await envelope(first.token), { status: 200, body: { statementId: former.id, sealed: String } })
  t.match(await envelope(third.token), { status: 403, body: { code: 'NOT_PERMITTED' } })
  t.match(await envelope(first.token, 'elsewhere'), { status: 403, body: { code: 'NOT_PERMITTED' } })
  t.match(await envelope(registrar), { status: 403, body: { code: 'SCOPE_MISSING' } })
  const { db } = app.store
  const rows = await db.selectFrom('envelopes').selectAll().execute()
  await db.deleteFrom('envelopes').where('staff_id', '=', first.staffId).execute()
  t.match(await envelope(first.token), { status: 404, body: { code: 'ENVELOPE_UNKNOWN' } })
  await db.deleteFrom('envelopes').execute()
  await db.insertInto('envelopes').values(rows).execute()
  t.match(await envelope(first.token), { status: 200 })
})

t.test('what was permitted to a member is not released once they left, or the key changed', async (t) => {
  const consentId = await grantTo(former)
  const [mine, theirs] = [await permit(first, consentId, former), await permit(second, consentId, former)]
  t.match(await ask(mine), { code: 'answered' })
  t.match(await ask(theirs), { code: 'answered' })
  former = await change(first)
  t.match(await ask(theirs), { code: 'EVENT_DENIED', message: /left the department/ })
  t.match(await ask(mine), { code: 'EVENT_DENIED', message: /another key/ })
  t.match(await envelope(second.token), { status: 403, body: { code: 'NOT_PERMITTED' } })
  const kept = await app.store.db.selectFrom('envelopes').select('staff_id').execute()
  t.strictSame(kept.map((row) => row.staff_id), [first.staffId, first.staffId], 'who left keeps no envelope, who stayed the former one')
  const { body } = await envelope(first.token)
  t.match(body, { statementId: former.id, former: [String] })
  t.equal((body as unknown as { former: string[] }).former.length, 1)
})

t.test('members and keys that peers show and no member signed are named', async (t) => {
  former = await change(first, third)
  const consentId = await grantTo(former)
  const eventId = await permit(first, consentId, former)
  const resigned = (state: DepartmentState, statement: SignedStatement): DepartmentState =>
    ({ ...state, membership: { ...state.membership, statement } })
  const forgeries: Array<[string, (state: DepartmentState) => DepartmentState]> = [
    ['another signer', (state) => ({ ...state, signer: third.staffId })],
    ['a signer who is no member', (state) => ({ ...state, signer: second.staffId })],
    ['a key of a later version', (state) => ({ ...state, keyVersion: state.keyVersion + 9 })],
    ['nobody\'s signature', (state) => resigned(state, signMembership(world, [first], { former, signer: SecretKey.random() }).statement)],
    ['another department\'s', (state) => resigned(state, signMembership(world, [first], { department: 'elsewhere' }).statement)]
  ]
  for (const [what, forge] of forgeries) {
    peers.state = (transaction, value) => transaction === TRANSACTIONS.departmentsGet ? forge(value as DepartmentState) : undefined
    t.match(await ask(eventId), { code: 'STATEMENT_UNPROVEN' }, what)
  }
  peers.state = () => undefined
  t.match(await ask(eventId), { code: 'answered' })
})
