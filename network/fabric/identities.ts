import type { Auditor } from '../description/consortium.ts'
import type { OrganizationTopology } from '../description/topology.ts'

/**
 * Names by which the one fabric-ca-server process is asked for the identity CA, the TLS CA of listeners, and the TLS CA of who controls
 * nodes.
 */
export const CA_NAME = 'ca'
export const TLS_CA_NAME = 'tls-ca'
export const CONTROL_CA_NAME = 'control-ca'
export const CA_NAMES = [CA_NAME, TLS_CA_NAME, CONTROL_CA_NAME] as const
export type CaName = (typeof CA_NAMES)[number]

/** An identity that the organisation's CA is told of in its configuration. */
export interface DeclaredIdentity {
  /** Name of its folder; its enrolment id, and common name, is `<name>.<organisation>`. */
  name: string
  type: 'admin' | 'client' | 'orderer' | 'peer'
  /** Unit in the certificate beside that of the type; none when empty. */
  affiliation: '' | typeof OFFICE | typeof STAFF
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

/** Unit of certificates with an office on the ledger: gateways, registrars, auditors. Chaincode and channel ask for it. */
export const OFFICE = 'office'
/** Unit of everybody whom a gateway enrols: its registrar at the CA is of this unit, and reaches no identity of another. */
export const STAFF = 'staff'

/** Attributes that a gateway may give to the hospital's staff. */
const STAFF_ATTRIBUTES = 'role,department'

/** Name of an auditor's identity. */
export function auditorIdentity ({ id }: Auditor): string {
  return `auditor-${id}`
}

/** Identities of the identity CA: who acts on the ledger. Roles are certified as attributes. */
function ledgerIdentities (organization: OrganizationTopology): DeclaredIdentity[] {
  const office = (name: string, role: string, more: Record<string, string> = {}): DeclaredIdentity =>
    ({ name, type: 'client', affiliation: OFFICE, attributes: { role: `${role}:ecert`, ...more }, needsMsp: name === 'registrar' })
  return [
    { name: 'admin', type: 'admin', affiliation: '', attributes: REGISTRAR_OF_ALL, needsMsp: true },
    office('gateway', 'gateway'),
    office('registrar', 'registrar'),
    ...(organization.auditors ?? []).map((auditor) => office(auditorIdentity(auditor), 'auditor', { scope: `${auditor.scope}:ecert` })),
    {
      name: 'ca-registrar',
      type: 'client',
      affiliation: STAFF,
      attributes: {
        'hf.Registrar.Roles': 'client',
        'hf.Registrar.Attributes': STAFF_ATTRIBUTES,
        'hf.Revoker': 'true',
        'hf.GenCRL': 'true'
      },
      needsMsp: false
    },
    { name: 'orderer', type: 'orderer', affiliation: '', attributes: {}, needsMsp: true },
    ...organization.peerNodes.map((peer): DeclaredIdentity =>
      ({ name: peer.name, type: 'peer', affiliation: '', attributes: {}, needsMsp: true }))
  ]
}

/** Identities of the TLS CA: who listens and connects. */
function tlsIdentities (organization: OrganizationTopology): DeclaredIdentity[] {
  return ['ca', 'orderer', ...organization.peerNodes.map((peer) => peer.name), 'chaincode', 'gateway', ...organization.identity === undefined ? [] : ['identity']].map(connecting)
}

/**
 * Names of the identities of the control CA: the admin towards nodes, and the peers towards the chaincode. No listener shows one of these.
 */
export const CONTROL_IDENTITIES = ['admin', 'chaincode-client'] as const

const connecting = (name: string): DeclaredIdentity => ({ name, type: 'client', affiliation: '', attributes: {}, needsMsp: false })

/** Everybody whom one of the organisation's CAs is told of. */
export function declaredIdentities (organization: OrganizationTopology, caName: CaName): DeclaredIdentity[] {
  switch (caName) {
    case CA_NAME: return ledgerIdentities(organization)
    case TLS_CA_NAME: return tlsIdentities(organization)
    case CONTROL_CA_NAME: return CONTROL_IDENTITIES.map(connecting)
  }
}
