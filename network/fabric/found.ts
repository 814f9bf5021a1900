import type { Binaries } from './binaries.ts'
import { NetworkError } from '../errors.ts'
import { readFoundedDocument } from './network-document.ts'
import type { StatePaths } from '../description/paths.ts'
import { playsFirst, type OrganizationTopology, type PeerNode, type Topology } from '../description/topology.ts'
import { evaluateAsAdmin, submitAsAdmin } from './transactions.ts'

/**
 * Founds the network on the ledger, once, with the document that every organisation's admin signed. Throws `timeout` where the first
 * organisation, which does it, runs elsewhere and has not yet.
 */
export async function foundNetwork (topology: Topology, paths: StatePaths, binaries: Binaries): Promise<void> {
  const [first] = topology.played
  if (first === undefined || await isFounded(first, undefined, topology, paths, binaries)) return
  if (!playsFirst(topology)) {
    throw new NetworkError('timeout', `${topology.organizations[0]?.id ?? ''} has not brought the founding to the ledger yet`)
  }
  const { document, founding } = await readFoundedDocument(paths)
  await submitAsAdmin(first, topology, paths, binaries, 'Network:Found', [JSON.stringify({ document, founding })])
}

/** Whether the ledger of a peer (by default the organisation's first) knows the network; also shows that the peer reaches its chaincode. */
export async function isFounded (
  organization: OrganizationTopology,
  peer: PeerNode | undefined,
  topology: Topology,
  paths: StatePaths,
  binaries: Binaries
): Promise<boolean> {
  try {
    await evaluateAsAdmin(organization, topology, paths, binaries, 'Network:Get', [], peer)
    return true
  } catch (error) {
    if (error instanceof NetworkError && error.message.includes('NETWORK_NOT_FOUNDED')) return false
    throw error
  }
}
