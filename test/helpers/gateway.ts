import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPublicKey, randomBytes } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { documentIn, STAFF_UNIT } from '@epione/protocol'
import { SecretKey, signStatement, toHex } from '@epione/crypto'
import { buildApp } from '../../gateway/src/app.ts'
import type { Config } from '../../gateway/src/config.ts'
import type { CertificateAuthority, EnrolledIdentity, StaffAttributes } from '../../gateway/src/staff/certificate-authority.ts'
import { DEFAULT_LIMITS } from '../../gateway/src/http/limits.ts'
import { readTokenSettings } from '../../gateway/src/http/token-settings.ts'
import type { Network } from '../../gateway/src/network-file.ts'
import type { WalletKeys } from '../../gateway/src/staff/wallet-keys.ts'
import type { Ports } from '../../gateway/src/dependencies.ts'
import { loadOrCreateProxyKeys } from '../../gateway/src/proxy/proxy-keys.ts'
import { createReencryptor } from '../../gateway/src/proxy/reencryptor.ts'
import type { Reencryptor } from '../../gateway/src/proxy/reencryptor.ts'
import { UNDESCRIBED } from '../../gateway/src/http/problem-details.ts'
import { atFileEnd } from '../runner/file-end.ts'
import { createCertificate } from './certificates.ts'
import { findFreePort } from './free-port.ts'
import { recordExamples } from './record-examples.ts'
import { createTestIssuer } from './issuer.ts'
import type { TestIssuer, TokenOptions } from './issuer.ts'
import { MemoryBlocks, toLedgerIdentity } from './memory-connection.ts'
import { subjectOf } from './memory-ledger.ts'
import { createMemoryWorld } from './memory-world.ts'
import type { MemoryWorld } from './memory-world.ts'
import { AUDITORS } from './test-network.ts'
import { startPostgres } from './postgresql.ts'
import { createTlsAuthority } from './tls-certificates.ts'
import type { TlsPair } from './tls-certificates.ts'

/** The part of tap's test that helpers use. */
export interface Teardown { teardown: (work: () => unknown) => void }

/** Everything that several gateways of one test share: a ledger in memory, TLS roots, folders, URLs. */
export interface Consortium {
  world: MemoryWorld
  blocks: MemoryBlocks
  network: Network
  hospitals: ReadonlyMap<string, HospitalFiles>
  clock: () => number
}

/** A busy machine is no flood: only a test of just that sheds what comes. */
const NEVER_LATE_MS = 3_600_000

interface HospitalFiles {
  organizationId: string
  port: number
  directory: string
  tls: TlsPair
  walletKeys: WalletKeys
  /** The hospital's identity provider. */ issuer: TestIssuer
}

export interface GatewayOptions {
  consortium?: Consortium
  mspId?: string
  database?: 'sqlite' | 'postgresql'
  /** Instead of `database`: a PostgreSQL that is there already. */
  databaseUrl?: string
  /** Listens on its URL over TLS; by default requests are injected. */
  listen?: boolean
  /** Members of the settings and ports to replace. */
  config?: Partial<Config>
  ports?: Partial<Ports>
}

export interface TestGateway {
  app: FastifyInstance
  consortium: Consortium
  mspId: string
  config: Config
  /** Every log line so far. */
  log: string[]
  /** A bearer token of this hospital. */
  token: (subject: string, scope: string, options?: TokenOptions) => Promise<string>
  issuer: TestIssuer
  /** Header value of a fresh session of a patient. */
  session: (patient: { patientId: string, identity: SecretKey }, members?: object) => string
  /** Enrols a person through the API; returns the staff id. */
  enrol: (subject: string, role?: string, more?: { department?: string, keys?: 'device' }) => Promise<string>
  close: () => Promise<void>
}

/** A founded consortium in memory whose three hospitals have TLS roots, ports and data folders. */
export async function createConsortium (t: Teardown, { clock = Date.now }: { clock?: () => number } = {}): Promise<Consortium> {
  const signers = new Map<string, SecretKey>()
  const founded = await createMemoryWorld({ clock })
  // What proxies say is signed with the keys that their gateways have.
  const world: MemoryWorld = { ...founded, proxySigner: (mspId) => signers.get(mspId) ?? founded.proxySigner(mspId) }
  const blocks = new MemoryBlocks(world.memory)
  const root = await mkdtemp(join(tmpdir(), 'epione-gateways-'))
  t.teardown(() => rm(root, { recursive: true, force: true }))
  const hospitals = new Map<string, HospitalFiles>()
  const document = documentIn(await world.gateway('CoreMSP').ledger.getNetworkDocument(1))
  const network: Network = {
    name: 'memory',
    networkId: toHex(world.networkId),
    channel: 'records',
    chaincode: 'epione',
    document,
    organizations: []
  }
  for (const mspId of world.members) {
    const organizationId = mspId.slice(0, -3).toLowerCase()
    const authority = createTlsAuthority(`tls.${organizationId}`)
    const port = await findFreePort()
    const directory = join(root, organizationId)
    const audience = `https://localhost:${String(port)}`
    const issuer = await createTestIssuer({ issuer: `https://${organizationId}.invalid`, audience, clock })
    const tls = authority.issue(`gateway.${organizationId}`)
    hospitals.set(mspId, { organizationId, port, directory, tls, walletKeys: [randomBytes(32)], issuer })
    network.organizations.push({
      id: organizationId,
      mspId,
      name: mspId,
      kind: mspId === 'CoreMSP' ? 'core' : 'regional',
      tlsCaPem: authority.certificate,
      peers: [],
      ca: { url: '', tlsCaPem: '', name: '' },
      gatewayUrl: `https://localhost:${String(port)}`,
      auditors: AUDITORS.map(({ id, subject, scope }) => ({ subject, scope, staffId: `auditor-${id}` }))
    })
    const keys = await loadOrCreateProxyKeys(join(directory, 'data'))
    signers.set(mspId, keys.signing)
    await world.admin(mspId).ledger.registerProxy({
      encryptionKey: keys.encryption.publicKey().toHex(),
      signingKey: keys.signing.publicKey().toHex(),
      gatewayUrl: `https://localhost:${String(port)}`
    })
  }
  return { world, blocks, network, hospitals, clock }
}

/** A hospital's gateway on the in-memory ledger, ended with the test. */
export async function buildGateway (t: Teardown, options: GatewayOptions = {}): Promise<TestGateway> {
  const consortium = options.consortium ?? await createConsortium(t)
  const mspId = options.mspId ?? 'CoreMSP'
  const hospital = consortium.hospitals.get(mspId)
  if (hospital === undefined) throw new Error(`no hospital ${mspId}`)
  const databaseUrl = options.databaseUrl ?? (options.database === 'postgresql' ? await createDatabase(t) : undefined)
  const publicUrl = options.config?.publicUrl ?? `https://localhost:${String(hospital.port)}`
  const given = { ...createConfig(mspId, hospital, databaseUrl, publicUrl), ...options.config }
  const config = given.limits.delayMs === DEFAULT_LIMITS.delayMs ? { ...given, limits: { ...given.limits, delayMs: NEVER_LATE_MS } } : given
  const log: string[] = []
  const app = await buildApp(config, { ...createPorts(consortium, mspId, hospital, log), ...options.ports })
  await recordExamples(app)
  try {
    if (options.listen === true) await app.listen({ host: '127.0.0.1', port: hospital.port })
    else await app.ready()
  } catch (error) {
    // A process that cannot start ends, and lets its store go.
    await app.close().catch(() => undefined)
    throw error
  }
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => {
    closing ??= app.close()
    return closing
  }
  t.teardown(close)
  watchForUndescribed(log)
  const gateway: TestGateway = {
    app,
    consortium,
    mspId,
    config,
    log,
    token: async (subject, scope, more) => await hospital.issuer.sign(subject, scope, { audience: config.oidc.audience, ...more }),
    issuer: hospital.issuer,
    session: (patient, members = {}) => createSession(consortium, config.publicUrl, patient, members),
    enrol: async (subject, role = 'physician', more = {}) => {
      const authorization = `Bearer ${await gateway.token('head-of-staff', 'system/Practitioner.c')}`
      const response = await app.inject({
        method: 'POST',
        url: '/v1/practitioners',
        headers: { authorization },
        payload: { subject, role, ...more }
      })
      if (response.statusCode !== 201) throw new Error(`enrolment answered ${String(response.statusCode)}: ${response.body}`)
      return response.json<{ staffId: string }>().staffId
    },
    close
  }
  return gateway
}

const logs: Array<readonly string[]> = []

/**
 * A file of tests fails where any gateway of it answered a code which its operation does not name, whatever its tests are about: who reads
 * the API document would not know it.
 */
function watchForUndescribed (log: readonly string[]): void {
  logs.push(log)
  if (logs.length > 1) return
  atFileEnd(() => {
    const undescribed = logs.splice(0).flat().filter((line) => line.includes(UNDESCRIBED))
    if (undescribed.length === 0) return
    process.stderr.write(`add these codes to gateway/src/problems:\n${undescribed.join('')}`)
    process.exitCode = 1
  })
}

/** Has a gateway that was started with identities of the in-memory ledger show X.509 certificates; it submits nothing by these. */
export function showCertificates ({ app, mspId }: TestGateway): void {
  const { tls } = app.ports
  const identity = { mspId, ...tls }
  Object.assign(app.ports, { identities: { gateway: identity, registrar: identity } })
}

/** A CA whose certificates the in-memory ledger understands. */
export function createMemoryAuthority (mspId: string, clock: () => number): CertificateAuthority {
  const registered = new Map<string, StaffAttributes>()
  const certify = ({ staffId, role, department }: StaffAttributes): EnrolledIdentity => {
    const identity = { mspId, staffId, role, unit: STAFF_UNIT, ...(department === undefined ? {} : { department }) }
    const { certificate, privateKey } = toLedgerIdentity(identity)
    return { certificate, privateKey, notAfter: clock() + 30 * 24 * 3_600_000 }
  }
  return {
    register: (staff) => {
      registered.set(staff.staffId, staff)
      return Promise.resolve()
    },
    certifyRequest: (staff, request) => {
      if (!registered.has(staff.staffId)) return Promise.reject(new Error(`the CA knows no ${staff.staffId}`))
      registered.set(staff.staffId, staff)
      const { staffId, role, department } = staff
      const subject = subjectOf({ mspId, staffId, role, unit: STAFF_UNIT, ...(department === undefined ? {} : { department }) })
      return Promise.resolve({ certificate: createCertificate(subject, keyOfRequest(request)), notAfter: clock() + 30 * 24 * 3_600_000 })
    },
    enrol: (staff) => {
      registered.set(staff.staffId, staff)
      return Promise.resolve(certify(staff))
    },
    certify: (staff) => {
      if (!registered.has(staff.staffId)) return Promise.reject(new Error(`the CA knows no ${staff.staffId}`))
      registered.set(staff.staffId, staff)
      return Promise.resolve(certify(staff))
    },
    renew: (staffId) => {
      const staff = registered.get(staffId)
      return staff === undefined ? Promise.reject(new Error(`the CA knows no ${staffId}`)) : Promise.resolve(certify(staff))
    }
  }
}

/** The key that a PKCS #10 request is for; it must be of P-256. */
function keyOfRequest (pem: string): KeyObject {
  const der = Buffer.from(pem.replaceAll(/-----[A-Z ]+-----|\n/g, ''), 'base64')
  const at = der.indexOf(Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex'))
  return createPublicKey({ key: der.subarray(at, at + 91), format: 'der', type: 'spki' })
}

function createConfig (
  mspId: string, { organizationId, port, directory, issuer }: HospitalFiles, databaseUrl: string | undefined, publicUrl: string
): Config {
  const unused = { certFile: '', keyFile: '' }
  return {
    mspId,
    organizationId,
    listen: { host: '127.0.0.1', port },
    metricsPort: undefined,
    tracesUrl: undefined,
    publicUrl,
    dataDir: join(directory, 'data'),
    tls: unused,
    networkFile: '',
    fabric: unused,
    registrar: unused,
    caRegistrar: unused,
    walletKeySource: { setting: 'WALLET_KEY_FILE', value: '' },
    oidc: readTokenSettings({ OIDC_ISSUER: issuer.issuer, OIDC_AUDIENCE: publicUrl }),
    claimMappingFile: undefined,
    webhooks: { file: undefined, hosts: [], addresses: [] },
    databaseUrl,
    logLevel: 'debug',
    maxContentBytes: 2 ** 32,
    backupKeepDays: 35,
    ipfs: undefined,
    pagesDir: undefined,
    trustedProxies: [],
    limits: DEFAULT_LIMITS
  }
}

function createPorts (
  { blocks, network, clock }: Consortium, mspId: string, { tls, walletKeys, issuer }: HospitalFiles, log: string[]
): Ports {
  return {
    network,
    connectLedger: () => blocks.connect(network.networkId),
    authority: createMemoryAuthority(mspId, clock),
    fetchDocument: issuer.fetchDocument,
    identities: {
      gateway: toLedgerIdentity({ mspId, staffId: 'gateway', role: 'gateway' }),
      registrar: toLedgerIdentity({ mspId, staffId: 'registrar', role: 'registrar' })
    },
    walletKeys,
    tls,
    clock,
    reencryptor: shareReencryptor(),
    log: { write: (line) => { log.push(line) } }
  }
}

let shared: Reencryptor | undefined

/**
 * One pool for all gateways of a file: its threads take longer to start than most tests do. It ends with the process. A person who asks
 * each of them asks it many times at once, and has no share of it.
 */
function shareReencryptor (): Reencryptor {
  if (shared !== undefined) return shared
  const pool = createReencryptor()
  shared = {
    ...pool,
    requireRoom: (capsules, origin) => { pool.requireRoom(capsules, origin) },
    reencrypt: async (task, origin) => await pool.reencrypt(task, origin),
    close: () => Promise.resolve()
  }
  return shared
}

function createSession (
  { world, clock }: Consortium,
  audience: string,
  { patientId, identity }: { patientId: string, identity: SecretKey },
  members: object
): string {
  const issuedAt = clock()
  const body = { type: 'Session', nonce: toHex(randomBytes(16)), issuedAt, notAfter: issuedAt + 60_000, patientId, audience, ...members }
  const statement = signStatement({ type: 'Session', networkId: world.networkId, body, keys: [identity] })
  return `Session ${Buffer.from(JSON.stringify(statement)).toString('base64url')}`
}

async function createDatabase (t: Teardown): Promise<string> {
  const server = await startPostgres()
  t.teardown(() => server.stop())
  return await server.createDatabase()
}
