import t from 'tap'
import { concatHex, encodeFunctionData, serializeSignature } from 'viem'
import type { Address } from 'viem'
import {
  ANCHOR_ABI, anchoredTopic, checkCompactSignature, compactSignatureOf, decodeAnchorCall, decodeAnchoredLog, decodeHead,
  decodeRefusal, decodeWitnessesChangedLog, encodeAnchorCall, majorityOf, recoverBatchSigner, recoverWitnessSetSigner,
  WITNESSES_CHANGED_TOPIC
} from '@epione/ledger/contract'
import type { AnchorDomain, Batch } from '@epione/ledger/contract'
import { addressesOf, makeWitnesses, NETWORK_ID, rootOf, signBatch, signWitnessSet } from '../../helpers/anchor.ts'

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const DOMAIN: AnchorDomain = { chainId: 5, contract: `0x${'ab'.repeat(20)}`, networkId: NETWORK_ID }
const BATCH: Batch = { number: 7n, firstBlock: 100n, lastBlock: 199n, root: rootOf('root') }
const keys = makeWitnesses(3)
const witnesses = addressesOf(keys)

t.test('a majority is more than half', (t) => {
  t.strictSame([1, 2, 3, 4, 5, 6, 7, 64].map(majorityOf), [1, 2, 2, 3, 3, 4, 4, 33])
  t.end()
})

t.test('a signature gives its signer for this batch and domain alone', async (t) => {
  const [first] = await signBatch(keys.slice(0, 1), DOMAIN, BATCH)
  if (first === undefined) throw new Error('no signature')
  t.equal(await recoverBatchSigner(DOMAIN, BATCH, first.signature), first.witness)
  for (const domain of [
    { ...DOMAIN, chainId: 1 }, { ...DOMAIN, networkId: 'ff'.repeat(32) },
    { ...DOMAIN, contract: `0x${'ac'.repeat(20)}` as const }
  ]) {
    t.not(await recoverBatchSigner(domain, BATCH, first.signature), first.witness)
  }
  t.not(await recoverBatchSigner(DOMAIN, { ...BATCH, lastBlock: 200n }, first.signature), first.witness)
  const set = { fromBatch: 8n, witnesses }
  const [change] = await signWitnessSet(keys.slice(0, 1), DOMAIN, set)
  t.equal(await recoverWitnessSetSigner(DOMAIN, set, change?.signature ?? ''), first.witness)
})

t.test('a signature has one spelling', async (t) => {
  const [first] = await signBatch(keys.slice(0, 1), DOMAIN, BATCH)
  const signature = first?.signature ?? ''
  const refused = { code: 'SIGNATURE_INVALID' }
  checkCompactSignature(signature)
  for (const other of [
    '', signature.toUpperCase(), `0x${signature}`, signature.slice(2), '0'.repeat(128), 'f'.repeat(128)
  ]) t.throws(() => checkCompactSignature(other), refused, other)
  const s = BigInt.asUintN(255, BigInt(`0x${signature.slice(64)}`))
  const high = serializeSignature({ r: `0x${signature.slice(0, 64)}`, s: `0x${(ORDER - s).toString(16)}`, yParity: 0 })
  t.throws(() => compactSignatureOf(high), refused)
  t.throws(() => compactSignatureOf('0x00'), refused)
})

t.test('a call is read back as it was packed, and nothing else is', async (t) => {
  const signatures = await signBatch(keys.slice(1), DOMAIN, BATCH)
  const data = encodeAnchorCall({ batch: BATCH, witnesses, signatures: signatures.toReversed() })
  const { number, lastBlock, root, entries } = decodeAnchorCall(data)
  t.strictSame({ number, lastBlock, root }, { number: 7n, lastBlock: 199n, root: BATCH.root })
  t.strictSame(entries, [{ witness: witnesses[0]?.toLowerCase() }, ...signatures.map(({ signature }) => ({ signature }))])
  const other = encodeFunctionData({ abi: ANCHOR_ABI, functionName: 'head' })
  for (const bad of [
    other, data.slice(0, -2) as Address, concatHex([data, '0x00']), `0x${'0'.repeat(100)}` as const
  ]) t.throws(() => decodeAnchorCall(bad), { code: 'CALL_MALFORMED' })
})

t.test('a call that the contract would refuse is not packed', async (t) => {
  const signatures = await signBatch(keys, DOMAIN, BATCH)
  const pack = (change: object) => () => encodeAnchorCall({ batch: BATCH, witnesses, signatures, ...change })
  t.throws(pack({ signatures: signatures.slice(1, 2) }), { code: 'SIGNATURES_MISSING' })
  t.throws(pack({ signatures: [signatures[0], signatures[0]] }), { code: 'SIGNATURES_MISSING' })
  t.throws(pack({ signatures: await signBatch(makeWitnesses(3, 'stranger'), DOMAIN, BATCH) }), { code: 'WITNESSES_INVALID' })
  for (const list of [
    [], witnesses.toReversed(), [witnesses[0], witnesses[0]], [`0x${'0'.repeat(40)}`], ['0x12'],
    addressesOf(makeWitnesses(65))
  ]) {
    t.throws(pack({ witnesses: list, signatures }), { code: 'WITNESSES_INVALID' })
  }
  for (const part of [
    { number: 0n }, { number: 1n << 32n }, { firstBlock: 200n }, { firstBlock: -1n }, { lastBlock: (1n << 48n) - 1n },
    { root: 'AB'.repeat(32) }, { root: '' }
  ]) {
    t.throws(pack({ batch: { ...BATCH, ...part } }), { code: 'BATCH_INVALID' })
  }
})

t.test('logs, heads and errors of another kind are told apart', (t) => {
  t.strictSame(decodeAnchoredLog({ topics: [anchoredTopic(BATCH)], data: `0x${BATCH.root}` }), BATCH)
  t.equal(decodeAnchoredLog({ topics: [anchoredTopic(BATCH)], data: '0x' }), null)
  t.equal(decodeAnchoredLog({ topics: [WITNESSES_CHANGED_TOPIC], data: `0x${BATCH.root}` }), null)
  t.equal(decodeWitnessesChangedLog({ topics: [anchoredTopic(BATCH)], data: `0x${BATCH.root}` }), null)
  t.throws(() => decodeWitnessesChangedLog({ topics: [WITNESSES_CHANGED_TOPIC], data: '0x' }), { code: 'LOG_MALFORMED' })
  t.throws(() => decodeHead('0x'), { code: 'CONTRACT_MISSING' })
  t.equal(decodeRefusal('0x12345678'), null)
  t.end()
})
