import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { common, orderer } from '@hyperledger/fabric-protos'
import { findBinaries } from '../../../network/fabric/binaries.ts'
import { loadConsortium } from '../../../network/description/consortium.ts'
import { asAdmin, ordererArguments } from '../../../network/nodes/peer.ts'
import { readSettings } from '../../../network/description/settings.ts'
import { deriveTopology } from '../../../network/description/topology.ts'
import { signAsOrderer } from './rewrite-tail.ts'
import type { TestNetwork } from '../test-network.ts'

/** What the channel's batches wait for after the change. */
const BATCH_TIMEOUT = '250ms'
const GROUP = 'Orderer'
const VALUE = 'BatchTimeout'

/** Changes the channel's configuration for real: two organisations' admins sign a new batch timeout, as its policy demands. */
export async function changeConfig (network: TestNetwork): Promise<void> {
  const { paths, stateDir } = network
  const topology = deriveTopology(await loadConsortium(network.consortiumFile))
  const { fabric, fabricCa } = await findBinaries(
    readSettings({ ...process.env, EPIONE_STATE: stateDir, EPIONE_CONSORTIUM: network.consortiumFile })
  )
  const [first, second] = topology.organizations
  if (fabric === undefined || fabricCa === undefined || first === undefined || second === undefined) {
    throw new Error('a change needs the binaries and two organisations')
  }
  const binaries = { fabric, fabricCa }
  const { channel } = topology.consortium
  const file = (name: string): string => join(stateDir, name)
  await asAdmin(first, paths, binaries, [
    'channel', 'fetch', 'config', file('config.block'), '--channelID', channel, ...ordererArguments(first, paths)
  ])
  const update = updateOf(channel, await readConfig(file('config.block')))
  await writeFile(file('update.tx'), wrapUpdate(channel, update))
  await asAdmin(first, paths, binaries, ['channel', 'signconfigtx', '-f', file('update.tx')])
  await asAdmin(second, paths, binaries, [
    'channel', 'update', '-f', file('update.tx'), '--channelID', channel, ...ordererArguments(second, paths)
  ])
}

async function readConfig (blockFile: string): Promise<common.Config> {
  const [envelope] = common.Block.deserializeBinary(await readFile(blockFile)).getData()?.getDataList_asU8() ?? []
  const config = findConfig(envelope)?.getConfig()
  if (config === undefined) throw new Error('the block holds no configuration')
  return config
}

interface Members<T> { get: (name: string) => T | undefined, set: (name: string, member: T) => unknown }

/** The update that gives the batch timeout a new value: groups by their versions alone, the value by the next of its own. */
function updateOf (channel: string, config: common.Config): Uint8Array {
  const root = config.getChannelGroup()
  const group = (root?.getGroupsMap() as Members<common.ConfigGroup> | undefined)?.get(GROUP)
  const value = (group?.getValuesMap() as Members<common.ConfigValue> | undefined)?.get(VALUE)
  if (root === undefined || group === undefined || value === undefined) throw new Error('the configuration holds no batch timeout')
  const timeout = new orderer.BatchTimeout()
  timeout.setTimeout(BATCH_TIMEOUT)
  const changed = new common.ConfigValue()
  changed.setVersion(value.getVersion() + 1)
  changed.setValue(timeout.serializeBinary())
  changed.setModPolicy(value.getModPolicy())
  const update = new common.ConfigUpdate()
  update.setChannelId(channel)
  update.setReadSet(bareGroups(root, group))
  update.setWriteSet(bareGroups(root, group, changed))
  return update.serializeBinary()
}

/** The channel's group with the orderers' in it, by their versions, and with the one value where it is given. */
function bareGroups (root: common.ConfigGroup, group: common.ConfigGroup, value?: common.ConfigValue): common.ConfigGroup {
  const [outer, inner] = [new common.ConfigGroup(), new common.ConfigGroup()]
  outer.setVersion(root.getVersion())
  inner.setVersion(group.getVersion())
  if (value !== undefined) (inner.getValuesMap() as Members<common.ConfigValue>).set(VALUE, value)
  const groups = outer.getGroupsMap() as Members<common.ConfigGroup>
  groups.set(GROUP, inner)
  return outer
}

function wrapUpdate (channel: string, update: Uint8Array): Uint8Array {
  const channelHeader = new common.ChannelHeader()
  channelHeader.setType(common.HeaderType.CONFIG_UPDATE)
  channelHeader.setChannelId(channel)
  const header = new common.Header()
  header.setChannelHeader(channelHeader.serializeBinary())
  const signed = new common.ConfigUpdateEnvelope()
  signed.setConfigUpdate(update)
  const payload = new common.Payload()
  payload.setHeader(header)
  payload.setData(signed.serializeBinary())
  const envelope = new common.Envelope()
  envelope.setPayload(payload.serializeBinary())
  return envelope.serializeBinary()
}

/** The configuration in an envelope of the ledger, or undefined when it is of another kind. */
export function findConfig (envelope: Uint8Array | undefined): common.ConfigEnvelope | undefined {
  const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(envelope ?? new Uint8Array()).getPayload_asU8())
  const header = common.ChannelHeader.deserializeBinary(payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array())
  return header.getType() === common.HeaderType.CONFIG ? common.ConfigEnvelope.deserializeBinary(payload.getData_asU8()) : undefined
}

/**
 * What colluding orderers can do: edit a configuration or the signed update within it, and sign its envelope anew with the orderer's real
 * key.
 */
export function editConfigEnvelope (
  folder: string,
  envelope: Uint8Array,
  edit: (parts: { config: common.Config, update: common.ConfigUpdateEnvelope }) => void
): Uint8Array {
  const outer = common.Envelope.deserializeBinary(envelope)
  const payload = common.Payload.deserializeBinary(outer.getPayload_asU8())
  const configEnvelope = common.ConfigEnvelope.deserializeBinary(payload.getData_asU8())
  const lastUpdate = configEnvelope.getLastUpdate()
  const config = configEnvelope.getConfig()
  if (config === undefined || lastUpdate === undefined) throw new Error('the envelope holds no changed configuration')
  const inner = common.Payload.deserializeBinary(lastUpdate.getPayload_asU8())
  const update = common.ConfigUpdateEnvelope.deserializeBinary(inner.getData_asU8())
  edit({ config, update })
  inner.setData(update.serializeBinary())
  lastUpdate.setPayload(inner.serializeBinary())
  payload.setData(configEnvelope.serializeBinary())
  const bytes = payload.serializeBinary()
  outer.setPayload(bytes)
  outer.setSignature(signAsOrderer(folder, payload.getHeader()?.getSignatureHeader_asU8() ?? new Uint8Array(), bytes))
  return outer.serializeBinary()
}
