import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { PRIVATE_MODE } from '@epione/host'

/** Text is sealed in pieces of about so many bytes. */
const PIECE_BYTES = 256 * 1024
const [LENGTH_BYTES, TAG_BYTES] = [4, 16]

/**
 * Lines of text in a file on the disk, sealed piece by piece (AES-256-GCM) under a key that is in memory alone: with the process it is
 * unreadable, and what was changed, cut or put in another order is not read.
 */
export class SealedFile {
  readonly #path: string
  readonly #key = randomBytes(32)
  #waiting: string[] = []
  #waitingBytes = 0
  #pieces = 0
  #bytes = 0
  #lines = 0

  constructor (path: string) {
    this.#path = path
  }

  /** Bytes of plaintext, and lines. */
  get bytes (): number { return this.#bytes + this.#waitingBytes }
  get lines (): number { return this.#lines }

  async write (line: string): Promise<void> {
    this.#waiting.push(line, '\n')
    this.#waitingBytes += Buffer.byteLength(line) + 1
    this.#lines += 1
    if (this.#waitingBytes >= PIECE_BYTES) await this.flush()
  }

  /** Has all that was written on the disk. */
  async flush (): Promise<void> {
    if (this.#waiting.length === 0) return
    const text = Buffer.from(this.#waiting.join(''))
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonceOf(this.#pieces))
    const sealed = Buffer.concat([cipher.update(text), cipher.final()])
    const length = Buffer.alloc(LENGTH_BYTES)
    length.writeUInt32BE(sealed.length)
    const file = await open(this.#path, 'a', PRIVATE_MODE)
    try {
      await file.appendFile(Buffer.concat([length, sealed, cipher.getAuthTag()]))
    } finally {
      await file.close()
    }
    this.#pieces += 1
    this.#bytes += text.length
    ;[this.#waiting, this.#waitingBytes] = [[], 0]
  }

  /** The text, a piece after the other. @throws {Error} for a file that is not as it was written */
  async * read (): AsyncGenerator<Buffer, void, void> {
    const file = await open(this.#path, 'r')
    try {
      for (let piece = 0; piece < this.#pieces; piece++) {
        const length = (await readExactly(file, LENGTH_BYTES)).readUInt32BE()
        if (length > this.#bytes) throw new Error('a piece is longer than all that was written')
        const decipher = createDecipheriv('aes-256-gcm', this.#key, nonceOf(piece))
        const sealed = await readExactly(file, length)
        decipher.setAuthTag(await readExactly(file, TAG_BYTES))
        yield Buffer.concat([decipher.update(sealed), decipher.final()])
      }
    } finally {
      await file.close()
    }
  }
}

/* Each key seals one file, and each piece of it once. */
function nonceOf (piece: number): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(piece, 8)
  return nonce
}

async function readExactly (file: FileHandle, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  const { bytesRead } = await file.read(bytes, 0, length)
  if (bytesRead !== length) throw new Error('the file ends too early')
  return bytes
}
