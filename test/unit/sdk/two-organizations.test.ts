import t from 'tap'
import { ClientError, Gateways } from '@epione/sdk'
import type { Transport } from '@epione/sdk'

const silent: Transport = {
  request: () => Promise.reject(new ClientError('UNAVAILABLE', 'not asked here')),
  download: () => Promise.reject(new ClientError('UNAVAILABLE', 'not asked here')),
  close: () => Promise.resolve()
}

function createGateways (...mspIds: string[]): Gateways {
  return new Gateways(mspIds.map((mspId, i) => ({ id: mspId, name: mspId, mspId, url: `https://${String(i)}.invalid` })), { connect: () => silent, settleMs: 0 })
}

t.test('two gateways of one organisation are no two organisations', async (t) => {
  const gateways = createGateways('CoreMSP', 'CoreMSP', 'Regional1MSP')
  const answers = await gateways.askTwoReachable(({ info }) => Promise.resolve(info.mspId))
  t.same(answers.map(({ value }) => value), ['CoreMSP', 'Regional1MSP'])
  const alone = createGateways('CoreMSP', 'CoreMSP')
  t.equal((await alone.askTwoReachable(() => Promise.resolve(1))).length, 1)
  await t.rejects(alone.askTwo('thing', () => Promise.resolve(1), (value) => value), { code: 'SECOND_ORGANIZATION_UNREACHABLE' })
})

t.test('where an organisation\'s first gateway is silent, its second may answer for it', async (t) => {
  const gateways = createGateways('CoreMSP', 'CoreMSP', 'Regional1MSP')
  const answers = await gateways.askTwoReachable(({ info }) =>
    info.url === 'https://0.invalid' ? Promise.reject(new ClientError('UNAVAILABLE', 'down')) : Promise.resolve(info.url))
  t.same(answers.map(({ value }) => value).sort(), ['https://1.invalid', 'https://2.invalid'])
})
