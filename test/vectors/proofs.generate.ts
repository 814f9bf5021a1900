import { writeFile } from 'node:fs/promises'
import { VerificationError, verifyProof } from '@epione/ledger/proof'
import { makeWitnesses } from '../helpers/anchor.ts'
import { listedBlock, makeProof, RECORDED_NETWORK_ID, recordedBlock } from '../helpers/proofs.ts'

/** Proofs over the recorded blocks, good and bad, each with its verdict or the code of its refusal. */
const witnesses = makeWitnesses(3)
const domain = { chainId: 5, contract: `0x${'c0'.repeat(20)}`, networkId: RECORDED_NETWORK_ID } as const
const request = { blocks: [recordedBlock(255), recordedBlock(256)], block: 256, index: 0, batchNumber: 7, domain, witnesses }
const good = await makeProof(request)
const contended = { ...request, blocks: [recordedBlock(15)], block: 15 }
const { anchor, ...pending } = structuredClone(good)
const list = listedBlock(257)
const [, second] = list.events
const listed = await makeProof({
  ...request, blocks: [recordedBlock(256), list.block], block: 257, eventId: String(second?.['eventId'])
})
const proofs = [
  { name: 'three of three witnesses', proof: good },
  { name: 'two of three witnesses', proof: await makeProof({ ...request, signers: witnesses.slice(1) }) },
  { name: 'one of two transactions', proof: await makeProof({ ...contended, index: 0 }) },
  { name: 'rejected by the ledger', proof: await makeProof({ ...contended, index: 1 }) },
  { name: 'another block of the batch', proof: { ...good, block: { ...good.block, number: 255 } } },
  { name: 'one signature', proof: { ...good, anchor: { ...anchor, signatures: anchor.signatures.slice(1, 2) } } },
  { name: 'one of three events of a list', proof: listed },
  { name: 'another event of the list', proof: { ...listed, event: list.events[0] } },
  { name: 'in no batch yet', proof: { ...pending, state: 'pending' } }
]
const verdicts = await Promise.all(proofs.map(async ({ proof }) => {
  try {
    return await verifyProof(proof)
  } catch (error) {
    if (error instanceof VerificationError) return error.code
    throw error
  }
}))
const source = 'made by test/vectors/proofs.generate.ts from fabric-blocks.json'
await writeFile(
  new URL('proofs.json', import.meta.url),
  JSON.stringify({ source, proofs: proofs.map((entry, index) => ({ ...entry, verdict: verdicts[index] })) }, null, 1) + '\n'
)
