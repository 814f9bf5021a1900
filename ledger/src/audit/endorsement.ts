import applicationPolicies from '@hyperledger/fabric-protos/lib/peer/policy_pb.js'
import definitions from '@hyperledger/fabric-protos/lib/peer/lifecycle/chaincode_definition_pb.js'
import stored from '@hyperledger/fabric-protos/lib/peer/lifecycle/db_pb.js'
import { VerificationError } from '../errors.ts'
import { signaturePolicy } from './policies.ts'
import { CODES } from './validation-codes.ts'
import type { ChannelConfig } from './channel-config.ts'
import type { LedgerTransaction } from './endorser-transaction.ts'
import type { Member } from './msp.ts'
import type { Policy } from './policies.ts'
import type { SpaceSet } from './read-write-set.ts'
import type { WorldState } from './world-state.ts'

const LIFECYCLE = '_lifecycle'
const APPLICATION = '/Channel/Application/'
const IMPLICIT_COLLECTION = '_implicit_org_'

/** Code of a transaction by the endorsement policies, in force before its block, of all chaincodes that it calls or writes to. */
export function judgeEndorsement (
  { chaincode, sets }: LedgerTransaction,
  endorsers: readonly Member[],
  config: ChannelConfig,
  state: WorldState
): number {
  const namespaces = new Set([chaincode, ...sets.filter(isWriting).map((set) => set.namespace)])
  for (const namespace of namespaces) {
    const general = chaincodePolicy(namespace, config, state)
    if (general === undefined) return CODES.INVALID_CHAINCODE
    const written = sets.filter((set) => set.namespace === namespace && isWriting(set))
    const policies = written.length === 0 ? [general] : written.map((set) => collectionPolicy(set, config) ?? general)
    if (!policies.every((policy) => policy(endorsers))) return CODES.ENDORSEMENT_POLICY_FAILURE
  }
  return CODES.VALID
}

function isWriting ({ writes, hasMetadata }: SpaceSet): boolean {
  return writes.length > 0 || hasMetadata
}

/** Writes to an organisation's implicit collection are that organisation's own affair. */
function collectionPolicy ({ collection }: SpaceSet, config: ChannelConfig): Policy | undefined {
  if (!collection.startsWith(IMPLICIT_COLLECTION)) return undefined
  const organization = config.organizationOf(collection.slice(IMPLICIT_COLLECTION.length))
  return config.policy(`${APPLICATION}${organization ?? ''}/Endorsement`)
}

function chaincodePolicy (namespace: string, config: ChannelConfig, state: WorldState): Policy | undefined {
  if (namespace === LIFECYCLE) return config.policy(`${APPLICATION}LifecycleEndorsement`)
  const field = state.definition(`namespaces/fields/${namespace}/ValidationInfo`)
  if (field === undefined) return undefined
  try {
    const info = definitions.ChaincodeValidationInfo.deserializeBinary(stored.StateData.deserializeBinary(field).getBytes_asU8())
    const policy = applicationPolicies.ApplicationPolicy.deserializeBinary(info.getValidationParameter_asU8())
    const own = policy.getSignaturePolicy()
    return own === undefined ? config.policy(policy.getChannelConfigPolicyReference()) : signaturePolicy(own)
  } catch (error) {
    throw new VerificationError('CONFIG_MALFORMED', `The endorsement policy of chaincode ${namespace} cannot be read.`, { cause: error })
  }
}
