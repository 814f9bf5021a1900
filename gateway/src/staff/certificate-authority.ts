import { X509Certificate } from 'node:crypto'

/** Attributes that the organisation's CA certifies about a member of staff. */
export interface StaffAttributes { staffId: string, role: string, department?: string | undefined }

/** A certificate, PEM, for a key that is elsewhere; `notAfter` in ms since the epoch. */
export type IssuedCertificate = Omit<EnrolledIdentity, 'privateKey'>

/** A fresh X.509 identity, PEM; `notAfter` in ms since the epoch. */
export interface EnrolledIdentity { certificate: string, privateKey: string, notAfter: number }

/** The organisation's identity CA. */
export interface CertificateAuthority {
  /** Registers the person under the opaque staff id and enrols once. @throws {GatewayError} CA_UNAVAILABLE */
  enrol: (attributes: StaffAttributes) => Promise<EnrolledIdentity>
  /** Registers the person under the opaque staff id, without any certificate. @throws {GatewayError} CA_UNAVAILABLE */
  register: (attributes: StaffAttributes) => Promise<void>
  /**
   * A certificate with these attributes, which take the place of those before, for the key of a PKCS #10 request, PEM.
   * @throws {GatewayError} CA_UNAVAILABLE, also when the CA does not take the request
   */
  certifyRequest: (attributes: StaffAttributes, request: string) => Promise<IssuedCertificate>
  /** A fresh key and certificate for a person registered before, with the attributes of then. @throws {GatewayError} CA_UNAVAILABLE */
  renew: (staffId: string) => Promise<EnrolledIdentity>
  /** The same with attributes that take the place of those of then. @throws {GatewayError} CA_UNAVAILABLE */
  certify: (attributes: StaffAttributes) => Promise<EnrolledIdentity>
}

/** Serial number of a certificate, PEM, as the ledger names it: lowercase hex. */
export function serialOf (certificate: string): string {
  return new X509Certificate(certificate).serialNumber.toLowerCase()
}
