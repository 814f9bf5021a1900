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
const piece = new Uint8Array(randomBytes(PIECE_BYTES))
const chunk = piece.subarray(0, CHUNK_BYTES)

async function * record (sizeBytes: number): AsyncGenerator<Uint8Array, void, void> {
  for (let sent = 0; sent < sizeBytes; sent += PIECE_BYTES) yield await Promise.resolve(piece)
}

async function * streamOf (pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void, void> {
  for (const part of pieces) yield await Promise.resolve(part)
}

async function collect (stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const part of stream) pieces.push(part)
  return Buffer.concat(pieces)
}

async function drain (stream: AsyncIterable<Uint8Array>): Promise<number> {
  let total = 0
  for await (const part of stream) total += part.length
  return total
}

/** Sealing and opening 32 MiB beside bare AES-256-GCM of each chunk and one SHA-256 over the ciphertext, without any stream. */
export async function streamContests (): Promise<Record<'sealStream' | 'openStream', Contest>> {
  const [key, nonce] = [randomBytes(32), randomBytes(12)]
  const sealed = sealContent(request, record(ROUND_BYTES))
  const content = await collect(sealed.ciphertext)
  const pieces = Array.from({ length: Math.ceil(content.length / PIECE_BYTES) }, (_, index) => content.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES))
  const opening = { ...request, contentKey: sealed.contentKey, contentHash: (await sealed.result).contentHash }

  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const rawChunk = cipher.update(chunk)
  cipher.final()
  const rawTag = cipher.getAuthTag()
  return {
    sealStream: {
      ours: async () => { await drain(sealContent(request, record(ROUND_BYTES)).ciphertext) },
      theirs: () => {
        const hash = createHash('sha256')
        for (let done = 0; done < ROUND_BYTES; done += CHUNK_BYTES) {
          const sealer = createCipheriv('aes-256-gcm', key, nonce)
          hash.update(sealer.update(chunk))
          sealer.final()
          hash.update(sealer.getAuthTag())
        }
        return hash.digest()
      }
    },
    openStream: {
      ours: async () => { await drain(openContent(opening, streamOf(pieces))) },
      theirs: () => {
        const hash = createHash('sha256')
        for (let done = 0; done < ROUND_BYTES; done += CHUNK_BYTES) {
          hash.update(rawChunk).update(rawTag)
          const opener = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 })
          opener.setAuthTag(rawTag)
          opener.update(rawChunk)
          opener.final()
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
