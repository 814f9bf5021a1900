import type { Consortium, Host, Organization } from './consortium.ts'
import { NetworkError } from '../errors.ts'
import { BLOCK_SIZE, OFFSETS, PORTS_PER_PEER } from './ports.ts'

export interface OrdererNode { process: string, port: number, adminPort: number, operationsPort: number }
export interface PeerNode { process: string, name: string, port: number, chaincodeListenPort: number, operationsPort: number }
export interface CaNode { process: string, port: number, operationsPort: number }
export interface ServiceNode { process: string, host: Host, port: number }
export interface IpfsNode { process: string, host: Host, swarmPort: number, rpcPort: number }

/** One organisation with its processes' names and ports. */
export interface OrganizationTopology extends Organization {
  host: Host
  orderer: OrdererNode
  ca: CaNode
  chaincodeService: ServiceNode
  gateway: ServiceNode
  /** Where the gateway shows its metrics. */
  metrics: ServiceNode
  /** Where its staff sign in, unless it has an identity provider of its own. */
  identity?: ServiceNode
  /** Where the consortium anchors its blocks. */
  anchor?: ServiceNode
  /** Its node of the hospitals' IPFS swarm, where the consortium has one. */
  ipfs?: IpfsNode
  peerNodes: PeerNode[]
}

/** A consortium with every name and port derived. */
export interface Topology {
  consortium: Consortium
  organizations: OrganizationTopology[]
  /** Those whose keys and processes are here, at least one; of all others only what is public is known (decision 0901). */
  played: OrganizationTopology[]
  /** The local EVM node, when the consortium anchors on one; the first organisation runs it. */
  evm?: ServiceNode
  /** Prometheus, where `make up` is told to watch; the block of the first organisation that is played has its port. */
  watch?: ServiceNode
}

/**
 * Of an organisation whose description names none: its processes are reached from this machine alone. So are those that ask for no
 * credentials, whatever it names.
 */
export const LOCAL_HOST: Host = { address: '127.0.0.1', name: 'localhost' }

/** The network whose public chain is shut down: its name stands for a local node, unless an address is given. */
const LOCAL_EVM_NETWORK = 'goerli'

/**
 * Derives names and ports: process `<node>.<organisation>`, ports by `OFFSETS` in the organisation's block; the chaincode is that of the
 * slot in service (`slotOf`). With the id of an organisation, that one alone is played here. Throws `settings-invalid` where there is none
 * of that id, or it cannot be played alone.
 */
export function deriveTopology (consortium: Consortium, slot: 0 | 1 = 0, playedId?: string): Topology {
  const [chaincode, chaincodeOffset] = ([['chaincode', OFFSETS.chaincode], ['chaincode2', OFFSETS.secondChaincode]] as const)[slot]
  const { anchor, organizations: [first] } = consortium
  const organizations = organizationsOf(consortium, chaincode, chaincodeOffset)
  const played = playedId === undefined ? organizations : organizations.filter(({ id }) => id === playedId)
  const [firstPlayed] = played
  if (playedId !== undefined && firstPlayed === undefined) {
    throw new NetworkError('settings-invalid', `EPIONE_ORGANIZATION is ${JSON.stringify(playedId)}, which the description does not list`, {
      advice: `Use one of ${organizations.map(({ id }) => id).join(', ')}, or leave it unset to play all of them on this machine.`
    })
  }
  if (consortium.ipfs === true && playsAlone({ organizations, played })) {
    throw new NetworkError('settings-invalid', 'the description asks for IPFS nodes, which find each other on one machine alone', {
      advice: 'Leave `ipfs` out of the description, and name a Kubo node of the hospital\'s own in IPFS_API_URL.'
    })
  }
  const isLocal = anchor?.network === LOCAL_EVM_NETWORK && anchor.rpcUrl === undefined
  return {
    consortium,
    ...isLocal && first !== undefined ? { evm: { process: `evm.${first.id}`, host: LOCAL_HOST, port: consortium.basePort + OFFSETS.evm } } : {},
    ...firstPlayed === undefined
      ? {}
      : { watch: { process: `prometheus.${firstPlayed.id}`, host: LOCAL_HOST, port: firstPlayed.orderer.port - OFFSETS.orderer + OFFSETS.watch } },
    organizations,
    played
  }
}

function organizationsOf (
  { basePort, anchor, ipfs, organizations }: Consortium, chaincode: string, chaincodeOffset: number
): OrganizationTopology[] {
  return organizations.map((organization, index) => {
    const base = basePort + index * BLOCK_SIZE
    const { id, host = LOCAL_HOST } = organization
    return {
      ...organization,
      host,
      orderer: {
        process: `orderer.${id}`,
        port: base + OFFSETS.orderer,
        adminPort: base + OFFSETS.ordererAdmin,
        operationsPort: base + OFFSETS.ordererOperations
      },
      ca: { process: `ca.${id}`, port: base + OFFSETS.ca, operationsPort: base + OFFSETS.caOperations },
      gateway: { process: `gateway.${id}`, host, port: base + OFFSETS.gateway },
      metrics: { process: `gateway.${id}`, host: LOCAL_HOST, port: base + OFFSETS.metrics },
      ...organization.identityProvider === undefined ? { identity: { process: `identity.${id}`, host, port: base + OFFSETS.identity } } : {},
      ...anchor === undefined ? {} : { anchor: { process: `anchor.${id}`, host: LOCAL_HOST, port: base + OFFSETS.anchor } },
      ...ipfs === undefined
        ? {}
        : { ipfs: { process: `ipfs.${id}`, host: LOCAL_HOST, swarmPort: base + OFFSETS.ipfsSwarm, rpcPort: base + OFFSETS.ipfsRpc } },
      chaincodeService: { process: `${chaincode}.${id}`, host, port: base + chaincodeOffset },
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

/** What a listener is for; who may use it stands in listeners.ts. */
export type ListenerUse =
  | 'EVM node' | 'orderer' | 'orderer administration' | 'orderer operations' | 'certificate authority' | 'certificate authority operations' |
  'gateway' | 'gateway metrics' | 'Prometheus' | 'identity provider' | 'anchor service' | 'IPFS swarm' | 'IPFS interface' | 'chaincode' | 'peer' |
  'peer chaincode listener' | 'peer operations'

/** A port that some process of the topology listens on. */
export interface PortUse { host: Host, port: number, process: string, use: ListenerUse }

/** Every port that the organisations played here listen on, in order. */
export function portUses (topology: Topology): PortUse[] {
  const evm: PortUse[] = topology.evm === undefined || !playsFirst(topology) ? [] : [{ ...topology.evm, use: 'EVM node' }]
  const watch: PortUse[] = topology.watch === undefined ? [] : [{ ...topology.watch, use: 'Prometheus' }]
  return [...evm, ...watch, ...topology.played.flatMap(portUsesOf)]
}

function portUsesOf (organization: OrganizationTopology): PortUse[] {
  const { host } = organization
  return [
    { host, port: organization.orderer.port, process: organization.orderer.process, use: 'orderer' },
    { host, port: organization.orderer.adminPort, process: organization.orderer.process, use: 'orderer administration' },
    { host, port: organization.orderer.operationsPort, process: organization.orderer.process, use: 'orderer operations' },
    { host, port: organization.ca.port, process: organization.ca.process, use: 'certificate authority' },
    { host, port: organization.ca.operationsPort, process: organization.ca.process, use: 'certificate authority operations' },
    { host, port: organization.gateway.port, process: organization.gateway.process, use: 'gateway' },
    { ...organization.metrics, use: 'gateway metrics' },
    ...organization.identity === undefined ? [] : [{ ...organization.identity, use: 'identity provider' as const }],
    ...organization.anchor === undefined
      ? []
      : [{ ...organization.anchor, use: 'anchor service' as const }],
    ...ipfsUses(organization),
    { host, port: organization.chaincodeService.port, process: organization.chaincodeService.process, use: 'chaincode' },
    ...organization.peerNodes.flatMap((peer): PortUse[] => [
      { host, port: peer.port, process: peer.process, use: 'peer' },
      { host, port: peer.chaincodeListenPort, process: peer.process, use: 'peer chaincode listener' },
      { host, port: peer.operationsPort, process: peer.process, use: 'peer operations' }
    ])
  ]
}

function ipfsUses ({ ipfs }: OrganizationTopology): PortUse[] {
  if (ipfs === undefined) return []
  const { host, process, swarmPort, rpcPort } = ipfs
  return [{ host, process, port: swarmPort, use: 'IPFS swarm' }, { host, process, port: rpcPort, use: 'IPFS interface' }]
}

/**
 * Whether the first organisation of the description is played here. It does, once for all, what any could: it commits the chaincode's
 * definition when every member has approved it, submits the founding, deploys the anchor contract and runs the local EVM node.
 */
export function playsFirst ({ organizations, played }: Pick<Topology, 'organizations' | 'played'>): boolean {
  return organizations[0] === played[0]
}

/** Whether other organisations run on machines of their own. */
export function playsAlone ({ organizations, played }: Pick<Topology, 'organizations' | 'played'>): boolean {
  return played.length < organizations.length
}

/** The hosts of what is played here, each once. */
export function hostsOf ({ played }: Topology): Host[] {
  return [...new Map(played.map(({ host }) => [`${host.address} ${host.name}`, host])).values()]
}

/** Who issues the tokens of an organisation's staff. */
export function issuerOf ({ identity, identityProvider }: OrganizationTopology): string {
  return identityProvider?.issuer ?? (identity === undefined ? '' : `https://${identity.host.name}:${identity.port}`)
}

/** Where clients reach a gateway, and the audience of its tokens. */
export function gatewayUrl ({ host, gateway }: OrganizationTopology): string {
  return `https://${host.name}:${gateway.port}`
}
