import t from 'tap'
import type { AnchorStatus } from '@epione/protocol/api'
import { Alarms } from '../../../anchor/src/service/alarms.ts'
import { AnchorMetrics } from '../../../anchor/src/service/metrics.ts'
import { tellStatus } from '../../../anchor/src/service/tell-status.ts'
import type { Telling } from '../../../anchor/src/service/tell-status.ts'
import { createAnchorStatus } from '../../helpers/anchor-service.ts'
import { until } from '../../helpers/sharing.ts'

const STATUS = createAnchorStatus()

t.test('metrics say how far anchoring is, what it costs, and which alarms hold', async (t) => {
  const alarms = new Alarms(() => undefined)
  const metrics = new AnchorMetrics(alarms)
  const text = await metrics.format(STATUS)
  for (const line of [
    'epione_anchor_chain_up 1', 'epione_anchor_last_block 17', 'epione_anchor_lag_blocks 2', 'epione_anchor_lag_seconds 1.5',
    'epione_anchor_balance_ether 1.5', 'epione_anchor_cost_ether 0.02', 'epione_anchor_alarm{alarm="storage_full"} 0'
  ]) t.ok(text.split('\n').includes(line), line)
  alarms.set('storage_full', true)
  t.match(await metrics.format(STATUS), 'epione_anchor_alarm{alarm="storage_full"} 1')
  alarms.set('storage_full', false)
  t.match(await metrics.format(STATUS), 'epione_anchor_alarms_raised{alarm="storage_full"} 1')
})

t.test('while the EVM node does not answer nothing old is said, and no 0 in its place', async (t) => {
  const metrics = new AnchorMetrics(new Alarms(() => undefined))
  await metrics.format(STATUS)
  const text = await metrics.format(undefined)
  t.match(text, /^epione_anchor_chain_up 0$/m)
  t.notMatch(text, /^epione_anchor_(lag|balance|ledger|last)\w* /m)
})

t.test('the own gateway is told how anchoring stands, again and again, whatever fails between', async (t) => {
  const alarms = new Alarms(() => undefined)
  const [told, logged, stop]: [AnchorStatus[], string[], AbortController] = [[], [], new AbortController()]
  let isAway = true
  const telling = {
    network: { name: 'goerli', chainId: 5, local: true },
    chain: {
      domain: { contract: `0x${'Ab'.repeat(20)}` },
      head: () => isAway ? Promise.reject(new Error('the node is away')) : Promise.resolve({ number: 3, nextBlock: 18 })
    },
    submitter: { balance: () => Promise.resolve(5n), cost: () => Promise.resolve(7n) },
    blocks: { height: () => 20, since: () => ({}) },
    batches: { settled: () => 2 },
    alarms,
    mailbox: { tellStatus: (status: AnchorStatus) => { told.push(status); return Promise.resolve() } },
    log: (_level: string, _fields: object, message: string) => { logged.push(message) }
  } as unknown as Telling
  const done = tellStatus(telling, stop.signal, 1)
  await until(() => logged.length > 1)
  t.same(told, [], 'nothing that was not read')
  isAway = false
  alarms.set('missing_majority', true)
  await until(() => told.length > 1)
  t.same(told[0], {
    ...createAnchorStatus(), contract: 'ab'.repeat(20), lagSeconds: 0, balanceWei: '5', costWei: '7', batches: 2, alarms: ['missing_majority']
  })
  stop.abort()
  await done
  const count = told.length
  await new Promise((resolve) => { setImmediate(resolve) })
  t.equal(told.length, count, 'it ends when it is told to')
})
