import { createPublicKey, sign, type KeyObject } from 'node:crypto'
import { DER, writeDer } from '../../host/src/index.ts'

/** 2.5.4.10, 2.5.4.3 and ecdsa-with-SHA256 (1.2.840.10045.4.3.2), as DER has them. */
const ORGANIZATION = Uint8Array.of(0x55, 4, 10)
const COMMON_NAME = Uint8Array.of(0x55, 4, 3)
const ECDSA_WITH_SHA256 = Uint8Array.of(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2)
/** `attributes`, of which a request of ours has none: whatever else a certificate says is for the CA to say. */
const NO_ATTRIBUTES = writeDer(0xa0)

/**
 * A certificate signing request (PKCS #10, RFC 2986) for a P-256 key that is there already, PEM. Fabric's own client makes a new key
 * for each enrolment, and keeps one only where the former certificate still counts.
 */
export function certificateRequest (key: KeyObject, names: { organization: string, commonName: string }): string {
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' })
  const subject = writeDer(DER.sequence, nameOf(ORGANIZATION, names.organization), nameOf(COMMON_NAME, names.commonName))
  const body = writeDer(DER.sequence, writeDer(DER.integer, Uint8Array.of(0)), subject, publicKey, NO_ATTRIBUTES)
  const algorithm = writeDer(DER.sequence, writeDer(DER.objectId, ECDSA_WITH_SHA256))
  // The first byte of a bit string says how many bits of its last one do not count.
  const signature = writeDer(DER.bitString, Uint8Array.of(0), sign('sha256', body, key))
  const base64 = Buffer.from(writeDer(DER.sequence, body, algorithm, signature)).toString('base64')
  const lines = base64.replaceAll(/.{1,64}/g, '$&\n')
  return `-----BEGIN CERTIFICATE REQUEST-----\n${lines}-----END CERTIFICATE REQUEST-----\n`
}

function nameOf (type: Uint8Array, value: string): Uint8Array {
  return writeDer(DER.set, writeDer(DER.sequence, writeDer(DER.objectId, type), writeDer(DER.utf8String, Buffer.from(value))))
}
