import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import commonProtos from '@hyperledger/fabric-protos/lib/common/common_pb.js'
import configs from '@hyperledger/fabric-protos/lib/common/configtx_pb.js'
import { replaceFile } from '../../host/src/index.ts'
import type { StatePaths } from '../description/paths.ts'
import type { OrganizationTopology, PeerNode, Topology } from '../description/topology.ts'
import { NetworkError } from '../errors.ts'
import { asAdmin, ordererArguments } from '../nodes/peer.ts'
import type { Binaries } from './binaries.ts'
import type { MessageMap } from './message-map.ts'

/** As whom, and where, the channel is asked. */
export interface ChannelAdmin { organization: OrganizationTopology, topology: Topology, paths: StatePaths, binaries: Binaries }

/** A value of the channel's configuration, named by the path of its group below the channel, and what it shall be. */
export interface ValueChange { group: readonly string[], name: string, value: Uint8Array }

/** The channel's configuration as the organisation's orderer has it, or one of its peers. */
export async function fetchConfig (admin: ChannelAdmin, peer?: PeerNode): Promise<configs.Config> {
  const { organization, topology, paths, binaries } = admin
  return await withFile(admin, 'config', async (file) => {
    const from = peer === undefined ? ordererArguments(organization, paths) : []
    const { channel } = topology.consortium
    await asAdmin(organization, paths, binaries, ['channel', 'fetch', 'config', file, '--channelID', channel, ...from], peer)
    return readConfigBlock(await readFile(file))
  })
}

/** The configuration in a block that holds one. Throws `command-failed`. */
export function readConfigBlock (block: Uint8Array): configs.Config {
  const [envelope] = commonProtos.Block.deserializeBinary(block).getData()?.getDataList_asU8() ?? []
  const { Envelope, Payload } = commonProtos
  const payload = Payload.deserializeBinary(Envelope.deserializeBinary(envelope ?? new Uint8Array()).getPayload_asU8())
  const config = configs.ConfigEnvelope.deserializeBinary(payload.getData_asU8()).getConfig()
  if (config === undefined) throw new NetworkError('command-failed', 'the block that the channel gave holds no configuration')
  return config
}

/** The value of a group. Throws `command-failed` when the configuration has none. */
export function valueIn (config: configs.Config, { group, name }: Pick<ValueChange, 'group' | 'name'>): configs.ConfigValue {
  let found = config.getChannelGroup()
  for (const part of group) found = found === undefined ? undefined : groupIn(found, part)
  const value = found === undefined ? undefined : valuesOf(found).get(name)
  if (value !== undefined) return value
  throw new NetworkError('command-failed', `the channel's configuration has no ${[...group, name].join('/')}`)
}

/**
 * Writes a change of values, which nobody has signed yet: groups by their versions alone, each value by the next of its own (fabric:
 * common/configtx/update.go).
 */
export function writeUpdate (channel: string, config: configs.Config, changes: readonly ValueChange[]): Uint8Array {
  const root = config.getChannelGroup()
  if (root === undefined) throw new NetworkError('command-failed', 'the channel\'s configuration has no groups')
  const [readSet, writeSet] = [bareCopy(root), bareCopy(root)]
  for (const { group, name, value } of changes) {
    const former = valueIn(config, { group, name })
    const changed = new configs.ConfigValue()
    changed.setVersion(former.getVersion() + 1)
    changed.setModPolicy(former.getModPolicy())
    changed.setValue(value)
    descend(root, readSet, group)
    valuesOf(descend(root, writeSet, group)).set(name, changed)
  }
  const update = new configs.ConfigUpdate()
  update.setChannelId(channel)
  update.setReadSet(readSet)
  update.setWriteSet(writeSet)
  return wrap(channel, update.serializeBinary())
}

/** Has the organisation's admin sign a change and send it; others whose word it needs have signed before (`peer channel signconfigtx`). */
export async function submitUpdate (admin: ChannelAdmin, envelope: Uint8Array): Promise<void> {
  const { organization, topology, paths, binaries } = admin
  await withFile(admin, 'update', async (file) => {
    await replaceFile(file, envelope)
    await asAdmin(organization, paths, binaries, [
      'channel', 'update', '-f', file, '--channelID', topology.consortium.channel, ...ordererArguments(organization, paths)
    ])
  })
}

/** The same group in `copy`, made by versions alone where it is not there. */
function descend (root: configs.ConfigGroup, copy: configs.ConfigGroup, path: readonly string[]): configs.ConfigGroup {
  let [original, made] = [root, copy]
  for (const part of path) {
    const next = groupIn(original, part)
    if (next === undefined) throw new NetworkError('command-failed', `the channel's configuration has no ${path.join('/')}`)
    const known = groupsOf(made).get(part) ?? bareCopy(next)
    groupsOf(made).set(part, known)
    original = next
    made = known
  }
  return made
}

function bareCopy (group: configs.ConfigGroup): configs.ConfigGroup {
  const copy = new configs.ConfigGroup()
  copy.setVersion(group.getVersion())
  return copy
}

const groupsOf = (group: configs.ConfigGroup): MessageMap<configs.ConfigGroup> => group.getGroupsMap() as MessageMap<configs.ConfigGroup>
const groupIn = (group: configs.ConfigGroup, name: string): configs.ConfigGroup | undefined => groupsOf(group).get(name)
const valuesOf = (group: configs.ConfigGroup): MessageMap<configs.ConfigValue> => group.getValuesMap() as MessageMap<configs.ConfigValue>

function wrap (channel: string, update: Uint8Array): Uint8Array {
  const channelHeader = new commonProtos.ChannelHeader()
  channelHeader.setType(commonProtos.HeaderType.CONFIG_UPDATE)
  channelHeader.setChannelId(channel)
  const header = new commonProtos.Header()
  header.setChannelHeader(channelHeader.serializeBinary())
  const signed = new configs.ConfigUpdateEnvelope()
  signed.setConfigUpdate(update)
  const payload = new commonProtos.Payload()
  payload.setHeader(header)
  payload.setData(signed.serializeBinary())
  const envelope = new commonProtos.Envelope()
  envelope.setPayload(payload.serializeBinary())
  return envelope.serializeBinary()
}

async function withFile<T> ({ organization, paths }: ChannelAdmin, name: string, work: (file: string) => Promise<T>): Promise<T> {
  const file = join(paths.organization(organization.id).dir, `channel-${name}.${String(process.pid)}`)
  try {
    return await work(file)
  } finally {
    await rm(file, { force: true })
  }
}
