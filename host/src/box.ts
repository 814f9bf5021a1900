import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const ALGORITHM = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Bytes that a box is longer than what it holds. */
export const BOX_OVERHEAD_BYTES = NONCE_BYTES + TAG_BYTES

/**
 * Seals a secret to be kept: nonce (12, random) || AES-256-GCM ciphertext || tag (16) under a key of 32 bytes. `name` says what is in
 * the box and is authenticated with it, so that no box takes the place of another under the same key.
 */
export function sealBox (key: Uint8Array, secret: Uint8Array, name: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(name))
  return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()])
}

/** Opens what `sealBox` made. Throws when a byte was changed or is missing, or for another key or name. */
export function openBox (key: Uint8Array, box: Uint8Array, name: string): Buffer {
  if (box.length < BOX_OVERHEAD_BYTES) throw new RangeError(`box: expected at least ${BOX_OVERHEAD_BYTES} bytes, got ${box.length}`)
  const decipher = createDecipheriv(ALGORITHM, key, box.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(name)).setAuthTag(box.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(box.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()])
}
