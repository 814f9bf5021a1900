import { connectRpc, verifyProof } from '@epione/ledger/proof'
import { encodeAnchorCall } from '@epione/ledger/contract'
import type { Batch } from '@epione/ledger/contract'
import { addressesOf, deployAnchor, makeWitnesses, rootOf, signBatch } from '../helpers/anchor.ts'
import type { Anvil } from '../helpers/anvil.ts'
import { makeProof, RECORDED_NETWORK_ID, recordedBlock } from '../helpers/proofs.ts'

const ROUNDS = 31

/** Size of a proof of one event in bytes, and median time in ms of verifying it from the file alone and on the chain of a real EVM node. */
export async function measureProof (anvil: Anvil): Promise<{ proofBytes: number, verifyMs: number, verifyOnChainMs: number }> {
  const witnesses = makeWitnesses(3)
  const signers = witnesses.slice(0, 2)
  const domain = await deployAnchor(anvil, witnesses, RECORDED_NETWORK_ID)
  const proof = await makeProof({
    blocks: [recordedBlock(255), recordedBlock(256)],
    block: 256,
    index: 0,
    batchNumber: 2,
    domain,
    witnesses,
    signers
  })
  const { number, firstBlock, lastBlock, root } = proof.anchor.batch
  const batches: Batch[] = [
    { number: 1n, firstBlock: 0n, lastBlock: BigInt(firstBlock) - 1n, root: rootOf('earlier') },
    { number: BigInt(number), firstBlock: BigInt(firstBlock), lastBlock: BigInt(lastBlock), root }
  ]
  for (const batch of batches) {
    const data = encodeAnchorCall({ batch, witnesses: addressesOf(witnesses), signatures: await signBatch(signers, domain, batch) })
    await anvil.client.waitForTransactionReceipt({
      hash: await anvil.client.sendTransaction({ account: anvil.account(0), to: domain.contract, data })
    })
  }
  const rpc = connectRpc(anvil.url)
  return {
    proofBytes: JSON.stringify(proof).length,
    verifyMs: await medianMs(async () => await verifyProof(proof)),
    verifyOnChainMs: await medianMs(async () => await verifyProof(proof, { rpc, finality: { depth: 0 } }))
  }
}

async function medianMs (work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now()
    await work()
    times.push(performance.now() - started)
  }
  return Number((times.sort((a, b) => a - b)[ROUNDS >> 1] ?? 0).toFixed(2))
}
