import { encodeAnchorCall } from '@epione/ledger/contract'
import { batchRoot, blockLeafHash } from '@epione/ledger/blocks'
import { toHex } from '@epione/crypto'
import { addressesOf, deployAnchor, makeWitnesses, signBatch } from '../anchor.ts'
import type { AnchorDomain, Batch } from '@epione/ledger/contract'
import type { PeerBlock } from '@epione/ledger/blocks'
import type { Anvil } from '../anvil.ts'

/** A ledger's batches of `size` blocks each. */
export function batchesOf (blocks: readonly PeerBlock[], size: number): Batch[] {
  return Array.from({ length: Math.ceil(blocks.length / size) }, (_, index) => {
    const part = blocks.slice(index * size, (index + 1) * size)
    const firstBlock = BigInt(index * size)
    return {
      number: BigInt(index + 1),
      firstBlock,
      lastBlock: firstBlock + BigInt(part.length - 1),
      root: toHex(batchRoot(part.map(blockLeafHash)))
    }
  })
}

/** Deploys the contract for a network and anchors batches that two of three witnesses sign. */
export async function anchorLedger (anvil: Anvil, networkId: string, batches: readonly Batch[]): Promise<AnchorDomain> {
  const witnesses = makeWitnesses(3)
  const domain = await deployAnchor(anvil, witnesses, networkId)
  for (const batch of batches) {
    const signatures = await signBatch(witnesses.slice(0, 2), domain, batch)
    const data = encodeAnchorCall({ batch, witnesses: addressesOf(witnesses), signatures })
    const hash = await anvil.client.sendTransaction({ account: anvil.account(0), to: domain.contract, data })
    const { status } = await anvil.client.waitForTransactionReceipt({ hash })
    if (status !== 'success') throw new Error(`batch ${String(batch.number)} was refused`)
  }
  return domain
}
