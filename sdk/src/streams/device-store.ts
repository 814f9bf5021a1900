import { concatBytes, exportSecret, fromHex, randomBytes, sha256, utf8 } from '@epione/crypto'
import type { SecretKey } from '@epione/crypto'
import { ClientError } from '../errors.ts'

const NONCE_BYTES = 12

/**
 * Where a device keeps what it has not sent: a folder, or a browser's store. A write is whole or not there, also when the power goes.
 * Names have up to 64 characters of a-z, 0-9 and -.
 */
export interface DeviceStore {
  read: (name: string) => Promise<Uint8Array | undefined>
  /** Replaces what the name had. @throws {ClientError} DISK_FULL, and the name has what it had */
  write: (name: string, bytes: Uint8Array) => Promise<void>
  remove: (name: string) => Promise<void>
  list: () => Promise<string[]>
}

/**
 * A store of which nothing can be read without the device's key: AES-GCM under H(`epione/device-store` || secret 32), nonce 12 in front,
 * bound to stream and name.
 */
export class SealedStore {
  readonly #store: DeviceStore
  readonly #key: Promise<CryptoKey>
  readonly #stream: Uint8Array

  constructor (store: DeviceStore, key: SecretKey, stream: string) {
    this.#store = store
    this.#stream = fromHex(stream, 16)
    const secret = exportSecret(key)
    this.#key = crypto.subtle.importKey(
      'raw', owned(sha256(concatBytes(utf8('epione/device-store'), secret))), 'AES-GCM', false, ['encrypt', 'decrypt']
    )
    secret.fill(0)
  }

  async list (): Promise<string[]> {
    return this.#store.list()
  }

  /** @throws {ClientError} FILE_DAMAGED for what this key did not write here */
  async read (name: string): Promise<Uint8Array | undefined> {
    const sealed = await this.#store.read(name)
    if (sealed === undefined) return undefined
    try {
      const algorithm = this.#with(sealed.subarray(0, NONCE_BYTES), name)
      const bytes = await crypto.subtle.decrypt(algorithm, await this.#key, owned(sealed.subarray(NONCE_BYTES)))
      return new Uint8Array(bytes)
    } catch (cause) {
      throw new ClientError('FILE_DAMAGED', `What this device keeps as ${name} is damaged, or was written under another key.`, { name }, { cause })
    }
  }

  async write (name: string, bytes: Uint8Array): Promise<void> {
    const nonce = randomBytes(NONCE_BYTES)
    const sealed = await crypto.subtle.encrypt(this.#with(nonce, name), await this.#key, owned(bytes))
    await this.#store.write(name, concatBytes(nonce, new Uint8Array(sealed)))
  }

  async remove (name: string): Promise<void> {
    await this.#store.remove(name)
  }

  #with (nonce: Uint8Array, name: string): AesGcmParams {
    return { name: 'AES-GCM', iv: owned(nonce), additionalData: owned(concatBytes(this.#stream, utf8(name))) }
  }
}

/** The platform takes no bytes that another thread could change. */
const owned = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)
