import type { Binaries } from './binaries.ts'
import { NetworkError } from '../errors.ts'
import type { NetworkFile } from '../render/network-file.ts'
import type { StatePaths } from '../description/paths.ts'
import type { OrganizationTopology, PeerNode, Topology } from '../description/topology.ts'
import { evaluateAsAdmin, submitAsAdmin } from './transactions.ts'

/** Founds the network on the ledger, once: its id, members and first policy. */
export async function foundNetwork (topology: Topology, network: NetworkFile, paths: StatePaths, binaries: Binaries): Promise<void> {
  const [first] = topology.organizations
  if (first === undefined || await isFounded(first, undefined, topology, paths, binaries)) return
  const founding = {
    networkId: network.networkId,
    name: network.name,
    members: topology.organizations.map(({ mspId, id, name, kind }) => ({ mspId, id, name, kind })),
    settings: topology.consortium.policy,
    ...network.testing === true ? { testing: true } : {}
  }
  await submitAsAdmin(first, topology, paths, binaries, 'Policy:Found', [JSON.stringify(founding)])
}

/** Whether the ledger of a peer (by default the organisation's first) knows the network; also shows that the peer reaches its chaincode. */
export async function isFounded (organization: OrganizationTopology, peer: PeerNode | undefined, topology: Topology, paths: StatePaths, binaries: Binaries): Promise<boolean> {
  try {
    await evaluateAsAdmin(organization, topology, paths, binaries, 'Policy:Get', [], peer)
    return true
  } catch (error) {
    if (error instanceof NetworkError && error.message.includes('NETWORK_NOT_FOUNDED')) return false
    throw error
  }
}
