import { X509Certificate } from 'node:crypto'
import { messageOf } from '../errors.ts'
import type { BundleContents } from './bundle-shape.ts'

/** What is wrong with the certificates of a bundle, a sentence each: they must hang together, and say what the bundle says. */
export function certificateFaults ({ roots, adminCertificate, orderer, host, id, mspId }: BundleContents, now: number): string[] {
  const read: Record<string, X509Certificate> = {}
  const faults: string[] = []
  const files = { 'roots.identity': roots.identity, 'roots.tls': roots.tls, adminCertificate, 'orderer.tlsCertificate': orderer.tlsCertificate }
  for (const [name, pem] of Object.entries(files)) {
    try {
      read[name] = new X509Certificate(pem)
      // Another spelling could hold a second certificate, which a program that reads a file of many would take.
      if (read[name].toString() !== pem) faults.push(`${name} is not spelled as one certificate alone`)
      else if (read[name].validToDate.getTime() <= now) faults.push(`${name} expired on ${read[name].validToDate.toISOString()}`)
    } catch (error) {
      faults.push(`${name} is no certificate: ${messageOf(error)}`)
    }
  }
  const { 'roots.identity': identity, 'roots.tls': tls, adminCertificate: admin, 'orderer.tlsCertificate': node } = read
  if (faults.length > 0 || identity === undefined || tls === undefined || admin === undefined || node === undefined) return faults
  const issued = (certificate: X509Certificate, root: X509Certificate): boolean => certificate.checkIssued(root) && certificate.verify(root.publicKey)
  for (const [name, root] of [['roots.identity', identity], ['roots.tls', tls]] as const) {
    if (!root.ca || !issued(root, root)) faults.push(`${name} is no root: a CA signs itself`)
  }
  if (identity.fingerprint256 === tls.fingerprint256) faults.push('roots.identity and roots.tls are one: who may listen could then speak for the organisation')
  if (admin.ca || !issued(admin, identity)) faults.push('adminCertificate was not issued by roots.identity')
  if (!/^OU=admin$/m.test(admin.subject)) faults.push(`adminCertificate is not an admin's of ${mspId}: its unit is another`)
  if (admin.publicKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') faults.push('adminCertificate has no key on P-256, as Fabric asks for')
  if (node.ca || !issued(node, tls)) faults.push('orderer.tlsCertificate was not issued by roots.tls')
  if (node.checkIP(host.address) === undefined || node.checkHost(host.name) === undefined) {
    faults.push(`orderer.tlsCertificate of ${id} does not name ${host.address} and ${host.name}`)
  }
  return faults
}
