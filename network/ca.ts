import { randomBytes } from 'node:crypto'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { fileExists, isErrno, PRIVATE_MODE, readIfExists, writeFileAtomic } from './files.ts'
import { requestHttps } from './https.ts'
import { ledgerIdentities, tlsIdentities, type DeclaredIdentity } from './identities.ts'
import { isObject, parseJson } from './json.ts'
import type { OrganizationPaths } from './paths.ts'
import type { ProcessSpec } from './processes.ts'
import { HOST, TLS_NAME, type OrganizationTopology } from './topology.ts'

/** Names by which the one fabric-ca-server process is asked for its identity CA and its TLS CA. */
export const CA_NAME = 'ca'
export const TLS_CA_NAME = 'tls-ca'
/**
 * Signing profile of nodes and officials, on both CAs. It has this name because fabric-ca lets certificates carry
 * attributes only under its default profile and those called `tls` and `ca`; the default of the identity CA is for staff.
 */
export const NODE_PROFILE = 'tls'

const ROOT_EXPIRY = '131400h'
const NODE_EXPIRY = '8760h'
/** Certificates of the hospital's staff last 30 days. */
const STAFF_EXPIRY = '720h'
/** A revocation list is replaced long before it expires; the CA's default of a day would lock everyone out the day after. */
const CRL_EXPIRY = '8760h'
const SECRET_BYTES = 24
const CONFIG_FILE = 'fabric-ca-server-config.yaml'
const TLS_USAGE = ['signing', 'key encipherment', 'server auth', 'client auth', 'key agreement']

/** Secrets by enrolment id, of both CAs. */
export type EnrolmentSecrets = Record<typeof CA_NAME | typeof TLS_CA_NAME, Record<string, string>>

/** The enrolment id, and common name, of an identity. */
export function enrolmentId (identity: string, organization: string): string {
  return `${identity}.${organization}`
}

/** Subject names beside the common name: always the same ones, because `clientIdentity.getID()` contains them. */
export function subjectNames (organization: OrganizationTopology): { O: string }[] {
  return [{ O: organization.id }]
}

/** Writes the configuration of the organisation's two CAs, with an enrolment secret of its own for each identity. */
export async function configureCa (organization: OrganizationTopology, paths: OrganizationPaths): Promise<EnrolmentSecrets> {
  const secrets = await ensureSecrets(organization, paths)
  const configs = [
    { dir: paths.caHome, name: CA_NAME, identities: ledgerIdentities(organization) },
    { dir: join(paths.caHome, TLS_CA_NAME), name: TLS_CA_NAME, identities: tlsIdentities(organization) }
  ] as const
  for (const { dir, name, identities } of configs) {
    const config = caConfig(organization, name, identities, secrets[name])
    // JSON is YAML.
    await writeFileAtomic(join(dir, CONFIG_FILE), JSON.stringify(config, null, 2) + '\n', PRIVATE_MODE)
  }
  return secrets
}

function caConfig (organization: OrganizationTopology, name: string, identities: DeclaredIdentity[], secrets: Record<string, string>): unknown {
  return {
    version: '1.5.15',
    ca: { name },
    crl: { expiry: CRL_EXPIRY },
    registry: {
      maxenrollments: -1,
      identities: identities.map((identity) => {
        const id = enrolmentId(identity.name, organization.id)
        return { name: id, pass: secrets[id], type: identity.type, affiliation: '', attrs: identity.attributes }
      })
    },
    db: { type: 'sqlite3', datasource: 'fabric-ca-server.db' },
    affiliations: {},
    signing: {
      default: { usage: ['digital signature'], expiry: STAFF_EXPIRY },
      profiles: { [NODE_PROFILE]: { usage: name === TLS_CA_NAME ? TLS_USAGE : ['digital signature'], expiry: NODE_EXPIRY } }
    },
    csr: {
      cn: `${name}.${organization.id}`,
      keyrequest: { algo: 'ecdsa', size: 256 },
      names: subjectNames(organization),
      hosts: [TLS_NAME, HOST],
      ca: { expiry: ROOT_EXPIRY, pathlength: 0 }
    },
    bccsp: { default: 'SW', sw: { hash: 'SHA2', security: 256, filekeystore: { keystore: 'msp/keystore' } } }
  }
}

/**
 * The CA's process. Until its own TLS pair is enrolled it serves with a certificate that it makes for itself under the
 * identity CA; afterwards with the pair of the TLS CA, like everything else.
 */
export async function caSpec (organization: OrganizationTopology, paths: OrganizationPaths, binaries: Binaries): Promise<ProcessSpec> {
  const pair = paths.tls('ca')
  const tls: Record<string, string> = await fileExists(pair.cert)
    ? {
        FABRIC_CA_SERVER_TLS_CERTFILE: pair.cert,
        FABRIC_CA_SERVER_TLS_KEYFILE: pair.key,
        FABRIC_CA_SERVER_OPERATIONS_TLS_ENABLED: 'true',
        FABRIC_CA_SERVER_OPERATIONS_TLS_CERT_FILE: pair.cert,
        FABRIC_CA_SERVER_OPERATIONS_TLS_KEY_FILE: pair.key
      }
    : {}
  return {
    name: organization.ca.process,
    command: join(binaries.fabricCa, 'fabric-ca-server'),
    args: ['start'],
    cwd: paths.caHome,
    env: {
      FABRIC_CA_SERVER_HOME: paths.caHome,
      FABRIC_CA_SERVER_ADDRESS: HOST,
      FABRIC_CA_SERVER_PORT: String(organization.ca.port),
      FABRIC_CA_SERVER_CAFILES: join(TLS_CA_NAME, CONFIG_FILE),
      FABRIC_CA_SERVER_TLS_ENABLED: 'true',
      FABRIC_CA_SERVER_OPERATIONS_LISTENADDRESS: `${HOST}:${organization.ca.operationsPort}`,
      ...tls
    }
  }
}

/** Copies the roots, which the CA made at its first start, to where all others read them. */
export async function publishRoots (paths: OrganizationPaths): Promise<true | undefined> {
  try {
    await copyFile(join(paths.caHome, 'ca-cert.pem'), paths.ca)
    await copyFile(join(paths.caHome, TLS_CA_NAME, 'ca-cert.pem'), paths.tlsCa)
    return true
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined
    throw error
  }
}

/** True when both CAs answer; undefined when one does not. */
export async function caHealthy (organization: OrganizationTopology, paths: OrganizationPaths): Promise<true | undefined> {
  const caFile = await fileExists(paths.tls('ca').cert) ? paths.tlsCa : paths.ca
  for (const name of [CA_NAME, TLS_CA_NAME]) {
    const { status } = await requestHttps({ url: `https://${HOST}:${organization.ca.port}/cainfo?ca=${name}`, caFile })
    if (status !== 200) return undefined
  }
  return true
}

/** Secrets by enrolment id as the configuration of a CA names them; none when it is not there or damaged. */
async function configuredSecrets (dir: string): Promise<Record<string, unknown>> {
  const config = parseJson(await readIfExists(join(dir, CONFIG_FILE)) ?? '')
  const registry = isObject(config) && isObject(config['registry']) ? config['registry']['identities'] : []
  const identities = Array.isArray(registry) ? registry.filter(isObject) : []
  return Object.fromEntries(identities.map(({ name, pass }) => [String(name), pass]))
}

async function ensureSecrets (organization: OrganizationTopology, paths: OrganizationPaths): Promise<EnrolmentSecrets> {
  const known = parseJson(await readIfExists(paths.secrets) ?? '')
  // Secrets that are lost are in the CA's own configuration still; others than its database knows would enrol nobody.
  const configured = { [CA_NAME]: await configuredSecrets(paths.caHome), [TLS_CA_NAME]: await configuredSecrets(join(paths.caHome, TLS_CA_NAME)) }
  const secretsOf = (name: typeof CA_NAME | typeof TLS_CA_NAME, identities: DeclaredIdentity[]): Record<string, string> => {
    const former = isObject(known) && isObject(known[name]) ? known[name] : configured[name]
    return Object.fromEntries(identities.map((identity) => {
      const id = enrolmentId(identity.name, organization.id)
      const secret = former[id]
      return [id, typeof secret === 'string' ? secret : randomBytes(SECRET_BYTES).toString('hex')]
    }))
  }
  const secrets: EnrolmentSecrets = {
    [CA_NAME]: secretsOf(CA_NAME, ledgerIdentities(organization)),
    [TLS_CA_NAME]: secretsOf(TLS_CA_NAME, tlsIdentities(organization))
  }
  await writeFileAtomic(paths.secrets, JSON.stringify(secrets) + '\n', PRIVATE_MODE)
  return secrets
}
