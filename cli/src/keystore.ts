import { scrypt } from 'node:crypto'
import { openKeystore as open, sealKeystore as seal } from '@epione/sdk'
import type { Stretch } from '@epione/sdk'

/** scrypt needs 128 * N * r bytes. */
const MEMORY_BYTES = 160 * 1024 * 1024

const stretch: Stretch = (passphrase, salt, cost, bytes) => new Promise((resolve, reject) => {
  scrypt(passphrase, salt, bytes, { ...cost, maxmem: MEMORY_BYTES }, (error, keys) => error === null ? resolve(keys) : reject(error))
})

/** The text of a keystore, as the SDK makes it, with scrypt by Node. */
export function sealKeystore (phrase: string, passphrase: string): Promise<string> {
  return seal(phrase, { passphrase }, stretch)
}

/** Opens what `sealKeystore` made. @throws {ClientError} PASSPHRASE_WRONG, SECOND_FACTOR_REQUIRED, KEYSTORE_DAMAGED */
export function openKeystore (text: string, passphrase: string): Promise<string> {
  return open(text, { passphrase }, stretch)
}
