import type { Consortium, Organization } from './consortium.ts'
import { BLOCK_SIZE, OFFSETS, PORTS_PER_PEER } from './ports.ts'

/** Everything listens here and nowhere else; certificates name it beside `localhost`. */
export const HOST = '127.0.0.1'
export const TLS_NAME = 'localhost'

export interface OrdererNode { process: string, port: number, adminPort: number, operationsPort: number }
export interface PeerNode { process: string, name: string, port: number, chaincodeListenPort: number, operationsPort: number }
export interface CaNode { process: string, port: number, operationsPort: number }
export interface ServiceNode { process: string, port: number }

/** One organisation with its processes' names and ports. */
export interface OrganizationTopology extends Organization {
  orderer: OrdererNode
  ca: CaNode
  chaincodeService: ServiceNode
  gateway: ServiceNode
  /** Where the consortium anchors its blocks. */
  anchor?: ServiceNode
  peerNodes: PeerNode[]
}

/** A consortium with every name and port derived. */
export interface Topology {
  consortium: Consortium
  organizations: OrganizationTopology[]
  /** The local EVM node, when the consortium anchors on one; the first organisation runs it. */
  evm?: ServiceNode
}

/** The network whose public chain is shut down: its name stands for a local node, unless an address is given. */
const LOCAL_EVM_NETWORK = 'goerli'

/** Derives names and ports: process `<node>.<organisation>`, ports by `OFFSETS` in the organisation's block. */
export function deriveTopology (consortium: Consortium): Topology {
  const { anchor, organizations: [first] } = consortium
  const isLocal = anchor?.network === LOCAL_EVM_NETWORK && anchor.rpcUrl === undefined
  return {
    consortium,
    ...isLocal && first !== undefined ? { evm: { process: `evm.${first.id}`, port: consortium.basePort + OFFSETS.evm } } : {},
    organizations: consortium.organizations.map((organization, index) => {
      const base = consortium.basePort + index * BLOCK_SIZE
      const { id } = organization
      return {
        ...organization,
        orderer: {
          process: `orderer.${id}`,
          port: base + OFFSETS.orderer,
          adminPort: base + OFFSETS.ordererAdmin,
          operationsPort: base + OFFSETS.ordererOperations
        },
        ca: { process: `ca.${id}`, port: base + OFFSETS.ca, operationsPort: base + OFFSETS.caOperations },
        gateway: { process: `gateway.${id}`, port: base + OFFSETS.gateway },
        ...anchor === undefined ? {} : { anchor: { process: `anchor.${id}`, port: base + OFFSETS.anchor } },
        chaincodeService: { process: `chaincode.${id}`, port: base + OFFSETS.chaincode },
        peerNodes: Array.from({ length: organization.peers }, (_, number) => {
          const first = base + OFFSETS.peers + number * PORTS_PER_PEER
          return {
            process: `peer${number}.${id}`,
            name: `peer${number}`,
            port: first,
            chaincodeListenPort: first + 1,
            operationsPort: first + 2
          }
        })
      }
    })
  }
}

/** What a listener is for; who may use it stands in listeners.ts. */
export type ListenerUse =
  | 'EVM node' | 'orderer' | 'orderer administration' | 'orderer operations' | 'certificate authority' | 'certificate authority operations' |
  'gateway' | 'anchor service' | 'chaincode' | 'peer' | 'peer chaincode listener' | 'peer operations'

/** A port that some process of the topology listens on. */
export interface PortUse { port: number, process: string, use: ListenerUse }

/** Every port of a topology, in order. */
export function portUses (topology: Topology): PortUse[] {
  const evm: PortUse[] = topology.evm === undefined ? [] : [{ port: topology.evm.port, process: topology.evm.process, use: 'EVM node' }]
  return [...evm, ...topology.organizations.flatMap(portUsesOf)]
}

function portUsesOf (organization: OrganizationTopology): PortUse[] {
  return [
    { port: organization.orderer.port, process: organization.orderer.process, use: 'orderer' },
    { port: organization.orderer.adminPort, process: organization.orderer.process, use: 'orderer administration' },
    { port: organization.orderer.operationsPort, process: organization.orderer.process, use: 'orderer operations' },
    { port: organization.ca.port, process: organization.ca.process, use: 'certificate authority' },
    { port: organization.ca.operationsPort, process: organization.ca.process, use: 'certificate authority operations' },
    { port: organization.gateway.port, process: organization.gateway.process, use: 'gateway' },
    ...organization.anchor === undefined
      ? []
      : [{ port: organization.anchor.port, process: organization.anchor.process, use: 'anchor service' as const }],
    { port: organization.chaincodeService.port, process: organization.chaincodeService.process, use: 'chaincode' },
    ...organization.peerNodes.flatMap((peer): PortUse[] => [
      { port: peer.port, process: peer.process, use: 'peer' },
      { port: peer.chaincodeListenPort, process: peer.process, use: 'peer chaincode listener' },
      { port: peer.operationsPort, process: peer.process, use: 'peer operations' }
    ])
  ]
}

/** Issuer of the tokens of the local network. */
export function devIssuer (organization: OrganizationTopology, topology: Topology): string {
  return `https://dev.${organization.id}.${topology.consortium.name}.invalid`
}
