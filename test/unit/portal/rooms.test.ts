import t from 'tap'
import { BearerToken, ClientError, requestAccess } from '@epione/sdk'
import { problemOf } from '../../../portal/src/worker/problem.ts'
import { countEvents } from '../../../portal/src/worker/rooms/auditing-files.ts'
import { grant } from '../../../portal/src/worker/rooms/consents.ts'
import { openOwn } from '../../../portal/src/worker/rooms/records.ts'
import type { Desk } from '../../../portal/src/worker/desk.ts'
import { Hospitals, writeRecord } from '../../helpers/client/hospitals.ts'

t.setTimeout(180_000)
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
