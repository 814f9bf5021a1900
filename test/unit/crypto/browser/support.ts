import { concatBytes, sha256, utf8 } from '@epione/crypto'
import type { RandomSource } from '@epione/crypto'

/* What the vectors take from ../support.ts, without Node: the same bytes for the same name. */

export function seeded (name: string): RandomSource {
  let counter = 0
  return (length) => {
    const bytes = new Uint8Array(length)
    for (let offset = 0; offset < length; offset += 32) {
      bytes.set(sha256(utf8(`${name}/${counter++}`)).subarray(0, Math.min(32, length - offset)), offset)
    }
    return bytes
  }
}

export async function * streamOf (bytes: Uint8Array, pieceBytes = 65_536): AsyncGenerator<Uint8Array, void, void> {
  for (let offset = 0; offset < bytes.length; offset += pieceBytes) yield await Promise.resolve(bytes.slice(offset, offset + pieceBytes))
}

export async function collect (source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of source) pieces.push(piece)
  return concatBytes(...pieces)
}
