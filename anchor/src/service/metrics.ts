import { Gauge, Registry } from 'prom-client'
import { formatEther } from 'viem'
import { ANCHOR_ALARMS } from '@epione/protocol/api'
import type { AnchorStatus } from '@epione/protocol/api'
import type { Alarms } from './alarms.ts'

/** What a status says, as numbers; by the names of the metrics. */
const OF_STATUS = {
  batch: ['Batches on the chain.', ({ head }) => head.batch],
  last_block: ['Last block of the ledger that is anchored.', ({ head }) => head.lastBlock],
  ledger_height: ['Blocks of the own peer.', ({ ledgerHeight }) => ledgerHeight],
  lag_blocks: ['Blocks that wait for an anchor.', ({ lagBlocks }) => lagBlocks],
  lag_seconds: ['Age of the oldest of them that counts.', ({ lagSeconds }) => lagSeconds],
  balance_ether: ['What the submitter has left.', ({ balanceWei }) => Number(formatEther(BigInt(balanceWei)))],
  cost_ether: ['What all submissions cost.', ({ costWei }) => Number(formatEther(BigInt(costWei)))]
} satisfies Record<string, [help: string, read: (status: AnchorStatus) => number]>

/** What an anchor service tells of itself: numbers and names of alarms, nothing of a block's content. */
export class AnchorMetrics {
  readonly registry = new Registry()
  readonly #alarms: Alarms
  readonly #chainUp = this.#gauge('chain_up', '1 while the EVM node answers.')
  readonly #alarm = this.#gauge('alarm', 'Conditions that need an operator: 1 while one holds.', ['alarm'])
  readonly #raised = this.#gauge('alarms_raised', 'How often a condition began since the start.', ['alarm'])
  readonly #ofStatus = Object.entries(OF_STATUS).map(([name, [help, read]]) => ({ gauge: this.#gauge(name, help), read }))

  constructor (alarms: Alarms) {
    this.#alarms = alarms
  }

  /** Prometheus text. Without a status, because the EVM node does not answer, only that and the alarms. */
  async format (status: AnchorStatus | undefined): Promise<string> {
    this.#chainUp.set(status === undefined ? 0 : 1)
    for (const { gauge, read } of this.#ofStatus) {
      if (status === undefined) gauge.remove()
      else gauge.set(read(status))
    }
    for (const alarm of ANCHOR_ALARMS) {
      this.#alarm.set({ alarm }, this.#alarms.isActive(alarm) ? 1 : 0)
      this.#raised.set({ alarm }, this.#alarms.raised(alarm))
    }
    return await this.registry.metrics()
  }

  #gauge<L extends string = never> (name: string, help: string, labelNames: L[] = []): Gauge<L> {
    return new Gauge({ name: `epione_anchor_${name}`, help, labelNames, registers: [this.registry] })
  }
}
