import { batchBytes } from '@epione/crypto'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import { WRAPS_PER_ANSWER } from './limits.ts'
import { EventId, Hash, Hex, KeyHex } from './primitives.ts'
import { ChainsRoot } from './search-state.ts'
import { strict } from './statements/parts.ts'

/** The chains of a searched compartment as the proxy reads them in the blocks before the permit's. */
export const ChainHeads = strict({ label: Hash, ...ChainsRoot.properties })

/** Bytes of a batch (docs/protocol.md, "Batch proof"): for one capsule, and for as many as an answer may be for. */
const [BATCH_MIN, BATCH_MAX] = [batchBytes(1), batchBytes(WRAPS_PER_ANSWER)]

/** What a proxy signs with the cfrags of one kfrag (PROTOCOL §2; bytes in hex): the wraps, ascending, and the batch for their capsules. */
export const AnswerBody = strict({
  eventId: EventId,
  wrapHashes: Type.Array(Hash, { minItems: 1, maxItems: WRAPS_PER_ANSWER }),
  consentId: Hash,
  kfragId: Hash,
  receivingKey: KeyHex,
  cfrags: Type.String({ pattern: `^([0-9a-f]{2}){${String(BATCH_MIN)},${String(BATCH_MAX)}}$` }),
  heads: Type.Optional(ChainHeads)
})

/** A proxy's signed answer, as it travels. */
export const SignedAnswer = strict({ body: AnswerBody, signature: Hex(64) })
export type SignedAnswer = Static<typeof SignedAnswer>
