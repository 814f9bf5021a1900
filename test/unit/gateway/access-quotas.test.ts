import t from 'tap'
import { AccessQuotas } from '../../../gateway/src/access/access-quotas.ts'
import { DEFAULT_LIMITS } from '../../../gateway/src/http/limits.ts'
import { signRequest } from '../../helpers/ledger-fixtures.ts'
import { post, READER_MSP, Sharing } from '../../helpers/sharing.ts'

const HOUR_MS = 3_600_000

t.test('a person, and a hospital, has so many decisions an hour, whichever process asked for them', async (t) => {
  let now = 10 * HOUR_MS + 600_000
  const quotas = new AccessQuotas({ mspId: 'M', limits: { accessPerPerson: 3, accessPerOrganization: 5 }, clock: () => now })
  const count = (staffId: string, time = now, mspId = 'M'): void => { quotas.count({ actor: { mspId, staffId }, time }) }
  const take = (staffId: string, requests = 1): Promise<string> => quotas.within(staffId, requests, () => Promise.resolve('done'))
  quotas.restore([{ staffId: 'a', count: 1 }])
  count('a')
  count('a', now, 'Other')
  count('a', now - HOUR_MS)
  t.equal(await take('a'), 'done')
  await t.rejects(take('a', 2), { code: 'QUOTA_EXCEEDED', retryAfterSeconds: 3_000, message: /3 access requests of a / })
  const release = Promise.withResolvers<string>()
  const underWay = quotas.within('a', 1, () => release.promise)
  await t.rejects(take('a'), { code: 'QUOTA_EXCEEDED' }, 'what is under way counts')
  release.resolve('done')
  await underWay
  await t.rejects(quotas.within('a', 1, () => Promise.reject(new Error('lost'))), /lost/)
  t.equal(await take('a'), 'done', 'what failed does not count')
  for (let i = 0; i < 3; i += 1) count('b')
  await t.rejects(take('c'), { code: 'QUOTA_EXCEEDED', message: /of this hospital/ })
  now += HOUR_MS
  t.equal(await take('c', 3), 'done')
})

t.test('one person who asks the peers directly keeps nobody else out, and nobody keeps an emergency out', async (t) => {
  const quotas = new AccessQuotas({ mspId: 'M', limits: { accessPerPerson: 3, accessPerOrganization: 5 }, clock: () => 10 * HOUR_MS })
  quotas.restore([{ staffId: 'flood', count: 1_000 }])
  t.equal(await quotas.within('a', 2, () => Promise.resolve('done')), 'done')
  quotas.restore([{ staffId: 'b', count: 2 }])
  await t.rejects(quotas.within('a', 1, () => Promise.resolve('done')), { code: 'QUOTA_EXCEEDED', message: /of this hospital/ })
  t.equal(await quotas.within('a', 1, () => Promise.resolve('done'), { isEmergency: true }), 'done')
  await t.rejects(quotas.within('flood', 1, () => Promise.resolve('done'), { isEmergency: true }), { code: 'QUOTA_EXCEEDED' }, 'but their own')
})

t.test('a gateway refuses what is over, single and in a batch, and remembers it after a restart', async (t) => {
  const limits = { ...DEFAULT_LIMITS, accessPerPerson: 3 }
  const sharing = await Sharing.create(t, { running: [READER_MSP], special: () => ({ config: { limits } }) })
  const sign = (): object => signRequest(sharing.world, sharing.reader, sharing.patient, [sharing.record])
  for (let i = 0; i < 2; i += 1) t.match(await sharing.request(), { status: 403 })
  await sharing.of(READER_MSP).close()
  const { app } = await sharing.start(READER_MSP)
  await app.events.catchUp()
  const both = await post(app, '/v1/access-requests/of-all', { statements: [sign(), sign()] }, sharing.token)
  t.match(both, { status: 429, body: { code: 'QUOTA_EXCEEDED' } })
  t.match(await sharing.request(), { status: 403 })
  await app.events.catchUp()
  const response = await app.inject({
    method: 'POST', url: '/v1/access-requests', headers: { authorization: sharing.token }, payload: { statement: sign() }
  })
  t.equal(response.statusCode, 429)
  t.match(response.json(), { code: 'QUOTA_EXCEEDED' })
  t.ok(Number(response.headers['retry-after']) > 0)
})
