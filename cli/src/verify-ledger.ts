import { auditLedger, compareAnchors, readAnchors } from '@epione/ledger/audit'
import type { AnchorCover, AnchoredBatch, AnchorsWanted, AuditedLedger, Counts } from '@epione/ledger/audit'
import { VerificationError } from '@epione/ledger/proof'
import { ClientError } from '@epione/sdk'
import type { ClientErrorCode } from '@epione/sdk'

export interface LedgerWanted {
  /** Folder of a peer's block files. */
  folder: string
  networkId: string
  checkpoint?: string
  /** The contract on the EVM chain; without it, no anchor is compared. */
  anchors?: Omit<AnchorsWanted, 'networkId'>
}

export interface LedgerVerified {
  networkId: string
  blocks: number
  headerHash: string
  transactions: number
  invalid: number
  events: number
  entries: number
  resumedFrom: number
  /** Blocks up to this one are as they were anchored; -1 when none is. */
  anchoredTo?: number
  batches?: number
  warnings?: string[]
}

/** Not the ledger's fault, but that of what was named or could be reached. */
const OTHER_CODES = new Map<string, ClientErrorCode>([
  [
    'LEDGER_UNREADABLE', 'FILE_UNREADABLE'
  ], [
    'CHECKPOINT_MISMATCH', 'FILE_UNREADABLE'
  ], ['CHAIN_UNREACHABLE', 'UNAVAILABLE'], ['CHAIN_MISMATCH', 'USAGE'], ['NETWORK_MISMATCH', 'NETWORK_MISMATCH']
])

/**
 * Checks a peer's whole ledger from its block files, and compares it with the anchors. Throws `LEDGER_FALSE`, whose details name the
 * fault and its place; `LEDGER_INCOMPLETE` when all that is there is good but the copy ends within a block.
 */
export async function verifyLedger ({ anchors, ...audit }: LedgerWanted, onProgress?: (counts: Counts) => void): Promise<LedgerVerified> {
  try {
    const audited = await auditLedger({ ...audit, ...(onProgress === undefined ? {} : { onProgress }) })
    const anchored = anchors === undefined ? undefined : await readAnchors({ ...anchors, networkId: audit.networkId })
    const cover = anchored === undefined ? undefined : compare(audited, anchored)
    if (audited.incomplete !== undefined) throw incomplete(audited, audited.incomplete, cover)
    const { counts: { transactions, invalid, events, entries }, height, headerHash, networkId, resumedFrom } = audited
    const warnings = describeDoubts(audited, cover)
    return {
      networkId,
      blocks: height,
      headerHash,
      transactions,
      invalid,
      events,
      entries,
      resumedFrom,
      ...(cover === undefined ? {} : { anchoredTo: cover.lastBlock, batches: cover.batches }),
      ...(warnings.length === 0 ? {} : { warnings })
    }
  } catch (error) {
    if (!(error instanceof VerificationError)) throw error
    throw new ClientError(OTHER_CODES.get(error.code) ?? 'LEDGER_FALSE', error.message, {
      fault: error.code,
      ...error.place
    }, { cause: error })
  }
}

/** What an auditor should know of a ledger that is right. */
function describeDoubts ({ counts: { malformed, unreadable }, height }: AuditedLedger, cover: AnchorCover | undefined): string[] {
  return [
    ...malformed.map(({ block, transaction }) =>
      `Transaction ${transaction} of block ${block} does not re-encode to its own bytes: its boundaries may have been moved.`),
    ...unreadable.map(({ block, transaction }) =>
      `Transaction ${transaction} of block ${block} is valid, but its access event is none: most hospitals endorsed what the contracts do not say.`),
    ...(cover === undefined
      ? ['Anchors were not compared: a consortium that colludes could have rewritten all of this. Name --rpc, --chain-id and --contract.']
      : []),
    ...(cover !== undefined && cover.lastBlock < height - 1
      ? [`Blocks ${cover.lastBlock + 1} to ${height - 1} are not anchored yet: Fabric alone covers them.`]
      : [])
  ]
}

/** Blocks that were anchored and lack are no fault of a copy that is known not to be whole. */
function compare ({ leaves, incomplete }: AuditedLedger, anchored: AnchoredBatch[]): AnchorCover | undefined {
  try {
    return compareAnchors(leaves, anchored)
  } catch (error) {
    if (incomplete !== undefined && error instanceof VerificationError && error.code === 'LEDGER_CUT_OFF') return undefined
    throw error
  }
}

function incomplete ({ height, headerHash }: AuditedLedger, why: string, cover: AnchorCover | undefined): ClientError {
  const good = height === 0 ? 'No whole block comes before that' : `All is good up to block ${height - 1}`
  return new ClientError('LEDGER_INCOMPLETE', `The copy is not complete: ${why}. ${good}; the rest was cut off, most likely because the peer was writing. Copy the files again.`,
    {
      blocks: height,
      ...(height === 0 ? {} : { lastGoodBlock: height - 1, headerHash }),
      ...(cover === undefined ? {} : { anchoredTo: cover.lastBlock })
    })
}
