import { X509Certificate } from 'node:crypto'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { OrganizationPaths } from '../description/paths.ts'
import type { OrganizationTopology } from '../description/topology.ts'
import { messageOf, NetworkError } from '../errors.ts'
import { DER, listIfExists, normalizeSerial, partsOf, readDer } from '../../host/src/index.ts'
import { runTool } from '../host/tool.ts'
import type { Binaries } from './binaries.ts'
import { CA_NAME } from './identities.ts'
import { writeMsp } from './msp.ts'

/** Why a certificate ends, in RFC 5280's words as fabric-ca spells them. */
export type RevocationReason = 'unspecified' | 'keycompromise' | 'superseded' | 'cessationofoperation'

/** What fabric-ca says of somebody whom it does not know, and of a certificate that was revoked before. */
const UNKNOWN = /was not found|no rows in result set|Failed to get User/i
/** The certificate's field of extensions, and 2.5.29.35 among them. */
const EXTENSIONS = 0xa3
const AUTHORITY_KEY = Buffer.of(0x55, 0x1d, 35)
const REVOKED_BEFORE = /was already revoked/

/** The organisation's admin at its identity CA, by Fabric's own client. */
export class CaAdmin {
  readonly #organization: OrganizationTopology
  readonly #own: OrganizationPaths
  readonly #binaries: Binaries

  constructor (organization: OrganizationTopology, own: OrganizationPaths, binaries: Binaries) {
    this.#organization = organization
    this.#own = own
    this.#binaries = binaries
  }

  /** The list of all certificates that this CA revoked, PEM. */
  async revocationList (): Promise<Uint8Array> {
    return await this.#run(async (call, home) => {
      await call('gencrl')
      return await readFile(join(home, 'msp', 'crls', 'crl.pem'))
    })
  }

  /** Every certificate of an enrolment id that the CA issued and did not revoke; none when it knows nobody of that name. */
  async certificatesOf (id: string): Promise<X509Certificate[]> {
    return await this.#run(async (call, home) => {
      await call('certificate', 'list', '--id', id, '--notrevoked', '--store', 'listed')
      const files = await listIfExists(join(home, 'listed'))
      return await Promise.all(files.map(async (file) => new X509Certificate(await readFile(join(home, 'listed', file)))))
    })
  }

  /** Revokes one certificate, unless it was; the identity may enrol again. */
  async revokeCertificate (certificate: X509Certificate, reason: RevocationReason): Promise<void> {
    // fabric-ca keeps numbers without leading zeros, in lower case.
    const serial = normalizeSerial(certificate.serialNumber).toLowerCase()
    const aki = issuerKeyOf(certificate)
    await this.#run(async (call) => await call('revoke', '-s', serial, '-a', aki, '-r', reason)).catch((error: unknown) => {
      if (!REVOKED_BEFORE.test(messageOf(error))) throw error
    })
  }

  /** Revokes every certificate of an enrolment id, for which the CA issues none any more. Says whether it knows it at all. */
  async revokeIdentity (id: string, reason: RevocationReason): Promise<boolean> {
    return await this.#run(async (call) => {
      await call('revoke', '-e', id, '-r', reason)
      return true
    }).catch((error: unknown) => {
      if (error instanceof NetworkError && UNKNOWN.test(error.message)) return false
      throw error
    })
  }

  /** Runs Fabric's client with a home of its own, which holds the admin's key for as long as it takes. */
  async #run<T> (work: (call: (...args: string[]) => Promise<void>, home: string) => Promise<T>): Promise<T> {
    const { address } = this.#organization.host
    const home = join(this.#own.caHome, `admin.${String(process.pid)}`)
    try {
      await mkdir(home, { recursive: true })
      await writeMsp(join(home, 'msp'), this.#own, this.#own.identity('admin'))
      return await work(async (...args) => {
        await runTool({
          command: join(this.#binaries.fabricCa, 'fabric-ca-client'),
          args: [...args, '--loglevel', 'warning', '--caname', CA_NAME, '--mspdir', 'msp'],
          env: {
            FABRIC_CA_CLIENT_HOME: home,
            FABRIC_CA_CLIENT_URL: `https://${address}:${this.#organization.ca.port}`,
            // Split at commas, and counted from the home: so it holds names of ours only.
            FABRIC_CA_CLIENT_TLS_CERTFILES: relative(home, this.#own.tlsCa)
          }
        })
      }, home)
    } finally {
      await rm(home, { recursive: true, force: true })
    }
  }
}

/** Name of the issuer's key, hex, as a certificate of fabric-ca's has it (RFC 5280 §4.2.1.1). Throws `command-failed` where it has none. */
function issuerKeyOf (certificate: X509Certificate): string {
  const [body] = partsOf(readDer(certificate.raw))
  const [extensions] = partsOf(partsOf(body).find(({ tag }) => tag === EXTENSIONS))
  const named = partsOf(extensions).map(partsOf).find(([name]) => name?.tag === DER.objectId && AUTHORITY_KEY.equals(name.content))
  const value = named?.at(-1)
  const [key] = value === undefined ? [] : partsOf(readDer(value.content))
  if (key !== undefined) return Buffer.from(key.content).toString('hex')
  throw new NetworkError('command-failed', `certificate ${certificate.serialNumber} does not say which key issued it`)
}
