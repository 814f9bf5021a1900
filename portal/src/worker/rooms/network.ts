import type { PortalConfig } from '@epione/sdk'
import type { Desk } from '../desk.ts'

export type Edition = Pick<PortalConfig, 'edition'>

/** Whose copy of the portal this is. */
export async function readEdition (desk: Desk): Promise<Edition> {
  const { config: { edition } } = await desk.network()
  return { edition }
}
