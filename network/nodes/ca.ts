import { randomBytes } from 'node:crypto'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Binaries } from '../fabric/binaries.ts'
import { fileExists, isErrno, readTextIfExists, replaceFile } from '../../host/src/index.ts'
import { requestHttps } from '../host/https.ts'
import {
  CA_NAME, CA_NAMES, CONTROL_CA_NAME, declaredIdentities, OFFICE, STAFF, TLS_CA_NAME, type CaName, type DeclaredIdentity
} from '../fabric/identities.ts'
import { isObject, parseJson } from '../host/json.ts'
import type { OrganizationPaths } from '../description/paths.ts'
import type { ProcessSpec } from '../host/processes.ts'
import type { OrganizationTopology } from '../description/topology.ts'

/**
 * Signing profile of nodes and officials, on all CAs. It has this name because fabric-ca lets certificates carry
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
/**
 * Wrong secrets lock nobody out: fabric-ca would lock an identity for good after ten of anybody's, the gateway's included.
 * Guessing 24 random bytes is no threat.
 */
const PASSWORD_ATTEMPTS = -1
const CONFIG_FILE = 'fabric-ca-server-config.yaml'
const TLS_USAGE = ['signing', 'key encipherment', 'server auth', 'client auth', 'key agreement']

/** Secrets by enrolment id, of each CA. */
export type EnrolmentSecrets = Record<CaName, Record<string, string>>

/** The enrolment id, and common name, of an identity. */
export function enrolmentId (identity: string, organization: string): string {
  return `${identity}.${organization}`
}

/** Subject names beside the common name: always the same ones, because `clientIdentity.getID()` contains them. */
export function subjectNames (organization: OrganizationTopology): { O: string }[] {
  return [{ O: organization.id }]
}

/** Writes the configuration of the organisation's CAs, with an enrolment secret of its own for each identity. */
export async function configureCa (organization: OrganizationTopology, paths: OrganizationPaths): Promise<EnrolmentSecrets> {
  const secrets = await ensureSecrets(organization, paths)
  for (const name of CA_NAMES) {
    const config = caConfig(organization, name, declaredIdentities(organization, name), secrets[name])
    // JSON is YAML.
    await replaceFile(join(homeOf(name, paths), CONFIG_FILE), JSON.stringify(config, null, 2) + '\n')
  }
  return secrets
}

/** The identity CA is the process's own; the others are in folders below it. */
function homeOf (name: CaName, paths: OrganizationPaths): string {
  return name === CA_NAME ? paths.caHome : join(paths.caHome, name)
}

function caConfig (
  organization: OrganizationTopology,
  name: CaName,
  identities: DeclaredIdentity[],
  secrets: Record<string, string>
): unknown {
  return {
    version: '1.5.15',
    ca: { name },
    crl: { expiry: CRL_EXPIRY },
    registry: {
      maxenrollments: -1,
      identities: identities.map((identity) => {
        const id = enrolmentId(identity.name, organization.id)
        return { name: id, pass: secrets[id], type: identity.type, affiliation: identity.affiliation, attrs: identity.attributes }
      })
    },
    db: { type: 'sqlite3', datasource: 'fabric-ca-server.db' },
    affiliations: { [OFFICE]: [], [STAFF]: [] },
    cfg: { identities: { passwordattempts: PASSWORD_ATTEMPTS } },
    signing: {
      default: { usage: ['digital signature'], expiry: STAFF_EXPIRY },
      profiles: { [NODE_PROFILE]: { usage: name === CA_NAME ? ['digital signature'] : TLS_USAGE, expiry: NODE_EXPIRY } }
    },
    csr: {
      cn: `${name}.${organization.id}`,
      keyrequest: { algo: 'ecdsa', size: 256 },
      names: subjectNames(organization),
      hosts: [organization.host.name, organization.host.address],
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
    // With another auditor it starts again: it reads its identities at its start.
    sources: [join(paths.caHome, CONFIG_FILE), pair.cert],
    env: {
      FABRIC_CA_SERVER_HOME: paths.caHome,
      FABRIC_CA_SERVER_ADDRESS: organization.host.address,
      FABRIC_CA_SERVER_PORT: String(organization.ca.port),
      FABRIC_CA_SERVER_CAFILES: [TLS_CA_NAME, CONTROL_CA_NAME].map((name) => join(name, CONFIG_FILE)).join(','),
      FABRIC_CA_SERVER_TLS_ENABLED: 'true',
      FABRIC_CA_SERVER_OPERATIONS_LISTENADDRESS: `${organization.host.address}:${organization.ca.operationsPort}`,
      ...tls
    }
  }
}

/** Copies the roots, which the CA made at its first start, to where all others read them. */
export async function publishRoots (paths: OrganizationPaths): Promise<true | undefined> {
  try {
    for (const name of CA_NAMES) await copyFile(join(homeOf(name, paths), 'ca-cert.pem'), rootOf(name, paths))
    return true
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined
    throw error
  }
}

/** File of a CA's root, where all others read it. */
export function rootOf (name: CaName, paths: OrganizationPaths): string {
  return { [CA_NAME]: paths.ca, [TLS_CA_NAME]: paths.tlsCa, [CONTROL_CA_NAME]: paths.controlCa }[name]
}

/** True when all CAs answer; undefined when one does not. */
export async function caHealthy (organization: OrganizationTopology, paths: OrganizationPaths): Promise<true | undefined> {
  const caFile = await fileExists(paths.tls('ca').cert) ? paths.tlsCa : paths.ca
  for (const name of CA_NAMES) {
    const { status } = await requestHttps({ url: `https://${organization.host.address}:${organization.ca.port}/cainfo?ca=${name}`, caFile })
    if (status !== 200) return undefined
  }
  return true
}

/** Secrets by enrolment id as the configuration of a CA names them; none when it is not there or damaged. */
async function configuredSecrets (dir: string): Promise<Record<string, unknown>> {
  const config = parseJson(await readTextIfExists(join(dir, CONFIG_FILE)) ?? '')
  const registry = isObject(config) && isObject(config['registry']) ? config['registry']['identities'] : []
  const identities = Array.isArray(registry) ? registry.filter(isObject) : []
  return Object.fromEntries(identities.map(({ name, pass }) => [String(name), pass]))
}

async function ensureSecrets (organization: OrganizationTopology, paths: OrganizationPaths): Promise<EnrolmentSecrets> {
  const known = parseJson(await readTextIfExists(paths.secrets) ?? '')
  // Secrets that are lost are in the CA's own configuration still; others than its database knows would enrol nobody.
  const secretsOf = async (name: CaName): Promise<Record<string, string>> => {
    const former = isObject(known) && isObject(known[name]) ? known[name] : await configuredSecrets(homeOf(name, paths))
    return Object.fromEntries(declaredIdentities(organization, name).map((identity) => {
      const id = enrolmentId(identity.name, organization.id)
      const secret = former[id]
      return [id, typeof secret === 'string' ? secret : randomBytes(SECRET_BYTES).toString('hex')]
    }))
  }
  const secrets: EnrolmentSecrets = {
    [CA_NAME]: await secretsOf(CA_NAME), [TLS_CA_NAME]: await secretsOf(TLS_CA_NAME), [CONTROL_CA_NAME]: await secretsOf(CONTROL_CA_NAME)
  }
  await replaceFile(paths.secrets, JSON.stringify(secrets) + '\n')
  return secrets
}
