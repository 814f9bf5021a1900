import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileExists, replaceFile } from '../../host/src/index.ts'
import { runTool } from '../host/tool.ts'

/** A Kubo node of the private swarm: where its repository is, and what it listens to on this machine's loopback. */
export interface IpfsNodeSettings {
  repo: string
  swarmPort: number
  apiPort: number
  /** What the own gateway shows at the RPC interface. */
  secret: string
}

/** Another node: its peer id and address. */
export interface IpfsPeer { id: string, address: string }

/** What the gateway asks for, and nothing else: the whole RPC interface could read and change all that the node has. */
const ALLOWED = ['add', 'cat', 'pin/ls', 'pin/rm', 'repo/gc', 'id'].map((command) => `/api/v0/${command}`)

/** The key of a swarm that nobody else is in: only nodes with this file connect to each other. */
export function newSwarmKey (): string {
  return `/key/swarm/psk/1.0.0/\n/base16/\n${randomBytes(32).toString('hex')}\n`
}

/** Environment of every program of a node: it does not run without the swarm's key, and tells nobody that it runs. */
export function ipfsEnvironment ({ repo }: Pick<IpfsNodeSettings, 'repo'>): Record<string, string> {
  return { IPFS_PATH: repo, HOME: repo, LIBP2P_FORCE_PNET: '1', IPFS_TELEMETRY: 'off', DO_NOT_TRACK: '1' }
}

/** Makes a repository where there is none; returns the node's own name for others. */
export async function initIpfs (ipfs: string, settings: IpfsNodeSettings, swarmKey: string): Promise<IpfsPeer> {
  const config = join(settings.repo, 'config')
  if (!await fileExists(config)) {
    await runTool({ command: ipfs, args: ['init', '--empty-repo'], env: ipfsEnvironment(settings) })
  }
  await replaceFile(join(settings.repo, 'swarm.key'), swarmKey)
  const { Identity: { PeerID: id } } = JSON.parse(await readFile(config, 'utf8')) as { Identity: { PeerID: string } }
  return { id, address: `/ip4/127.0.0.1/tcp/${String(settings.swarmPort)}` }
}

/**
 * Settings of a node in a private swarm on one machine: no bootstrap, no routing, no discovery, no gateway, TCP on loopback alone, and an
 * RPC interface that answers to the secret alone. Nothing of it depends on defaults that fetch something.
 */
export async function configureIpfs ({ repo, swarmPort, apiPort, secret }: IpfsNodeSettings, peers: readonly IpfsPeer[]): Promise<void> {
  const file = join(repo, 'config')
  const made = JSON.parse(await readFile(file, 'utf8')) as { Identity: object, Datastore: object }
  const config = {
    Identity: made.Identity,
    Datastore: made.Datastore,
    Addresses: { Swarm: [`/ip4/127.0.0.1/tcp/${String(swarmPort)}`], Announce: [], AppendAnnounce: [], NoAnnounce: [], API: `/ip4/127.0.0.1/tcp/${String(apiPort)}`, Gateway: [] },
    API: { HTTPHeaders: {}, Authorizations: { gateway: { AuthSecret: `bearer:${secret}`, AllowedPaths: ALLOWED } } },
    Bootstrap: [],
    AutoConf: { Enabled: false },
    AutoTLS: { Enabled: false },
    AutoNAT: { ServiceMode: 'disabled' },
    DNS: { Resolvers: {} },
    Discovery: { MDNS: { Enabled: false } },
    Routing: { Type: 'none', DelegatedRouters: [] },
    Ipns: { DelegatedPublishers: [] },
    Provide: { Enabled: false },
    HTTPRetrieval: { Enabled: false },
    Gateway: { NoFetch: true },
    Swarm: {
      AddrFilters: [],
      DisableNatPortMap: true,
      RelayClient: { Enabled: false },
      RelayService: { Enabled: false },
      EnableHolePunching: false,
      Transports: { Network: { TCP: true, QUIC: false, WebTransport: false, WebRTCDirect: false, Websocket: false, Relay: false } }
    },
    Peering: { Peers: peers.map(({ id, address }) => ({ ID: id, Addrs: [address] })) },
    Experimental: {},
    Pinning: {},
    Pubsub: { Enabled: false }
  }
  await replaceFile(file, `${JSON.stringify(config, undefined, 2)}\n`)
}
