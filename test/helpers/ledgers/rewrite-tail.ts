import { createPrivateKey, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { common } from '@hyperledger/fabric-protos'
import { blockHeaderBytes, blockHeaderHash, concatBytes } from '@epione/crypto'
import { dataHashOf } from '@epione/ledger/blocks'
import { commitHashAfter } from '../../../ledger/src/audit/commit-hash.ts'
import { parseTransaction } from '../../../ledger/src/audit/endorser-transaction.ts'
import { BlockUpdates } from '../../../ledger/src/audit/world-state.ts'
import type { PeerBlock } from '@epione/ledger/blocks'
import type { KeptLedger } from './copies.ts'

const { SIGNATURES, TRANSACTIONS_FILTER, COMMIT_HASH } = common.BlockMetadataIndex
const HALF_ORDER = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8n
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

const hideLast = (envelopes: Uint8Array[]): Uint8Array[] => envelopes.slice(0, -1)

/**
 * What orderers who collude with a peer can do: change the transactions of block `at` (by default hide the last one), and make
 * all later headers, commit hashes and orderers' signatures anew, with the real keys. Nothing in headers and signatures shows it.
 */
export function rewriteTail (ledger: KeptLedger, at: number, change = hideLast): PeerBlock[] {
  const rewritten = ledger.blocks.slice(0, at)
  for (const block of ledger.blocks.slice(at)) {
    const last = rewritten.at(-1)
    if (last === undefined) throw new Error('block 0 cannot be rewritten')
    const envelopes = Number(block.number) === at ? change(block.envelopes) : block.envelopes
    const codes = block.codes.slice(0, envelopes.length)
    const previousHash = blockHeaderHash(Number(last.number), last.previousHash, last.dataHash)
    const dataHash = dataHashOf(envelopes)
    const commitHash = commitHashAfter(
      Number(last.number) === 0 ? new Uint8Array() : last.commitHash,
      codes,
      updatesOf(Number(block.number), envelopes, codes)
    )
    const metadata = [...block.metadata]
    metadata[SIGNATURES] = resign(
      ledger.folder,
      metadata[SIGNATURES] ?? new Uint8Array(),
      blockHeaderBytes(Number(block.number), previousHash, dataHash)
    )
    metadata[TRANSACTIONS_FILTER] = codes
    const entry = new common.Metadata()
    entry.setValue(commitHash)
    metadata[COMMIT_HASH] = entry.serializeBinary()
    rewritten.push({ number: block.number, previousHash, dataHash, envelopes, codes, commitHash, metadata })
  }
  return rewritten
}

function updatesOf (block: number, envelopes: readonly Uint8Array[], codes: Uint8Array): BlockUpdates {
  const updates = new BlockUpdates()
  for (const [index, envelope] of envelopes.entries()) {
    if (codes[index] === 0) {
      updates.add(parseTransaction(index, envelope).sets, [block, index])
    }
  }
  return updates
}

/** Signs with the key of the very orderer that signed before. */
function resign (folder: string, bytes: Uint8Array, header: Uint8Array): Uint8Array {
  const metadata = common.Metadata.deserializeBinary(bytes)
  const [signature] = metadata.getSignaturesList()
  if (signature === undefined) throw new Error('the block is not signed')
  const signatureHeader = signature.getSignatureHeader_asU8()
  signature.setSignature(signAsOrderer(folder, signatureHeader, concatBytes(metadata.getValue_asU8(), signatureHeader, header)))
  return metadata.serializeBinary()
}

/** Signs with the real key of the orderer that a signature header names. */
export function signAsOrderer (folder: string, signatureHeader: Uint8Array, data: Uint8Array): Uint8Array {
  const creator = Buffer.from(common.SignatureHeader.deserializeBinary(signatureHeader).getCreator_asU8()).toString('latin1')
  const mspId = ['CoreMSP', 'Regional1MSP', 'Regional2MSP'].find((name) => creator.includes(name))
  const key = createPrivateKey(readFileSync(join(folder, 'orderers', mspId ?? '', 'key.pem')))
  return lowS(sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' }))
}

/** DER of a signature with the lower of its two s, as Fabric wants it. */
function lowS (plain: Uint8Array): Uint8Array {
  const number = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
  const s = number(plain.subarray(32))
  const integer = (value: bigint): Buffer => {
    const hex = value.toString(16)
    const body = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
    const padded = (body[0] ?? 0) >= 0x80 ? Buffer.concat([Uint8Array.of(0), body]) : body
    return Buffer.concat([Uint8Array.of(2, padded.length), padded])
  }
  const body = Buffer.concat([integer(number(plain.subarray(0, 32))), integer(s > HALF_ORDER ? ORDER - s : s)])
  return Buffer.concat([Uint8Array.of(0x30, body.length), body])
}
