import { formatEther } from 'viem'
import { ALARMS } from './alarms.ts'
import type { Alarms } from './alarms.ts'
import type { AnchorStatus } from './status.ts'

/** Prometheus text of a service; without a status only the alarms, because the EVM node does not answer. */
export function formatMetrics (status: AnchorStatus | undefined, alarms: Alarms): string {
  const samples: [string, string, number | string][] = status === undefined
    ? [['epione_anchor_chain_up', '', 0]]
    : [
        ['epione_anchor_chain_up', '', 1],
        ['epione_anchor_batch', '', status.head.batch],
        ['epione_anchor_last_block', '', status.head.lastBlock],
        ['epione_anchor_ledger_height', '', status.ledgerHeight],
        ['epione_anchor_lag_blocks', '', status.lagBlocks],
        ['epione_anchor_lag_seconds', '', status.lagSeconds],
        ['epione_anchor_balance_ether', '', formatEther(BigInt(status.balanceWei))],
        ['epione_anchor_cost_ether', '', formatEther(BigInt(status.costWei))]
      ]
  for (const alarm of ALARMS) {
    samples.push([
      'epione_anchor_alarm', `{alarm="${alarm}"}`, alarms.isActive(alarm) ? 1 : 0
    ], ['epione_anchor_alarms_raised', `{alarm="${alarm}"}`, alarms.raised(alarm)])
  }
  return samples.map(([name, labels, value]) => `${name}${labels} ${value}\n`).join('')
}
