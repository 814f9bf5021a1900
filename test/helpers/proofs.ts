import { readFileSync } from 'node:fs'
import type { PrivateKeyAccount } from 'viem/accounts'
import type { AnchorDomain } from '@epione/ledger/contract'
import type { Proof } from '@epione/ledger/proof'
import type { PeerBlock } from '@epione/ledger/blocks'
import { batchRoot, blockLeafHash, headerHashOf, parseBlock, proveItem, proveTransaction, readEnvelope } from '@epione/ledger/blocks'
import { inclusionProof, sha256, toHex, utf8 } from '@epione/crypto'
import { LEDGER_EVENTS } from '@epione/protocol'
import { addressesOf, signBatch } from './anchor.ts'
import { serializeMemoryBlock } from './memory-block.ts'

interface Recorded { blocks: Array<{ number: number, bytes: string }> }

const recorded = JSON.parse(readFileSync(new URL('../vectors/fabric-blocks.json', import.meta.url), 'utf8')) as Recorded

/** A block of the recorded ledger. */
export function recordedBlock (number: number): PeerBlock {
  const found = recorded.blocks.find((block) => block.number === number)
  if (found === undefined) throw new RangeError(`block ${number} is not recorded`)
  return parseBlock(Buffer.from(found.bytes, 'base64'))
}

/** A block of one transaction that carries a list: the recorded event under three patients, one request between them refused. */
export function listedBlock (number: number): { block: PeerBlock, events: Record<string, unknown>[] } {
  const txId = toHex(sha256(utf8(`list ${number}`)))
  const recordedEvent = eventOf(recordedBlock(256).envelopes[0])
  const events = ['a', 'b', 'c'].map((letter) => {
    const patientId = letter.repeat(32)
    return { ...recordedEvent, patientId, txId, eventId: `${patientId}.${String(recordedEvent['time'])}.${txId}` }
  })
  const [first, ...others] = events.map((event): object => ({ event }))
  const payload = utf8(JSON.stringify({ items: [first, { code: 'BINDING_MISMATCH' }, ...others] }))
  const bytes = serializeMemoryBlock({
    blockNumber: BigInt(number), events: [{ blockNumber: BigInt(number), name: LEDGER_EVENTS.accessesDecided, payload, txId }]
  })
  return { block: parseBlock(bytes), events }
}

/** Network id of the recorded ledger. */
export const RECORDED_NETWORK_ID = toHex(headerHashOf(recordedBlock(0)))

/** What a test's batch is made of: consecutive blocks, the one with the event among them. */
export interface ProofRequest {
  blocks: readonly PeerBlock[]
  /** Block and index of the event's transaction. */
  block: number
  index: number
  /** Of a transaction that carries a list of events: the one of this id. */
  eventId?: string
  batchNumber: number
  domain: AnchorDomain
  witnesses: readonly PrivateKeyAccount[]
  /** Who of them signs; all unless told. */
  signers?: readonly PrivateKeyAccount[]
}

const bare = (address: string): string => address.slice(2).toLowerCase()

/** The proof that honest hospitals would give. */
export async function makeProof (
  { blocks, block: number, index, eventId, batchNumber, domain, witnesses, signers = witnesses }: ProofRequest
): Promise<Proof & { anchor: NonNullable<Proof['anchor']> }> {
  const block = blocks.find((candidate) => candidate.number === BigInt(number))
  const [first, last] = [blocks[0], blocks.at(-1)]
  if (block === undefined || first === undefined || last === undefined) throw new RangeError('the block is not in the batch')
  const leaves = blocks.map(blockLeafHash)
  const { code, envelope, txRoot, txPath } = proveTransaction(block, index)
  const batch = { number: BigInt(batchNumber), firstBlock: first.number, lastBlock: last.number, root: toHex(batchRoot(leaves)) }
  const signatures = await signBatch(signers, domain, batch)
  return {
    version: 'epione-proof/1',
    networkId: domain.networkId,
    state: 'submitted',
    ...eventId === undefined
      ? {
          event: eventOf(envelope),
          envelope: Buffer.from(envelope).toString('base64')
        }
      : showItem(envelope, eventId),
    transaction: { index, code, path: txPath.map(toHex) },
    block: {
      number,
      previousHash: toHex(block.previousHash),
      dataHash: toHex(block.dataHash),
      commitHash: toHex(block.commitHash),
      txRoot: toHex(txRoot),
      txCount: block.envelopes.length
    },
    anchor: {
      batch: { number: batchNumber, firstBlock: Number(first.number), lastBlock: Number(last.number), root: batch.root },
      batchPath: inclusionProof(leaves, number - Number(first.number)).map(toHex),
      witnesses: addressesOf(witnesses).map(bare),
      signatures: signatures.map(({ witness, signature }) => ({ witness: bare(witness), signature })),
      chain: { name: 'goerli', chainId: domain.chainId, contract: bare(domain.contract) }
    }
  }
}

function eventOf (envelope: Uint8Array | undefined): Record<string, unknown> {
  const payload = readEnvelope(envelope ?? new Uint8Array())?.event?.payload
  return JSON.parse(Buffer.from(payload ?? []).toString()) as Record<string, unknown>
}

function showItem (envelope: Uint8Array, eventId: string): Pick<Proof, 'event' | 'item'> & { event: Record<string, unknown> } {
  const item = proveItem(envelope, (event) => (event as { eventId: string }).eventId === eventId)
  if (item === undefined) throw new RangeError(`${eventId} is not in the envelope`)
  const { event, envelopeHash, channel, chaincode, index, count, salt, path, root } = item
  return {
    event: event as Record<string, unknown>,
    item: {
      envelopeHash: toHex(envelopeHash), channel, chaincode, index, count, salt: toHex(salt), path: path.map(toHex), root: toHex(root)
    }
  }
}
