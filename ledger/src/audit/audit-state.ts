import { ChannelConfig } from './channel-config.ts'
import { WorldState } from './world-state.ts'
import type { FilePosition } from './block-files.ts'
import type { StateSnapshot } from './world-state.ts'

/**
 * What was counted on the way. `entries` are the records named by committed access events; `unreadable` are valid transactions whose
 * access event is none.
 */
export interface Counts {
  blocks: number
  transactions: number
  invalid: number
  events: number
  entries: number
  malformed: Array<{ block: number, transaction: number }>
  unreadable: Array<{ block: number, transaction: number }>
}

/** All that an audit must remember to go on with the next block. */
export interface AuditState {
  networkId: string
  position: FilePosition
  headerHash: Uint8Array | undefined
  commitHash: Uint8Array
  config: ChannelConfig | undefined
  world: WorldState
  txIds: Set<string>
  /** Leaf hash of each block, from block 0 on: what anchors are compared with. */
  leaves: Uint8Array[]
  counts: Counts
}

/** An audit's state as data that `v8.serialize` can write. */
export interface SavedAudit extends Omit<AuditState, 'config' | 'world'> {
  config: { blockNumber: number, envelope: Uint8Array } | undefined
  world: StateSnapshot
}

export function startAudit (networkId: string): AuditState {
  return {
    networkId,
    position: { file: 0, offset: 0 },
    headerHash: undefined,
    commitHash: new Uint8Array(),
    config: undefined,
    world: new WorldState(),
    txIds: new Set(),
    leaves: [],
    counts: { blocks: 0, transactions: 0, invalid: 0, events: 0, entries: 0, malformed: [], unreadable: [] }
  }
}

export function saveAudit ({ config, world, ...rest }: AuditState): SavedAudit {
  return {
    ...rest,
    config: config === undefined ? undefined : { blockNumber: config.blockNumber, envelope: config.envelope },
    world: world.snapshot()
  }
}

export function resumeAudit ({ config, world, ...rest }: SavedAudit): AuditState {
  return {
    ...rest,
    config: config === undefined ? undefined : new ChannelConfig(config.blockNumber, config.envelope),
    world: new WorldState(world)
  }
}
