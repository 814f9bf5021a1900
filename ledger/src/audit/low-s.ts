import { DER, DerError, readDer, readDerList } from '@epione/host'

/** Half of the order of P-256, rounded down: Fabric refuses a signature whose s is greater (bccsp/sw, low-S). */
const HALF_ORDER = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8n

/** Whether an ECDSA signature is DER of two integers of which the second is low, as Fabric demands. */
export function isLowS (signature: Uint8Array): boolean {
  try {
    const outer = readDer(signature)
    const [r, s, more] = readDerList(outer.content)
    if (outer.tag !== DER.sequence || outer.end !== signature.length || more !== undefined) return false
    if (r?.tag !== DER.integer || s?.tag !== DER.integer) return false
    return s.content.length > 0 && BigInt(`0x${Buffer.from(s.content).toString('hex')}`) <= HALF_ORDER
  } catch (error) {
    if (error instanceof DerError) return false
    throw error
  }
}
