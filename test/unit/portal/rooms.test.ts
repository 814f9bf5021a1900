import t from 'tap'
import { hashOfDocument, POLICY_1, policyHash } from '@epione/protocol'
import type { PolicyDocument } from '@epione/protocol'
import { BearerToken, ClientError, requestAccess } from '@epione/sdk'
import { problemOf } from '../../../portal/src/worker/problem.ts'
import { countEvents } from '../../../portal/src/worker/rooms/auditing-files.ts'
import { grant } from '../../../portal/src/worker/rooms/consents.ts'
import { openOwn } from '../../../portal/src/worker/rooms/records.ts'
import { approve, readHospitals, readProposals, readVersions } from '../../../portal/src/worker/rooms/administration.ts'
import type { Desk } from '../../../portal/src/worker/desk.ts'
import { adminKeyPem, adminSecret, nextDocument, signProposal } from '../../helpers/founding.ts'
import { Hospitals, writeRecord } from '../../helpers/client/hospitals.ts'
import { until } from '../../helpers/sharing.ts'

const hospitals = await Hospitals.open(t)
const patient = await hospitals.patient()
const [author, reader] = [await hospitals.physician(hospitals.core), await hospitals.physician(hospitals.regional1)]
const desk = { patient: () => Promise.resolve(patient) } as unknown as Desk

t.test('a record that no page can hold is not opened, whatever its author says of its size', async (t) => {
  const recordId = await writeRecord(author, patient, 'x'.repeat(3_000))
  const opened = await (await openOwn(desk, { recordId })).carry(() => undefined)
  t.equal(opened.bytes.length, 3_000)
  await t.rejects(openOwn(desk, { recordId }, 1_000), { code: 'RECORD_TOO_LARGE' }, 'by its signed size, before anything is fetched')
  const { carry } = await openOwn(desk, { recordId }, 2_500)
  await t.rejects(carry(() => undefined), { code: 'RECORD_TOO_LARGE' }, 'by what comes')
})

t.test('a consent ends at the time that was shown, however long the yes took', async (t) => {
  const fingerprint = reader.keys.receiving(1).publicKey().fingerprint()
  const { says, carry } = await grant(desk, { grantee: reader.person, categories: ['summary'], purposes: ['TREAT'], actions: ['read'], days: 7, fingerprint })
  const shown = Number(says.lines.find(({ label }) => label === 'consent.until')?.value)
  await new Promise((resolve) => { setTimeout(resolve, 50) })
  t.equal((await carry(() => undefined)).notAfter, shown)
})

t.test('moments that a gateway makes up fill no days of a chart', async (t) => {
  const [recordId, stranger] = [await writeRecord(author, patient, 'words'), await hospitals.physician(hospitals.regional1)]
  for (let times = 0; times < 3; times += 1) await t.rejects(requestAccess(stranger, { patientId: patient.patientId, records: [{ recordId }], purpose: 'TREAT' }))
  const token = new BearerToken(await hospitals.core.gateway.token('auditor-wide', 'user/AuditEvent.rs'))
  const auditor = { ...hospitals.client(hospitals.core), role: 'token', token }
  const moments = [Number.MAX_SAFE_INTEGER, 8_640_000_000_000_000, 0]
  hospitals.core.front.lies = [({ path, body }) => {
    const { items, ...list } = body as { items: Array<{ time: number }> }
    return path.startsWith('/v1/access-events') ? { ...list, items: items.map((event, at) => ({ ...event, time: moments[at] ?? 0 })) } : undefined
  }]
  const { total, days } = await countEvents({ token: () => Promise.resolve(auditor) } as unknown as Desk, { query: {} })
  hospitals.core.front.lies = []
  t.ok(total >= 3)
  t.strictSame(days.map(({ day }) => day), [0, 8_640_000_000_000_000], 'the last that a calendar has, and none between')
})

t.test('the end of the session with the portal is no refusal of a hospital', (t) => {
  const refused = (gatewayCode: string): ClientError => new ClientError('REFUSED', 'CoreMSP answers', { gatewayCode })
  t.equal(problemOf(refused('SESSION_ENDED')).code, 'TOKEN_REQUIRED')
  t.equal(problemOf(refused('CONSENT_UNKNOWN')).code, 'REFUSED')
  t.end()
})

t.test('a version is approved with the key of an admin, in no copy that a hospital serves, and comes with what it changes', async (t) => {
  const { document } = hospitals.consortium.network
  const rule: PolicyDocument['rules'][number] = { id: 'physicians-operate', effect: 'permit', roles: ['physician'], actions: ['read'], purposes: ['HOPERAT'] }
  const emergency = { ...POLICY_1.emergency, boxHours: 3 }
  const policy: PolicyDocument = { ...POLICY_1, version: 2, rules: [...POLICY_1.rules, rule], emergency }
  const second = nextDocument(document, { policyHash: policyHash(policy), settings: { ...document.settings, permitSeconds: 30 } })
  const payload = { statement: signProposal(second), policy }
  t.match(await hospitals.core.gateway.app.inject({ method: 'POST', url: '/v1/network/proposals', payload }), { statusCode: 201 })
  const deskOf = (edition: string): Desk =>
    ({ network: () => Promise.resolve({ context: hospitals.client(hospitals.core), config: { edition } }) }) as unknown as Desk
  const [installed, served] = [deskOf('installed'), deskOf('served')]
  const keyOf = (secret: Uint8Array): File => new File([adminKeyPem(secret)], 'key.pem')
  const documentHash = hashOfDocument(second)
  const change = {
    gains: [{ roles: ['physician'], purposes: ['HOPERAT'] }],
    loses: [],
    emergency: { before: { boxHours: 4 }, after: { boxHours: 3 } },
    changed: [{ what: 'settings.permitSeconds', before: '60', after: '30' }]
  }
  t.match(await readProposals(installed), { canSign: true, items: [{ documentHash, proposedBy: 'CoreMSP', approvedBy: [], missing: 2, change }] })
  t.match(await readProposals(served), { canSign: false })
  const key = keyOf(adminSecret('CoreMSP'))
  await t.rejects(approve(served, { documentHash, key }), { code: 'USAGE' })
  await t.rejects(approve(installed, { documentHash: 'a'.repeat(64), key }), { code: 'NOT_FOUND' })
  for (const text of ['no key', '', adminKeyPem(adminSecret('CoreMSP')).replace('\n', '\nA')]) {
    await t.rejects(approve(installed, { documentHash, key: new File([text], 'key.pem') }), { code: 'USAGE' })
  }
  const stranger = await approve(installed, { documentHash, key: keyOf(adminSecret('StrangerMSP')) })
  await t.rejects(stranger.carry(() => undefined), { code: 'USAGE' })
  t.match(await readProposals(installed), { items: [{ approvedBy: [] }] }, 'nothing was signed')
  const first = await approve(installed, { documentHash, key })
  t.equal(first.says.lines.find(({ label }) => label === 'net.document')?.value, documentHash)
  t.match(await first.carry(() => undefined), { missing: 1 })
  t.match(await readProposals(installed), { items: [{ approvedBy: ['CoreMSP'], missing: 1 }] })
  t.match(await (await approve(installed, { documentHash, key: keyOf(adminSecret('Regional1MSP')) })).carry(() => undefined), { missing: 0 })
  t.match(await readProposals(installed), { items: [] })
})

t.test('versions go back to the founding; a hospital that cannot be asked is silent, and one that is not ready says why', async (t) => {
  const desk = { network: () => Promise.resolve({ context: hospitals.client(hospitals.core) }) } as unknown as Desk
  const { document } = hospitals.consortium.network
  await until(async () => (await readVersions(desk)).length === 2)
  t.match(await readVersions(desk), [
    { version: 2, change: { gains: [{ purposes: ['HOPERAT'] }] } }, { version: 1, documentHash: hashOfDocument(document), policyHash: policyHash(POLICY_1) }
  ], 'the one that is approved for later, too')
  hospitals.core.front.lies = [({ path }) => path === '/v1/network/versions/1' ? { signed: { document: { ...document, name: 'other' } } } : undefined]
  await t.rejects(readVersions(desk), ClientError)
  hospitals.core.front.lies = []
  hospitals.regional1.front.lies = [({ path }) => path === '/health/ready' ? { status: 503, body: { status: 'not-ready', checks: { clock: 'failing', store: 'ok' } } } : undefined]
  hospitals.regional2.front.lies = [({ path }) => path === '/health/ready' ? { status: 'fine' } : undefined]
  t.match(await readHospitals(desk), [
    { mspId: 'CoreMSP', ready: true, failing: [] }, { mspId: 'Regional1MSP', ready: false, failing: ['clock'] },
    { mspId: 'Regional2MSP', silent: { code: 'ANSWER_MALFORMED' } }
  ])
  for (const { front } of hospitals.all) front.lies = []
})
