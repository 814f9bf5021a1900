import t from 'tap'
import type { Hex } from 'viem'
import { encodeAnchorCall, encodeDeployment } from '@epione/ledger/contract'
import type { AnchorDomain, Batch } from '@epione/ledger/contract'
import { VerificationError, connectRpc, verifyProof } from '@epione/ledger/proof'
import type { Rpc, VerifyOptions } from '@epione/ledger/proof'
import { verifyErasure } from '@epione/sdk/erasure-proof'
import { startAnvil } from '../../helpers/anvil.ts'
import { addressesOf, deployAnchor, makeWitnesses, rootOf, signBatch } from '../../helpers/anchor.ts'
import { certificateAt } from '../../helpers/erasure-certificate.ts'
import { makeProof, RECORDED_NETWORK_ID, recordedBlock } from '../../helpers/proofs.ts'

const witnesses = makeWitnesses(3)
const anvil = await startAnvil({ args: ['--slots-in-an-epoch', '1'] })
t.teardown(() => anvil.stop())
const rpc = connectRpc(anvil.url)
const domain = await deployAnchor(anvil, witnesses, RECORDED_NETWORK_ID)

async function submit (to: AnchorDomain, batch: Batch): Promise<Hex> {
  const data = encodeAnchorCall({ batch, witnesses: addressesOf(witnesses), signatures: await signBatch(witnesses.slice(0, 2), to, batch) })
  const hash = await anvil.client.sendTransaction({ account: anvil.account(0), to: to.contract, data })
  const { status } = await anvil.client.waitForTransactionReceipt({ hash })
  t.equal(status, 'success')
  return hash
}

const proofAt = (to: AnchorDomain) =>
  makeProof({
    blocks: [recordedBlock(255), recordedBlock(256)],
    block: 256,
    index: 0,
    batchNumber: 2,
    domain: to,
    witnesses,
    signers: witnesses.slice(0, 2)
  })
const batchOf = (
  { anchor: { batch } }: Awaited<ReturnType<typeof makeProof>>
): Batch => ({ number: BigInt(batch.number), firstBlock: BigInt(batch.firstBlock), lastBlock: BigInt(batch.lastBlock), root: batch.root })
/** What a network anchors before the recorded blocks. */
const earlier = { number: 1n, firstBlock: 0n, lastBlock: 254n, root: rootOf('earlier') }

async function codeOf (proof: unknown, options: VerifyOptions): Promise<string> {
  try {
    await verifyProof(proof, options)
    return 'accepted'
  } catch (error) {
    if (error instanceof VerificationError) return error.code
    throw error
  }
}

t.test('a proof is followed from batch to finality on a real chain', async (t) => {
  await submit(domain, earlier)
  const proof = await proofAt(domain)
  t.equal(await codeOf(proof, { rpc }), 'PROOF_PENDING', 'signed, but not accepted yet')
  const hash = await submit(domain, batchOf(proof))
  const included = await verifyProof(proof, { rpc, finality: { depth: 2 } })
  const { blockNumber } = await anvil.client.getTransactionReceipt({ hash })
  const { timestamp } = await anvil.client.getBlock({ blockNumber })
  t.match(included, {
    state: 'included',
    chain: { transactionHash: hash.slice(2), blockNumber: Number(blockNumber) },
    since: new Date(Number(timestamp) * 1000).toISOString()
  })
  t.match(included.warnings.join(), /as the proof names it/)
  await anvil.client.mine({ blocks: 3 })
  t.equal((await verifyProof(proof, { rpc, finality: { depth: 2 } })).state, 'final')
  t.equal((await verifyProof(proof, { rpc })).state, 'final', 'by the chain\'s own tag, too')
})

t.test('a contract that is not ours, though it says the same, is refused', async (t) => {
  const proof = await proofAt(domain)
  const foreign: AnchorDomain = { ...domain, contract: `0x${'99'.repeat(20)}` }
  t.equal(await codeOf(await proofAt(foreign), { rpc }), 'CONTRACT_MISSING')
  await anvil.client.setCode({ address: foreign.contract, bytecode: '0x00' })
  t.equal(await codeOf(await proofAt(foreign), { rpc }), 'CONTRACT_REPLACED')
  const ofAnotherNetwork = await deployAnchor(anvil, witnesses, '77'.repeat(32))
  t.equal(
    await codeOf(await proofAt({ ...ofAnotherNetwork, networkId: RECORDED_NETWORK_ID }), { rpc }),
    'CONTRACT_REPLACED',
    'an anchor, but of another network'
  )
  t.equal(await codeOf(proof, { rpc, pins: { contract: '99'.repeat(20) } }), 'CONTRACT_MISMATCH')
})

t.test('witnesses of somebody\'s own do not pass for those of the contract', async (t) => {
  const strangers = makeWitnesses(3, 'stranger')
  const forged = await makeProof({
    blocks: [recordedBlock(255), recordedBlock(256)],
    block: 256,
    index: 0,
    batchNumber: 2,
    domain,
    witnesses: strangers
  })
  t.equal(await codeOf(forged, {}), 'accepted', 'the file alone does not tell')
  t.equal(
    await codeOf(forged, { pins: { witnesses: (await proofAt(domain)).anchor.witnesses } }),
    'WITNESSES_MISMATCH',
    'a pinned list does'
  )
  t.equal(await codeOf(forged, { rpc }), 'WITNESSES_MISMATCH', 'and the chain does')
})

t.test('a batch that the witnesses signed, but of which the chain has another root, is refused', async (t) => {
  const split = await deployAnchor(anvil, witnesses, RECORDED_NETWORK_ID)
  await submit(split, earlier)
  const proof = await proofAt(split)
  await submit(split, { ...batchOf(proof), root: rootOf('another') })
  t.equal(await codeOf(proof, { rpc }), 'BATCH_NOT_ANCHORED')
})

t.test('an RPC of another chain, or one that talks nonsense, is refused', async (t) => {
  const proof = await proofAt(domain)
  const lie = (
    method: string,
    answer: unknown
  ): Rpc => async (asked, parameters) => asked === method ? answer : await rpc(asked, parameters)
  t.equal(await codeOf(proof, { rpc: lie('eth_chainId', '0x1') }), 'CHAIN_MISMATCH')
  t.equal(await codeOf(proof, { rpc: lie('eth_chainId', 5) }), 'RPC_UNUSABLE')
  t.equal(
    await codeOf(proof, {
      rpc: lie('eth_getCode', encodeDeployment({ networkId: RECORDED_NETWORK_ID, witnesses: addressesOf(witnesses) }))
    }),
    'CONTRACT_REPLACED'
  )
  t.equal(await codeOf(proof, { rpc: lie('eth_getLogs', []) }), 'WITNESSES_MISMATCH')
  t.equal(await codeOf(proof, { rpc: lie('eth_getLogs', null) }), 'RPC_UNUSABLE')
  const block = await rpc('eth_getBlockByNumber', ['0x1', false])
  t.equal(await codeOf(proof, { rpc: lie('eth_getBlockByNumber', block) }), 'RPC_UNUSABLE', 'a block that is not the log\'s')
  t.equal(await codeOf(proof, { rpc: connectRpc('http://127.0.0.1:9') }), 'RPC_UNUSABLE', 'one that cannot be reached')
})

t.test('a batch that a reorganisation took away is no longer proven', async (t) => {
  const shaky = await deployAnchor(anvil, witnesses, RECORDED_NETWORK_ID)
  await submit(shaky, earlier)
  const proof = await proofAt(shaky)
  await submit(shaky, batchOf(proof))
  t.equal(await codeOf(proof, { rpc }), 'accepted')
  await anvil.client.request({ method: 'anvil_reorg' as never, params: [1, []] as never })
  t.equal(await codeOf(proof, { rpc }), 'PROOF_PENDING', 'the contract may take it once more')
})

t.test('the certificate of an erasure is followed to a real chain, order and destructions alike', async (t) => {
  const own = await deployAnchor(anvil, witnesses, RECORDED_NETWORK_ID)
  const certificate = await certificateAt(own, { witnesses, batchNumber: 2, firstBlock: 255 })
  const { order: { anchor } } = certificate.proofs
  if (anchor === undefined) throw new Error('the order is in a batch')
  await submit(own, earlier)
  await t.rejects(verifyErasure(certificate, { rpc }), { code: 'PROOF_PENDING' }, 'signed, but not accepted yet')
  await submit(own, { number: 2n, firstBlock: 255n, lastBlock: 257n, root: anchor.batch.root })
  t.match(await verifyErasure(certificate, { rpc, finality: { depth: 1 } }), {
    state: 'included', destroyed: [{ mspId: 'CoreMSP', block: 256, batch: 2 }, { mspId: 'Regional1MSP', block: 257, batch: 2 }]
  })
  await anvil.client.mine({ blocks: 3 })
  t.equal((await verifyErasure(certificate, { rpc })).state, 'final')
  const another = { ...certificate, destroyed: certificate.destroyed.map((d) => ({ ...d, backupsGoneBy: d.backupsGoneBy - 1 })) }
  await t.rejects(verifyErasure(another, { rpc }), { code: 'PROOF_FALSE' }, 'another day of backups than was signed')
  const strangers = makeWitnesses(3, 'stranger')
  await t.rejects(verifyErasure(await certificateAt(own, { witnesses: strangers, batchNumber: 2, firstBlock: 255 }), { rpc }), {
    code: 'PROOF_FALSE', details: { anchorCode: 'WITNESSES_MISMATCH' }
  })
})
