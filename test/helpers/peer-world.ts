import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createPrivateKey, randomUUID } from 'node:crypto'
import { LedgerClient, ReadConflict } from '@epione/ledger/client'
import { OFFICES, OFFICE_UNIT, STAFF_UNIT } from '@epione/protocol'
import FabricCAServices from 'fabric-ca-client'
import { User } from 'fabric-common'
import { SecretKey, fromHex, sha256, utf8 } from '@epione/crypto'
import { connectFabric } from '@epione/ledger/fabric'
import type { EnrolledIdentity, StaffAttributes } from '../../gateway/src/staff/certificate-authority.ts'
import { connectFabricAuthority } from '../../gateway/src/staff/fabric-authority.ts'
import { keyHex } from './ledger-fixtures.ts'
import { LedgerHeights } from './ledger-heights.ts'
import { TestNetwork } from './test-network.ts'
import type { Test } from 'tap'
import type { LedgerPort } from '@epione/ledger/client'
import type { FabricConnection, LedgerIdentity } from '@epione/ledger/fabric'
import type { NetworkFile, NetworkFileOrganization } from '../../network/render/network-file.ts'
import type { Enrollment, LedgerActor, LedgerWorld } from './ledger-world.ts'

/** One hospital of a running network: its peers, its CA, its identities. */
interface Hospital {
  organization: NetworkFileOrganization
  connection: FabricConnection
  enrol: (who: StaffAttributes & { scope?: string | undefined }) => Promise<Pick<EnrolledIdentity, 'certificate' | 'privateKey'>>
  proxy: SecretKey
}

export interface PeerWorld extends LedgerWorld {
  /** How many transactions lost against another one so far. */
  conflicts: () => number
  close: () => Promise<void>
}

/**
 * The peers of a running network as a world for the contract suite. A submit returns once all organisations' peers
 * have its block, so that a test reads the same everywhere; without `wait`, once the own peer has it.
 */
export async function openPeerWorld (network: TestNetwork, { wait = true }: { wait?: boolean } = {}): Promise<PeerWorld> {
  const file = await network.network()
  const hospitals = file.organizations.map((organization) =>
    openHospital(organization, file, network.paths.organization(organization.id).dir))
  const heights = wait ? await LedgerHeights.follow(hospitals.map((h) => h.connection)) : undefined
  const of = (mspId: string): Hospital => {
    const found = hospitals.find((h) => h.organization.mspId === mspId)
    if (found === undefined) throw new Error(`the network has no ${mspId}`)
    return found
  }
  let conflicts = 0
  const waitIfAsked = (port: LedgerPort): LedgerPort => heights === undefined ? port : waitingPort(port, heights, () => { conflicts++ })
  const actor = ({ connection }: Hospital, identity: LedgerIdentity, staffId: string): LedgerActor =>
    ({
      mspId: identity.mspId,
      staffId,
      ledger: new LedgerClient(waitIfAsked(connection.portFor(identity)))
    })
  const known = (mspId: string, name: string): LedgerActor => actor(of(mspId), readIdentity(of(mspId).organization, name), name)
  const enroll = async ({ mspId, role = '', ...who }: Enrollment): Promise<LedgerActor> => {
    const staffId = `staff-${randomUUID()}`
    const { certificate, privateKey } = await of(mspId).enrol({ ...who, staffId, role })
    return actor(of(mspId), { mspId, certificate, privateKey }, staffId)
  }
  const [first, second, third, ...others] = hospitals.map((h) => h.organization.mspId)
  if (first === undefined || second === undefined || third === undefined) throw new Error('the contract suite needs three hospitals')
  await registerProxies(hospitals, (mspId) => known(mspId, 'admin'))
  return {
    networkId: fromHex(file.networkId),
    members: [first, second, third, ...others],
    now: Date.now,
    enroll,
    conflicts: () => conflicts,
    gateway: (mspId) => known(mspId, 'gateway'),
    registrar: (mspId) => known(mspId, 'registrar'),
    admin: (mspId) => known(mspId, 'admin'),
    proxySigner: (mspId) => of(mspId).proxy,
    adminSecret: (mspId) => secretOf(readIdentity(of(mspId).organization, 'admin').privateKey),
    close: async () => {
      await heights?.close()
      await Promise.all(hospitals.map((h) => h.connection.close()))
    }
  }
}

function openHospital (organization: NetworkFileOrganization, { channel, chaincode, networkId }: NetworkFile, dir: string): Hospital {
  const tlsCaPem = readFileSync(organization.tlsCaFile, 'utf8')
  const peers = organization.peers.map(({ address, tlsName }) => ({ address, tlsName, tlsCaPem }))
  const connection = connectFabric({ peers, channel, chaincode, identity: readIdentity(organization, 'gateway') })
  const { url, caName, tlsCaFile } = organization.ca
  const tls = { url, caName, tlsCaPem: readFileSync(tlsCaFile, 'utf8') }
  const staff = connectFabricAuthority({ ...tls, registrar: readIdentity(organization, 'ca-registrar'), affiliation: STAFF_UNIT })
  const enrol: Hospital['enrol'] = async (who) =>
    OFFICES.some((o) => o === who.role)
      ? await enrolOffice({ ...tls, admin: readIdentity(organization, 'admin') }, who)
      : await staff.enrol(who)
  const keysFile = join(dir, 'gateway', 'data', 'proxy-keys.json')
  const secret = existsSync(keysFile)
    ? fromHex((JSON.parse(readFileSync(keysFile, 'utf8')) as { signingSecret: string }).signingSecret)
    : sha256(utf8(`test proxy of ${organization.mspId} on ${networkId}`))
  return { organization, connection, enrol, proxy: SecretKey.fromBytes(secret) }
}

/** The secret of a P-256 key in PEM. */
function secretOf (pem: string): Uint8Array {
  return new Uint8Array(Buffer.from(createPrivateKey(pem).export({ format: 'jwk' }).d ?? '', 'base64url'))
}

/** As the hospital's admin does it, who alone may give an office. */
async function enrolOffice (
  { url, caName, tlsCaPem, admin }: { url: string, caName: string, tlsCaPem: string, admin: LedgerIdentity },
  who: StaffAttributes & { scope?: string | undefined }
): Promise<{ certificate: string, privateKey: string }> {
  const authority = new FabricCAServices(url, { trustedRoots: [tlsCaPem], verify: true }, caName)
  const { staffId: enrollmentID, ...attributes } = who
  const attrs = Object.entries(attributes).flatMap(([name, value]) => value === undefined ? [] : [{ name, value, ecert: true }])
  const user = User.createUser('admin', '', admin.mspId, admin.certificate, admin.privateKey)
  const enrollmentSecret = await authority.register(
    { enrollmentID, affiliation: OFFICE_UNIT, role: 'client', maxEnrollments: 1, attrs },
    user
  )
  const { certificate, key } = await authority.enroll({ enrollmentID, enrollmentSecret })
  return { certificate, privateKey: key.toBytes() }
}

/** A network without gateways has no proxies yet. */
async function registerProxies (hospitals: readonly Hospital[], admin: (mspId: string) => LedgerActor): Promise<void> {
  for (const { organization: { mspId, gateway: { url } }, proxy } of hospitals) {
    const { ledger } = admin(mspId)
    if ((await ledger.getProxies()).some((p) => p.mspId === mspId)) continue
    await ledger.registerProxy({ encryptionKey: keyHex(SecretKey.random()), signingKey: keyHex(proxy), gatewayUrl: url })
  }
}

function waitingPort (port: LedgerPort, heights: LedgerHeights, countConflict: () => void): LedgerPort {
  return {
    evaluate: (transaction, args) => port.evaluate(transaction, args),
    submit: async (transaction, args) => {
      try {
        const committed = await port.submit(transaction, args)
        await heights.reached(committed.blockNumber)
        return committed
      } catch (error) {
        if (error instanceof ReadConflict) countConflict()
        throw error
      }
    }
  }
}

/** One of the hospital's own identities, as the network enrolled it. */
export function readIdentity ({ mspId, identitiesDir }: NetworkFileOrganization, name: string): LedgerIdentity {
  const read = (file: string): string => readFileSync(join(identitiesDir, name, file), 'utf8')
  return { mspId, certificate: read('cert.pem'), privateKey: read('key.pem') }
}

/** The network of the whole test run as a world; closed again when the test file ends. */
export async function openSharedPeerWorld (t: Test): Promise<PeerWorld> {
  const network = await TestNetwork.shared({ gateways: false })
  t.teardown(() => network.destroy())
  const world = await openPeerWorld(network)
  t.teardown(() => world.close())
  return world
}
