import type { KeyRing } from '@epione/crypto'
import { concatBytes, randomBytes, utf8 } from '@epione/crypto'
import { del, get, set } from 'idb-keyval'
import { profileStore } from '../profiles.ts'

/** Who is signed in and what it takes to stay so; times in ms since the epoch. */
export interface SignIn {
  issuer: string
  clientId: string
  scope: string
  accessToken: string
  expiresAt: number
  /** From when on the token is exchanged for the next one. */
  renewFrom: number
  refreshToken?: string
  /** As the provider calls them, and until when the sign-in lasts, where it says: shown to people, judged by nobody. */
  subject?: string
  name?: string
  until?: number
}

const NAME = 'sign-in'
const PURPOSE = utf8('epione/portal/sign-in')
const NONCE_BYTES = 12

/** Keeps the sign-in of somebody with keys on this machine, sealed under these: who unlocks them is signed in still. */
export class KeptSignIn {
  readonly #keys: KeyRing

  constructor (keys: KeyRing) {
    this.#keys = keys
  }

  /** Undefined where there is none, or one of other keys. */
  async read (): Promise<SignIn | undefined> {
    const sealed = await get<Uint8Array<ArrayBuffer>>(NAME, profileStore)
    if (sealed === undefined) return undefined
    try {
      const [nonce, box] = [sealed.slice(0, NONCE_BYTES), sealed.slice(NONCE_BYTES)]
      const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce, additionalData: platform(PURPOSE) }, await this.#key(), box)
      return JSON.parse(new TextDecoder().decode(plain)) as SignIn
    } catch {
      await this.forget()
      return undefined
    }
  }

  async write (signIn: SignIn): Promise<void> {
    const nonce = platform(randomBytes(NONCE_BYTES))
    const plain = platform(utf8(JSON.stringify(signIn)))
    const box = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: platform(PURPOSE) }, await this.#key(), plain)
    await set(NAME, concatBytes(nonce, new Uint8Array(box)), profileStore)
  }

  async forget (): Promise<void> {
    await del(NAME, profileStore)
  }

  /** One for nothing but this. */
  async #key (): Promise<CryptoKey> {
    const base = await crypto.subtle.importKey('raw', platform(this.#keys.searchCacheKey()), 'HKDF', false, ['deriveKey'])
    const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: platform(PURPOSE) }
    return await crypto.subtle.deriveKey(how, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  }
}

const platform = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)
