import t from 'tap'
import { ClientError, DeviceClock, Gateways, readClock } from '@epione/sdk'
import type { Transport } from '@epione/sdk'

const NOW = Date.UTC(2026, 10, 30, 12)
const MINUTE = 60_000

/** Gateways, one an organisation, each with its clock: undefined cannot be reached, null does not tell the time. */
function gatewaysOf (...clocks: (number | undefined | null)[]): Gateways {
  const transportOf = (time: number | undefined | null): Transport => ({
    request: async () => {
      if (time === undefined) throw new ClientError('UNAVAILABLE', 'down')
      return await Promise.resolve({ status: 200, headers: time === null ? {} : { date: new Date(time).toUTCString() }, body: {} })
    },
    download: () => Promise.reject(new ClientError('UNAVAILABLE', 'not asked here')),
    close: () => Promise.resolve()
  })
  const infos = clocks.map((_, i) => ({ id: `h${i}`, name: `h${i}`, mspId: `H${i}MSP`, url: `https://${i}.invalid` }))
  return new Gateways(infos, { connect: ({ url }) => transportOf(clocks[Number(new URL(url).host[0])]) })
}

async function readBy (...clocks: (number | undefined | null)[]): Promise<number> {
  const clock = new DeviceClock({ wall: () => 5000, monotonic: () => 1000 })
  await readClock(gatewaysOf(...clocks), clock)
  t.ok(clock.isSet)
  return clock.now()
}

t.test('a clock is set by two organisations that agree within a minute', async (t) => {
  t.equal(await readBy(NOW, NOW + 30_000), NOW, 'the first of the device\'s list')
  t.equal(await readBy(NOW - 365 * 24 * 60 * MINUTE, NOW, NOW + 1000), NOW, 'one liar, wherever it stands')
  t.equal(await readBy(NOW, NOW + 61_000, NOW + 5000), NOW)
  t.equal(await readBy(undefined, NOW, NOW), NOW, 'one that is silent')
  t.equal(await readBy(null, NOW, NOW), NOW, 'one that does not tell')
})

t.test('one gateway moves a clock within a minute of what two agreed on, however often it answers', async (t) => {
  let elapsed = 1000
  const clock = new DeviceClock({ wall: () => 5000, monotonic: () => elapsed })
  t.notOk(clock.correct(NOW), 'before two agreed none is taken')
  await readClock(gatewaysOf(NOW, NOW), clock)
  t.ok(clock.correct(NOW + 59_000))
  t.equal(clock.now(), NOW + 59_000)
  t.notOk(clock.correct(NOW + 2 * 59_000), 'from there it does not go on')
  t.equal(clock.now(), NOW + 59_000)
  t.ok(clock.correct(NOW - 500))
  elapsed += 3_600_000
  t.notOk(clock.correct(NOW + 3_600_000 + 61_000))
  await readClock(gatewaysOf(NOW + 3_661_000, NOW + 3_661_000), clock)
  t.ok(clock.correct(NOW + 3_661_000 + 59_000), 'what two say counts anew')
})

t.test('without two that agree it stays as it was', async (t) => {
  await t.rejects(readBy(NOW, NOW + 61_000), { code: 'ORGANIZATIONS_DIFFER' })
  await t.rejects(readBy(NOW, NOW + 2 * MINUTE, NOW + 4 * MINUTE), { code: 'ORGANIZATIONS_DIFFER' })
  await t.rejects(readBy(NOW, undefined), { code: 'SECOND_ORGANIZATION_UNREACHABLE' })
  await t.rejects(readBy(NOW, null, undefined), { code: 'SECOND_ORGANIZATION_UNREACHABLE' })
  await t.rejects(readBy(undefined, undefined), { code: 'UNAVAILABLE' })
  const clock = new DeviceClock({ wall: () => 5000, monotonic: () => 1000 })
  await t.rejects(readClock(gatewaysOf(NOW), clock), { code: 'SECOND_ORGANIZATION_UNREACHABLE' })
  t.strictSame([clock.isSet, clock.now()], [false, 5000])
})
