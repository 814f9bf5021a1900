import { HOST_RULES, objectFaults, ORGANIZATION_RULES, text, type Fault, type Rule } from '../description/consortium-faults.ts'
import type { Host } from '../description/consortium.ts'
import type { OrganizationKind } from '../description/organization-kinds.ts'
import { isObject } from '../host/json.ts'

/** Who reads the access log, by what the organisation's identity provider calls them. */
export interface BundleAuditor { issuer: string, subject: string, scope: string }

/** All that other members need of an organisation to found a network with it; nothing of it is secret. Certificates are PEM. */
export interface BundleContents {
  format: 1
  id: string
  mspId: string
  name: string
  kind: OrganizationKind
  host: Host
  /** Roots of the identity CA and of the TLS CA. */
  roots: { identity: string, tls: string }
  /** Of the admin, who signs bundle and founding. */
  adminCertificate: string
  /** `address` is IPv4:port, as of the peers. */
  orderer: { address: string, tlsCertificate: string }
  peers: string[]
  gatewayUrl: string
  /** Public keys of the re-encryption proxy: 33-byte compressed points, hex. */
  proxy: { encryptionKey: string, signingKey: string }
  auditors: BundleAuditor[]
  /** EVM addresses, 0x-hex, where the consortium anchors. */
  anchor?: { witness: string, submitter: string }
}

/** A bundle as it travels: `signature` is the admin's over the contents, DER, base64. */
export interface Bundle { contents: BundleContents, signature: string }

const certificate = text(/^-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]{1,8000}\n-----END CERTIFICATE-----\n$/, 'Use one certificate in PEM')
const address = text(/^(?:\d{1,3}\.){3}\d{1,3}:\d{1,5}$/, 'Use IPv4:port')
const point = text(/^0[23][0-9a-f]{64}$/, 'Use a compressed point, 66 lowercase hex digits')
const evmAddress = text(/^0x[0-9a-f]{40}$/, 'Use an EVM address in lowercase hex')
const plain = text(/^[^\p{C}]{1,256}$/u, 'Use 1 to 256 printable characters')
const object: Rule = { wants: 'Use an object', test: isObject }
const { id, mspId, name, kind } = ORGANIZATION_RULES
const IDENTITY_RULES = { id, mspId, name, kind } as Record<string, Rule>

const CONTENT_RULES: Record<string, Rule> = {
  format: { wants: 'Use 1', test: (value) => value === 1 },
  ...IDENTITY_RULES,
  host: object,
  roots: object,
  adminCertificate: certificate,
  orderer: object,
  peers: {
    wants: 'List the addresses of 1 to 8 peers, IPv4:port',
    test: (value) => Array.isArray(value) && value.length > 0 && value.length <= 8 && value.every((one) => address.test(one))
  },
  gatewayUrl: text(/^https:\/\/[^\s/?#@]{1,300}$/, 'Use an https address without a path'),
  proxy: object,
  auditors: { wants: 'List up to 64 auditors', test: (value) => Array.isArray(value) && value.length <= 64 && value.every(isObject) }
}

const PARTS: Record<string, Record<string, Rule>> = {
  host: HOST_RULES,
  roots: { identity: certificate, tls: certificate },
  orderer: { address, tlsCertificate: certificate },
  proxy: { encryptionKey: point, signingKey: point },
  anchor: { witness: evmAddress, submitter: evmAddress }
}

const AUDITOR_RULES: Record<string, Rule> = {
  issuer: plain, subject: plain, scope: { wants: 'Use organization or consortium', test: (value) => value === 'organization' || value === 'consortium' }
}

/** Faults of a parsed bundle's shape; an empty list means that it is a `Bundle`. */
export function shapeFaults (value: unknown): Fault[] {
  if (!isObject(value)) return [{ path: '$', problem: 'not a JSON object', advice: 'Use a file that `org-export` wrote.' }]
  const base64 = text(/^[A-Za-z0-9+/]{1,200}={0,2}$/, 'Use base64')
  const outer = objectFaults(value, { contents: object, signature: base64 }, '')
  if (outer.length > 0) return outer
  const contents = value['contents'] as Record<string, unknown>
  const faults = objectFaults(contents, CONTENT_RULES, 'contents.', { anchor: object })
  for (const [part, rules] of Object.entries(PARTS)) {
    if (isObject(contents[part])) faults.push(...objectFaults(contents[part], rules, `contents.${part}.`))
  }
  const auditors: unknown[] = Array.isArray(contents['auditors']) ? contents['auditors'] : []
  return [...faults, ...auditors.flatMap((one, index) => isObject(one) ? objectFaults(one, AUDITOR_RULES, `contents.auditors[${String(index)}].`) : [])]
}
