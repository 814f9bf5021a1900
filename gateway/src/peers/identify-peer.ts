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
  const commonNames = certificate.subject.split('\n').filter((part) => part.startsWith('CN=')).map((part) => part.slice(3))
  const found = organizations.find((organization) => {
    const root = new X509Certificate(organization.tlsCaPem)
    return commonNames.length === 1 && commonNames[0] === gatewayCommonName(organization) &&
      certificate.checkIssued(root) && certificate.verify(root.publicKey)
  })
  return found?.mspId ?? null
}
