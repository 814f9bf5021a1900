import { readNetworkId } from '../fabric/channel.ts'
import { currentDocument } from '../fabric/network-document.ts'
import type { Context } from '../description/context.ts'
import { readTextIfExists, replaceFile } from '../../host/src/index.ts'
import { auditorIdentity, CA_NAME, TLS_CA_NAME } from '../fabric/identities.ts'
import { join } from 'node:path'
import type { StatePaths } from '../description/paths.ts'
import { topologyHash } from '../host/stamp.ts'
import { gatewayUrl, type OrganizationTopology, type Topology } from '../description/topology.ts'

/** network.json: all that gateways, clients and tests need to know of a network. Paths are absolute. */
export interface NetworkFile {
  name: string
  /** Hash of the header of block 0, lowercase hex. */
  networkId: string
  channel: string
  chaincode: string
  topologyHash: string
  /** What the network is founded on: whoever runs on it refuses a ledger with another document. */
  document: Record<string, unknown>
  /** Of the document's canonical bytes: what members read to each other. */
  documentHash: string
  organizations: NetworkFileOrganization[]
}

export interface NetworkFileOrganization {
  id: string
  mspId: string
  name: string
  kind: string
  tlsCaFile: string
  caFile: string
  peers: { name: string, address: string, tlsName: string }[]
  orderer: { address: string, tlsName: string }
  /** `tlsCaFile` is the root of the CA's own TLS certificate; `caName` and `tlsCaName` choose between its two CAs. */
  ca: { url: string, tlsCaFile: string, caName: string, tlsCaName: string }
  gateway: { url: string }
  auditors: { subject: string, staffId: string, scope: string }[]
  /** Of its certificates and keys; empty where they are on another machine. */
  identitiesDir: string
}

/** Writes network.json, unless it says the same already; returns it. Throws `not-founded` before the founding. */
export async function writeNetworkFile (context: Context): Promise<NetworkFile> {
  const { topology, paths } = context
  const { consortium } = topology
  const networkId = await readNetworkId(paths)
  const { document, documentHash } = await currentDocument(context, networkId)
  const file: NetworkFile = {
    name: consortium.name,
    networkId,
    channel: consortium.channel,
    chaincode: consortium.chaincode,
    topologyHash: topologyHash(topology),
    document,
    documentHash,
    organizations: topology.organizations.map((organization) => describe(organization, topology, paths))
  }
  const text = JSON.stringify(file, null, 2) + '\n'
  if (await readTextIfExists(paths.networkFile) !== text) await replaceFile(paths.networkFile, text)
  return file
}

function describe (organization: OrganizationTopology, { played }: Topology, paths: StatePaths): NetworkFileOrganization {
  const { tlsCa, ca } = paths.member(organization.id)
  const { address, name: tlsName } = organization.host
  return {
    id: organization.id,
    mspId: organization.mspId,
    name: organization.name,
    kind: organization.kind,
    tlsCaFile: tlsCa,
    caFile: ca,
    peers: organization.peerNodes.map((peer) => ({ name: peer.process, address: `${address}:${peer.port}`, tlsName })),
    orderer: { address: `${address}:${organization.orderer.port}`, tlsName },
    ca: { url: `https://${address}:${organization.ca.port}`, tlsCaFile: tlsCa, caName: CA_NAME, tlsCaName: TLS_CA_NAME },
    gateway: { url: gatewayUrl(organization) },
    auditors: (organization.auditors ?? []).map((auditor) =>
      ({ subject: auditor.subject, staffId: auditorIdentity(auditor), scope: auditor.scope })),
    identitiesDir: played.includes(organization) ? join(paths.organization(organization.id).dir, 'identities') : ''
  }
}
