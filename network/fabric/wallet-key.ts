import { randomBytes } from 'node:crypto'
import { readTextIfExists, replaceFile } from '../../host/src/index.ts'

const WALLET_KEY_BYTES = 32

/** Makes the key under which a service encrypts its private keys, unless it is there: 32 bytes, hex. */
export async function ensureWalletKey (file: string): Promise<void> {
  if (await readTextIfExists(file) === undefined) {
    await replaceFile(file, randomBytes(WALLET_KEY_BYTES).toString('hex') + '\n')
  }
}
