import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { openContent, sealContent, SecretKey } from '@epione/crypto'
import type { Contest } from './measure.ts'

const CHUNK_BYTES = 262_144
const MIB = 1_048_576
/* As a file is read that is to be sealed: fewer copies than with pieces of one chunk. */
const PIECE_BYTES = 4 * CHUNK_BYTES
const ROUND_BYTES = 32 * MIB
const SAMPLE_BYTES = 32 * MIB

const request = { recordId: 'ab'.repeat(16), recordVersion: 1, authorKey: SecretKey.random().publicKey() }
const plaintext = new Uint8Array(randomBytes(ROUND_BYTES))
const pieces = cut(plaintext, PIECE_BYTES)
const chunks = cut(plaintext, CHUNK_BYTES)

function cut (bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size))
}

/* The same 32 MiB again and again. */
async function * record (sizeBytes: number): AsyncGenerator<Uint8Array, void, void> {
  for (let sent = 0; sent < sizeBytes; sent += ROUND_BYTES) yield * streamOf(pieces)
}

async function * streamOf (pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void, void> {
  for (const part of pieces) yield await Promise.resolve(part)
}

async function collect (stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts)
}

async function drain (stream: AsyncIterable<Uint8Array>): Promise<number> {
  let total = 0
  for await (const part of stream) total += part.length
  return total
}

/**
 * Sealing and opening 32 MiB in pieces of 1 MiB beside bare AES-256-GCM of the same chunks and one SHA-256 over the ciphertext, without
 * any stream.
 */
export async function streamContests (): Promise<Record<'sealStream' | 'openStream', Contest>> {
  const [key, nonce] = [randomBytes(32), randomBytes(12)]
  const sealed = sealContent(request, record(ROUND_BYTES))
  const content = cut(await collect(sealed.ciphertext), PIECE_BYTES)
  const opening = { ...request, contentKey: sealed.contentKey, contentHash: (await sealed.result).contentHash }

  const rawSealed = chunks.map((chunk) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    const ciphertext = cipher.update(chunk)
    cipher.final()
    return { ciphertext, tag: cipher.getAuthTag() }
  })
  return {
    sealStream: {
      ours: async () => { await drain(sealContent(request, record(ROUND_BYTES)).ciphertext) },
      theirs: () => {
        const hash = createHash('sha256')
        for (const chunk of chunks) {
          const cipher = createCipheriv('aes-256-gcm', key, nonce)
          hash.update(cipher.update(chunk))
          cipher.final()
          hash.update(cipher.getAuthTag())
        }
        return hash.digest()
      }
    },
    openStream: {
      ours: async () => { await drain(openContent(opening, streamOf(content))) },
      theirs: () => {
        const hash = createHash('sha256')
        for (const { ciphertext, tag } of rawSealed) {
          hash.update(ciphertext).update(tag)
          const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 })
          decipher.setAuthTag(tag)
          decipher.update(ciphertext)
          decipher.final()
        }
        return hash.digest()
      }
    }
  }
}

export const STREAM_ROUND_BYTES = ROUND_BYTES

/** MiB by which the resident memory grew while a record of `sizeBytes` was sealed and opened, over what the first 32 MiB had taken. */
export async function memoryGrowthMib (sizeBytes: number): Promise<number> {
  const sealed = sealContent(request, record(sizeBytes))
  let [opened, nextSample, baseline, highest] = [0, SAMPLE_BYTES, 0, 0]
  for await (const part of openContent({ ...request, contentKey: sealed.contentKey }, sealed.ciphertext)) {
    opened += part.length
    if (opened < nextSample) continue
    nextSample += SAMPLE_BYTES
    const rss = process.memoryUsage.rss()
    if (baseline === 0) baseline = rss
    highest = Math.max(highest, rss)
  }
  return (highest - baseline) / MIB
}
