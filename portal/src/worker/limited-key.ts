import { concatBytes, exportSecret, randomBytes, SecretKey, utf8 } from '@epione/crypto'
import { ClientError } from '@epione/sdk'
import type { Sealing } from '@epione/sdk'
import type { LimitedProfile } from './profiles.ts'

const NONCE_BYTES = 12
const PURPOSE = platform(utf8('epione/portal-limited-key/v1'))
type Second = NonNullable<Sealing['second']>

/** A fresh key for this browser, and what is kept of it: its 32 bytes leave this function sealed alone. */
export async function makeLimitedKey (patientId: string, second?: Second): Promise<{ key: SecretKey, profile: LimitedProfile }> {
  const key = SecretKey.random()
  // Not even these pages read it out, in whatever build: it seals and opens in this browser alone.
  const lock = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const secret = exportSecret(key)
  const plain = platform(secret)
  const inner = second === undefined ? plain : await seal(await keyOfSecond(second.secret), plain)
  const sealed = await seal(lock, inner)
  for (const bytes of [secret, plain]) bytes.fill(0)
  return { key, profile: { patientId, lock, sealed, ...(second === undefined ? {} : { second: second.factor }) } }
}

/** @throws {ClientError} SECOND_FACTOR_REQUIRED, KEYSTORE_DAMAGED */
export async function openLimitedKey ({ lock, sealed, second }: LimitedProfile, secret?: Uint8Array): Promise<SecretKey> {
  if (second !== undefined && secret === undefined) throw new ClientError('SECOND_FACTOR_REQUIRED', 'This key needs its authenticator.')
  try {
    const inner = await open(lock, sealed)
    return SecretKey.fromBytes(second === undefined || secret === undefined ? inner : await open(await keyOfSecond(secret), inner))
  } catch (cause) {
    throw new ClientError('KEYSTORE_DAMAGED', 'The limited key in this browser does not open: remove it, end it in your own copy, and make another.', {}, { cause })
  }
}

async function keyOfSecond (secret: Uint8Array): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', platform(secret), 'HKDF', false, ['deriveKey'])
  const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: PURPOSE }
  return await crypto.subtle.deriveKey(how, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

async function seal (key: CryptoKey, plain: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const nonce = platform(randomBytes(NONCE_BYTES))
  const box = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: PURPOSE }, key, plain)
  return platform(concatBytes(nonce, new Uint8Array(box)))
}

async function open (key: CryptoKey, sealed: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const [nonce, box] = [sealed.slice(0, NONCE_BYTES), sealed.slice(NONCE_BYTES)]
  return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce, additionalData: PURPOSE }, key, box))
}

function platform (bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes)
}
