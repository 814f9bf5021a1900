import { toHex } from '@epione/crypto'
import type { PublishedAnchor } from '@epione/sdk'
import { makeProof } from '@epione/sdk/proof'
import type { Desk } from '../desk.ts'

/** Of which network proofs must be, and the contract that its consortium publishes, where whoever serves these pages was told. */
export interface ChainKnown { networkId: string, anchor?: PublishedAnchor }

export async function readChain (desk: Desk): Promise<ChainKnown> {
  const { config: { network: { anchor } }, context: { networkId } } = await desk.network()
  return { networkId: toHex(networkId), ...(anchor === undefined ? {} : { anchor }) }
}

/** The proof of an event as a file, verified here; as the patient whose event it is, or as who is signed in. @throws {ClientError} */
export async function readProof (desk: Desk, { eventId, by }: { eventId: string, by: 'patient' | 'staff' }): Promise<{ text: string }> {
  const { proof } = await makeProof(by === 'patient' ? await desk.patient() : await desk.token(), eventId)
  return { text: `${JSON.stringify(proof)}\n` }
}
