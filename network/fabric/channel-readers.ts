import { createHash, X509Certificate } from 'node:crypto'
import commonProtos from '@hyperledger/fabric-protos/lib/common/common_pb.js'
import configs from '@hyperledger/fabric-protos/lib/common/configtx_pb.js'
import policies from '@hyperledger/fabric-protos/lib/common/policies_pb.js'
import principals from '@hyperledger/fabric-protos/lib/msp/msp_principal_pb.js'
import { NetworkError } from '../errors.ts'
import { OFFICE } from './identities.ts'
import type { MessageMap } from './message-map.ts'

/** An organisation whose readers are to be restricted; `rootPem` is the root of its identity CA. */
export interface ReadersOrganization { mspId: string, rootPem: string }

const { MSPPrincipal, MSPRole, OrganizationUnit } = principals

/**
 * The channel's first block with the rule that blocks, their events and queries of them are for each organisation's peers,
 * admins and offices (decision 0501). configtxgen writes rules over node roles only, and a role alone does not
 * tell a gateway from a nurse: both are clients. Returns the block with its data hash made anew.
 */
export function restrictReaders (block: Uint8Array, organizations: readonly ReadersOrganization[]): Uint8Array {
  const parsed = commonProtos.Block.deserializeBinary(block)
  const data = required(parsed.getData(), 'data')
  const envelope = commonProtos.Envelope.deserializeBinary(required(data.getDataList_asU8()[0], 'envelope'))
  const payload = commonProtos.Payload.deserializeBinary(envelope.getPayload_asU8())
  const config = configs.ConfigEnvelope.deserializeBinary(payload.getData_asU8())
  const application = groupIn(required(config.getConfig()?.getChannelGroup(), 'channel group'), 'Application')
  for (const organization of organizations) {
    const readers = (groupIn(application, organization.mspId).getPoliciesMap() as MessageMap<configs.ConfigPolicy>).get('Readers')
    required(readers?.getPolicy(), `Readers of ${organization.mspId}`).setValue(readersPolicy(organization).serializeBinary())
  }
  payload.setData(config.serializeBinary())
  envelope.setPayload(payload.serializeBinary())
  const bytes = envelope.serializeBinary()
  data.setDataList([bytes])
  required(parsed.getHeader(), 'header').setDataHash(createHash('sha256').update(bytes).digest())
  return parsed.serializeBinary()
}

/** Any one of: a peer, an admin, a certificate with the unit of offices from this very root. */
function readersPolicy ({ mspId, rootPem }: ReadersOrganization): policies.SignaturePolicyEnvelope {
  const { PEER, ADMIN } = MSPRole.MSPRoleType
  const identities = [rolePrincipal(mspId, PEER), rolePrincipal(mspId, ADMIN), unitPrincipal(mspId, rootPem)]
  const anyOne = new policies.SignaturePolicy.NOutOf()
  anyOne.setN(1)
  anyOne.setRulesList(identities.map((_, index) => {
    const signed = new policies.SignaturePolicy()
    signed.setSignedBy(index)
    return signed
  }))
  const rule = new policies.SignaturePolicy()
  rule.setNOutOf(anyOne)
  const envelope = new policies.SignaturePolicyEnvelope()
  envelope.setRule(rule)
  envelope.setIdentitiesList(identities)
  return envelope
}

function rolePrincipal (mspId: string, value: 1 | 3): principals.MSPPrincipal {
  const role = new MSPRole()
  role.setMspIdentifier(mspId)
  role.setRole(value)
  return toPrincipal(MSPPrincipal.Classification.ROLE, role.serializeBinary())
}

function unitPrincipal (mspId: string, rootPem: string): principals.MSPPrincipal {
  const unit = new OrganizationUnit()
  unit.setMspIdentifier(mspId)
  unit.setOrganizationalUnitIdentifier(OFFICE)
  // Fabric names a unit's certifiers by the hash of the issuing chain, which is the root alone.
  unit.setCertifiersIdentifier(createHash('sha256').update(new X509Certificate(rootPem).raw).digest())
  return toPrincipal(MSPPrincipal.Classification.ORGANIZATION_UNIT, unit.serializeBinary())
}

function toPrincipal (classification: 0 | 1, bytes: Uint8Array): principals.MSPPrincipal {
  const principal = new MSPPrincipal()
  principal.setPrincipalClassification(classification)
  principal.setPrincipal(bytes)
  return principal
}

function groupIn (group: configs.ConfigGroup, name: string): configs.ConfigGroup {
  return required((group.getGroupsMap() as MessageMap<configs.ConfigGroup>).get(name), `group ${name}`)
}

function required<T> (value: T | undefined, what: string): T {
  if (value === undefined) throw new NetworkError('command-failed', `configtxgen made a block without ${what}`)
  return value
}
