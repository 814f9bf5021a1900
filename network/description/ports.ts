/** Ports of one organisation: a block of this many from `basePort`, in the order of the description. */
export const BLOCK_SIZE = 40

/** Offsets inside an organisation's block. */
export const OFFSETS = {
  orderer: 0,
  ordererAdmin: 1,
  ordererOperations: 2,
  ca: 3,
  caOperations: 4,
  gateway: 5,
  chaincode: 6,
  anchor: 7,
  /** The local EVM node, in the block of the first organisation alone. */
  evm: 8,
  /** The chaincode of every second release. */
  secondChaincode: 9,
  /** The first peer's listener; each peer has three ports: listener, chaincode listener, operations. */
  peers: 10,
  /** The Kubo node: its swarm's listener and its RPC interface. */
  ipfsSwarm: BLOCK_SIZE - 5,
  ipfsRpc: BLOCK_SIZE - 4,
  /** Where the gateway shows its metrics, and Prometheus, in the block of the first organisation alone. */
  metrics: BLOCK_SIZE - 3,
  watch: BLOCK_SIZE - 2,
  /** The identity provider, last in the block. */
  identity: BLOCK_SIZE - 1
} as const

export const PORTS_PER_PEER = 3

/** How many peers fit into a block. */
export const MAX_PEERS = Math.floor((OFFSETS.ipfsSwarm - OFFSETS.peers) / PORTS_PER_PEER)
