import { X509Certificate } from 'node:crypto'
import { messageOf } from '../errors.ts'
import type { BundleContents } from './bundle-shape.ts'

/** The certificates of a bundle, read. */
interface Certificates { identity: X509Certificate, tls: X509Certificate, admin: X509Certificate, orderer: X509Certificate }

/** What is wrong with the certificates of a bundle, a sentence each: they must hang together, and say what the bundle says. */
export function certificateFaults (contents: BundleContents, now: number): string[] {
  const { roots, adminCertificate, orderer } = contents
  const faults: string[] = []
  const read = (name: string, pem: string): X509Certificate | undefined => {
    const { certificate, fault } = readOne(pem, now)
    if (fault !== undefined) faults.push(`${name} ${fault}`)
    return certificate
  }
  const certificates = {
    identity: read('roots.identity', roots.identity),
    tls: read('roots.tls', roots.tls),
    admin: read('adminCertificate', adminCertificate),
    orderer: read('orderer.tlsCertificate', orderer.tlsCertificate)
  }
  return faults.length > 0 ? faults : linkFaults(certificates as Certificates, contents)
}

function readOne (pem: string, now: number): { certificate?: X509Certificate, fault?: string } {
  try {
    const certificate = new X509Certificate(pem)
    // Another spelling could hold a second certificate, which a program that reads a file of many would take.
    if (certificate.toString() !== pem) return { fault: 'is not spelled as one certificate alone' }
    return certificate.validToDate.getTime() <= now ? { fault: `expired on ${certificate.validToDate.toISOString()}` } : { certificate }
  } catch (error) {
    return { fault: `is no certificate: ${messageOf(error)}` }
  }
}

function linkFaults ({ identity, tls, admin, orderer }: Certificates, { id, mspId, host }: BundleContents): string[] {
  const checks: [boolean, string][] = [
    [isIssued(identity, identity) && identity.ca, 'roots.identity is no root: a CA signs itself'],
    [isIssued(tls, tls) && tls.ca, 'roots.tls is no root: a CA signs itself'],
    [identity.fingerprint256 !== tls.fingerprint256, 'roots.identity and roots.tls are one: who may listen could then speak for the organisation'],
    [isIssued(admin, identity) && !admin.ca, 'adminCertificate was not issued by roots.identity'],
    [/^OU=admin$/m.test(admin.subject), `adminCertificate is not an admin's of ${mspId}: its unit is another`],
    [admin.publicKey.asymmetricKeyDetails?.namedCurve === 'prime256v1', 'adminCertificate has no key on P-256, as Fabric asks for'],
    [isIssued(orderer, tls) && !orderer.ca, 'orderer.tlsCertificate was not issued by roots.tls'],
    [
      orderer.checkIP(host.address) !== undefined && orderer.checkHost(host.name) !== undefined,
      `orderer.tlsCertificate of ${id} does not name ${host.address} and ${host.name}`
    ]
  ]
  return checks.filter(([holds]) => !holds).map(([, fault]) => fault)
}

function isIssued (certificate: X509Certificate, root: X509Certificate): boolean {
  return certificate.checkIssued(root) && certificate.verify(root.publicKey)
}
