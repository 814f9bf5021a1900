import { randomBytes, X509Certificate } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type https from 'node:https'
import FabricCAServices from 'fabric-ca-client'
import fabricCommon from 'fabric-common'
import fabricNetwork from 'fabric-network'
import type { X509Identity } from 'fabric-network'
import type { User } from 'fabric-common'
import { GatewayError } from '../errors.ts'
import type { LedgerIdentity } from '@epione/ledger/fabric'
import type { CertificateAuthority, EnrolledIdentity, StaffAttributes } from './certificate-authority.ts'

export interface FabricAuthorityOptions {
  url: string
  /** Name of the identity CA within its process. */
  caName: string
  /** Root of the CA's own TLS certificate. */
  tlsCaPem: string
  /** May register client identities of its own affiliation. */
  registrar: LedgerIdentity
  /** Affiliation of those whom it registers. */
  affiliation: string
}

/** How long (ms) the CA may be silent; the library's own 3 s cut off a busy one that had registered the person by then. */
const SILENCE_MAX_MS = 20_000

/** Secret with which one renewal is authorised. */
const SECRET_BYTES = 24

/** The organisation's Fabric CA. */
export function connectFabricAuthority ({ url, caName, tlsCaPem, registrar, affiliation }: FabricAuthorityOptions): CertificateAuthority {
  const ca = new FabricCAServices(url, { trustedRoots: [tlsCaPem], verify: true }, caName)
  giveEachRequestItsSocket(ca)
  // The library reads it at each request, from settings of the whole process; its types leave them out.
  const settings = fabricCommon.Utils as unknown as { setConfigSetting: (name: string, value: number) => void }
  settings.setConfigSetting('connection-timeout', SILENCE_MAX_MS)
  const again = async (staffId: string, attrs?: FabricCAServices.IKeyValueAttribute[]): Promise<EnrolledIdentity> =>
    await enroll(staffId, await allowOneMore(staffId, attrs))
  const enroll = async (staffId: string, enrollmentSecret: string): Promise<EnrolledIdentity> => {
    // Under the default profile: it is for staff (30 days), and fabric-ca puts attributes into no other of ours.
    const { certificate, key } = await ca.enroll({ enrollmentID: staffId, enrollmentSecret })
    return { certificate, privateKey: key.toBytes(), notAfter: Date.parse(new X509Certificate(certificate).validTo) }
  }
  /** The secret of one more certificate for somebody who was registered, with these attributes or those of then. */
  const allowOneMore = async (staffId: string, attrs?: FabricCAServices.IKeyValueAttribute[]): Promise<string> => {
    const user = await userContext(registrar)
    const identities = ca.newIdentityService()
    const enrollmentSecret = randomBytes(SECRET_BYTES).toString('hex')
    const registered = await identities.getOne(staffId, user) as { result: { max_enrollments: number } }
    const maxEnrollments = registered.result.max_enrollments + 1
    // The CA of the process must be named here, too; the library's types forget it.
    const update: FabricCAServices.IIdentityRequest & { caname: string } = {
      enrollmentID: staffId,
      affiliation: '',
      enrollmentSecret,
      maxEnrollments,
      caname: caName,
      ...(attrs === undefined ? {} : { attrs })
    }
    await identities.update(staffId, update, user)
    return enrollmentSecret
  }
  return {
    enrol: (staff) =>
      orUnavailable(async () =>
        await enroll(staff.staffId, await ca.register(registration(staff, affiliation), await userContext(registrar)))),
    register: (staff) => orUnavailable(async () => { await ca.register(registration(staff, affiliation), await userContext(registrar)) }),
    certifyRequest: (staff, csr) => orUnavailable(async () => {
      const enrollmentSecret = await allowOneMore(staff.staffId, attributesOf(staff))
      const { certificate } = await ca.enroll({ enrollmentID: staff.staffId, enrollmentSecret, csr })
      return { certificate, notAfter: Date.parse(new X509Certificate(certificate).validTo) }
    }),
    renew: (staffId) => orUnavailable(async () => await again(staffId)),
    certify: (staff) => orUnavailable(async () => await again(staff.staffId, attributesOf(staff)))
  }
}

/**
 * The library puts a listener on the socket of each request and takes none away; Node's own agent hands the same socket out
 * again and again. It has no option for an agent, so its HTTP client is replaced by one that closes what it opened.
 */
function giveEachRequestItsSocket (ca: FabricCAServices): void {
  const { _fabricCAClient: client } = ca as unknown as { _fabricCAClient: { _httpClient: Pick<typeof https, 'request'> } }
  const { request } = client._httpClient
  client._httpClient = {
    request: (
      options: https.RequestOptions,
      onResponse: (response: IncomingMessage) => void
    ) => request({ ...options, agent: false }, onResponse)
  } as Pick<typeof https, 'request'>
}

async function orUnavailable<T> (work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw new GatewayError('CA_UNAVAILABLE', 'the hospital\'s certificate authority did not enrol the person', { cause })
  }
}

/** An attribute with an empty value is one that the CA forgets. */
function attributesOf ({ role, department = '' }: StaffAttributes): FabricCAServices.IKeyValueAttribute[] {
  return Object.entries({ role, department }).map(([name, value]) => ({ name, value, ecert: true }))
}

function registration ({ staffId, role, department }: StaffAttributes, affiliation: string): FabricCAServices.IRegisterRequest {
  return {
    enrollmentID: staffId,
    affiliation,
    role: 'client',
    // A secret is worth nothing once this gateway has used it; each renewal allows one more.
    maxEnrollments: 1,
    attrs: attributesOf({ staffId, role, department }).filter(({ value }) => value !== '')
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
