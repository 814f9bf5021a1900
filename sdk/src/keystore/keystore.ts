import { canonicalize, concatBytes, equalConstantTime, fromHex, randomBytes, toHex, utf8 } from '@epione/crypto'
import { Hex } from '@epione/protocol'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Value } from 'typebox/value'
import { ClientError } from '../errors.ts'

/** scrypt cost: 128 MiB and half a second to two for each guess of a pass-phrase. */
const COST = { N: 131_072, r: 8, p: 1 } as const
const SALT_BYTES = 16
const NONCE_BYTES = 12
/** 32 bytes encrypt, 32 tell a wrong pass-phrase from a damaged file. */
const KEY_BYTES = 64

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
  /** An authenticator whose PRF output is needed beside the pass-phrase: its credential, and what it is asked with. */
  second: Type.Optional(Type.Object({
    name: Type.Literal('webauthn-prf'),
    credentialId: Type.String({ pattern: '^([0-9a-f]{2}){16,1023}$' }),
    salt: Hex(32)
  }, { additionalProperties: false })),
  check: Hex(32)
}, { additionalProperties: false })
const KeystoreFile = Type.Object({
  header: Header,
  box: Type.String({ pattern: '^([0-9a-f]{2}){29,32768}$' })
}, { additionalProperties: false })

/** The authenticator of a keystore, without what it answers. */
export type SecondFactor = NonNullable<Static<typeof Header>['second']>

/** What opens a keystore; `second`: 32 bytes that the authenticator gives for the keystore's salt. */
export interface Unlocking { passphrase: string, second?: Uint8Array }

/** What seals one. */
export interface Sealing { passphrase: string, second?: { factor: SecondFactor, secret: Uint8Array } }

/** scrypt as a platform has it: a pass-phrase (NFKC already) and its salt -> `bytes` bytes. */
export type Stretch = (
  passphrase: string, salt: Uint8Array, cost: { N: number, r: number, p: number }, bytes: number
) => Promise<Uint8Array>

/**
 * Encrypts a seed phrase under a pass-phrase: scrypt (N = 2^17, r = 8, p = 1, 16-byte salt) -> 64 bytes, and where there is a second
 * factor HKDF-SHA256 of these and its 32 bytes: the key of a box (nonce || AES-256-GCM || tag), and a key for the check value. The box
 * is named by its header. Returns the text of the file.
 */
export async function sealKeystore (phrase: string, { passphrase, second }: Sealing, stretch: Stretch): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const keys = await deriveKeys(salt, second === undefined ? { passphrase } : { passphrase, second: second.secret }, stretch)
  const header: Static<typeof Header> = {
    version: 1,
    kdf: { name: 'scrypt', ...COST, salt: toHex(salt) },
    ...(second === undefined ? {} : { second: second.factor }),
    check: toHex(await checkValue(keys))
  }
  const nonce = randomBytes(NONCE_BYTES)
  const sealed = await crypto.subtle.encrypt(boxOf(nonce, header), await boxKey(keys, 'encrypt'), platformBytes(utf8(phrase)))
  keys.fill(0)
  return `${JSON.stringify({ header, box: toHex(concatBytes(nonce, new Uint8Array(sealed))) }, undefined, 2)}\n`
}

/** Opens what `sealKeystore` made. @throws {ClientError} PASSPHRASE_WRONG, SECOND_FACTOR_REQUIRED, KEYSTORE_DAMAGED */
export async function openKeystore (text: string, unlocking: Unlocking, stretch: Stretch): Promise<string> {
  const { header, box } = parseKeystore(text)
  if (header.second !== undefined && unlocking.second === undefined) {
    throw new ClientError('SECOND_FACTOR_REQUIRED', 'This keystore needs its authenticator beside the pass-phrase: open it in the portal where it was made, or restore from the phrase.')
  }
  const { passphrase } = unlocking
  const keys = await deriveKeys(fromHex(header.kdf.salt), header.second === undefined ? { passphrase } : unlocking, stretch)
  try {
    if (!equalConstantTime(await checkValue(keys), fromHex(header.check))) {
      throw new ClientError('PASSPHRASE_WRONG', 'This is not the pass-phrase of this keystore.')
    }
    return await decrypt(keys, header, fromHex(box))
  } finally {
    keys.fill(0)
  }
}

/** The authenticator that a keystore needs beside its pass-phrase. @throws {ClientError} KEYSTORE_DAMAGED */
export function secondFactorOf (text: string): SecondFactor | undefined {
  return parseKeystore(text).header.second
}

async function decrypt (keys: Uint8Array, header: Static<typeof Header>, box: Uint8Array): Promise<string> {
  try {
    const [nonce, sealed] = [box.subarray(0, NONCE_BYTES), box.subarray(NONCE_BYTES)]
    const key = await boxKey(keys, 'decrypt')
    return new TextDecoder().decode(await crypto.subtle.decrypt(boxOf(nonce, header), key, platformBytes(sealed)))
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

async function deriveKeys (salt: Uint8Array, { passphrase, second }: Unlocking, stretch: Stretch): Promise<Uint8Array> {
  const stretched = await stretch(passphrase.normalize('NFKC'), salt, COST, KEY_BYTES)
  if (second === undefined) return stretched
  const both = await crypto.subtle.importKey('raw', platformBytes(concatBytes(stretched, second)), 'HKDF', false, ['deriveBits'])
  stretched.fill(0)
  const info = platformBytes(utf8('epione/keystore-second'))
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: platformBytes(salt), info }
  return new Uint8Array(await crypto.subtle.deriveBits(hkdf, both, KEY_BYTES * 8))
}

function boxOf (nonce: Uint8Array, header: Static<typeof Header>): AesGcmParams {
  return { name: 'AES-GCM', iv: platformBytes(nonce), additionalData: platformBytes(utf8(canonicalize(header))) }
}

function boxKey (keys: Uint8Array, usage: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', platformBytes(keys.subarray(0, 32)), 'AES-GCM', false, [usage])
}

async function checkValue (keys: Uint8Array): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('raw', platformBytes(keys.subarray(32)), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, platformBytes(utf8('epione/keystore-check'))))
}

/** WebCrypto takes no view of memory that threads might share. */
function platformBytes (bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes)
}
