import { X509Certificate } from 'node:crypto'
import FabricCAServices from 'fabric-ca-client'
import fabricNetwork from 'fabric-network'
import type { X509Identity } from 'fabric-network'
import type { User } from 'fabric-common'
import { GatewayError } from '../errors.ts'
import type { LedgerIdentity } from '../fabric/ledger-connection.ts'
import type { CertificateAuthority, StaffAttributes } from './certificate-authority.ts'

export interface FabricAuthorityOptions {
  url: string
  /** Name of the identity CA within its process. */
  caName: string
  /** Root of the CA's own TLS certificate. */
  tlsCaPem: string
  /** May register client identities. */
  registrar: LedgerIdentity
}

/** The organisation's Fabric CA. */
export function connectFabricAuthority ({ url, caName, tlsCaPem, registrar }: FabricAuthorityOptions): CertificateAuthority {
  const ca = new FabricCAServices(url, { trustedRoots: [tlsCaPem], verify: true }, caName)
  return {
    enrol: async (staff) => {
      try {
        const enrollmentSecret = await ca.register(registration(staff), await userContext(registrar))
        // Under the default profile: it is for staff (30 days), and fabric-ca puts attributes into no other of ours.
        const { certificate, key } = await ca.enroll({ enrollmentID: staff.staffId, enrollmentSecret })
        return { certificate, privateKey: key.toBytes(), notAfter: Date.parse(new X509Certificate(certificate).validTo) }
      } catch (cause) {
        throw new GatewayError('CA_UNAVAILABLE', 'the hospital\'s certificate authority did not enrol the person', { cause })
      }
    }
  }
}

function registration ({ staffId, role, department, scope }: StaffAttributes): FabricCAServices.IRegisterRequest {
  const attributes = Object.entries({ role, department, scope }).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return {
    enrollmentID: staffId,
    affiliation: '',
    role: 'client',
    // The secret is worth nothing once this gateway has used it.
    maxEnrollments: 1,
    attrs: attributes.map(([name, value]) => ({ name, value, ecert: true }))
  }
}

async function userContext ({ mspId, certificate, privateKey }: LedgerIdentity): Promise<User> {
  const identity: X509Identity = { type: 'X.509', mspId, credentials: { certificate, privateKey } }
  const registry = new fabricNetwork.Wallet(EMPTY_STORE).getProviderRegistry()
  return await registry.getProvider('X.509').getUserContext(identity, 'ca-registrar')
}

/** The provider registry belongs to a wallet; the registrar's identity comes from files and is stored in none. */
const EMPTY_STORE: fabricNetwork.WalletStore = {
  get: () => Promise.resolve(undefined),
  list: () => Promise.resolve([]),
  put: () => Promise.reject(new Error('this wallet keeps nothing')),
  remove: () => Promise.resolve()
}
