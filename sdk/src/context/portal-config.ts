import { Type } from 'typebox'
import type { Static } from 'typebox'
import { NetworkKnown } from './network-known.ts'
import { PublishedAnchor } from './published-anchor.ts'

const { mspId, id, name, url } = NetworkKnown.gateways.items.properties

/**
 * What the portal's pages are told by whoever serves them, at /portal.json. `installed`: the copy on this machine, the only one that may
 * ask for a phrase; `served`: a hospital's copy. Each gateway stands below the page's own origin, at /gateways/ID.
 */
export const PortalConfig = Type.Object({
  edition: Type.Union([Type.Literal('installed'), Type.Literal('served')]),
  network: Type.Object({
    networkId: NetworkKnown.networkId,
    networkName: NetworkKnown.networkName,
    document: NetworkKnown.document,
    /** The own hospital's first. */
    gateways: Type.Array(Type.Object({ mspId, id, name, url }), { minItems: 1 }),
    /** Against which wallets verify; where it is absent, a page asks whoever wants to pay for it. */
    anchor: Type.Optional(PublishedAnchor)
  })
})
export type PortalConfig = Static<typeof PortalConfig>
