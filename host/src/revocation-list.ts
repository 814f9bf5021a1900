import { DER, DerError, partsOf, readDer } from './der.ts'
import type { DerElement } from './der.ts'

/** What a certificate revocation list says (RFC 5280 §5): times in ms since the epoch, serial numbers as `normalizeSerial` spells them. */
export interface RevocationList { madeAt: number, nextAt: number | undefined, serials: string[] }

const UTC_TIME = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/
const GENERALIZED_TIME = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/
const PEM = /-----BEGIN X509 CRL-----([A-Za-z0-9+/=\s]+)-----END X509 CRL-----/

/** Reads a list, PEM or DER. Whose signature it carries is not judged. Throws {@link DerError}. */
export function readRevocationList (bytes: Uint8Array): RevocationList {
  const armoured = PEM.exec(Buffer.from(bytes).toString('latin1'))?.[1]
  const [body] = partsOf(readDer(armoured === undefined ? bytes : Buffer.from(armoured, 'base64')))
  const fields = partsOf(body)
  // version?, signature algorithm, issuer, this update, next update?, revoked certificates?, extensions?
  const [, , madeAt, ...more] = fields[0]?.tag === DER.integer ? fields.slice(1) : fields
  const nextAt = more.slice(0, 1).filter(isTime).map(readTime)[0]
  const revoked = more.slice(nextAt === undefined ? 0 : 1, nextAt === undefined ? 1 : 2).find(({ tag }) => tag === DER.sequence)
  return { madeAt: readTime(madeAt), nextAt, serials: partsOf(revoked).map(readSerial) }
}

/** Hex of a serial number in one spelling: uppercase without leading zeros, as `X509Certificate.serialNumber` has it. */
export function normalizeSerial (hex: string): string {
  return hex.toUpperCase().replace(/^0+(?=.)/, '')
}

function readSerial (entry: DerElement): string {
  const [serial] = partsOf(entry)
  if (serial?.tag !== DER.integer) throw new DerError('An entry of the revocation list has no serial number.')
  return normalizeSerial(Buffer.from(serial.content).toString('hex'))
}

const isTime = ({ tag }: DerElement): boolean => tag === DER.utcTime || tag === DER.generalizedTime

/** UTCTime (YYMMDDHHMMSSZ, 1950 to 2049) or GeneralizedTime (YYYYMMDDHHMMSSZ), as RFC 5280 §5.1.2.4 has them. */
function readTime (element: DerElement | undefined): number {
  const form = element?.tag === DER.utcTime ? UTC_TIME : GENERALIZED_TIME
  const found = element !== undefined && isTime(element) ? form.exec(Buffer.from(element.content).toString('latin1')) : null
  if (found === null) throw new DerError('The revocation list says no time where it should.')
  const [year = 0, month = 0, ...rest] = found.slice(1).map(Number)
  return Date.UTC(year + centuryOf(year), month - 1, ...rest)
}

/** What is left out of a year of two digits. */
function centuryOf (year: number): number {
  if (year > 99) return 0
  return year < 50 ? 2000 : 1900
}
