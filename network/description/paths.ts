import { join } from 'node:path'

/** A certificate and its private key. */
export interface KeyPairPaths { dir: string, cert: string, key: string }

/** Files of one organisation under the state folder. */
export interface OrganizationPaths {
  dir: string
  /** Root certificate of the organisation's TLS CA. */
  tlsCa: string
  /** Root certificate of its control CA: of the client pairs that administer nodes, and of no listener. */
  controlCa: string
  /** Root certificate of its identity CA. */
  ca: string
  /** Home of the fabric-ca-server process: its keys, databases and configuration. */
  caHome: string
  /** Enrolment secrets of the identities that are declared to the CA. */
  secrets: string
  identity: (name: string) => KeyPairPaths & { msp: string }
  tls: (name: string) => KeyPairPaths
  nodeData: (name: string) => string
  /** The installed chaincode packages, of each release; they hold a private key. */
  chaincodePackages: string
  /** core.yaml of its peers, and of the peer command. */
  peerConfig: string
  /** `outside` holds those of its settings that the environment of `up` gave. */
  gateway: { dir: string, data: string, settings: string, outside: string, walletKey: string }
  /** The identity provider; `passwords` holds those of the description's people. */
  provider: { dir: string, data: string, settings: string, secretKey: string, passwords: string }
  /** The anchor service: journal and encrypted keys in `data`. */
  anchor: { dir: string, data: string, walletKey: string, settings: string }
  /** The Kubo node; `secret` is what the gateway shows it. */
  ipfs: { dir: string, repo: string, secret: string }
}

/** What is public of a member, its own organisation included: its bundle, and the bundle's parts as files. */
export interface MemberPaths {
  dir: string
  bundle: string
  /** Root certificates of its TLS CA and identity CA. */
  tlsCa: string
  ca: string
  /** What the channel names as its orderer's certificate. */
  ordererTls: string
  /** Verifying MSP, as the channel's configuration takes it. */
  msp: string
}

/** Every file of a network under its state folder. */
export interface StatePaths {
  root: string
  stamp: string
  progress: string
  /** The chaincode that members approved last. */
  release: string
  /** Empty, locked by the kernel while a verb changes the folder. */
  lock: string
  /** Which process holds the lock, for who finds it held. */
  lockHolder: string
  networkFile: string
  genesisBlock: string
  /** The network document as every founder signed it. */
  networkDocument: string
  ordererConfig: string
  channelConfig: string
  /** Where the Anchor contract is: chain, address, first block, witnesses. */
  anchorContract: string
  /** Prometheus: what it scrapes, and what it has. */
  watch: { dir: string, config: string, data: string }
  /** State of the local EVM node. */
  evmState: string
  /** The key that only nodes of the hospitals' swarm have. */
  swarmKey: string
  log: (process: string) => string
  pid: (process: string) => string
  record: (process: string) => string
  runDir: string
  logsDir: string
  /** Holds secrets: there is one for each organisation that is played here. */
  organization: (id: string) => OrganizationPaths
  member: (id: string) => MemberPaths
}

/** Names of the files below a state folder; makes nothing. */
export function statePaths (root: string): StatePaths {
  const runDir = join(root, 'run')
  const logsDir = join(root, 'logs')
  return {
    root,
    runDir,
    logsDir,
    stamp: join(root, 'stamp.json'),
    progress: join(root, 'progress.json'),
    release: join(root, 'chaincode.json'),
    lock: join(root, 'lock.db'),
    lockHolder: join(root, 'lock.json'),
    networkFile: join(root, 'network.json'),
    genesisBlock: join(root, 'genesis.block'),
    networkDocument: join(root, 'network-document.json'),
    ordererConfig: join(root, 'config', 'orderer'),
    channelConfig: join(root, 'config', 'channel'),
    anchorContract: join(root, 'anchor.json'),
    watch: { dir: join(root, 'watch'), config: join(root, 'watch', 'prometheus.yml'), data: join(root, 'watch', 'data') },
    evmState: join(root, 'evm', 'state.json'),
    swarmKey: join(root, 'swarm.key'),
    log: (process) => join(logsDir, `${process}.log`),
    pid: (process) => join(runDir, `${process}.pid`),
    record: (process) => join(runDir, `${process}.json`),
    organization: (id) => organizationPaths(join(root, 'organizations', id)),
    member: (id) => memberPaths(join(root, 'members', id))
  }
}

function memberPaths (dir: string): MemberPaths {
  return {
    dir,
    bundle: join(dir, 'bundle.json'),
    tlsCa: join(dir, 'tls-ca.pem'),
    ca: join(dir, 'ca.pem'),
    ordererTls: join(dir, 'orderer-tls.pem'),
    msp: join(dir, 'msp')
  }
}

function organizationPaths (dir: string): OrganizationPaths {
  const pair = (folder: string): KeyPairPaths => ({ dir: folder, cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') })
  const gateway = join(dir, 'gateway')
  const anchor = join(dir, 'anchor')
  const provider = join(dir, 'identity')
  const ipfs = join(dir, 'ipfs')
  return {
    dir,
    tlsCa: join(dir, 'tls-ca.pem'),
    controlCa: join(dir, 'control-ca.pem'),
    ca: join(dir, 'ca.pem'),
    caHome: join(dir, 'ca'),
    secrets: join(dir, 'ca', 'secrets.json'),
    identity: (name) => ({ ...pair(join(dir, 'identities', name)), msp: join(dir, 'identities', name, 'msp') }),
    tls: (name) => pair(name === 'gateway' ? join(gateway, 'tls') : join(dir, 'tls', name)),
    nodeData: (name) => join(dir, 'data', name),
    peerConfig: join(dir, 'config'),
    chaincodePackages: join(dir, 'chaincode'),
    gateway: {
      dir: gateway,
      data: join(gateway, 'data'),
      settings: join(gateway, 'settings.env'),
      outside: join(gateway, 'outside.env'),
      walletKey: join(gateway, 'wallet.key')
    },
    provider: {
      dir: provider,
      data: join(provider, 'data'),
      settings: join(provider, 'settings.env'),
      secretKey: join(provider, 'secret.key'),
      passwords: join(provider, 'passwords.json')
    },
    anchor: { dir: anchor, data: join(anchor, 'data'), walletKey: join(anchor, 'wallet.key'), settings: join(anchor, 'settings.env') },
    ipfs: { dir: ipfs, repo: join(ipfs, 'repo'), secret: join(ipfs, 'secret') }
  }
}
