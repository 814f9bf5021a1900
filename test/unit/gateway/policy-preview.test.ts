import t from 'tap'
import { POLICY_1, policyHash } from '@epione/protocol'
import type { PolicyDocument } from '@epione/protocol'
import type { PolicyPreview } from '@epione/protocol/api'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import { activateConsent, bindPractitioner, publishPatient, registerRecord, signRequest } from '../../helpers/ledger-fixtures.ts'

/* What a policy would change, over the consents and records that there are. */

const consortium = await createConsortium(t)
const gateway = await buildGateway(t, { consortium })
const { world } = consortium
const author = await bindPractitioner(world)
const bearer = async (subject: string): Promise<string> => `Bearer ${await gateway.token(subject, 'user/AuditEvent.rs')}`
const auditor = await bearer('auditor-wide')
const NOTHING: PolicyDocument = { ...POLICY_1, rules: [] }

interface Answer { status: number, body: PolicyPreview & { code?: string } }

async function preview (policy: object, query = '', authorization = auditor): Promise<Answer> {
  const response = await gateway.app.inject({ method: 'POST', url: `/v1/policy-preview${query}`, headers: { authorization }, payload: { policy } })
  return { status: response.statusCode, body: response.json<Answer['body']>() }
}

const patient = await publishPatient(world)
const record = await registerRecord(world, author, patient)
await registerRecord(world, author, await publishPatient(world))
const seen = await bindPractitioner(world, { mspId: 'Regional1MSP', department: 'cardiology' })
const unseen = await bindPractitioner(world)
const { consentId } = await activateConsent(world, patient, seen)
await activateConsent(world, patient, unseen)
await seen.ledger.requestAccess(signRequest(world, seen, patient, [record], consentId))

t.test('each reader who would lose is told, the policy in force changes nothing', async (t) => {
  const hash = policyHash(POLICY_1)
  t.match(await preview(POLICY_1), { status: 200, body: { before: hash, after: hash, judged: 2, items: [] } })
  const { body } = await preview(NOTHING)
  const of = (staffId: string) => body.items.filter((item) => item.staffId === staffId)
  t.match(of(seen.staffId), [{
    patientId: patient.patientId,
    recordId: record.recordId,
    consentId,
    change: 'loses',
    before: { outcome: 'permit' },
    after: { outcome: 'deny', reasons: [{ rule: 'policy.role-may-not-act' }] }
  }])
  t.match(of(unseen.staffId), [{ change: 'loses', before: { outcome: 'depends' }, after: { outcome: 'deny' } }])
  t.equal(body.items.length, 2)
  t.notOk(body.next)
})

t.test('whoever would gain by some certificates is told with which', async (t) => {
  const roles = [...POLICY_1.roles, { id: 'midwife', kind: 'structural', parents: ['physician'] }]
  const { body } = await preview({ ...POLICY_1, roles })
  t.match(body.items, [{ staffId: unseen.staffId, change: 'gains', after: { outcome: 'depends' } }])
  t.ok(body.items[0]?.after.permitted?.some((one) => one.roles.includes('midwife')))
  t.notOk(body.items[0]?.before.permitted?.some((one) => one.roles.includes('midwife')))
})

t.test('pages come one after the other, and hold together what one would', async (t) => {
  const found: PolicyPreview['items'] = []
  let query = '?limit=1'
  for (let pages = 0; pages < 10 && query !== ''; pages += 1) {
    const { body: { items, judged, next } } = await preview(NOTHING, query)
    t.ok(judged <= 1)
    found.push(...items)
    query = next === undefined ? '' : `?limit=1&cursor=${next}`
  }
  t.equal(query, '')
  const name = ({ staffId, recordId }: PolicyPreview['items'][number]): string => `${staffId} ${recordId}`
  t.strictSame(found.map(name).sort(), (await preview(NOTHING)).body.items.map(name).sort())
  t.match(await preview(NOTHING, '?limit=21'), { status: 400 })
  t.match(await preview(NOTHING, '?cursor=e30'), { status: 400, body: { code: 'CURSOR_INVALID' } })
  t.match(await preview(NOTHING, '?cursor=eA'), { status: 400, body: { code: 'CURSOR_INVALID' } })
})

t.test('it is for auditors of the consortium, and for policies that could be applied', async (t) => {
  const denied = { status: 403, body: { code: 'NOT_PERMITTED' } }
  t.match(await preview(NOTHING, '', await bearer('auditor-own')), denied)
  t.equal((await preview(NOTHING, '', gateway.session(patient))).status, 401)
  const refused = { status: 400, body: { code: 'REQUEST_INVALID' } }
  t.match(await preview({ ...POLICY_1, roles: POLICY_1.roles.slice(1) }), refused, 'unsound')
  t.match(await preview({ rules: [] }), refused, 'none')
  const departments = Array.from({ length: 64 }, (_, i) => `d-${String(i)}`)
  const rules = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((i) => POLICY_1.rules.map((rule) =>
    ({ ...rule, id: `${rule.id}-${String(i)}`, departments: departments.map((d) => `${d}-${String(i)}`) })))
  t.match(await preview({ ...POLICY_1, rules }), refused, 'tells too many apart')
})

t.test('it is noted of whom anything was judged', async (t) => {
  const notes = await gateway.app.store.db.selectFrom('pending_notes').select('note').execute()
  t.ok(notes.some(({ note }) => note.includes(patient.patientId)))
})
