import { equalConstantTime, leafHash, blockLeaf } from '@epione/crypto'
import { accessEventsIn, carriesAccessEvents } from '@epione/protocol'
import { BlockError, parseEventPayload, txRootOf } from '../blocks/index.ts'
import { VerificationError } from '../errors.ts'
import { ChannelConfig } from './channel-config.ts'
import { checkConfigUpdate } from './config-update.ts'
import { commitHashAfter } from './commit-hash.ts'
import { judgeEndorsement } from './endorsement.ts'
import { CODES } from './validation-codes.ts'
import { BlockUpdates } from './world-state.ts'
import type { AuditState } from './audit-state.ts'
import type { LedgerTransaction } from './endorser-transaction.ts'
import type { PreparedBlock, Signed } from './prepare-block.ts'

/**
 * Does again what a peer does with a block: derives each transaction's code, applies the writes and makes the COMMIT_HASH;
 * then the block's leaf. Throws `CODE_FALSE`, `COMMIT_HASH_FALSE`, `CONFIG_UNAUTHORIZED`.
 */
export async function replayBlock (
  state: AuditState,
  { block, headerHash, next, transactions, malformed, signed }: PreparedBlock
): Promise<void> {
  const number = Number(block.number)
  const updates = new BlockUpdates()
  const codes = deriveCodes(state, number, await signed, updates)
  for (const [transaction, code] of codes.entries()) checkCode(number, transaction, block.codes[transaction] ?? 0, code)
  state.world.apply(updates)
  if (number > 0) {
    const derived = commitHashAfter(state.commitHash, block.codes, updates)
    if (!equalConstantTime(derived, block.commitHash)) {
      throw new VerificationError(
        'COMMIT_HASH_FALSE',
        `The commit hash of block ${number} is not that of its codes and writes: this peer's metadata was changed.`,
        { place: { block: number } }
      )
    }
    state.commitHash = derived
  }
  for (const transaction of transactions) {
    if (transaction.txId !== '') state.txIds.add(transaction.txId)
    if (transaction.kind === 'config') {
      state.config = await nextConfig(state.config, number, block.envelopes[transaction.index] ?? new Uint8Array())
    }
  }
  state.leaves.push(leafHash(blockLeaf({ number, headerHash, commitHash: block.commitHash, txRoot: txRootOf(block) })))
  count(state, number, transactions, codes, malformed)
  state.headerHash = headerHash
  state.position = next
}

function deriveCodes ({ world, txIds, config }: AuditState, block: number, signed: readonly Signed[], updates: BlockUpdates): number[] {
  const beforeState = signed.map(({ transaction, code, endorsers }) => {
    const { kind, fault, txId } = transaction
    const reachesIndex = kind === 'endorser' && (code === CODES.VALID || (code === fault?.code && fault.before === 'endorsements'))
    if (!reachesIndex) return code
    if (txIds.has(txId)) return CODES.DUPLICATE_TXID
    if (code !== CODES.VALID) return code
    return config === undefined ? CODES.VALID : judgeEndorsement(transaction, endorsers, config, world)
  })
  const seen = new Set<string>()
  return signed.map(({ transaction: { kind, txId, sets } }, index) => {
    const code = beforeState[index] ?? CODES.VALID
    if (code !== CODES.VALID || kind !== 'endorser') return code
    if (seen.has(txId)) return CODES.DUPLICATE_TXID
    seen.add(txId)
    const judged = world.judge(sets, updates)
    if (judged === CODES.VALID) updates.add(sets, [block, index])
    return judged
  })
}

function checkCode (block: number, transaction: number, shown: number, derived: number): void {
  if (shown === derived) return
  const what = shown === CODES.VALID
    ? 'is shown as valid, but is not'
    : derived === CODES.VALID ? 'is shown as invalid, but is valid' : 'is invalid for another reason'
  throw new VerificationError(
    'CODE_FALSE',
    `Transaction ${transaction} of block ${block} ${what}: its code must be ${derived}, not ${shown}.`,
    { place: { block, transaction } }
  )
}

async function nextConfig (before: ChannelConfig | undefined, block: number, envelope: Uint8Array): Promise<ChannelConfig> {
  const config = new ChannelConfig(block, envelope)
  // The first one is that of the network's id.
  if (before !== undefined) await checkConfigUpdate(before, config)
  return config
}

function count (
  state: AuditState,
  block: number,
  transactions: readonly LedgerTransaction[],
  codes: readonly number[],
  malformed: readonly number[]
): void {
  const { counts } = state
  counts.blocks += 1
  counts.transactions += transactions.length
  counts.invalid += codes.filter((code) => code !== CODES.VALID).length
  counts.malformed.push(...malformed.map((transaction) => ({ block, transaction })))
  for (const { index, event } of transactions) {
    if (codes[index] !== CODES.VALID || event === undefined || !carriesAccessEvents(event.name)) continue
    const found = countRecords(event.name, event.payload)
    if (found === undefined) counts.unreadable.push({ block, transaction: index })
    else {
      counts.events += found.events
      counts.entries += found.records
    }
  }
}

/** Access events that a payload carries, and the records that they name; undefined for what is none. */
function countRecords (name: string, payload: Uint8Array): { events: number, records: number } | undefined {
  try {
    const events = accessEventsIn(name, parseEventPayload(payload))
    const records = events?.map(recordsOf)
    if (records === undefined || records.includes(undefined)) return undefined
    return { events: records.length, records: records.reduce((sum: number, number) => sum + (number ?? 0), 0) }
  } catch (error) {
    if (error instanceof BlockError) return undefined
    throw error
  }
}

function recordsOf (event: unknown): number | undefined {
  const isEvent = typeof event === 'object' && event !== null && 'records' in event && Array.isArray(event.records)
  return isEvent ? (event.records as unknown[]).length : undefined
}
