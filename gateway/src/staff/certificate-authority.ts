/** Attributes that the organisation's CA certifies about a member of staff. */
export interface StaffAttributes { staffId: string, role: string, department?: string | undefined }

/** A fresh X.509 identity, PEM; `notAfter` in ms since the epoch. */
export interface EnrolledIdentity { certificate: string, privateKey: string, notAfter: number }

/** The organisation's identity CA. */
export interface CertificateAuthority {
  /** Registers the person under the opaque staff id and enrols once. @throws {GatewayError} CA_UNAVAILABLE */
  enrol: (attributes: StaffAttributes) => Promise<EnrolledIdentity>
  /** A fresh key and certificate for a person registered before, with the attributes of then. @throws {GatewayError} CA_UNAVAILABLE */
  renew: (staffId: string) => Promise<EnrolledIdentity>
  /** The same with attributes that take the place of those of then. @throws {GatewayError} CA_UNAVAILABLE */
  certify: (attributes: StaffAttributes) => Promise<EnrolledIdentity>
}
