import type { KeyObject } from 'node:crypto'
import { concatBytes } from './bytes.ts'
import { TAG_BYTES } from './content-header.ts'
import { plainBytes } from './hash.ts'
import { startLeaf } from './merkle.ts'
import { nodeCrypto } from './platform.ts'

type Eventually<T> = T | Promise<T>

const NONE = new Uint8Array(0)

/** AES-256-GCM under one key (32 bytes, nonces 12); a sealed chunk is ciphertext || tag 16. */
export interface ChunkCipher {
  /** The sealed chunk in one or more pieces: joining them would copy every byte once more. */
  seal (nonce: Uint8Array, plaintext: Uint8Array, associated?: Uint8Array): Eventually<readonly Uint8Array[]>
  /** Null when the tag does not fit. */
  open (nonce: Uint8Array, sealed: Uint8Array, associated?: Uint8Array): Eventually<Uint8Array | null>
}

/** The work done on every byte of content, and of what a device keeps for itself: by `node:crypto` where it is, by WebCrypto elsewhere. */
export interface BulkCrypto {
  chunkCipher (key: Uint8Array): Eventually<ChunkCipher>
  /** Of a leaf in pieces. */
  leafHash (pieces: readonly Uint8Array[]): Eventually<Uint8Array>
}

export const bulkCrypto: BulkCrypto = nodeCrypto === null ? webBulk() : nodeBulk(nodeCrypto)

/** The cipher alone. Throws for a key of another length than 32 bytes. */
export const chunkCipher = async (key: Uint8Array): Promise<ChunkCipher> => await bulkCrypto.chunkCipher(key)

function nodeBulk (node: NonNullable<typeof nodeCrypto>): BulkCrypto {
  return {
    leafHash (pieces) {
      const hash = startLeaf()
      for (const piece of pieces) hash.update(piece)
      return plainBytes(hash.digest())
    },
    chunkCipher: (keyBytes) => nodeChunkCipher(node, node.createSecretKey(keyBytes))
  }
}

/* A key object is set up once; bytes cost each chunk 16 us more. */
function nodeChunkCipher (node: NonNullable<typeof nodeCrypto>, key: KeyObject): ChunkCipher {
  return {
    seal (nonce, plaintext, associated = NONE) {
      const cipher = node.createCipheriv('aes-256-gcm', key, nonce)
      cipher.setAAD(associated)
      const ciphertext = plainBytes(cipher.update(plaintext))
      cipher.final()
      const tag = plainBytes(cipher.getAuthTag())
      return ciphertext.length === 0 ? [tag] : [ciphertext, tag]
    },
    open (nonce, sealed, associated = NONE) {
      const end = sealed.length - TAG_BYTES
      if (end < 0) return null
      const decipher = node.createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
      decipher.setAAD(associated)
      decipher.setAuthTag(sealed.subarray(end))
      const plaintext = decipher.update(sealed.subarray(0, end))
      try {
        decipher.final()
      } catch {
        // `final` throws for one reason, and the caller asks for it as null.
        return null
      }
      return plainBytes(plaintext)
    }
  }
}

function webBulk (): BulkCrypto {
  const { subtle } = globalThis.crypto
  return {
    async leafHash (pieces) {
      return new Uint8Array(await subtle.digest('SHA-256', owned(concatBytes(Uint8Array.of(0), ...pieces))))
    },
    async chunkCipher (key) {
      const imported = await subtle.importKey('raw', owned(key), 'AES-GCM', false, ['encrypt', 'decrypt'])
      const algorithm = (nonce: Uint8Array, associated: Uint8Array = NONE): AesGcmParams =>
        ({ name: 'AES-GCM', iv: owned(nonce), additionalData: owned(associated), tagLength: 8 * TAG_BYTES })
      return {
        async seal (nonce, plaintext, associated) {
          return [new Uint8Array(await subtle.encrypt(algorithm(nonce, associated), imported, owned(plaintext)))]
        },
        async open (nonce, sealed, associated) {
          if (sealed.length < TAG_BYTES) return null
          try {
            return new Uint8Array(await subtle.decrypt(algorithm(nonce, associated), imported, owned(sealed)))
          } catch (error) {
            // The specification's one way of saying that the tag does not fit; anything else is a fault.
            if (error instanceof DOMException && error.name === 'OperationError') return null
            throw error
          }
        }
      }
    }
  }
}

/* WebCrypto takes no view of shared memory; everything here is made by this package, in memory of its own. */
function owned (bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length) : Uint8Array.from(bytes)
}
