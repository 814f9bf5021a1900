import { Type } from 'typebox'
import type { Static } from 'typebox'

/** What a consortium publishes of its contract: `anchor.json` of a network. `address`: 0x and 40 hex digits. */
export const PublishedAnchor = Type.Object({
  chainId: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }), address: Type.String({ pattern: '^0x[0-9a-fA-F]{40}$' })
})
export type PublishedAnchor = Static<typeof PublishedAnchor>
