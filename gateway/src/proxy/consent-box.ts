import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { utf8 } from '@epione/crypto'

const NONCE_BYTES = 12
const TAG_BYTES = 16

/** AES-256-GCM under a consent's key (32 bytes): nonce 12 || ciphertext || tag 16. `name` is authenticated with it. */
export function sealBox (key: Uint8Array, bytes: Uint8Array, name: string): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(utf8(name))
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
}

/** Opens what `sealBox` made. @throws when a byte was changed, it has another name, or its key is gone */
export function openBox (key: Uint8Array, sealed: Uint8Array, name: string): Uint8Array {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(utf8(name)).setAuthTag(sealed.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()])
}
