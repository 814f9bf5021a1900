import type { OrganizationTopology } from './topology.ts'

/** An identity that the organisation's CA is told of in its configuration. */
export interface DeclaredIdentity {
  /** Name of its folder; its enrolment id, and common name, is `<name>.<organisation>`. */
  name: string
  type: 'admin' | 'client' | 'orderer' | 'peer'
  attributes: Readonly<Record<string, string>>
  /** Whether Fabric's programs run as this identity, and so need it as an MSP folder. */
  needsMsp: boolean
}

const REGISTRAR_OF_ALL = {
  'hf.Registrar.Roles': '*',
  'hf.Registrar.DelegateRoles': '*',
  'hf.Registrar.Attributes': '*',
  'hf.Revoker': 'true',
  'hf.GenCRL': 'true'
}

/** Attributes that a gateway may give to the hospital's staff. */
const STAFF_ATTRIBUTES = 'role,department,scope'

/** Identities of the identity CA: who acts on the ledger. Roles are certified as attributes. */
export function ledgerIdentities (organization: OrganizationTopology): DeclaredIdentity[] {
  return [
    { name: 'admin', type: 'admin', attributes: REGISTRAR_OF_ALL, needsMsp: true },
    { name: 'gateway', type: 'client', attributes: { role: 'gateway:ecert' }, needsMsp: false },
    { name: 'registrar', type: 'client', attributes: { role: 'registrar:ecert' }, needsMsp: false },
    {
      name: 'ca-registrar',
      type: 'client',
      attributes: { 'hf.Registrar.Roles': 'client', 'hf.Registrar.Attributes': STAFF_ATTRIBUTES, 'hf.Revoker': 'true', 'hf.GenCRL': 'true' },
      needsMsp: false
    },
    { name: 'orderer', type: 'orderer', attributes: {}, needsMsp: true },
    ...organization.peerNodes.map((peer): DeclaredIdentity => ({ name: peer.name, type: 'peer', attributes: {}, needsMsp: true }))
  ]
}

/** Identities of the TLS CA: who listens and connects. `chaincode-client` is the peers' pair towards the chaincode. */
export function tlsIdentities (organization: OrganizationTopology): DeclaredIdentity[] {
  const names = ['ca', 'orderer', ...organization.peerNodes.map((peer) => peer.name), 'chaincode', 'chaincode-client', 'gateway']
  return [
    { name: 'admin', type: 'client', attributes: REGISTRAR_OF_ALL, needsMsp: false },
    ...names.map((name): DeclaredIdentity => ({ name, type: 'client', attributes: {}, needsMsp: false }))
  ]
}
