import { toHex } from '@epione/crypto'
import { BlockError, headerHashOf, parseStoredBlock } from '../blocks/index.ts'
import { VerificationError } from '../errors.ts'
import { resumeAudit, saveAudit, startAudit } from './audit-state.ts'
import { readBlockFiles } from './block-files.ts'
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { prepareBlock } from './prepare-block.ts'
import { replayBlock } from './replay-block.ts'
import type { PeerBlock } from '../blocks/index.ts'
import type { AuditState, Counts } from './audit-state.ts'
import type { FilePosition } from './block-files.ts'
import type { PreparedBlock } from './prepare-block.ts'

export interface LedgerAudit {
  /** Folder of block files of a peer: `ledgersData/chains/chains/CHANNEL`. */
  folder: string
  /** The network's id, hex: the header hash of block 0, on which all else rests. */
  networkId: string
  /** File in which the audit is kept, so that a later one goes on after its last block. */
  checkpoint?: string
  onProgress?: (counts: Counts) => void
}

/** What an audit found to be in order. */
export interface AuditedLedger {
  networkId: string
  height: number
  headerHash: string
  counts: Counts
  leaves: Uint8Array[]
  /** Blocks that an earlier audit had checked. */ resumedFrom: number
  /** Why what follows the last whole block is none: the copy is not complete. */ incomplete?: string
}

/** Blocks whose signatures are checked at once, while the block before them is replayed. */
const AHEAD = 8
/** Transactions taken apart need many times their bytes, so that fewer large blocks are kept ahead. */
const AHEAD_BYTES = 8 * 1024 * 1024
const CHECKPOINT_EVERY_BLOCKS = 2_000

/**
 * Checks a peer's whole chain as an auditor who trusts nobody: headers, data hashes, orderers', creators' and endorsers'
 * signatures against the configuration of each height, every validation code, every COMMIT_HASH. Throws an `VerificationError`
 * that names the first thing wrong and its place. Files that are cut off, as those of a peer at work, are nobody's lie: the
 * whole blocks before that place are checked, and the answer says that they are not all.
 */
export async function auditLedger (audit: LedgerAudit): Promise<AuditedLedger> {
  const state = await open(audit)
  const resumedFrom = state.counts.blocks
  const ahead: PreparedBlock[] = []
  let [expected, previous] = [state.counts.blocks, state.headerHash]
  const finish = async (keep: number): Promise<void> => {
    for (let first = ahead[0]; first !== undefined && (ahead.length > keep || sizeOf(ahead) > AHEAD_BYTES); first = ahead[0]) {
      ahead.shift()
      await replayBlock(state, first)
      audit.onProgress?.(state.counts)
      if (state.counts.blocks % CHECKPOINT_EVERY_BLOCKS === 0) await save(audit, state)
    }
  }
  let incomplete: string | undefined
  for await (const { block, next } of blocksOf(audit.folder, state.position, (why) => { incomplete = why })) {
    if (expected === 0) checkNetwork(block, audit.networkId)
    const prepared = prepareBlock(block, next, expected, previous, state.config)
    ahead.push(prepared)
    ;[expected, previous] = [expected + 1, prepared.headerHash]
    // What follows a configuration is judged by it.
    await finish(prepared.transactions.some(({ kind }) => kind === 'config') ? 0 : AHEAD)
  }
  await finish(0)
  await save(audit, state)
  return {
    networkId: state.networkId,
    height: state.counts.blocks,
    headerHash: toHex(state.headerHash ?? new Uint8Array()),
    counts: state.counts,
    leaves: state.leaves,
    resumedFrom,
    ...(incomplete === undefined ? {} : { incomplete })
  }
}

async function * blocksOf (
  folder: string,
  from: FilePosition,
  onTorn: (why: string) => void
): AsyncGenerator<{ block: PeerBlock, next: FilePosition }, void, void> {
  try {
    for await (const { bytes, next } of readBlockFiles(folder, from)) yield { block: readBlock(bytes), next }
  } catch (error) {
    if (!(error instanceof VerificationError && error.code === 'BLOCK_FILE_TORN')) throw error
    onTorn(error.message)
  }
}

function readBlock (bytes: Uint8Array): PeerBlock {
  try {
    return parseStoredBlock(bytes)
  } catch (error) {
    if (error instanceof BlockError) throw new VerificationError('BLOCK_MALFORMED', error.message, { cause: error })
    throw error
  }
}

function sizeOf (blocks: readonly PreparedBlock[]): number {
  return blocks.reduce((sum, { block }) => sum + block.envelopes.reduce((bytes, envelope) => bytes + envelope.length, 0), 0)
}

function checkNetwork (block: PeerBlock, networkId: string): void {
  const found = toHex(headerHashOf(block))
  if (block.number === 0n && found !== networkId) {
    throw new VerificationError('NETWORK_MISMATCH', `This is the ledger of network ${found}, not of ${networkId}.`)
  }
}

async function open ({ checkpoint, networkId }: LedgerAudit): Promise<AuditState> {
  const saved = checkpoint === undefined ? undefined : await readCheckpoint(checkpoint)
  if (saved === undefined) return startAudit(networkId)
  if (saved.networkId !== networkId) {
    throw new VerificationError(
      'CHECKPOINT_MISMATCH',
      `The checkpoint is of network ${saved.networkId}, not of ${networkId}; name another file.`
    )
  }
  return resumeAudit(saved)
}

async function save ({ checkpoint }: LedgerAudit, state: AuditState): Promise<void> {
  if (checkpoint !== undefined) await writeCheckpoint(checkpoint, saveAudit(state))
}
