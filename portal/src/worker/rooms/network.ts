import type { PortalConfig } from '@epione/sdk'
import type { Desk } from '../desk.ts'

export interface Edition { edition: PortalConfig['edition'], networkName: string, hospitals: Array<{ mspId: string, name: string }> }

/** Whose copy of the portal this is, and which network's. */
export async function readEdition (desk: Desk): Promise<Edition> {
  const { config: { edition, network } } = await desk.network()
  return { edition, networkName: network.networkName, hospitals: network.gateways.map(({ mspId, name }) => ({ mspId, name })) }
}
