import { poly1305 } from '@noble/ciphers/_poly1305.js'
import { xchacha20 } from '@noble/ciphers/chacha.js'
import { backendNamed, fastestBackend, namedBySetting } from './backend-choice.ts'
import type { BackendName } from './backend-choice.ts'
import { equalConstantTime } from './bytes.ts'

const [BLOCK_BYTES, TAG_BYTES, MAC_KEY_BYTES] = [64, 16, 32]
/** Names the backend to use, `native` or `noble`, from the first opening on. */
const SETTING = 'EPIONE_CIPHER'
/** To load libsodium takes as long as it saves over so many openings of some 300 bytes: whoever opens fewer does without. */
const OPENINGS_BEFORE_NATIVE = 1000

export type CipherBackendName = BackendName

/** Opens XChaCha20-Poly1305: plaintext, or null for a wrong tag. Key 32 bytes, nonce 24, `sealed` 16 at least: the caller checks that. */
export interface CipherBackend {
  readonly name: CipherBackendName
  open: (key: Uint8Array, nonce: Uint8Array, associated: Uint8Array, sealed: Uint8Array) => Uint8Array | null
}

/**
 * The library's two parts put together as in RFC 8439 §2.8: its own cipher takes twice as long over the 300 bytes of an index entry, and
 * the platform's nearly as long, most of it to set up a cipher.
 */
export const nobleCipher: CipherBackend = {
  name: 'noble',
  open: (key, nonce, associated, sealed) => {
    const size = sealed.length - TAG_BYTES
    // The first block of the stream is the tag's key, the others lie over the text.
    const stream = new Uint8Array(BLOCK_BYTES + size)
    stream.set(sealed.subarray(0, size), BLOCK_BYTES)
    xchacha20(key, nonce, stream, stream)
    const tag = poly1305(authenticated(associated, sealed.subarray(0, size)), stream.subarray(0, MAC_KEY_BYTES))
    const isRight = equalConstantTime(tag, sealed.subarray(size))
    stream.fill(0, 0, isRight ? BLOCK_BYTES : stream.length)
    return isRight ? stream.subarray(BLOCK_BYTES) : null
  }
}

/** What is used of npm `sodium-native`, N-API bindings of libsodium: bytes written, or a negative number for a wrong tag. */
interface Sodium {
  crypto_aead_xchacha20poly1305_ietf_decrypt:
  (plain: Uint8Array, sealed: Uint8Array, associated: Uint8Array, nonce: Uint8Array, key: Uint8Array) => number
}

type Require = (id: string) => unknown
interface Host { process?: { getBuiltinModule?: (id: string) => { createRequire (from: string): Require } | undefined } }

/**
 * libsodium, or the reason why it is not there. `sodium-native/binding.js` is asked for, because the package's main file takes twice as
 * long to load; at run time, so that bundlers for browsers do not follow it.
 */
export function loadNativeCipher (): CipherBackend | Error {
  const module = (globalThis as Host).process?.getBuiltinModule?.('node:module')
  if (module === undefined) return new Error('this platform loads no native modules')
  try {
    const sodium = module.createRequire(import.meta.url)('sodium-native/binding.js') as Sodium
    return {
      name: 'native',
      open: (key, nonce, associated, sealed) => {
        const plain = new Uint8Array(sealed.length - TAG_BYTES)
        return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(plain, sealed, associated, nonce, key) < 0 ? null : plain
      }
    }
  } catch (error) {
    return new Error('npm sodium-native is not installed or has no build for this platform', { cause: error })
  }
}

const CHOICE = { what: 'cipher', noble: nobleCipher, loadNative: loadNativeCipher }
let chosen: CipherBackend | null = null
let openings = 0

/** The backend for the next opening: what the setting names, else the library at first and libsodium, where it loads, after many. */
export function cipherBackend (): CipherBackend {
  if (chosen !== null) return chosen
  if (openings === 0) chosen = ofSetting()
  openings += 1
  if (openings > OPENINGS_BEFORE_NATIVE) chosen = fastestBackend(CHOICE)
  return chosen ?? nobleCipher
}

/** Which cipher backend is in use by now: `native` (libsodium) or `noble`. */
export function cipherBackendName (): CipherBackendName {
  return (chosen ?? nobleCipher).name
}

/** Forces a cipher backend for this process from now on. Throws `TypeError` when it does not load. */
export function useCipherBackend (name: CipherBackendName): void {
  chosen = backendNamed(name, CHOICE)
}

function ofSetting (): CipherBackend | null {
  const name = namedBySetting(SETTING)
  return name === undefined ? null : backendNamed(name, CHOICE)
}

/** Both parts filled up to 16 bytes, then their lengths, u64 little-endian each. */
function authenticated (associated: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  const from = filled(associated.length)
  const lengths = from + filled(ciphertext.length)
  const bytes = new Uint8Array(lengths + 16)
  bytes.set(associated)
  bytes.set(ciphertext, from)
  const view = new DataView(bytes.buffer)
  view.setUint32(lengths, associated.length, true)
  view.setUint32(lengths + 8, ciphertext.length, true)
  return bytes
}

const filled = (bytes: number): number => Math.ceil(bytes / 16) * 16
