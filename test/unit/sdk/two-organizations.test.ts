import t from 'tap'
import { ClientError, Gateways } from '@epione/sdk'
import type { Transport } from '@epione/sdk'
import { askFirstTwo } from '../../../sdk/dist/gateways/ask-two.js'
import { problemToError } from '../../../sdk/dist/gateways/gateway-problem.js'
import { unreachable } from '../../../sdk/dist/gateways/unreachable.js'
import { together } from '../../../sdk/dist/gateways/together.js'

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
  const { answers } = await gateways.askTwoReachable(({ info }) => Promise.resolve(info.mspId))
  t.same(answers.map(({ value }) => value), ['CoreMSP', 'Regional1MSP'])
  const alone = createGateways('CoreMSP', 'CoreMSP')
  t.equal((await alone.askTwoReachable(() => Promise.resolve(1))).answers.length, 1)
  await t.rejects(alone.askTwo('thing', () => Promise.resolve(1), (value) => value), { code: 'SECOND_ORGANIZATION_UNREACHABLE' })
})

t.test('where an organisation\'s first gateway is silent, its second may answer for it', async (t) => {
  const gateways = createGateways('CoreMSP', 'CoreMSP', 'Regional1MSP')
  const { answers } = await gateways.askTwoReachable(({ info }) =>
    info.url === 'https://0.invalid' ? Promise.reject(new ClientError('UNAVAILABLE', 'down')) : Promise.resolve(info.url))
  t.same(answers.map(({ value }) => value).sort(), ['https://1.invalid', 'https://2.invalid'])
})

const never = new Promise<string>(() => undefined)
const down = (mspId: string): Promise<string> => Promise.reject(new ClientError('UNAVAILABLE', `${mspId} is down`))
const refusing = (mspId: string): Promise<string> => Promise.reject(new ClientError('REFUSED', mspId))

t.test('two are asked at once, and a third only when one is silent', async (t) => {
  const { all } = createGateways('CoreMSP', 'Regional1MSP', 'Regional2MSP')
  const asked: string[] = []
  const both = Promise.withResolvers<string>()
  const { answers } = await askFirstTwo(all, ({ info }) => {
    asked.push(info.mspId)
    if (asked.length === 2) both.resolve('at once')
    return both.promise
  })
  t.same(answers.map(({ gateway, value }) => [gateway.info.mspId, value]), [['CoreMSP', 'at once'], ['Regional1MSP', 'at once']])
  const { answers: others, silent } = await askFirstTwo(all, ({ info }) => info.mspId === 'CoreMSP' ? down('CoreMSP') : Promise.resolve(info.mspId))
  t.same(others.map(({ value }) => value), ['Regional1MSP', 'Regional2MSP'])
  t.same(silent, [{ mspId: 'CoreMSP', problem: 'CoreMSP is down' }])
})

t.test('a hospital that lets wait is followed by the next, and hides nobody\'s answer', async (t) => {
  const { all } = createGateways('CoreMSP', 'Regional1MSP', 'Regional2MSP')
  const { answers } = await askFirstTwo(all, ({ info }) => info.mspId === 'CoreMSP' ? never : Promise.resolve(info.mspId), 20)
  t.same(answers.map(({ value }) => value), ['Regional1MSP', 'Regional2MSP'])
  await t.rejects(
    askFirstTwo(all, ({ info }) => info.mspId === 'CoreMSP' ? never : refusing(info.mspId), 20),
    { code: 'REFUSED', message: 'Regional1MSP' }
  )
})

t.test('of two refusals the first hospital\'s is told, whichever comes first', async (t) => {
  const { all } = createGateways('CoreMSP', 'Regional1MSP')
  for (const hasty of ['CoreMSP', 'Regional1MSP']) {
    const second = Promise.withResolvers<string>()
    const ask = async (mspId: string): Promise<string> => {
      if (mspId === hasty) {
        setImmediate(() => second.resolve(''))
        return refusing(mspId)
      }
      await second.promise
      return refusing(mspId)
    }
    await t.rejects(askFirstTwo(all, ({ info }) => ask(info.mspId)), { code: 'REFUSED', message: 'CoreMSP' })
  }
})

t.test('hospitals that cannot be reached are each named', async (t) => {
  const gateways = createGateways('CoreMSP', 'Regional1MSP', 'Regional2MSP')
  await t.rejects(gateways.askTwo('thing', ({ info }) => down(info.mspId), (value) => value), {
    code: 'UNAVAILABLE',
    message: 'No hospital answers. CoreMSP: CoreMSP is down Regional1MSP: Regional1MSP is down Regional2MSP: Regional2MSP is down'
  })
  const ask = (mspId: string): Promise<string> => mspId === 'Regional1MSP' ? Promise.resolve('') : down(mspId)
  await t.rejects(gateways.askTwo('thing', ({ info }) => ask(info.mspId), (value) => value), {
    code: 'SECOND_ORGANIZATION_UNREACHABLE', details: { silent: [{ mspId: 'CoreMSP' }, { mspId: 'Regional2MSP' }] }
  })
})

t.test('of what is read at once the first failure in order is told', async (t) => {
  const late = Promise.withResolvers<number>()
  const all = together(late.promise, Promise.reject(new Error('second')), Promise.resolve('third'))
  late.reject(new Error('first'))
  await t.rejects(all, { message: 'first' })
  t.same(await together(Promise.resolve(1), Promise.resolve('two')), [1, 'two'])
})

t.test('what cannot be reached, or is busy, says to do the same again', (t) => {
  t.match(unreachable('https://x', new Error('no route')), { code: 'UNAVAILABLE', message: /no route\. Run the same command again\.$/ })
  const gateway = { mspId: 'CoreMSP', id: 'core', name: 'Core', url: 'https://x' }
  const busy = problemToError({ status: 503, headers: {}, body: { code: 'CA_UNAVAILABLE', detail: 'no answer' } }, gateway)
  t.match(busy, { code: 'UNAVAILABLE', message: 'CoreMSP answers CA_UNAVAILABLE: no answer. Run the same command again.' })
  t.notMatch(problemToError({ status: 403, headers: {}, body: { code: 'NOT_ENROLLED' } }, gateway).message, /again/)
  t.match(problemToError({ status: 403, headers: {}, body: { code: 'SUSPENDED' } }, gateway), { code: 'SUSPENDED', exitCode: 3 })
  t.end()
})
