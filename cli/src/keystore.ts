import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Value } from 'typebox/value'
import { Hex } from '@epione/protocol'
import { canonicalize } from '@epione/crypto'
import { openBox, sealBox } from '@epione/host'
import { ClientError } from '@epione/sdk'

/** scrypt cost: 128 MiB and about half a second for each guess of a pass-phrase. */
const COST = { N: 131_072, r: 8, p: 1 } as const
const SALT_BYTES = 16
/** 32 bytes encrypt, 32 tell a wrong pass-phrase from a damaged file. */
const KEY_BYTES = 64
/** scrypt needs 128 * N * r bytes. */
const MEMORY_BYTES = 160 * 1024 * 1024

/** The costs are fixed: a file cannot make its reader compute something cheaper or dearer. */
const Header = Type.Object({
  version: Type.Literal(1),
  kdf: Type.Object({
    name: Type.Literal('scrypt'),
    N: Type.Literal(COST.N),
    r: Type.Literal(COST.r),
    p: Type.Literal(COST.p),
    salt: Hex(SALT_BYTES)
  }, { additionalProperties: false }),
  check: Hex(32)
}, { additionalProperties: false })
const KeystoreFile = Type.Object({
  header: Header,
  box: Type.String({ pattern: '^([0-9a-f]{2}){29,32768}$' })
}, { additionalProperties: false })

/**
 * Encrypts a seed phrase under a pass-phrase: scrypt (N = 2^17, r = 8, p = 1, 16-byte salt) -> 64 bytes: the key
 * of a box (AES-256-GCM), and a key for the check value. The box is named by its header. Returns the text of the file.
 */
export async function sealKeystore (phrase: string, passphrase: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const keys = await deriveKeys(passphrase, salt)
  const header: Static<typeof Header> = {
    version: 1,
    kdf: { name: 'scrypt', ...COST, salt: salt.toString('hex') },
    check: checkValue(keys).toString('hex')
  }
  const box = sealBox(keys.subarray(0, 32), Buffer.from(phrase), canonicalize(header))
  keys.fill(0)
  return `${JSON.stringify({ header, box: box.toString('hex') }, undefined, 2)}\n`
}

/** Opens what `sealKeystore` made. @throws {ClientError} PASSPHRASE_WRONG, KEYSTORE_DAMAGED */
export async function openKeystore (text: string, passphrase: string): Promise<string> {
  const { header, box } = parseKeystore(text)
  const keys = await deriveKeys(passphrase, Buffer.from(header.kdf.salt, 'hex'))
  try {
    if (!timingSafeEqual(checkValue(keys), Buffer.from(header.check, 'hex'))) {
      throw new ClientError('PASSPHRASE_WRONG', 'This is not the pass-phrase of this keystore.')
    }
    return decrypt(keys, header, Buffer.from(box, 'hex'))
  } finally {
    keys.fill(0)
  }
}

function decrypt (keys: Buffer, header: Static<typeof Header>, box: Buffer): string {
  try {
    return openBox(keys.subarray(0, 32), box, canonicalize(header)).toString('utf8')
  } catch (error) {
    throw new ClientError(
      'KEYSTORE_DAMAGED',
      'The pass-phrase is right, but the keystore was changed or damaged: restore it from the phrase.',
      {},
      { cause: error }
    )
  }
}

function parseKeystore (text: string): Static<typeof KeystoreFile> {
  try {
    const parsed: unknown = JSON.parse(text)
    if (Value.Check(KeystoreFile, parsed)) return parsed
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new ClientError('KEYSTORE_DAMAGED', 'This is no keystore of this program, or it was damaged: restore it from the phrase.')
}

function deriveKeys (passphrase: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, KEY_BYTES, {
      ...COST,
      maxmem: MEMORY_BYTES
    }, (error, keys) => error === null ? resolve(keys) : reject(error))
  })
}

function checkValue (keys: Buffer): Buffer {
  return createHmac('sha256', keys.subarray(32)).update('epione/keystore-check').digest()
}
