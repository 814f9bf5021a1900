import { X509Certificate } from 'node:crypto'
import type { Organization } from '../network-file.ts'

/** Common name of an organisation's gateway in its TLS certificate. */
export function gatewayCommonName (organization: { id: string }): string {
  return `gateway.${organization.id}`
}

/**
 * MSP id of the organisation whose gateway a TLS certificate belongs to: issued by that organisation's own TLS root and
 * named `gateway.<id>`. A root of one organisation thus never speaks for another. Null for anyone else.
 */
export function identifyPeer (certificate: X509Certificate, organizations: readonly Organization[], now: number): string | null {
  if (now < Date.parse(certificate.validFrom) || now > Date.parse(certificate.validTo)) return null
  const known = issuers.get(certificate)
  if (known?.organizations === organizations) return known.mspId
  const mspId = findIssuer(certificate, organizations)
  issuers.set(certificate, { organizations, mspId })
  return mspId
}

/** Whose gateway a certificate is of, apart from the time: a connection shows the same one with each request. */
const issuers = new WeakMap<X509Certificate, { organizations: readonly Organization[], mspId: string | null }>()

function findIssuer (certificate: X509Certificate, organizations: readonly Organization[]): string | null {
  const commonNames = certificate.subject.split('\n').filter((part) => part.startsWith('CN=')).map((part) => part.slice(3))
  const found = organizations.find((organization) => {
    if (commonNames.length !== 1 || commonNames[0] !== gatewayCommonName(organization)) return false
    const root = new X509Certificate(organization.tlsCaPem)
    return certificate.checkIssued(root) && certificate.verify(root.publicKey)
  })
  return found?.mspId ?? null
}
