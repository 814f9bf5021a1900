import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { common, orderer } from '@hyperledger/fabric-protos'
import { findBinaries } from '../../../network/fabric/binaries.ts'
import { fetchConfig, writeUpdate } from '../../../network/fabric/channel-update.ts'
import { loadConsortium } from '../../../network/description/consortium.ts'
import { asAdmin, ordererArguments } from '../../../network/nodes/peer.ts'
import { readSettings } from '../../../network/description/settings.ts'
import { deriveTopology } from '../../../network/description/topology.ts'
import { signAsOrderer } from './rewrite-tail.ts'
import type { TestNetwork } from '../test-network.ts'

/** What the channel's batches wait for after the change. */
const BATCH_TIMEOUT = '250ms'

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
  const timeout = new orderer.BatchTimeout()
  timeout.setTimeout(BATCH_TIMEOUT)
  const change = { group: ['Orderer'], name: 'BatchTimeout', value: timeout.serializeBinary() }
  const config = await fetchConfig({ organization: first, topology, paths, binaries })
  const file = join(stateDir, 'update.tx')
  await writeFile(file, writeUpdate(channel, config, [change]))
  await asAdmin(first, paths, binaries, ['channel', 'signconfigtx', '-f', file])
  await asAdmin(second, paths, binaries, [
    'channel', 'update', '-f', file, '--channelID', channel, ...ordererArguments(second, paths)
  ])
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
