import common from '@hyperledger/fabric-protos/lib/common/common_pb.js'
import configs from '@hyperledger/fabric-protos/lib/common/configtx_pb.js'
import mspConfigs from '@hyperledger/fabric-protos/lib/msp/msp_config_pb.js'
import { VerificationError } from '../errors.ts'
import { readGroup } from './config-group.ts'
import { Msp, readIdentity } from './msp.ts'
import { policyIn } from './policies.ts'
import type { Group } from './config-group.ts'
import type { Member } from './msp.ts'
import type { Policy } from './policies.ts'

/** The channel's configuration from one configuration block on: members, roles, revocations and policies. */
export class ChannelConfig {
  readonly blockNumber: number
  readonly sequence: number
  /** The block's envelope: with it a checkpoint makes this configuration anew. */
  readonly envelope: Uint8Array
  readonly group: Group
  readonly #msps = new Map<string, Msp>()
  readonly #members = new Map<string, Member | undefined>()
  readonly #policies = new Map<string, Policy>()

  /** Reads the envelope of a configuration block; throws `CONFIG_MALFORMED`. */
  constructor (blockNumber: number, envelope: Uint8Array) {
    this.blockNumber = blockNumber
    this.envelope = envelope
    const config = readConfig(envelope).getConfig()
    const group = config?.getChannelGroup()
    if (config === undefined || group === undefined) {
      throw new VerificationError('CONFIG_MALFORMED', `Block ${blockNumber} holds no channel configuration.`)
    }
    this.sequence = config.getSequence()
    this.group = readGroup(group)
    for (const name of ['Orderer', 'Application']) this.#addMsps(this.group.groups.get(name))
  }

  /** The member that a serialized identity names, at this height; undefined when no organisation of the channel vouches for it. */
  member (identity: Uint8Array): Member | undefined {
    const key = Buffer.from(identity).toString('latin1')
    if (this.#members.has(key)) return this.#members.get(key)
    const parts = readIdentity(identity)
    const member = parts === undefined ? undefined : this.#msps.get(parts.mspId)?.admit(parts.pem)
    this.#members.set(key, member)
    return member
  }

  /** A policy by its path, such as `/Channel/Application/Endorsement`; nobody satisfies one that does not exist. */
  policy (path: string): Policy {
    const known = this.#policies.get(path)
    if (known !== undefined) return known
    const [, root, ...rest] = path.split('/')
    const name = rest.pop() ?? ''
    const group = root === 'Channel' ? rest.reduce<Group | undefined>((g, step) => g?.groups.get(step), this.group) : undefined
    const policy = policyIn(group, name)
    this.#policies.set(path, policy)
    return policy
  }

  /** Name of a member organisation's group under Application. */
  organizationOf (mspId: string): string | undefined {
    const organizations = [...this.group.groups.get('Application')?.groups ?? []]
    return organizations.find(([, organization]) => mspIdOf(organization) === mspId)?.[0]
  }

  #addMsps (group: Group | undefined): void {
    for (const organization of group?.groups.values() ?? []) {
      const config = mspConfigOf(organization)
      if (config === undefined) continue
      const msp = new Msp(config.getConfig_asU8())
      this.#msps.set(msp.mspId, msp)
    }
  }
}

/** The configuration envelope within a block's envelope; throws `CONFIG_MALFORMED`. */
export function readConfig (envelope: Uint8Array): configs.ConfigEnvelope {
  try {
    return configs.ConfigEnvelope.deserializeBinary(
      common.Payload.deserializeBinary(common.Envelope.deserializeBinary(envelope).getPayload_asU8()).getData_asU8()
    )
  } catch (error) {
    throw new VerificationError('CONFIG_MALFORMED', 'A channel configuration cannot be read.', { cause: error })
  }
}

function mspConfigOf (group: Group): mspConfigs.MSPConfig | undefined {
  const value = group.values.get('MSP')
  return value === undefined ? undefined : mspConfigs.MSPConfig.deserializeBinary(value.getValue_asU8())
}

function mspIdOf (group: Group): string | undefined {
  const config = mspConfigOf(group)
  return config === undefined ? undefined : mspConfigs.FabricMSPConfig.deserializeBinary(config.getConfig_asU8()).getName()
}
