import common from '@hyperledger/fabric-protos/lib/common/common_pb.js'
import configs from '@hyperledger/fabric-protos/lib/common/configtx_pb.js'
import { concatBytes } from '@epione/crypto'
import { VerificationError } from '../errors.ts'
import { readConfig } from './channel-config.ts'
import { readGroup } from './config-group.ts'
import { findSigners } from './signatures.ts'
import type { ChannelConfig } from './channel-config.ts'
import type { Group } from './config-group.ts'
import type { SignedBytes } from './endorser-transaction.ts'
import type { Member } from './msp.ts'

/** One element of a configuration: `content` tells whether two of them are the same; `policy` is who may change it. */
interface Element { readonly version: number, readonly content: string, readonly policy: string }
type Elements = ReadonlyMap<string, Element>
interface Update { readonly reads: Elements, readonly writes: Elements, readonly signatures: SignedBytes[] }

/**
 * Checks that a configuration follows from the one before by the update within it, and that whoever the former one demands
 * signed every change (fabric: common/configtx/update.go). Orderers cannot make themselves a channel of their own.
 * Throws `CONFIG_UNAUTHORIZED`, `CONFIG_MALFORMED`.
 */
export async function checkConfigUpdate (before: ChannelConfig, after: ChannelConfig): Promise<void> {
  const fault = await findFault(before, after)
  if (fault === undefined) return
  throw new VerificationError(
    'CONFIG_UNAUTHORIZED',
    `The configuration in block ${after.blockNumber} is not one that this channel's admins made: ${fault}.`,
    { place: { block: after.blockNumber } }
  )
}

async function findFault (before: ChannelConfig, after: ChannelConfig): Promise<string | undefined> {
  if (after.sequence !== before.sequence + 1) return `its sequence is ${after.sequence}, not ${before.sequence + 1}`
  const { reads, writes, signatures } = readUpdate(after.envelope)
  const [old, next] = [flatten(before.group), flatten(after.group)]
  for (const [key, { version }] of reads) if (old.get(key)?.version !== version) return `its update was made for another version of ${key}`
  const changes = new Map([...writes].filter(([key, { version }]) => reads.get(key)?.version !== version))
  if (changes.size === 0) return 'its update changes nothing'
  return findUnsigned(changes, old, before, await findSigners(signatures, before)) ?? findStranger(changes, old, next)
}

/** A change that its element's own policy does not allow these signers. */
function findUnsigned (changes: Elements, old: Elements, before: ChannelConfig, signers: Member[]): string | undefined {
  for (const [key, { version }] of changes) {
    const existing = old.get(key)
    if (version !== (existing === undefined ? 0 : existing.version + 1)) return `${key} has version ${version}`
    if (existing !== undefined && !before.policy(existing.policy)(signers)) {
      return `the change of ${key} is not signed by enough of its admins`
    }
  }
  return undefined
}

/** An element of the new configuration that neither the former one nor the update has. */
function findStranger (changes: Elements, old: Elements, next: Elements): string | undefined {
  for (const [key, element] of next) {
    const expected = changes.get(key) ?? old.get(key)
    if (expected?.version !== element.version || expected.content !== element.content) return `${key} is not what the update says`
  }
  return [...changes.keys()].every((key) => next.has(key)) ? undefined : 'a change of the update is missing from it'
}

function readUpdate (envelope: Uint8Array): Update {
  const lastUpdate = readConfig(envelope).getLastUpdate()
  try {
    const signed = configs.ConfigUpdateEnvelope.deserializeBinary(
      common.Payload.deserializeBinary(lastUpdate?.getPayload_asU8() ?? new Uint8Array()).getData_asU8()
    )
    const bytes = signed.getConfigUpdate_asU8()
    const update = configs.ConfigUpdate.deserializeBinary(bytes)
    const signatures = signed.getSignaturesList().map((one) => {
      const header = one.getSignatureHeader_asU8()
      return {
        identity: common.SignatureHeader.deserializeBinary(header).getCreator_asU8(),
        data: concatBytes(header, bytes),
        signature: one.getSignature_asU8()
      }
    })
    return { reads: flattenSet(update.getReadSet()), writes: flattenSet(update.getWriteSet()), signatures }
  } catch (error) {
    throw new VerificationError('CONFIG_MALFORMED', 'The update within a channel configuration cannot be read.', { cause: error })
  }
}

function flattenSet (group: configs.ConfigGroup | undefined): Map<string, Element> {
  return group === undefined ? new Map<string, Element>() : flatten(readGroup(group))
}

/** All elements by kind and path. A group's content is which elements it has, so that none is added or taken away unseen. */
function flatten (group: Group, path = '/Channel'): Map<string, Element> {
  const resolve = (policy: string): string => policy.startsWith('/') ? policy : `${path}/${policy}`
  const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex')
  const names = [[...group.groups.keys()].sort(), [...group.values.keys()].sort(), [...group.policies.keys()].sort()]
  const elements = new Map<string, Element>([
    [`group ${path}`, { version: group.version, content: JSON.stringify([group.modPolicy, names]), policy: resolve(group.modPolicy) }]
  ])
  for (const [name, value] of group.values) {
    elements.set(`value ${path}/${name}`, {
      version: value.getVersion(),
      content: JSON.stringify([value.getModPolicy(), hex(value.getValue_asU8())]),
      policy: resolve(value.getModPolicy())
    })
  }
  for (const [name, policy] of group.policies) {
    elements.set(`policy ${path}/${name}`, {
      version: policy.getVersion(),
      content: JSON.stringify([policy.getModPolicy(), hex(policy.getPolicy()?.serializeBinary())]),
      policy: resolve(policy.getModPolicy())
    })
  }
  for (const [name, below] of group.groups) for (const [key, element] of flatten(below, `${path}/${name}`)) elements.set(key, element)
  return elements
}
