import { randomBytes } from 'node:crypto'
import { readTextIfExists, replaceFile } from '../../host/src/index.ts'

const WALLET_KEY_BYTES = 32

/** Makes the key under which a service encrypts its private keys, unless it is there: 32 bytes, hex. */
export async function ensureWalletKey (file: string): Promise<void> {
  await keepSecret(file, () => randomBytes(WALLET_KEY_BYTES).toString('hex') + '\n')
}

/** A secret as its file has it, made where there is none. */
export async function keepSecret (file: string, make: () => string): Promise<string> {
  const known = await readTextIfExists(file)
  if (known !== undefined) return known
  const made = make()
  await replaceFile(file, made)
  return made
}
