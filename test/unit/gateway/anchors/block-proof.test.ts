import { readFileSync } from 'node:fs'
import t from 'tap'
import { blockLeafHash, parseLedgerBlock, proveTransaction as proveByAnchor, readEnvelope } from '@epione/anchor/verify'
import { leafHash, txLeaf, verifyInclusion } from '@epione/crypto'
import { proveTransaction } from '../../../../gateway/src/fabric/block-proof.ts'
import { toLedgerBytes } from '../../../helpers/ledgers/serialize.ts'

const FILE = new URL('../../../vectors/fabric-blocks.json', import.meta.url)
const { blocks } = JSON.parse(readFileSync(FILE, 'utf8')) as { blocks: { number: number, codes: number[], bytes: string }[] }
const recorded = blocks.map(({ number, codes, bytes }) => ({ number, codes, bytes: Buffer.from(bytes, 'base64'), block: parseLedgerBlock(Buffer.from(bytes, 'base64')) }))
const CONFLICT = 11

const txIdOf = (envelope: Uint8Array | undefined): string => {
  const contents = readEnvelope(envelope ?? new Uint8Array())
  if (contents === undefined) throw new Error('no transaction')
  return contents.txId
}

for (const { number, codes, bytes, block } of recorded.filter((one) => one.number > 1)) {
  t.test(`every valid transaction of Fabric's block ${number} is proven as an anchor's verifier does it`, (t) => {
    for (const [index, code] of codes.entries()) {
      if (code !== 0) continue
      const envelope = block.envelopes[index] ?? new Uint8Array()
      const proven = proveTransaction(bytes, txIdOf(envelope))
      const expected = proveByAnchor(block, index)
      const { previousHash, dataHash, commitHash } = block
      t.same(proven?.block, { number, previousHash, dataHash, commitHash, txRoot: expected.txRoot, txCount: codes.length })
      t.match(proven, { index, code: 0 })
      t.same(proven?.envelope, envelope)
      t.same(proven?.txPath, expected.txPath)
      t.same(proven?.blockLeafHash, blockLeafHash(block))
      t.doesNotThrow(() => { verifyInclusion({ leafHash: leafHash(txLeaf(index, 0, envelope)), index, treeSize: codes.length, proof: proven?.txPath ?? [], root: expected.txRoot }) })
    }
    t.end()
  })
}

t.test('a transaction that lost a conflict, one of another block, and a configuration are not proven', (t) => {
  const contested = recorded.find(({ codes }) => codes.includes(CONFLICT))
  const other = recorded.find(({ number }) => number === 255)
  if (contested === undefined || other === undefined) throw new Error('the vectors hold both')
  t.equal(proveTransaction(contested.bytes, txIdOf(contested.block.envelopes[contested.codes.indexOf(CONFLICT)])), undefined)
  t.equal(proveTransaction(contested.bytes, txIdOf(other.block.envelopes[0])), undefined)
  const [genesis] = recorded
  t.equal(proveTransaction(genesis?.bytes ?? new Uint8Array(), txIdOf(other.block.envelopes[0])), undefined)
  t.end()
})

t.test('a transaction id that is there twice is proven by the copy that took effect', (t) => {
  const single = recorded.find(({ number }) => number === 255)
  const [envelope] = single?.block.envelopes ?? []
  if (single === undefined || envelope === undefined) throw new Error('the vectors hold it')
  const metadata = single.block.metadata.map((entry, index) => index === 2 ? Uint8Array.of(9, 0) : entry)
  t.match(proveTransaction(toLedgerBytes({ ...single.block, envelopes: [envelope, envelope], metadata }), txIdOf(envelope)), { index: 1, code: 0, block: { txCount: 2 } })
  t.end()
})

t.test('a block of a peer that has no codes or no commit hash proves nothing', (t) => {
  const single = recorded.find(({ number }) => number === 255)
  if (single === undefined) throw new Error('the vectors hold it')
  const txId = txIdOf(single.block.envelopes[0])
  const without = (index: number): Uint8Array => toLedgerBytes({ ...single.block, metadata: single.block.metadata.map((entry, i) => i === index ? new Uint8Array() : entry) })
  t.equal(proveTransaction(without(2), txId), undefined)
  t.throws(() => proveTransaction(without(4), txId), { name: 'RangeError', message: /commit hash/ })
  t.throws(() => proveTransaction(new Uint8Array(), txId), TypeError)
  t.end()
})
