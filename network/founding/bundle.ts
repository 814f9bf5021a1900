import { createHash, createPrivateKey, sign, verify, X509Certificate, type KeyObject } from 'node:crypto'
import { NetworkError } from '../errors.ts'
import { canonicalJson } from '../host/json.ts'
import { certificateFaults } from './bundle-certificates.ts'
import { shapeFaults, type Bundle, type BundleContents } from './bundle-shape.ts'

/** Parts what is signed here from everything else that the admin's key signs. */
const DOMAIN = 'epione organization bundle 1\n'
const FINGERPRINT_GROUP = 4
const FINGERPRINT_LINE = 8

/** The bundle of contents, signed with the admin's private key (PEM, P-256). */
export function signBundle (contents: BundleContents, adminKeyPem: string): Bundle {
  return { contents, signature: sign('sha256', signedBytes(contents), createPrivateKey(adminKeyPem)).toString('base64') }
}

/**
 * A parsed bundle, typed, once its shape, its certificates and its admin's signature are right: whoever made it holds the admin's key.
 * Whose it is only the fingerprint says, compared by voice. Throws `bundle-invalid`, naming every fault at once.
 */
export function checkBundle (value: unknown, source: string, now = Date.now()): Bundle {
  const shape = shapeFaults(value)
  if (shape.length > 0) throw invalid(source, shape.map((fault) => `${fault.path}: ${fault.problem}. ${fault.advice}`))
  const bundle = value as Bundle
  const faults = certificateFaults(bundle.contents, now)
  if (faults.length > 0) throw invalid(source, faults)
  if (!isSignedBy(bundle, new X509Certificate(bundle.contents.adminCertificate).publicKey)) {
    throw invalid(source, ['its signature is not that of the admin whose certificate it holds: it was changed on its way, or is of another key'])
  }
  return bundle
}

function isSignedBy ({ contents, signature }: Bundle, key: KeyObject): boolean {
  return verify('sha256', signedBytes(contents), key, Buffer.from(signature, 'base64'))
}

function signedBytes (contents: BundleContents): Buffer {
  return Buffer.from(DOMAIN + canonicalJson(contents))
}

/** SHA-256 (64 lowercase hex digits) of all that is signed: the same for the same contents, whoever signs them again. */
export function fingerprintOf ({ contents }: Pick<Bundle, 'contents'>): string {
  return createHash('sha256').update(signedBytes(contents)).digest('hex')
}

/** A fingerprint to be read aloud: groups of four digits, eight to a line. */
export function spellFingerprint (fingerprint: string): string {
  const groups = fingerprint.match(new RegExp(`.{${String(FINGERPRINT_GROUP)}}`, 'g')) ?? []
  const line = (from: number): string => groups.slice(from, from + FINGERPRINT_LINE).join(' ')
  return `${line(0)}\n${line(FINGERPRINT_LINE)}`
}

/** Throws `fingerprint-wrong` unless the words heard, in any case and grouping, are the whole fingerprint of the bundle. */
export function requireFingerprint (bundle: Bundle, heard: string): void {
  if (heard.toLowerCase().replace(/[\s:-]/g, '') === fingerprintOf(bundle)) return
  throw new NetworkError('fingerprint-wrong', [
    `the bundle of ${bundle.contents.name} (${bundle.contents.mspId}) is not the one whose fingerprint was read to you; this one has`,
    spellFingerprint(fingerprintOf(bundle))
  ].join('\n'), { advice: 'Ask the organisation itself, by a way that you trust, to read its fingerprint and to send its bundle again; import no other.' })
}

function invalid (source: string, faults: readonly string[]): NetworkError {
  return new NetworkError('bundle-invalid', [`${source} is no bundle to found a network with:`, ...faults.map((fault) => `  ${fault}`)].join('\n'), {
    advice: 'Ask the organisation to run `org-export` again, and to send the file by another way.'
  })
}
