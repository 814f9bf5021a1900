import { randomUUID } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import commonProtos from '@hyperledger/fabric-protos/lib/common/common_pb.js'
import type { Binaries } from './binaries.ts'
import { blockHeaderHash } from './block-header.ts'
import { restrictReaders } from './channel-readers.ts'
import { NetworkError } from '../errors.ts'
import { replaceFile } from '../../host/src/index.ts'
import type { StatePaths } from '../description/paths.ts'
import { runTool } from '../host/tool.ts'
import type { OrganizationTopology, Topology } from '../description/topology.ts'

/** Blocks are cut after this long: it is most of the latency of a lone transaction. */
const BATCH_TIMEOUT = '200ms'
const MAX_MESSAGES_PER_BLOCK = 500
/** Above 4 MB a block could outgrow what a 2.5.0 orderer can read back from its log (10 MB). */
const MAX_BLOCK_BYTES = '4 MB'
const PREFERRED_BLOCK_BYTES = '2 MB'
/** With ElectionTick 10 a dead leader costs about 3 s; with Fabric's default of 500 ms it costs 13 s. */
const RAFT_OPTIONS = { TickInterval: '100ms', ElectionTick: 10, HeartbeatTick: 1, MaxInflightBlocks: 5, SnapshotIntervalSize: '16 MB' }

const PROFILE = 'Epione'

const implicit = (rule: string): { Type: string, Rule: string } => ({ Type: 'ImplicitMeta', Rule: rule })
const signature = (rule: string): { Type: string, Rule: string } => ({ Type: 'Signature', Rule: rule })

/** Input of configtxgen: one channel of which every organisation is a member and a consenter. */
function channelProfile (topology: Topology, paths: StatePaths): unknown {
  const defaults = { Readers: implicit('ANY Readers'), Writers: implicit('ANY Writers'), Admins: implicit('MAJORITY Admins') }
  return {
    Profiles: {
      [PROFILE]: {
        Policies: defaults,
        Capabilities: { V2_0: true },
        Orderer: {
          OrdererType: 'etcdraft',
          BatchTimeout: BATCH_TIMEOUT,
          BatchSize: {
            MaxMessageCount: MAX_MESSAGES_PER_BLOCK,
            AbsoluteMaxBytes: MAX_BLOCK_BYTES,
            PreferredMaxBytes: PREFERRED_BLOCK_BYTES
          },
          EtcdRaft: {
            Consenters: topology.organizations.map((organization) => {
              const cert = paths.member(organization.id).ordererTls
              return { Host: organization.host.address, Port: organization.orderer.port, ClientTLSCert: cert, ServerTLSCert: cert }
            }),
            Options: RAFT_OPTIONS
          },
          Organizations: topology.organizations.map((organization) => ordererOrganization(organization, paths)),
          Policies: { ...defaults, BlockValidation: implicit('ANY Writers') },
          Capabilities: { V2_0: true }
        },
        Application: {
          Organizations: topology.organizations.map((organization) => applicationOrganization(organization, paths)),
          // Staff who submit a transaction may ask what became of it; by default that is for readers of blocks.
          ACLs: { 'gateway/CommitStatus': '/Channel/Application/Writers' },
          Policies: { ...defaults, LifecycleEndorsement: implicit('MAJORITY Endorsement'), Endorsement: implicit('MAJORITY Endorsement') },
          Capabilities: { V2_5: true }
        }
      }
    }
  }
}

// One MSP serves peers and orderers, so the two definitions of an organisation share Name, ID and MSPDir.
function definition (organization: OrganizationTopology, paths: StatePaths): { Name: string, ID: string, MSPDir: string } {
  return { Name: organization.mspId, ID: organization.mspId, MSPDir: paths.member(organization.id).msp }
}

function ordererOrganization (organization: OrganizationTopology, paths: StatePaths): unknown {
  const { mspId } = organization
  return {
    ...definition(organization, paths),
    OrdererEndpoints: [`${organization.host.address}:${organization.orderer.port}`],
    Policies: {
      // Peers fetch blocks here, orderers catch up from each other.
      Readers: signature(`OR('${mspId}.admin','${mspId}.orderer','${mspId}.peer')`),
      Writers: signature(`OR('${mspId}.admin','${mspId}.orderer')`),
      Admins: signature(`OR('${mspId}.admin')`)
    }
  }
}

function applicationOrganization (organization: OrganizationTopology, paths: StatePaths): unknown {
  const { mspId } = organization
  return {
    ...definition(organization, paths),
    AnchorPeers: organization.peerNodes.slice(0, 1).map((peer) => ({ Host: organization.host.address, Port: peer.port })),
    Policies: {
      // `restrictReaders` adds the offices, which this language cannot say.
      Readers: signature(`OR('${mspId}.admin','${mspId}.peer')`),
      Writers: signature(`OR('${mspId}.admin','${mspId}.client')`),
      Admins: signature(`OR('${mspId}.admin')`),
      Endorsement: signature(`OR('${mspId}.peer')`)
    }
  }
}

/**
 * Makes a first block of the channel of the members' bundles as they are kept here: its bytes. Two of them differ by time and nonce, which
 * configtxgen puts in, and by nothing else.
 */
export async function makeGenesisBlock (topology: Topology, paths: StatePaths, binaries: Binaries): Promise<Uint8Array> {
  // Several members of one machine may make theirs at once.
  const dir = join(paths.channelConfig, randomUUID())
  const made = join(dir, 'genesis.block')
  try {
    await replaceFile(join(dir, 'configtx.yaml'), JSON.stringify(channelProfile(topology, paths), null, 2) + '\n')
    await runTool({
      command: join(binaries.fabric, 'configtxgen'),
      args: ['-configPath', dir, '-profile', PROFILE, '-channelID', topology.consortium.channel, '-outputBlock', made],
      env: { FABRIC_LOGGING_SPEC: 'error' }
    })
    const organizations = await Promise.all(
      topology.organizations.map(async ({ id, mspId }) => ({ mspId, rootPem: await readFile(paths.member(id).ca, 'utf8') }))
    )
    return restrictReaders(await readFile(made), organizations)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

/** Identity of a network: hash of the header of its block 0 (lowercase hex), which commits to every organisation's roots. */
export function networkIdOf (block: Uint8Array): string {
  const header = commonProtos.Block.deserializeBinary(block).getHeader()
  if (header === undefined) throw new NetworkError('command-failed', 'block 0 has no header')
  return blockHeaderHash(0n, new Uint8Array(), header.getDataHash_asU8())
}

/** That of the network that this folder is founded on. */
export async function readNetworkId (paths: StatePaths): Promise<string> {
  return networkIdOf(await readFile(paths.genesisBlock))
}
