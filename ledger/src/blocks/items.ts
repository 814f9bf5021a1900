import { canonicalize, CryptoError, inclusionProof, itemLeaf, itemSalt, leafHash, merkleRoot, sha256 } from '@epione/crypto'
import type { ItemsRoot } from '@epione/crypto'
import { accessEventsIn, LEDGER_EVENTS } from '@epione/protocol'
import { isCanonicalEnvelope, readEnvelope } from './envelope.ts'
import { BlockError } from './errors.ts'
import { parseEventPayload } from './event-payload.ts'

/** Where an item comes from: its leaf says so beside the event. */
export interface ItemOrigin { readonly channel: string, readonly chaincode: string, readonly txId: string }

/** What shows one of a transaction's events without the others. */
export interface ItemProof extends ItemOrigin {
  /** SHA-256 of the envelope, of which nothing else is shown. */
  readonly envelopeHash: Uint8Array
  readonly event: unknown
  readonly index: number
  readonly count: number
  readonly salt: Uint8Array
  readonly path: Uint8Array[]
  readonly root: Uint8Array
}

interface Items { origin: ItemOrigin, events: unknown[], leaves: Uint8Array[] }

/** What the leaf of an item commits to, beside its salt: canonical JSON of channel, chaincode, transaction id and event. */
export function itemText (origin: ItemOrigin, event: unknown): string {
  const { channel, chaincode, txId } = origin
  return canonicalize({ channel, chaincode, txId, event })
}

/** Root over the access events of which a valid transaction carries a list; undefined of any other (decision 0223). */
export function itemsRootOf (envelope: Uint8Array): ItemsRoot | undefined {
  const items = itemsIn(envelope)
  return items === undefined ? undefined : { count: items.leaves.length, root: merkleRoot(items.leaves) }
}

/** Shows the event of a transaction that `isWanted` finds, and hashes in the place of the others; undefined where there is none such. */
export function proveItem (envelope: Uint8Array, isWanted: (event: unknown) => boolean): ItemProof | undefined {
  const items = itemsIn(envelope)
  const index = items?.events.findIndex(isWanted) ?? -1
  if (items === undefined || index < 0) return undefined
  const { origin, events, leaves } = items
  return {
    ...origin,
    envelopeHash: sha256(envelope),
    event: events[index],
    index,
    count: leaves.length,
    salt: itemSalt(envelope, index),
    path: inclusionProof(leaves, index),
    root: merkleRoot(leaves)
  }
}

/** Whatever a member had ordered under this name and cannot be read as a list of events has no items: its leaf is as any other. */
function itemsIn (envelope: Uint8Array): Items | undefined {
  try {
    const contents = readEnvelope(envelope)
    if (contents?.event?.name !== LEDGER_EVENTS.accessesDecided || !isCanonicalEnvelope(envelope)) return undefined
    const { channel, txId, event: { chaincode, name, payload } } = contents
    const origin = { channel, chaincode, txId }
    const events = accessEventsIn(name, parseEventPayload(payload)) ?? []
    if (events.length === 0) return undefined
    const leaves = events.map((event, index) => leafHash(itemLeaf(itemSalt(envelope, index), itemText(origin, event))))
    return { origin, events, leaves }
  } catch (error) {
    if (error instanceof BlockError || error instanceof CryptoError) return undefined
    throw error
  }
}
