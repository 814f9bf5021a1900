import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'

export interface FileFacts { path: string, sizeBytes: number, sha256: string }

/** Path, size in bytes and SHA-256 (hex) of a file of any size. */
export async function describeFile (path: string): Promise<FileFacts> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk)
  return { path, sizeBytes: (await stat(path)).size, sha256: hash.digest('hex') }
}
