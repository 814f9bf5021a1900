import { Type } from 'typebox'
import type { Static } from 'typebox'
import { later } from './features.ts'
import { Count, EventId, Hash, Hex, KeyHex } from './primitives.ts'
import { strict } from './statements/parts.ts'

/**
 * The chains of a searched compartment as the proxy's peer shows them after the permit's block: how many writers have one, and the
 * root of a tree (docs/protocol.md §5) over their heads. The heads travel beside the answer, so that no number of writers is too many.
 */
const ChainHeads = strict({ label: Hash, writers: Count, root: Hash })

/** What a proxy signs with a cfrag (PROTOCOL §2; bytes in hex, the cfrag in its 359-byte layout). */
export const AnswerBody = strict({
  eventId: EventId,
  wrapHash: Hash,
  consentId: Hash,
  kfragId: Hash,
  receivingKey: KeyHex,
  cfrag: Hex(359),
  heads: Type.Optional(later('search', ChainHeads))
})

/** A proxy's signed answer, as it travels. */
export const SignedAnswer = strict({ body: AnswerBody, signature: Hex(64) })
export type SignedAnswer = Static<typeof SignedAnswer>
