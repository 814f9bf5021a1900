import type { NetworkDocument } from './network-document.ts'
import type { Conviction, ProxyState } from './state.ts'

type Convictable = Pick<ProxyState, 'mspId' | 'conviction'>

/** What a proxy is convicted of and no clearance of the network document covers: nobody asks it until one does. */
export function standingConviction (
  { mspId, conviction }: Convictable,
  { clearances = [] }: Pick<NetworkDocument, 'clearances'>
): Conviction | undefined {
  if (conviction === undefined) return undefined
  return clearances.some((c) => c.mspId === mspId && c.until >= conviction.eventTime) ? undefined : conviction
}

/** Whoever is proven to have lied once more, to a newer event, is so whatever was cleared before; an older lie adds nothing. */
export function newerConviction (former: Conviction | undefined, next: Conviction): Conviction {
  return former !== undefined && former.eventTime >= next.eventTime ? former : next
}
