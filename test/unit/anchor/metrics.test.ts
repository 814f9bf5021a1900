import t from 'tap'
import { Alarms } from '../../../anchor/src/service/alarms.ts'
import { AnchorMetrics } from '../../../anchor/src/service/metrics.ts'
import type { AnchorStatus } from '../../../anchor/src/service/status.ts'

const STATUS: AnchorStatus = {
  network: 'goerli',
  chainId: 5,
  contract: `0x${'a'.repeat(40)}`,
  head: { batch: 3, lastBlock: 17 },
  ledgerHeight: 20,
  lagBlocks: 2,
  lagSeconds: 1.5,
  balanceWei: '1500000000000000000',
  costWei: '20000000000000000',
  batches: 3
}

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
