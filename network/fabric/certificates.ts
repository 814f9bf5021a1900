import { createPrivateKey, X509Certificate } from 'node:crypto'
import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf, NetworkError } from '../errors.ts'
import { fileExists } from '../../host/src/index.ts'
import { CONTROL_IDENTITIES } from './identities.ts'
import type { OrganizationPaths } from '../description/paths.ts'
import { DAMAGED_PAIR_ADVICE } from './renewal-advice.ts'

export const DAY_MS = 86_400_000
/** Certificates are to be renewed before this: a peer of 2.5.0 does not find another again whose certificate had expired. */
export const RENEW_BEFORE_DAYS = 30
/** The channel's lists of revoked certificates are replaced when they have less than this left. */
export const RENEW_LIST_BEFORE_MS = 60 * DAY_MS

/** Life of a certificate; times in milliseconds since the epoch. */
export interface CertificateLife { file: string, notBefore: number, notAfter: number, daysLeft: number }

/** Reads when a certificate starts and ends; undefined when there is no such file. Throws `state-damaged`, naming it, when it is torn. */
export async function certificateLife (file: string, now: number): Promise<CertificateLife | undefined> {
  if (!await fileExists(file)) return undefined
  const certificate = parseCertificate(file, await readFile(file))
  const notAfter = certificate.validToDate.getTime()
  return { file, notBefore: certificate.validFromDate.getTime(), notAfter, daysLeft: Math.floor((notAfter - now) / DAY_MS) }
}

function parseCertificate (file: string, pem: Uint8Array): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch (cause) {
    throw new NetworkError('state-damaged', `${file} is no whole certificate`, { advice: DAMAGED_PAIR_ADVICE, cause })
  }
}

/** Every certificate of an organisation whose private key it keeps. */
export async function certificateFiles (organization: OrganizationPaths): Promise<string[]> {
  const files: string[] = []
  for (const pattern of ['identities/*/cert.pem', 'tls/*/cert.pem', 'gateway/tls/cert.pem']) {
    for await (const file of glob(pattern, { cwd: organization.dir })) files.push(join(organization.dir, file))
  }
  return files.sort()
}

/** Root that must have issued one of these. */
export function rootOfCertificate (file: string, organization: OrganizationPaths): string {
  if (file.startsWith(join(organization.dir, 'identities'))) return organization.ca
  const isControl = CONTROL_IDENTITIES.some((name) => file === organization.tls(name).cert)
  return isControl ? organization.controlCa : organization.tlsCa
}

/** What is wrong with a certificate (its key, its issuer, its period), or undefined when nothing is. */
export async function certificateFault (file: string, root: string, now: number): Promise<string | undefined> {
  try {
    const certificate = new X509Certificate(await readFile(file))
    const issuer = new X509Certificate(await readFile(root))
    const key = createPrivateKey(await readFile(join(file, '..', 'key.pem')))
    if (!certificate.checkPrivateKey(key)) return 'does not belong to the key.pem beside it'
    if (!certificate.checkIssued(issuer) || !certificate.verify(issuer.publicKey)) return `was not issued by ${root}`
    if (certificate.validToDate.getTime() <= now) return `expired on ${certificate.validToDate.toISOString()}`
    if (certificate.validFromDate.getTime() > now) return `is valid only from ${certificate.validFromDate.toISOString()} on`
    return undefined
  } catch (error) {
    return `cannot be checked: ${messageOf(error)}`
  }
}
