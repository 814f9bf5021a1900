import { createHash } from 'node:crypto'
import commonProtos from '@hyperledger/fabric-protos/lib/common/common_pb.js'
import configs from '@hyperledger/fabric-protos/lib/common/configtx_pb.js'
import { NetworkError } from '../errors.ts'
import type { MessageMap } from '../fabric/message-map.ts'

const NONCE_BYTES = 24
const SHOWN = 8

/**
 * Compares a block 0 that somebody made with one that was made here of the bundles that were checked: with the other's time and nonce put
 * in, ours must be the same, byte for byte. So nothing hides in a field that is not known here, or in an order. Throws `proposal-refused`,
 * naming the parts of the configuration that differ.
 */
export function requireSameBlock (proposed: Uint8Array, own: Uint8Array): void {
  let ours: Uint8Array
  try {
    ours = withTimeAndNonceOf(proposed, own)
  } catch (cause) {
    throw refusal(['it cannot be read as a block with one configuration'], cause)
  }
  if (Buffer.compare(ours, proposed) === 0) return
  const [theirs, known] = [partsOf(proposed), partsOf(ours)]
  const differing = [...new Set([...theirs.keys(), ...known.keys()])].filter((path) => theirs.get(path) !== known.get(path)).sort()
  const named = differing.slice(0, SHOWN).map((path) => `${path} ${difference(theirs.has(path), known.has(path))}`)
  if (differing.length > SHOWN) named.push(`and ${String(differing.length - SHOWN)} more`)
  throw refusal(named.length > 0 ? named : ['its bytes beside the configuration'])
}

function difference (isTheirs: boolean, isOurs: boolean): string {
  if (isTheirs && isOurs) return 'is another'
  return isTheirs ? 'was added' : 'was left out'
}

function refusal (parts: readonly string[], cause?: unknown): NetworkError {
  return new NetworkError('proposal-refused', [
    'block 0 is not that of the bundles that were checked here; it differs in', ...parts.map((part) => `  ${part}`)
  ].join('\n'), {
    advice: 'Sign nothing. Compare fingerprints of all bundles with the convener and with each member: one of you was shown another bundle or description.',
    ...cause === undefined ? {} : { cause }
  })
}

/** Our block as it would be, had it been made at the other's time with the other's nonce. */
function withTimeAndNonceOf (other: Uint8Array, own: Uint8Array): Uint8Array {
  const { channel, signature } = open(other)
  const nonce = signature.getNonce_asU8()
  if (nonce.length !== NONCE_BYTES) throw new RangeError(`the nonce has ${String(nonce.length)} bytes`)
  const ours = open(own)
  ours.channel.setTimestamp(channel.getTimestamp())
  // Fabric's id of a transaction: of nonce and creator, of whom block 0 has none.
  ours.channel.setTxId(createHash('sha256').update(nonce).digest('hex'))
  ours.signature.setNonce(nonce)
  ours.header.setChannelHeader(ours.channel.serializeBinary())
  ours.header.setSignatureHeader(ours.signature.serializeBinary())
  ours.envelope.setPayload(ours.payload.serializeBinary())
  const bytes = ours.envelope.serializeBinary()
  ours.data.setDataList([bytes])
  ours.blockHeader.setDataHash(createHash('sha256').update(bytes).digest())
  return ours.block.serializeBinary()
}

/** A block in the one spelling in which two of them are compared. */
export function spellBlock (block: Uint8Array): Uint8Array {
  return withTimeAndNonceOf(block, block)
}

/** The parts of a block that holds one envelope; writing to a part changes nothing above it. */
function open (bytes: Uint8Array) {
  const block = commonProtos.Block.deserializeBinary(bytes)
  const [blockHeader, data] = [required(block.getHeader()), required(block.getData())]
  const envelopes = data.getDataList_asU8()
  if (envelopes.length !== 1) throw new RangeError(`it holds ${String(envelopes.length)} transactions`)
  const envelope = commonProtos.Envelope.deserializeBinary(required(envelopes[0]))
  const payload = commonProtos.Payload.deserializeBinary(envelope.getPayload_asU8())
  const header = required(payload.getHeader())
  const channel = commonProtos.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8())
  const signature = commonProtos.SignatureHeader.deserializeBinary(header.getSignatureHeader_asU8())
  return { block, blockHeader, data, envelope, payload, header, channel, signature }
}

function required<T> (value: T | undefined): T {
  if (value === undefined) throw new RangeError('a part is missing')
  return value
}

/** Every part of the configuration by its path, with bytes that tell it from others. */
function partsOf (bytes: Uint8Array): Map<string, string> {
  const { payload, channel } = open(bytes)
  const parts = new Map([['channel', channel.getChannelId()]])
  const group = configs.ConfigEnvelope.deserializeBinary(payload.getData_asU8()).getConfig()?.getChannelGroup()
  if (group !== undefined) addGroup('Channel', group, parts)
  return parts
}

function addGroup (path: string, group: configs.ConfigGroup, parts: Map<string, string>): void {
  parts.set(path, `${String(group.getVersion())} ${group.getModPolicy()}`)
  const values = group.getValuesMap() as MessageMap<configs.ConfigValue>
  values.forEach((value, name) => parts.set(`${path}/${name}`, Buffer.from(value.serializeBinary()).toString('base64')))
  const policies = group.getPoliciesMap() as MessageMap<configs.ConfigPolicy>
  policies.forEach((policy, name) => parts.set(`${path}/policy ${name}`, Buffer.from(policy.serializeBinary()).toString('base64')))
  const groups = group.getGroupsMap() as MessageMap<configs.ConfigGroup>
  groups.forEach((inner, name) => { addGroup(`${path}/${name}`, inner, parts) })
}
