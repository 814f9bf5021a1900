import { X509Certificate } from 'node:crypto'
import mspConfigs from '@hyperledger/fabric-protos/lib/msp/msp_config_pb.js'
import identities from '@hyperledger/fabric-protos/lib/msp/identities_pb.js'
import { normalizeSerial, readRevocationList } from '@epione/host'
import { VerificationError } from '../errors.ts'
import type { KeyObject } from 'node:crypto'

export type NodeRole = 'client' | 'peer' | 'admin' | 'orderer'

/** A certificate that a channel's MSP vouches for at that height, and the roles that its organisational units give it. */
export interface Member {
  readonly mspId: string
  readonly id: string
  readonly key: KeyObject
  readonly roles: ReadonlySet<NodeRole>
  readonly units: readonly string[]
}

/** An organisation's MSP as the channel's configuration has it: who is a member, and who was revoked. */
export class Msp {
  readonly mspId: string
  readonly #roots: X509Certificate[]
  readonly #issuers: X509Certificate[]
  readonly #roleUnits: Array<{ unit: string, role: NodeRole, issuer: X509Certificate | undefined }>
  readonly #admins: ReadonlySet<string>
  readonly #revoked: ReadonlySet<string>

  /** Reads a `FabricMSPConfig`; throws `CONFIG_MALFORMED`. */
  constructor (bytes: Uint8Array) {
    try {
      const config = mspConfigs.FabricMSPConfig.deserializeBinary(bytes)
      this.mspId = config.getName()
      this.#roots = config.getRootCertsList_asU8().map(certificate)
      this.#issuers = [...this.#roots, ...config.getIntermediateCertsList_asU8().map(certificate)]
      this.#roleUnits = readRoleUnits(config.getFabricNodeOus())
      this.#admins = new Set(config.getAdminsList_asU8().map((pem) => certificate(pem).fingerprint256))
      this.#revoked = new Set(config.getRevocationListList_asU8().flatMap((pem) => readRevocationList(pem).serials))
    } catch (error) {
      throw new VerificationError('CONFIG_MALFORMED', 'An organisation of the channel configuration cannot be read.', { cause: error })
    }
  }

  /**
   * The member of whom this is the certificate, or undefined: another issuer, revoked, or no certificate. Expiry is not judged, as peers
   * do not when they validate a block.
   */
  admit (pem: Uint8Array): Member | undefined {
    let found: X509Certificate
    try {
      found = certificate(pem)
    } catch {
      // Whatever is no certificate is no member.
      return undefined
    }
    if (this.#revoked.has(normalizeSerial(found.serialNumber)) || !this.#isIssued(found, this.#issuers.length)) return undefined
    const units = unitsOf(found)
    const roles = new Set(
      this.#roleUnits.filter(({ unit, issuer }) =>
        units.includes(unit) && (issuer === undefined || isIssuer(issuer, found))).map(({ role }) =>
        role)
    )
    if (this.#admins.has(found.fingerprint256)) roles.add('admin')
    // With node OUs on, whoever has none of them is no valid identity (fabric: msp/mspimplvalidate.go).
    if (this.#roleUnits.length > 0 && roles.size === 0) return undefined
    return { mspId: this.mspId, id: `${this.mspId}/${found.fingerprint256}`, key: found.publicKey, roles, units }
  }

  #isIssued (leaf: X509Certificate, depth: number): boolean {
    const issuer = this.#issuers.find((candidate) => isIssuer(candidate, leaf))
    if (issuer === undefined || depth === 0) return false
    return this.#roots.includes(issuer) || (!this.#revoked.has(normalizeSerial(issuer.serialNumber)) && this.#isIssued(issuer, depth - 1))
  }
}

/** MSP id and certificate of a serialized identity, or undefined when the bytes are none. */
export function readIdentity (bytes: Uint8Array): { mspId: string, pem: Uint8Array } | undefined {
  try {
    const identity = identities.SerializedIdentity.deserializeBinary(bytes)
    return { mspId: identity.getMspid(), pem: identity.getIdBytes_asU8() }
  } catch {
    // Whatever is no identity belongs to nobody.
    return undefined
  }
}

function certificate (pem: Uint8Array): X509Certificate {
  return new X509Certificate(pem)
}

function isIssuer (issuer: X509Certificate, leaf: X509Certificate): boolean {
  return issuer.ca && leaf.checkIssued(issuer) && leaf.verify(issuer.publicKey)
}

/**
 * `subject` writes a line for each set of attributes, its members joined by ` + ` (escaped within a value): a CA puts all units into one.
 */
function unitsOf (found: X509Certificate): string[] {
  return found.subject.split(/\n| \+ /).flatMap((line) => line.startsWith('OU=') ? [line.slice('OU='.length)] : [])
}

function readRoleUnits (
  ous: mspConfigs.FabricNodeOUs | undefined
): Array<{ unit: string, role: NodeRole, issuer: X509Certificate | undefined }> {
  if (ous?.getEnable() !== true) return []
  const all: Array<[NodeRole, mspConfigs.FabricOUIdentifier | undefined]> = [
    [
      'client', ous.getClientOuIdentifier()
    ], ['peer', ous.getPeerOuIdentifier()], ['admin', ous.getAdminOuIdentifier()], ['orderer', ous.getOrdererOuIdentifier()]
  ]
  return all.flatMap(([role, ou]) =>
    ou === undefined
      ? []
      : [
          {
            unit: ou.getOrganizationalUnitIdentifier(),
            role,
            issuer: ou.getCertificate_asU8().length === 0 ? undefined : certificate(ou.getCertificate_asU8())
          }
        ])
}
