import { randomBytes } from 'node:crypto'
import { PRIVATE_MODE, readIfExists, writeFileAtomic } from '../host/files.ts'

const WALLET_KEY_BYTES = 32

/** Makes the key under which a service encrypts its private keys, unless it is there: 32 bytes, hex. */
export async function ensureWalletKey (file: string): Promise<void> {
  if (await readIfExists(file) === undefined) {
    await writeFileAtomic(file, randomBytes(WALLET_KEY_BYTES).toString('hex') + '\n', PRIVATE_MODE)
  }
}
