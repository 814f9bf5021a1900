import { createPublicKey, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { GatewayError } from '../errors.ts'

/**
 * Looks at a PKCS #10 request (RFC 2986, PEM) before anything is done for it: a key of P-256, a subject that names the staff id, and the
 * key's own signature. Everything else is the CA's to judge.
 * @throws {GatewayError} REQUEST_INVALID
 */
export function checkCertificateRequest (pem: string, staffId: string): void {
  try {
    const der = Buffer.from(pem.replaceAll(/-----[A-Z ]+-----|\n/g, ''), 'base64')
    const [request] = elementsOf(der)
    const [info, , signature] = elementsOf(contentOf(request))
    const [, subject, publicKeyInfo] = elementsOf(contentOf(info))
    const key = createPublicKey({ key: wholeOf(publicKeyInfo), format: 'der', type: 'spki' })
    if (!contentOf(subject).includes(staffId)) throw new Error('its subject does not name the staff id')
    if (!isSigned(wholeOf(info), contentOf(signature), key)) throw new Error('it is not signed with its key of P-256')
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new GatewayError('REQUEST_INVALID', `request a certificate for a key of P-256, with the staff id as its common name: ${why}`, { cause })
  }
}

function isSigned (info: Buffer, bits: Buffer, key: KeyObject): boolean {
  // A bit string begins with how many bits are unused: none.
  return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' && verify('sha256', info, key, bits.subarray(1))
}

interface Element { whole: Buffer, content: Buffer }

/** What of DER (X.690) stands side by side, each at most 65,535 bytes long. @throws {Error} for what is none */
function elementsOf (der: Buffer): Element[] {
  const elements: Element[] = []
  for (let at = 0; at < der.length;) {
    const first = der[at + 1]
    if (first === undefined || first > 0x82) throw new Error('it is no PKCS #10 request')
    const head = first < 0x80 ? 2 : 2 + (first & 0x7f)
    const length = head === 2 ? first : parseInt(der.subarray(at + 2, at + head).toString('hex'), 16)
    const whole = der.subarray(at, at + head + length)
    if (whole.length !== head + length) throw new Error('it is cut off')
    elements.push({ whole, content: whole.subarray(head) })
    at += whole.length
  }
  return elements
}

const present = (element: Element | undefined): Element => {
  if (element === undefined) throw new Error('a part of it is missing')
  return element
}
const wholeOf = (element: Element | undefined): Buffer => present(element).whole
const contentOf = (element: Element | undefined): Buffer => present(element).content
