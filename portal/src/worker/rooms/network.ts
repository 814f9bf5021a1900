import type { PortalConfig } from '@epione/sdk'
import type { Desk } from '../desk.ts'

export type Edition = Pick<PortalConfig, 'edition'>

/** Whose copy of the portal this is. */
export async function readEdition (desk: Desk): Promise<Edition> {
  const { config: { edition } } = await desk.network()
  return { edition }
}

/** Names of the network's hospitals by their MSP ids, as its document has them. */
export async function readNames (desk: Desk): Promise<Record<string, string>> {
  const { config: { network: { document } } } = await desk.network()
  return Object.fromEntries(document.members.map(({ mspId, name }) => [mspId, name]))
}
