import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { toHex } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { AnchorError } from '../errors.ts'
import type { Hex, PrivateKeyAccount } from 'viem'

const IV_BYTES = 12
const TAG_BYTES = 16
const SECRET_BYTES = 32
const SEALED_BYTES = IV_BYTES + TAG_BYTES + SECRET_BYTES

/** What a key is for: part of what seals it, so that the files of the two cannot be swapped. */
export type KeyPurpose = 'witness' | 'submitter'

/**
 * The secp256k1 account kept in `file`, made when there is none: iv (12) || tag (16) || AES-256-GCM ciphertext under
 * `sealingKey` (32 bytes). Throws `KEY_UNREADABLE` for another sealing key or purpose.
 */
export async function loadOrCreateAccount (file: string, purpose: KeyPurpose, sealingKey: Uint8Array): Promise<PrivateKeyAccount> {
  const sealed = await readFile(file).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  })
  if (sealed !== undefined) return privateKeyToAccount(open(sealed, file, purpose, sealingKey))
  const secret = generatePrivateKey()
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(`${file}.new`, seal(secret, purpose, sealingKey), { mode: 0o600, flush: true })
  await rename(`${file}.new`, file)
  return privateKeyToAccount(secret)
}

function seal (secret: Hex, purpose: KeyPurpose, key: Uint8Array): Uint8Array {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(purpose))
  const ciphertext = Buffer.concat([cipher.update(Buffer.from(secret.slice(2), 'hex')), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), ciphertext])
}

function open (sealed: Uint8Array, file: string, purpose: KeyPurpose, key: Uint8Array): Hex {
  try {
    if (sealed.length !== SEALED_BYTES) throw new RangeError(`expected ${SEALED_BYTES} bytes, got ${sealed.length}`)
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(purpose)).setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
    return toHex(Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]))
  } catch (cause) {
    throw new AnchorError(
      'KEY_UNREADABLE',
      `${file} does not open as the ${purpose} key: give the sealing key with which it was made.`,
      { cause }
    )
  }
}
