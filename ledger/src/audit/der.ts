import { VerificationError } from '../errors.ts'

/** One element of DER: its tag, its content, and where the next one begins. */
export interface DerElement { tag: number, content: Uint8Array, end: number }

const SEQUENCE = 0x30
const INTEGER = 0x02
/** Half of the order of P-256, rounded down: Fabric refuses a signature whose s is greater (bccsp/sw, low-S). */
const HALF_ORDER = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8n

/** Reads the DER element at `offset`; throws `DER_MALFORMED`. */
export function readDer (bytes: Uint8Array, offset = 0): DerElement {
  const [tag, first] = [bytes[offset], bytes[offset + 1]]
  if (tag === undefined || first === undefined) throw malformed(offset)
  let [length, start] = [first, offset + 2]
  if (first >= 0x80) {
    const size = first & 0x7f
    if (size === 0 || size > 4) throw malformed(offset)
    length = 0
    for (; start < offset + 2 + size; start++) length = length * 256 + (bytes[start] ?? 0)
  }
  if (start + length > bytes.length) throw malformed(offset)
  return { tag, content: bytes.subarray(start, start + length), end: start + length }
}

/** The elements within a constructed element's content; throws `DER_MALFORMED`. */
export function readDerList (content: Uint8Array): DerElement[] {
  const elements: DerElement[] = []
  for (let offset = 0; offset < content.length;) {
    const element = readDer(content, offset)
    elements.push(element)
    offset = element.end
  }
  return elements
}

/** Whether an ECDSA signature is DER of two integers of which the second is low, as Fabric demands. */
export function isLowS (signature: Uint8Array): boolean {
  try {
    const outer = readDer(signature)
    const [r, s, more] = readDerList(outer.content)
    if (outer.tag !== SEQUENCE || outer.end !== signature.length || r?.tag !== INTEGER || s?.tag !== INTEGER || more !== undefined) {
      return false
    }
    return s.content.length > 0 && BigInt(`0x${Buffer.from(s.content).toString('hex')}`) <= HALF_ORDER
  } catch (error) {
    if (error instanceof VerificationError) return false
    throw error
  }
}

/** Serial numbers in a certificate revocation list, uppercase hex without leading zeros, as `X509Certificate.serialNumber` has them. */
export function readRevokedSerials (crl: Uint8Array): string[] {
  const [body] = readDerList(readDer(crl).content)
  const fields = readDerList(body?.content ?? new Uint8Array())
  // version?, signature algorithm, issuer, this update, next update?, revoked certificates?, extensions?
  const lists = fields.filter((field, index) => field.tag === SEQUENCE && index > 1)
  const revoked = lists.at(1)
  if (revoked === undefined) return []
  return readDerList(revoked.content).map((entry) => {
    const [serial] = readDerList(entry.content)
    if (serial?.tag !== INTEGER) throw malformed(0)
    return normalizeSerial(Buffer.from(serial.content).toString('hex'))
  })
}

/** Hex of a serial number in one spelling. */
export function normalizeSerial (hex: string): string {
  return hex.toUpperCase().replace(/^0+(?=.)/, '')
}

function malformed (offset: number): VerificationError {
  return new VerificationError('DER_MALFORMED', `The DER at byte ${offset} cannot be read.`)
}
