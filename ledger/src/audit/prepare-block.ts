import { toHex } from '@epione/crypto'
import { headerHashOf, isCanonicalEnvelope } from '../blocks/index.ts'
import { VerificationError } from '../errors.ts'
import { describeDataFault, hasItsData } from './data-hash.ts'
import { parseTransaction } from './endorser-transaction.ts'
import { checkOrderers } from './orderers.ts'
import { findSigner, findSigners } from './signatures.ts'
import { CODES } from './validation-codes.ts'
import type { PeerBlock } from '../blocks/index.ts'
import type { FilePosition } from './block-files.ts'
import type { ChannelConfig } from './channel-config.ts'
import type { LedgerTransaction } from './endorser-transaction.ts'
import type { Member } from './msp.ts'

/** A transaction with what its signatures are worth, and the code that they alone would give it. */
export interface Signed { readonly transaction: LedgerTransaction, readonly code: number, readonly endorsers: readonly Member[] }
/** A block whose place in the chain is checked, and whose signatures are being checked. */
export interface PreparedBlock {
  readonly block: PeerBlock
  readonly headerHash: Uint8Array
  readonly next: FilePosition
  readonly transactions: LedgerTransaction[]
  readonly malformed: number[]
  readonly signed: Promise<Signed[]>
}

/**
 * Checks a block's place and data, takes it apart, and starts on its signatures. Throws `BLOCK_MISSING`, `CHAIN_BROKEN`,
 * `DATA_HASH_MISMATCH`, `TRANSACTIONS_SWAPPED`.
 */
export function prepareBlock (
  block: PeerBlock,
  next: FilePosition,
  expected: number,
  previous: Uint8Array | undefined,
  config: ChannelConfig | undefined
): PreparedBlock {
  checkPlace(block, expected, previous)
  if (!hasItsData(block)) throw describeDataFault(block)
  const transactions = block.envelopes.map((envelope, index) => parseTransaction(index, envelope))
  const malformed = block.envelopes.flatMap((envelope, index) => isCanonicalEnvelope(envelope) ? [] : [index])
  const signed = config === undefined ? Promise.resolve(transactions.map(unsigned)) : checkSignatures(block, transactions, config)
  // Whoever waits for it hears of a fault; until then it is nobody's unhandled one.
  signed.catch(() => undefined)
  return { block, headerHash: headerHashOf(block), next, transactions, malformed, signed }
}

function checkPlace ({ number, previousHash }: PeerBlock, expected: number, previous: Uint8Array | undefined): void {
  const place = { block: expected }
  if (number > BigInt(expected)) {
    throw new VerificationError('BLOCK_MISSING', `Block ${expected} is missing: block ${number} follows block ${expected - 1}.`, { place })
  }
  if (number < BigInt(expected)) {
    throw new VerificationError('CHAIN_BROKEN', `Block ${number} comes again where block ${expected} is due.`, { place })
  }
  if (toHex(previousHash) !== toHex(previous ?? new Uint8Array())) {
    throw new VerificationError(
      'CHAIN_BROKEN',
      `Block ${expected} follows another block than the one before it: a header was changed, or blocks of two ledgers were mixed.`,
      { place }
    )
  }
}

/** Block 0 is signed by nobody: the network id is its warrant. */
function unsigned (transaction: LedgerTransaction): Signed {
  return { transaction, code: transaction.fault?.code ?? CODES.VALID, endorsers: [] }
}

async function checkSignatures (block: PeerBlock, transactions: readonly LedgerTransaction[], config: ChannelConfig): Promise<Signed[]> {
  const [signed] = await Promise.all([
    Promise.all(transactions.map((transaction) => checkTransaction(transaction, config))),
    checkOrderers(block, config, transactions.some(({ kind }) => kind === 'config'))
  ])
  return signed
}

/** In Fabric's order: what cannot be read, then the creator, then the rest. */
async function checkTransaction (transaction: LedgerTransaction, config: ChannelConfig): Promise<Signed> {
  const { fault, creator } = transaction
  if (fault?.before === 'signature') return { transaction, code: fault.code, endorsers: [] }
  const [signer, endorsers] = await Promise.all([
    creator === undefined ? undefined : findSigner(creator, config), findSigners(transaction.endorsements, config)
  ])
  return { transaction, code: signer === undefined ? CODES.BAD_CREATOR_SIGNATURE : fault?.code ?? CODES.VALID, endorsers }
}
