import { concatBytes, requireBytes, utf8 } from './bytes.ts'
import { canonicalBytes } from './canonical.ts'
import { signatureDomain } from './domains.ts'

const ZERO = Uint8Array.of(0)

/** "epione/" || type || "/v1" || 00 || network id 32 || canonical bytes (PROTOCOL §4): what every signature covers. */
export function signedBytes (type: string, networkId: Uint8Array, text: string): Uint8Array {
  requireBytes(networkId, 'networkId', 32)
  return concatBytes(utf8(signatureDomain(type)), ZERO, networkId, canonicalBytes(text))
}
