import { explainAccess, explainInWords } from '@epione/sdk'
import { makeProof } from '@epione/sdk/proof'
import type { Desk } from '../desk.ts'

/** How far an event is proven, as this page verified it. */
export interface ProofShown { state: string, warnings?: string[] }

/** Fetches the proof of an event and verifies it here: signatures, trees, the block's place in its batch. */
export async function proveEvent (desk: Desk, { eventId }: { eventId: string }): Promise<ProofShown> {
  const { state, warnings } = await makeProof(await desk.patient(), eventId)
  return { state, ...(warnings === undefined ? {} : { warnings }) }
}

export interface EventExplained { words: string[], askedMspIds: string[], warnings?: string[] }

/** Why it was permitted or denied, in sentences, as two hospitals say. */
export async function explainEvent (desk: Desk, { eventId }: { eventId: string }): Promise<EventExplained> {
  const explained = await explainAccess(await desk.patient(), eventId)
  const { askedMspIds, warnings } = explained
  return { words: explainInWords(explained, 'patient'), askedMspIds, ...(warnings === undefined ? {} : { warnings }) }
}
