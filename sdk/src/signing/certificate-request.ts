import { concatBytes, utf8 } from '@epione/crypto'
import type { CertificateKey } from '@epione/crypto/certificate-key'

const [SEQUENCE, SET, UTF8, BITS, ATTRIBUTES] = [0x30, 0x31, 0x0c, 0x03, 0xa0]
/** DER: version 0 of a request; id-at-commonName; ecdsa-with-SHA256 (RFC 2986, 5280, 5758). */
const VERSION = Uint8Array.of(0x02, 0x01, 0x00)
const COMMON_NAME = Uint8Array.of(0x06, 0x03, 0x55, 0x04, 0x03)
const ECDSA_SHA256 = Uint8Array.of(0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02)

/** A PKCS #10 request, PEM, signed with the key that it is for: its holder's name is the staff id, all else the CA says. */
export function makeCertificateRequest (key: CertificateKey, staffId: string): string {
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8, utf8(staffId)))))
  const info = der(SEQUENCE, VERSION, name, key.publicKeyInfo, der(ATTRIBUTES))
  const request = der(SEQUENCE, info, der(SEQUENCE, ECDSA_SHA256), der(BITS, Uint8Array.of(0), key.sign(info)))
  const lines = btoa(String.fromCharCode(...request)).replaceAll(/.{64}(?=.)/g, '$&\n')
  return `-----BEGIN CERTIFICATE REQUEST-----\n${lines}\n-----END CERTIFICATE REQUEST-----\n`
}

/** Of at most 65,535 bytes. */
function der (tag: number, ...contents: Uint8Array[]): Uint8Array {
  const content = concatBytes(...contents)
  const { length } = content
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return concatBytes(Uint8Array.of(tag, ...head), content)
}
