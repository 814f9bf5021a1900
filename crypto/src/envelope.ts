import { concatBytes, requireBytes, utf8 } from './bytes.ts'
import type { RandomSource } from './bytes.ts'
import { DOMAINS } from './domains.ts'
import { CryptoError, refuseAs } from './errors.ts'
import { domainHash } from './hash.ts'
import { exportSecret, SecretKey } from './keys.ts'
import type { PublicKey } from './keys.ts'
import { openSealed, sealTo, SEALED_OVERHEAD_BYTES } from './sealed.ts'

/** Bytes of a department key's secret, sealed to one member. */
export const ENVELOPE_BYTES = 32 + SEALED_OVERHEAD_BYTES

/** Whose envelope it is: a member of a department of an organisation. */
export interface EnvelopePlace { mspId: string, department: string, staffId: string }

/** The secret of a department's receiving key, for one member: sealed to the member's envelope key, and to this place alone. */
export function sealEnvelope (departmentKey: SecretKey, envelopeKey: PublicKey, place: EnvelopePlace, rng?: RandomSource): Uint8Array {
  const secret = exportSecret(departmentKey)
  try {
    return sealTo(envelopeKey, secret, associatedData(departmentKey.publicKey(), place), rng)
  } finally {
    secret.fill(0)
  }
}

/**
 * Opens a member's own envelope, which must hold the secret of `receivingKey`. Throws `SEALED_INVALID` for a wrong key, another member's
 * envelope or any changed byte, and for one that holds another secret.
 */
export function openEnvelope (envelopeKey: SecretKey, envelope: Uint8Array, receivingKey: PublicKey, place: EnvelopePlace): SecretKey {
  const secret = openSealed(envelopeKey, envelope, associatedData(receivingKey, place))
  try {
    const key = refuseAs('SEALED_INVALID', 'department key', () => SecretKey.fromBytes(secret))
    if (key.publicKey().equals(receivingKey)) return key
    throw new CryptoError('SEALED_INVALID', 'the envelope does not hold the secret of the department\'s key')
  } finally {
    secret.fill(0)
  }
}

/** What a `Membership` names of an envelope: its hash shows whether a hospital hands out the one that was made. */
export function envelopeHash (envelope: Uint8Array): Uint8Array {
  requireBytes(envelope, 'envelope', ENVELOPE_BYTES)
  return domainHash(DOMAINS.envelopeHash, envelope)
}

/** No slash is in any of the three names. */
function associatedData (receivingKey: PublicKey, { mspId, department, staffId }: EnvelopePlace): Uint8Array {
  return concatBytes(utf8(DOMAINS.envelope), receivingKey.toBytes(), utf8(`${mspId}/${department}/${staffId}`))
}
