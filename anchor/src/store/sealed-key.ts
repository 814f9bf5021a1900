import { BOX_OVERHEAD_BYTES, createFile, openBox, readIfExists, sealBox } from '@epione/host'
import { toHex } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { AnchorError } from '../errors.ts'
import type { Hex, PrivateKeyAccount } from 'viem'

const SECRET_BYTES = 32

/** What a key is for: part of what seals it, so that the files of the two cannot be swapped. */
export type KeyPurpose = 'witness' | 'submitter'

/**
 * The secp256k1 account kept in `file`, made when there is none: its secret (32 bytes) in a box under `sealingKey` (32 bytes).
 * Throws `KEY_UNREADABLE` for another sealing key or purpose.
 */
export async function loadOrCreateAccount (file: string, purpose: KeyPurpose, sealingKey: Uint8Array): Promise<PrivateKeyAccount> {
  const sealed = await readIfExists(file)
  if (sealed !== undefined) return privateKeyToAccount(open(sealed, file, purpose, sealingKey))
  const secret = generatePrivateKey()
  await createFile(file, sealBox(sealingKey, Buffer.from(secret.slice(2), 'hex'), purpose))
  return privateKeyToAccount(secret)
}

function open (sealed: Uint8Array, file: string, purpose: KeyPurpose, key: Uint8Array): Hex {
  try {
    const expected = BOX_OVERHEAD_BYTES + SECRET_BYTES
    if (sealed.length !== expected) throw new RangeError(`expected ${expected} bytes, got ${sealed.length}`)
    return toHex(openBox(key, sealed, purpose))
  } catch (cause) {
    throw new AnchorError(
      'KEY_UNREADABLE',
      `${file} does not open as the ${purpose} key: give the sealing key with which it was made.`,
      { cause }
    )
  }
}
