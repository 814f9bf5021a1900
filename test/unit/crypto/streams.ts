import { concatBytes } from '@epione/crypto'

/** A stream of `bytes` in pieces of at most `pieceBytes`. */
export async function * streamOf (bytes: Uint8Array, pieceBytes = 65_536): AsyncGenerator<Uint8Array, void, void> {
  for (let offset = 0; offset < bytes.length; offset += pieceBytes) yield await Promise.resolve(bytes.slice(offset, offset + pieceBytes))
}

/** All pieces of a stream, in a row. */
export async function collect (source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of source) pieces.push(piece)
  return concatBytes(...pieces)
}
